// `npm start`: installs, builds and opens the application, in Electron where that can be had, else in the browser.
// Options: --web (the web host in any case), --no-open (no browser); everything else goes to the application.

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { bootstrap, main, root, say } from './bootstrap.mjs';
import { build } from './lib/build.mjs';
import { fetchElectron, hasDisplay, isOlderElectron, presentElectron } from './lib/electron.mjs';
import { launchCommandLine } from './lib/launch.mjs';
import { run } from './lib/run.mjs';

const own = new Set(['--web', '--no-open']);
const options = new Set(process.argv.slice(2).filter((arg) => own.has(arg)));
const rest = process.argv.slice(2).filter((arg) => !own.has(arg));

await main(async () => {
  const runtime = await bootstrap();
  const { code, output } = await build(root, runtime, say);
  if (code !== 0) throw new Error(`the build failed:\n${output}`);
  const window = options.has('--web') ? { why: '--web was given' } : await electronHere(runtime);
  if ('executable' in window) return startElectron(window.executable, runtime);
  say(`opening in the browser instead of Electron: ${window.why}`);
  return startWebHost(runtime);
});

/** Electron's executable, or one line that says why there is none to use. */
async function electronHere(runtime) {
  if (!hasDisplay()) return { why: 'there is no display' };
  const executable = presentElectron(root);
  return executable ? { executable } : fetchElectron(root, runtime, say);
}

function startElectron(executable, { env, node }) {
  const asRoot = process.platform === 'linux' && process.getuid() === 0;
  if (asRoot) say("started as root, where Chromium's sandbox cannot be used");
  const older = isOlderElectron(root, executable);
  if (older) say("this Electron is older than the product's; the engine runs under Node beside it");
  const early = older ? ['-r', join(root, 'scripts/lib/electron-early.cjs')] : [];
  return run(executable, [...early, ...(asRoot ? ['--no-sandbox'] : []), root, ...rest], {
    env: older ? { ...env, UTSKICK_ENGINE_NODE: node } : env,
  });
}

/** Shows what the web host prints, and opens the first address in it. */
function startWebHost(runtime) {
  const mayOpen = !options.has('--no-open') && !process.env.CI && hasDisplay();
  return launchCommandLine(runtime, ['serve', '--practice', ...rest], {
    stdout: 'pipe',
    onChild: (child) => {
      let text = '';
      let opened = !mayOpen;
      child.stdout.on('data', (chunk) => {
        process.stdout.write(chunk);
        if (opened) return;
        text += chunk.toString('utf8');
        const address = /https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d+\S*(?=\s)/.exec(text);
        if (!address) return;
        opened = true;
        openBrowser(address[0]);
      });
    },
  });
}

function openBrowser(address) {
  const [program, ...args] =
    process.platform === 'win32'
      ? ['rundll32', 'url.dll,FileProtocolHandler', address]
      : [process.platform === 'darwin' ? 'open' : 'xdg-open', address];
  const opener = spawn(program, args, { stdio: 'ignore', detached: true });
  opener.once('error', () => say('no browser could be opened: open the address by hand'));
  opener.unref();
}

// `npm test`: installs what is missing, then runs every check and every test, and ends with `N passed, N failed`.
// Options: `--only unit,browser` (names below), and after a second `--` anything for vitest (a file, -t "name").

import { join } from 'node:path';
import { bootstrap, root, say } from './bootstrap.mjs';
import { aptInstall, findChromium, isRootOnDebian, which } from './lib/browser.mjs';
import { build } from './lib/build.mjs';
import { hasDisplay, presentElectron } from './lib/electron.mjs';
import { capture } from './lib/run.mjs';
import { hasTests, runVitest } from './lib/vitest.mjs';

const tools = [
  { name: 'types', args: ['typescript/bin/tsc', '-b'] },
  { name: 'lint', args: ['eslint/bin/eslint.js', '--max-warnings=0', '.'] },
  { name: 'format', args: ['prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'] },
  { name: 'knip', args: ['knip/bin/knip.js', '--no-progress'] },
];
/** Run together: their order is in vitest.config.ts. */
const kindsWithoutWindow = ['unit', 'property', 'contract', 'integration', 'migration', 'crash'];
const everything = [...tools.map((tool) => tool.name), ...kindsWithoutWindow, 'build', 'browser', 'electron'];

const total = { passed: 0, failed: 0, skipped: 0 };
/** Tests that a filter leaves out are no news. */
let isFiltered = false;

try {
  const { only, filter } = options(process.argv.slice(2));
  isFiltered = filter.length > 0;
  const runtime = await bootstrap();
  await runAll(runtime, only, filter);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  total.failed += 1;
}
if (total.skipped > 0) print(`${total.skipped} skipped (named above)`);
print(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function runAll(runtime, only, filter) {
  const wanted = (name) => only.includes(name);
  await runTools(
    runtime,
    tools.filter(({ name }) => wanted(name)),
  );
  await runKinds(runtime, { kinds: kindsWithoutWindow.filter(wanted), filter });
  const windows = ['browser', 'electron'].filter(wanted);
  if (windows.length === 0 && !wanted('build')) return;
  const isBuilt = await runBuild(runtime);
  if (!isBuilt) for (const name of windows) notRun(`${name} e2e`, 'the build failed');
  if (!isBuilt || windows.length === 0) return;
  await installPrograms(windows);
  if (wanted('browser')) await runBrowser(runtime, filter);
  if (wanted('electron')) await runElectron(runtime, filter);
}

/** Linting takes as long as all the others together, so it runs beside them; they are reported in order. */
async function runTools(runtime, chosen) {
  let others = Promise.resolve();
  const outcomes = chosen.map((tool) => {
    if (tool.name === 'lint') return runTool(runtime, tool);
    return (others = others.then(() => runTool(runtime, tool)));
  });
  for (const [index, { name }] of chosen.entries()) await step(name, () => outcomes[index]);
}

/** A tool passes or fails as a whole; its output is shown only when it failed. */
async function runTool({ node, env }, { name, args }) {
  const [script, ...rest] = args;
  const { code, output } = await capture(node, [join(root, 'node_modules', script), ...rest], { cwd: root, env });
  if (code !== 0) print(output.trimEnd());
  return [{ kind: name, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] }];
}

async function runBuild(runtime) {
  let isBuilt = false;
  await step('build', async () => {
    const { code, output } = await build(root, runtime, () => undefined);
    if (code !== 0) print(output.trimEnd());
    isBuilt = code === 0;
    return [{ kind: 'build', passed: isBuilt ? 1 : 0, failed: isBuilt ? 0 : 1, skipped: [] }];
  });
  return isBuilt;
}

async function runKinds(runtime, { kinds, filter, before }) {
  const present = kinds.filter((kind) => hasTests(root, kind));
  for (const kind of kinds) if (!present.includes(kind)) notRun(kind, 'there are no such tests');
  if (present.length === 0) return;
  await step(present.join(', '), () =>
    runVitest(root, runtime, { kinds: present, filter, ...(before ? { before } : {}) }),
  );
}

/** On a Debian machine where we are root, what the window tests need is a package away. */
async function installPrograms(windows) {
  const needs = [
    windows.includes('browser') && !findChromium() && ['chromium', 'fonts-dejavu-core'],
    windows.includes('electron') && presentElectron(root) && !hasDisplay() && !which('xvfb-run') && ['xvfb', 'xauth'],
  ].flatMap((names) => names || []);
  if (needs.length === 0 || !isRootOnDebian()) return;
  print(`installing ${needs.join(', ')} (apt-get)`);
  const why = await aptInstall(needs);
  if (why) print(`not installed: ${why}`);
}

async function runBrowser({ node, env }, filter) {
  const chromium = findChromium();
  if (!chromium) return notRun('browser e2e', 'no Chromium or Chrome was found (UTSKICK_CHROMIUM can name one)');
  await runKinds({ node, env: { ...env, UTSKICK_CHROMIUM: chromium } }, { kinds: ['e2e-browser'], filter });
}

async function runElectron({ node, env }, filter) {
  const electron = presentElectron(root);
  if (!electron) return notRun('Electron e2e', 'no Electron is here (npm start downloads it where it can be reached)');
  const display = hasDisplay() ? [] : ['xvfb-run', '-a', '-s', '-screen 0 1440x1000x24'];
  if (display.length > 0 && !which('xvfb-run')) return notRun('Electron e2e', 'no display and no xvfb-run');
  const runtime = { node, env: { ...env, UTSKICK_ELECTRON: electron } };
  await runKinds(runtime, { kinds: ['e2e-electron'], filter, before: display });
}

/** One heading, the work, one line with the counts and the time. */
async function step(title, work) {
  print(`\n== ${title}`);
  const startedAt = performance.now();
  const counts = await work();
  for (const { kind, passed, failed, skipped, note } of counts) {
    print(`${kind}: ${passed} passed, ${failed} failed${note ? ` (${note})` : ''}`);
    if (!isFiltered) for (const name of skipped) notRun(kind, `skipped: ${name}`);
    total.passed += passed;
    total.failed += failed;
    if (!isFiltered) total.skipped += skipped.length;
  }
  print(`   ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}

function notRun(part, why) {
  print(`not run: ${part}: ${why}`);
}

function options(args) {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  const filter = args.slice(end + 1);
  const own = args.slice(0, end).flatMap((arg) => arg.split('='));
  const only = own[0] === '--only' ? (own[1] ?? '').split(',').filter(Boolean) : everything;
  const unknown = [...only.filter((name) => !everything.includes(name)), ...own.filter((_, at) => at > 1)];
  const isUsage = own.length > 0 && (own[0] !== '--only' || only.length === 0);
  if (isUsage || unknown.length > 0) {
    throw new Error(`usage: npm test -- [--only ${everything.join(',')}] [-- anything for vitest]`);
  }
  return { only, filter };
}

function print(line) {
  process.stdout.write(`${line}\n`);
}

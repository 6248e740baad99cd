// Finding npm and calling it with the caller's environment kept. No decision about what to install.

import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { run } from './run.mjs';

const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * `npm ci` in a folder; what npm prints goes to stderr, so that a command's own output stays clean.
 * No package of this project needs an install script, so none is run.
 * @param {string} folder
 * @param {{ node: string, env: NodeJS.ProcessEnv }} runtime the Node to run npm under and its environment
 */
export async function npmCi(folder, { node, env }) {
  const args = ['ci', '--include=dev', ...quiet];
  const script = npmScript(env);
  const code = script
    ? await run(node, [script, ...args], { cwd: folder, env, stdio: ['ignore', 2, 2] })
    : await run('npm', args, { cwd: folder, env, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (code !== 0) throw new Error(`npm ci ended with ${code} in ${folder}`);
}

/** npm's own script, known when npm or npx started us: calling it needs no shell and no .cmd file. */
function npmScript(env) {
  const known = env.npm_execpath;
  const beside = [join(dirname(process.execPath), 'node_modules/npm/bin/npm-cli.js')];
  if (known && /^np[mx]-cli\.js$/.test(basename(known))) beside.unshift(join(dirname(known), 'npm-cli.js'));
  return beside.find((file) => existsSync(file));
}

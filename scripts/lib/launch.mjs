// Starting the command line under the right Node, as if it had been started directly. No arguments are interpreted here.

import nodeModule from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { whenAbandoned } from './abandoned.mjs';
import { run } from './run.mjs';

const commandLine = fileURLToPath(new URL('../../src/main/hosts/cli/main.ts', import.meta.url));
/** Compiled code kept between starts: the next one takes half the time and some megabytes less. Threads go by the environment. */
const codeFolder = fileURLToPath(new URL('../../.tools/code', import.meta.url));
/**
 * Room for objects that have just been made. V8 would take three times 16 MB whatever is in it, and never give it back; what an import makes
 * is dead by its next chunk, so that less costs nothing that can be measured and saves some 45 MB.
 */
const heap = '--max-semi-space-size=8';
const dieWithParent = new URL('./die-with-parent.mjs', import.meta.url).href;

/**
 * Runs the command line with these arguments and resolves to its exit code. Signals are passed on, and when this
 * process is killed the program ends too: a pipe between the two closes (not on Windows).
 * @param {{ node: string, env: NodeJS.ProcessEnv }} runtime
 * @param {readonly string[]} args
 * @param {{ stdout?: 'inherit' | 'pipe', onChild?: (child: import('node:child_process').ChildProcess) => void }} how
 */
export function launchCommandLine(runtime, args, { stdout = 'inherit', onChild } = {}) {
  const more = onChild ? { onChild } : {};
  const env = { NODE_COMPILE_CACHE: codeFolder, ...runtime.env };
  if (process.platform === 'win32') {
    return run(runtime.node, [heap, commandLine, ...args], {
      env,
      stdio: ['inherit', stdout, 'inherit'],
      ...more,
    });
  }
  return run(runtime.node, [heap, '--import', dieWithParent, commandLine, ...args], {
    env: { ...env, UTSKICK_PARENT_PIPE: '3' },
    stdio: ['inherit', stdout, 'inherit', 'pipe'],
    ...more,
  });
}

/** Runs the command line inside this process, which must be new enough: no second process, nothing to pass on. */
export async function becomeCommandLine(args) {
  process.argv = [process.argv[0], commandLine, ...args];
  process.env.NODE_COMPILE_CACHE ??= codeFolder;
  // As {@link heap}, which a process that runs already does not take: here nothing has grown yet.
  setFlagsFromString('--semi-space-growth-factor=1');
  nodeModule.enableCompileCache(process.env.NODE_COMPILE_CACHE);
  whenAbandoned(() => process.kill(process.pid, 'SIGTERM'));
  await import(pathToFileURL(commandLine).href);
}

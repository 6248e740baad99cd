// Makes a fresh clone able to run: Node 24 if the machine's is older, then the packages. Plain Node 20, no dependency.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lib/lock.mjs';
import { bringRuntime, presentRuntime } from './lib/node-24.mjs';
import { arePackagesPresent, installPackages } from './lib/packages.mjs';

/** Folder of the checkout. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** One line to the person in front; never on stdout, which belongs to the command that runs. */
export function say(line) {
  process.stderr.write(`utskick: ${line}\n`);
}

/**
 * Installs what is missing and resolves to the Node to use and the environment for it. Safe to call twice at once.
 * @returns {Promise<{ node: string, env: NodeJS.ProcessEnv }>}
 */
export async function bootstrap() {
  const present = presentRuntime(root);
  if (present && arePackagesPresent(root)) return present;
  return withLock(join(root, '.tools/lock'), say, async () => {
    const runtime = presentRuntime(root) ?? (await bringRuntime(root, say));
    if (!arePackagesPresent(root)) await installPackages(root, runtime, say);
    return runtime;
  });
}

/** Runs a script's body and turns what it throws into one line and exit code 2. */
export async function main(body) {
  try {
    process.exitCode = await body();
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  }
}

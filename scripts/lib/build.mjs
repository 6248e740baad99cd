// Building out/ when the sources changed since the last build. What is built is said in electron.vite.config.ts.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from './run.mjs';
import { withLock } from './lock.mjs';

/** True when out/ was built from exactly the files that are here now. */
export function isBuilt(root) {
  const stamp = join(root, 'out/.sources');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourcesHash(root);
}

/**
 * Builds out/ unless it is fresh; two starts at once build once. Returns the tool's exit code and what it printed.
 * @param {string} root
 * @param {{ node: string, env: NodeJS.ProcessEnv }} runtime
 * @param {(line: string) => void} say
 */
export async function build(root, runtime, say) {
  if (isBuilt(root)) return { code: 0, output: '' };
  return withLock(join(root, '.tools/lock'), say, async () => {
    if (isBuilt(root)) return { code: 0, output: '' };
    say('building');
    const before = sourcesHash(root);
    rmSync(join(root, 'out/.sources'), { force: true });
    const tool = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
    const result = await capture(runtime.node, [tool, 'build'], { cwd: root, env: runtime.env });
    if (result.code === 0) writeFileSync(join(root, 'out/.sources'), before);
    return result;
  });
}

/** A hash over names, sizes and times of everything that the build reads. */
function sourcesHash(root) {
  const hash = createHash('sha256');
  const files = ['package.json', 'package-lock.json', 'electron.vite.config.ts', ...filesUnder(root, 'src')];
  for (const file of files) {
    const { size, mtimeMs } = statSync(join(root, file));
    hash.update(`${file}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function filesUnder(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesUnder(root, path) : [path];
    });
}

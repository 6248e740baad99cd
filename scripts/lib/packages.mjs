// Whether node_modules is what package-lock.json asks for, and making it so. No knowledge of Node versions.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmCi } from './npm.mjs';

/** True when node_modules matches the lockfile: by our own stamp (fast), or by npm's record (then the stamp is written). */
export function arePackagesPresent(root) {
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const hash = createHash('sha256').update(lockText).digest('hex');
  const stamp = stampOf(root);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return true;
  const record = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  if (!isSameTree(JSON.parse(lockText).packages, JSON.parse(readFileSync(record, 'utf8')).packages)) return false;
  writeFileSync(stamp, hash);
  return true;
}

/** `npm ci` under the given runtime, then the stamp. */
export async function installPackages(root, runtime, say) {
  say('installing packages (npm ci)');
  await npmCi(root, runtime);
  if (!arePackagesPresent(root))
    throw new Error('npm ci ended well, but node_modules does not match package-lock.json');
}

/** Every package asked for is there in that version; packages of other platforms may be missing. */
function isSameTree(asked, present) {
  return Object.entries(asked).every(([path, { version, optional, devOptional, link }]) => {
    if (path === '' || link) return true;
    const found = present[path];
    return found ? found.version === version : Boolean(optional ?? devOptional);
  });
}

function stampOf(root) {
  return join(root, 'node_modules/.utskick-stamp');
}

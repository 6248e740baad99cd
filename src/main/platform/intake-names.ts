// Judges the names of files in folders and zips: which belong to the operating system, which must not be unpacked. Pure.

import { stopAt } from './intake-limits.ts';
import type { IntakeLimits } from './intake-limits.ts';

/** Folders and files that systems leave beside a person's own. */
const systemNames = new Set([
  '__macosx',
  '.ds_store',
  'thumbs.db',
  'desktop.ini',
  '.localized',
  '.spotlight-v100',
  '.trashes',
]);

/** True for what an operating system put there, and for everything in such a folder. AppleDouble files begin with `._`. */
export function isSystemFile(name: string): boolean {
  return name
    .split('/')
    .some((part) => systemNames.has(part.toLowerCase()) || part.startsWith('._') || part.startsWith('.~lock.'));
}

/** Throws an IntakeStop, with the name as `shown`, for an entry's name that is unsafe or beyond a limit; `/` separates, a folder ends with one. */
export function checkEntryName(name: string, shown: string, limits: IntakeLimits): void {
  const entry = shown === '' ? '?' : shown;
  if (/^(?:\/|[A-Za-z]:)/u.test(name)) throw stopAt({ reason: 'absolute', entry });
  const parts = (name.endsWith('/') ? name.slice(0, -1) : name).split('/');
  if (parts.includes('..')) throw stopAt({ reason: 'outside', entry });
  const isUnusable = parts.some((part) => part === '' || part === '.') || /\p{Cc}/u.test(name) || !name.isWellFormed();
  if (isUnusable || name.length > limits.nameLength) throw stopAt({ reason: 'name', entry, limit: limits.nameLength });
  if (parts.length > limits.depth) throw stopAt({ reason: 'depth', entry, limit: limits.depth });
}

/** Two names that are one on a disk that knows no case. */
export function nameKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

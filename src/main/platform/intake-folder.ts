// Lists the files of a folder at any depth. Follows no links, opens no file.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LeftOutFile } from '../../shared/schema/batch.ts';
import { stopAt } from './intake-limits.ts';
import type { IntakeLimits } from './intake-limits.ts';
import { isSystemFile } from './intake-names.ts';

/** A folder's files by name, and what was passed over. */
export interface FolderListing {
  readonly files: readonly { readonly path: string; readonly name: string }[];
  readonly leftOut: readonly LeftOutFile[];
}

/** Names begin with `name`, parts joined with `/`. Throws IntakeStop (too many, too deep), or what the disk did. */
export async function listFolder(path: string, name: string, limits: IntakeLimits): Promise<FolderListing> {
  const files: { readonly path: string; readonly name: string }[] = [];
  const leftOut: LeftOutFile[] = [];
  const waiting: { readonly path: string; readonly name: string; readonly depth: number }[] = [
    { path, name, depth: 0 },
  ];
  let entries = 0;
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (folder.depth > limits.depth) throw stopAt({ reason: 'depth', entry: folder.name, limit: limits.depth });
    for (const entry of await readdir(folder.path, { withFileTypes: true })) {
      if (++entries > limits.entries) throw stopAt({ reason: 'entries', entry: null, limit: limits.entries });
      const found = { path: join(folder.path, entry.name), name: `${folder.name}/${entry.name}` };
      if (isSystemFile(entry.name)) leftOut.push({ fileName: found.name, reason: 'system' });
      else if (entry.isDirectory()) waiting.push({ ...found, depth: folder.depth + 1 });
      else if (entry.isFile()) files.push(found);
      else leftOut.push({ fileName: found.name, reason: 'link' });
    }
  }
  return { files: files.sort(byName), leftOut: leftOut.sort((a, b) => (a.fileName < b.fileName ? -1 : 1)) };
}

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name < other.name ? -1 : 1;
}

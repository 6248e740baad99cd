// Folders among dropped paths become the XML files in them. Reads names only.

import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fail, ok } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';

/** As many as one import takes. */
const maxFiles = 20_000;

/** Files as they are; folders give their `.xml` files at any depth, by name. Errors: UNREADABLE, BAD_REQUEST (too many). */
export async function filesAmong(paths: readonly string[]): Promise<Result<readonly string[]>> {
  const files: string[] = [];
  for (const path of paths) {
    try {
      files.push(...((await stat(path)).isDirectory() ? await xmlFilesIn(path) : [path]));
    } catch (error) {
      return fail('UNREADABLE', `${path} cannot be opened. Check that it exists and that you may read it.`, {
        path,
        cause: String(error),
      });
    }
    if (files.length > maxFiles)
      return fail('BAD_REQUEST', `These are more than ${String(maxFiles)} files. Drop fewer at once.`, {
        limit: maxFiles,
      });
  }
  return ok(files);
}

async function xmlFilesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && extname(entry.name).toLowerCase() === '.xml')
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

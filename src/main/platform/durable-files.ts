// Small steps towards a durable file, and what a disk says when it does not take one. Knows no content.

import { closeSync, fsync, openSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { fail } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';

/** Writes a file's bytes through to the disk; only that is waited for in another thread. */
export function syncFile(path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // Windows syncs only what is open for writing.
    const file = openSync(path, 'r+');
    fsync(file, (error) => {
      closeSync(file);
      if (error === null) resolve();
      else reject(error);
    });
  });
}

/** A rename is durable only once its folder is; Windows has no such call and does not need it. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Says why the data folder could not be written: STORAGE_FULL or UNREADABLE. */
export function writeFailure(error: unknown, folder: string): Result<never> {
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return fail('STORAGE_FULL', 'The disk is full. Free some space and try again; nothing was lost.', { folder });
  return fail('UNREADABLE', `The data folder ${folder} cannot be written (${code}). Check its permissions.`, {
    folder,
    cause: code,
  });
}

/** The system's code of an error, `ENOENT`. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown cause';
}

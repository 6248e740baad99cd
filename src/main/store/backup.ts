// Verified copies of an open database: written under a temporary name, checked, and only then given their own.

import { rename, rm } from 'node:fs/promises';
import type BetterSqlite3 from 'better-sqlite3';
import { column, translated } from './sqlite.ts';
import type { Db } from './sqlite.ts';

/** Opens a database file; the library's constructor, passed in because it is loaded late. */
export type OpenDatabase = new (path: string, options?: BetterSqlite3.Options) => Db;

/** Copies the database to `path` while it stays in use. Rejects when the copy does not pass integrity_check; nothing is left at `path` then. */
export async function writeVerifiedCopy(db: Db, path: string, openDatabase: OpenDatabase): Promise<void> {
  const temporary = `${path}.part`;
  try {
    await db.backup(temporary);
    const answer = checkedCopy(temporary, openDatabase);
    if (answer !== 'ok')
      throw Object.assign(
        new Error('The copy of the store does not pass its check. No backup was made.', { cause: answer }),
        { code: 'STORE_DAMAGED' },
      );
    await rename(temporary, path);
  } catch (error) {
    throw translated(error);
  } finally {
    for (const leftover of [temporary, `${temporary}-wal`, `${temporary}-shm`, `${temporary}-journal`])
      await rm(leftover, { force: true });
  }
}

/** `ok`, or the first complaint. Leaves a file that needs no companion files. */
function checkedCopy(path: string, openDatabase: OpenDatabase): string {
  const copy = new openDatabase(path);
  try {
    copy.pragma('journal_mode = DELETE');
    return column<string>(copy, 'PRAGMA integrity_check').get() ?? 'no answer';
  } finally {
    copy.close();
  }
}

// Puts a copy in the place of the database. The present one is kept aside under a name of its own; what may have been sent since the copy was
// made is marked at the next opening (restored.ts).

import { copyFile, link, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { CheckCopy } from './backup.ts';
import { copiesFolder, copyName } from './copies.ts';
import { syncFolder } from './sent-journal.ts';
import { sqliteCodeOf, sqliteMagic } from './sqlite.ts';

/** What is restored, and where to. */
export interface RestoreOptions {
  readonly databasePath: string;
  /** Any database file of this program; it is copied, and stays. */
  readonly copyPath: string;
  readonly nowMs: number;
  readonly check: CheckCopy;
}

/**
 * Call it with the database closed. Errors: NOT_FOUND (no such copy), STORE_DAMAGED (the copy does not pass its check), STORE_BUSY (another process has
 * the database open), STORAGE_FULL, UNREADABLE. On an error the present database is where it was. `setAside`: name of the present one in the folder of
 * copies; null when there was none.
 */
export async function restoreCopy(options: RestoreOptions): Promise<Result<{ readonly setAside: string | null }>> {
  const { databasePath, copyPath } = options;
  const fresh = `${databasePath}.restoring`;
  try {
    await rm(fresh, { force: true });
    await copyFile(copyPath, fresh);
    const answer = await options.check(fresh);
    if (answer !== 'ok')
      return fail(
        'STORE_DAMAGED',
        `The copy ${basename(copyPath)} does not pass its check (${answer}). Nothing was changed. Choose an earlier one.`,
        { copy: basename(copyPath), complaint: answer },
      );
    await syncFile(fresh);
    const present = await closeOff(databasePath);
    if (!present.ok) return present;
    const setAside = await putAside(options, present.value);
    await rename(fresh, databasePath);
    syncFolder(dirname(databasePath));
    return ok({ setAside });
  } catch (error) {
    return restoreFailure(error, copyPath);
  } finally {
    for (const leftover of [fresh, `${fresh}-wal`, `${fresh}-shm`, `${fresh}-journal`])
      await rm(leftover, { force: true });
  }
}

/** What the present database is: `whole` in one file, with nobody else using it; `damaged`, with companion files perhaps; or not there. */
type Present = 'whole' | 'damaged' | 'gone';

/** True for a file that SQLite would take for a database; it removes the companions of one that it takes for empty. */
async function isDatabase(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(16), 0, 16, 0);
    return buffer.toString('latin1') === sqliteMagic;
  } finally {
    await file.close();
  }
}

/** Leaves WAL, which SQLite allows only when no other process has the file open, and which folds everything into the one file. */
async function closeOff(path: string): Promise<Result<Present>> {
  if (!(await isThere(path))) return ok('gone');
  if (!(await isDatabase(path))) return ok('damaged');
  try {
    const db = new BetterSqlite3(path, { fileMustExist: true, timeout: 0 });
    try {
      const mode = db.pragma('journal_mode = DELETE', { simple: true });
      return mode === 'delete' ? ok('whole') : busy(path);
    } finally {
      db.close();
    }
  } catch (error) {
    const code = sqliteCodeOf(error);
    if (code?.startsWith('SQLITE_BUSY') === true || code?.startsWith('SQLITE_LOCKED') === true) return busy(path);
    if (code?.startsWith('SQLITE_CORRUPT') === true || code === 'SQLITE_NOTADB') return ok('damaged');
    throw error;
  }
}

function busy(path: string): Result<never> {
  return fail(
    'STORE_BUSY',
    `The store ${path} is open in another Utskick. Nothing was changed. Close that one and try again.`,
    { path },
  );
}

/** A whole one is linked, so that there is a database in place at every moment; a damaged one is moved with what belongs to it. */
async function putAside({ databasePath, nowMs }: RestoreOptions, present: Present): Promise<string | null> {
  const folder = copiesFolder(databasePath);
  await mkdir(folder, { recursive: true });
  if (present === 'gone') return null;
  const name = copyName(present === 'whole' ? 'replaced' : 'damaged', nowMs);
  if (present === 'whole') await link(databasePath, join(folder, name));
  else {
    for (const companion of ['-wal', '-shm'])
      if (await isThere(`${databasePath}${companion}`))
        await rename(`${databasePath}${companion}`, join(folder, `${name}${companion}`));
    await rename(databasePath, join(folder, name));
  }
  syncFolder(folder);
  return name;
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function restoreFailure(error: unknown, copyPath: string): Result<never> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : null;
  if (code === null) throw error;
  if (code === 'ENOENT')
    return fail('NOT_FOUND', `There is no copy ${copyPath}. Nothing was changed.`, { copy: basename(copyPath) });
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL')
    return fail('STORAGE_FULL', 'The disk has too little room for the copy. Nothing was changed.', { cause: code });
  return fail('UNREADABLE', `The copy ${copyPath} cannot be put in place (${code}). The database was left as it is.`, {
    copy: basename(copyPath),
    cause: code,
  });
}

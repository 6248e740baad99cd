// Verified copies of an open database: written in small steps under a temporary name, checked, and only then given their own.

import { mkdir, open, rename, rm, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { StoreFailure } from '../ports/store.ts';
import { column, translated } from './sqlite.ts';
import type { Db } from './sqlite.ts';
import { syncFolder } from './sent-journal.ts';

/** Checks a file that nobody uses; `ok`, or the first complaint. */
export type CheckCopy = (path: string) => Promise<string>;

/** Follows a copy and may stop it. */
export interface CopyFollower {
  readonly signal?: AbortSignal;
  /** In bytes; called after each step. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Copied in one go (1 MB); deliveries and the window get their turn in between. */
const pagesPerStep = 256;
/** What a copy must leave free: sending needs room for what it writes down. */
const roomLeftBytes = 64 * 1024 * 1024;

/**
 * Copies the database to `path` while it stays in use. Rejects with a StoreFailure when the disk has too little room or the copy does not pass its
 * check, with the signal's reason when it is stopped; nothing is left at `path` then. What is written while it runs is in the copy too.
 */
export async function writeVerifiedCopy(
  db: Db,
  path: string,
  { check, signal, onProgress }: CopyFollower & { readonly check: CheckCopy },
): Promise<void> {
  const temporary = `${path}.part`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await needRoom(db, dirname(path));
    const pageBytes = column<number>(db, 'PRAGMA page_size').get() ?? 0;
    await db.backup(temporary, {
      progress: ({ totalPages, remainingPages }) => {
        signal?.throwIfAborted();
        onProgress?.((totalPages - remainingPages) * pageBytes, totalPages * pageBytes);
        return pagesPerStep;
      },
    });
    const answer = await check(temporary);
    signal?.throwIfAborted();
    if (answer !== 'ok')
      throw failure('STORE_DAMAGED', 'The copy of the store does not pass its check. No backup was made.', answer);
    await syncFile(temporary);
    await rename(temporary, path);
    syncFolder(dirname(path));
  } catch (error) {
    throw asFailure(error);
  } finally {
    for (const leftover of [temporary, `${temporary}-wal`, `${temporary}-shm`, `${temporary}-journal`])
      await rm(leftover, { force: true });
  }
}

async function needRoom(db: Db, folder: string): Promise<void> {
  const pages = column<number>(db, 'PRAGMA page_count').get() ?? 0;
  const pageBytes = column<number>(db, 'PRAGMA page_size').get() ?? 0;
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < pages * pageBytes + roomLeftBytes)
    throw failure('STORAGE_FULL', 'The disk has too little room for a copy of the store. No backup was made.', null);
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function asFailure(error: unknown): unknown {
  const known = translated(error);
  if (known !== error || !(error instanceof Error) || !('code' in error)) return known;
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT')
    return failure('STORAGE_FULL', 'The disk is full. No backup was made.', error);
  if (error.code === 'EROFS' || error.code === 'EACCES' || error.code === 'EPERM')
    return failure('STORE_READONLY', 'The folder for backups cannot be written. No backup was made.', error);
  return error;
}

function failure(code: StoreFailure['code'], message: string, cause: unknown): StoreFailure {
  return Object.assign(new Error(message, { cause }), { code });
}

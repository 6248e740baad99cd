// Opens a workspace's database: checks that it can be and is ours, sets and reads back how it is kept safe, migrates, and puts the store together.

import { access, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { isStoreFailure } from '../ports/store.ts';
import type { Store } from '../ports/store.ts';
import { writeVerifiedCopy } from './backup.ts';
import { copiesFolder, copyName, newestCopy } from './copies.ts';
import { createCore } from './core.ts';
import { applicationId, migrate, versionOf } from './migrate.ts';
import { migrations } from './migrations/all.ts';
import type { Migration } from './migrations/all.ts';
import { settleRestored } from './restored.ts';
import { createSentJournal, journalPath } from './sent-journal.ts';
import { column, sqliteCodeOf, sqliteMagic, translated } from './sqlite.ts';
import type { Db } from './sqlite.ts';
import { assembleStore } from './store.ts';

/** What a store needs. */
export interface OpenStoreOptions {
  /** The database file; made when missing, with its folder. */
  readonly path: string;
  readonly clock: Clock;
  readonly log: Log;
  /** The store's `trouble` has changed. */
  readonly onTrouble?: () => void;
  /** The copy that a person has just restored with the program; null or left out: none. */
  readonly restoredFrom?: string | null;
  /** Operating system user, for the audit log. */
  readonly actor?: string;
  /** Steps of the schema; others than the product's own only in tests. */
  readonly migrations?: readonly Migration[];
}

/** better-sqlite3 13 is built on this version of Node-API; an older runtime would crash at its first call. */
const neededNodeApi = 10;
const busyTimeoutMs = 5_000;
const cacheKib = 32_768;
/** Pages of the log (32 MB) that are moved into the file at a time. With SQLite's own 1,000 a large import waits for the disk after every fourth megabyte. */
const logPages = 8_000;

/**
 * Opens or makes the database. Errors: STORE_NEWER (made by a later version of the program), STORE_DAMAGED (unreadable, or another
 * program's file), STORE_BUSY, STORAGE_FULL, UNREADABLE (folder), INTERNAL (runtime too old). A file that cannot be opened is left as it is.
 */
export async function openStore(options: OpenStoreOptions): Promise<Result<Store>> {
  const nodeApi = Number(process.versions.napi ?? 0);
  if (nodeApi < neededNodeApi)
    return fail('INTERNAL', `This runtime (Node ${process.versions.node}) is too old for the database. Use Node 24.`, {
      nodeApi,
      neededNodeApi,
    });
  const looked = await lookAt(options.path);
  if (!looked.ok) return looked;
  const { default: Database } = await import('better-sqlite3');
  let db: Db | null = null;
  try {
    db = new Database(options.path, { timeout: busyTimeoutMs });
    const prepared = await prepare(db, options);
    if (!prepared.ok) {
      db.close();
      return prepared;
    }
    const journal = createSentJournal(journalPath(options.path));
    const core = createCore(db, {
      journal,
      log: options.log,
      nowMs: () => options.clock.nowMs(),
      onTrouble: options.onTrouble ?? (() => undefined),
    });
    const note = settleRestored(
      { db, write: core.write, journal },
      {
        restoredFrom: options.restoredFrom ?? null,
        act: { actor: options.actor ?? '', nowMs: options.clock.nowMs() },
      },
    );
    if (note !== null) options.log.warn('the database is older than what was sent since', { ...note });
    return ok(assembleStore(core, note));
  } catch (error) {
    db?.close();
    return openFailure(error, options.path);
  }
}

/** Looks at the file's first bytes without SQLite, which would take an empty or half-written file for a new database. */
async function lookAt(path: string): Promise<Result<null>> {
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, 'r');
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(sqliteMagic.length), 0, sqliteMagic.length, 0);
      if (bytesRead === 0) return await isFirstTime(path, 'it is empty');
      return buffer.toString('latin1') === sqliteMagic ? ok(null) : damaged(path, 'it is not a database');
    } finally {
      await file.close();
    }
  } catch (error) {
    const cause = error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause';
    return cause === 'ENOENT'
      ? await isFirstTime(path, 'it is gone')
      : fail('UNREADABLE', `The data folder of ${path} cannot be used (${cause}). Check its permissions.`, {
          path,
          cause,
        });
  }
}

/** A store that was used before has a journal beside it, or copies: a new, empty one in its place would look like nothing had ever been sent. */
async function isFirstTime(path: string, complaint: string): Promise<Result<null>> {
  const wasUsed = (await exists(journalPath(path))) || newestCopy(copiesFolder(path)) !== null;
  return wasUsed ? damaged(path, complaint, { isGone: true }) : ok(null);
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

async function prepare(db: Db, options: OpenStoreOptions): Promise<Result<null>> {
  const steps = options.migrations ?? migrations;
  const version = versionOf(db);
  const hasTables = (column<number>(db, 'SELECT count(*) FROM sqlite_schema').get() ?? 0) > 0;
  const mark = column<number>(db, 'PRAGMA application_id').get();
  if (hasTables && mark !== applicationId) return damaged(options.path, 'it was made by another program');
  if (version > steps.length) {
    return fail(
      'STORE_NEWER',
      `The store ${options.path} was made by a newer version of Utskick. Open it with that version. Nothing was changed.`,
      { path: options.path, version, newestKnown: steps.length },
    );
  }
  if (hasTables) {
    const complaint = column<string>(db, 'PRAGMA quick_check(1)').get() ?? 'no answer';
    if (complaint !== 'ok') return damaged(options.path, complaint);
  }
  const safe = makeSafe(db, options.path);
  if (!safe.ok || version === steps.length) return safe;
  if (hasTables) {
    const copy = join(copiesFolder(options.path), copyName('migration', options.clock.nowMs()));
    const { checkDatabaseFile } = await import('./check-file.ts');
    await writeVerifiedCopy(db, copy, { check: (path) => Promise.resolve(checkDatabaseFile(path)) });
  }
  migrate(db, steps);
  options.log.info('store migrated', { from: version, to: steps.length });
  return ok(null);
}

/** Sets how the file is kept safe, and reads it back: a reopened WAL file silently comes up with synchronous=NORMAL. */
function makeSafe(db: Db, path: string): Result<null> {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('temp_store = MEMORY');
  db.pragma(`cache_size = -${cacheKib}`);
  db.pragma(`wal_autocheckpoint = ${logPages}`);
  if (process.platform === 'darwin')
    for (const name of ['fullfsync', 'checkpoint_fullfsync']) db.pragma(`${name} = ON`);
  const expected = { journal_mode: 'wal', synchronous: 2, foreign_keys: 1 };
  for (const [name, value] of Object.entries(expected)) {
    const found = column<string | number>(db, `PRAGMA ${name}`).get();
    if (found !== value)
      return fail(
        'STORE_BUSY',
        `The store ${path} cannot be kept safely here (${name} is ${String(found)}). It may lie on a network folder. Move the data folder to a local disk.`,
        { path, name, found },
      );
  }
  return ok(null);
}

/** Names the newest copy, for the words that offer it. */
function damaged(path: string, complaint: string, more: { readonly isGone?: boolean } = {}): Result<never> {
  const copy = newestCopy(copiesFolder(path));
  const next =
    copy === null
      ? 'There is no backup in this folder. Restore one from elsewhere, or choose another data folder.'
      : `The newest backup is ${copy.name}; "utskick restore" puts it in place.`;
  return fail('STORE_DAMAGED', `The store ${path} cannot be used: ${complaint}. It was left as it is. ${next}`, {
    path,
    complaint,
    copy: copy?.name ?? null,
    copyMadeAtMs: copy?.madeAtMs ?? null,
    ...more,
  });
}

function openFailure(error: unknown, path: string): Result<never> {
  const known = translated(error);
  if (!isStoreFailure(known)) {
    if (sqliteCodeOf(error) === 'SQLITE_CANTOPEN')
      return fail('UNREADABLE', `The store ${path} cannot be opened. Check the folder's permissions.`, { path });
    throw error;
  }
  return known.code === 'STORE_DAMAGED' ? damaged(path, 'it is damaged') : fail(known.code, known.message, { path });
}

// The thin layer over better-sqlite3: transactions, typed statements and the translation of its errors. No table is named here.

import type BetterSqlite3 from 'better-sqlite3';
import { isStoreFailure } from '../ports/store.ts';
import type { StoreFailure } from '../ports/store.ts';

/** An open database file. */
export type Db = BetterSqlite3.Database;

/** The first 16 bytes of every database file. */
export const sqliteMagic = 'SQLite format 3\0';

/** What can be bound to a parameter. */
export type SqlValue = string | number | null | Uint8Array;

/** A statement that returns rows of `Row`. */
export interface RowStatement<Row> {
  get(...values: SqlValue[]): Row | undefined;
  all(...values: SqlValue[]): Row[];
}

/** Prepares a query. `Row` is what the SQL's columns say; the schema's STRICT tables and CHECKs keep it true. */
export function query<Row>(db: Db, sql: string): RowStatement<Row> {
  return guarded(db.prepare<SqlValue[], Row>(sql));
}

/** Prepares a query of one column. */
export function column<Value>(db: Db, sql: string): RowStatement<Value> {
  return guarded(db.prepare<SqlValue[], Value>(sql).pluck());
}

/** Prepares a statement that changes rows; returns how many. */
export function change(db: Db, sql: string): (...values: SqlValue[]) => number {
  const statement = db.prepare<SqlValue[]>(sql);
  return (...values) => statement.run(...values).changes;
}

/** Prepares an insert; returns the new row's id. */
export function insert(db: Db, sql: string): (...values: SqlValue[]) => number {
  const statement = db.prepare<SqlValue[]>(sql);
  return (...values) => Number(statement.run(...values).lastInsertRowid);
}

function guarded<Row>(statement: RowStatement<Row>): RowStatement<Row> {
  const guard = <T>(read: () => T): T => {
    try {
      return read();
    } catch (error) {
      throw translated(error);
    }
  };
  return {
    get: (...values) => guard(() => statement.get(...values)),
    all: (...values) => guard(() => statement.all(...values)),
  };
}

/** Runs `work` as one transaction that takes the write lock at its start. Throws a StoreFailure when disk or file fail; nothing is written then. */
export type WriteTransaction = <T>(work: () => T) => T;

/**
 * The same for work that may be lost with the power as long as nothing written later is: it reaches the disk at the latest with the next
 * transaction of the other kind. The file stays whole in any case.
 */
export function createLooseTransaction(db: Db, write: WriteTransaction): WriteTransaction {
  return (work) => {
    db.pragma('synchronous = NORMAL');
    try {
      return write(work);
    } finally {
      db.pragma('synchronous = FULL');
    }
  };
}

/** What goes with every write transaction of one database. */
export interface WriteHooks {
  /** Inside each transaction, as its last step. */
  readonly beforeCommit: () => void;
  /** After each transaction that changed something. */
  readonly onCommit: () => void;
  /** A transaction failed, and nothing of it was kept. Null: the last one succeeded again. */
  readonly onTrouble: (code: StoreFailure['code'] | null) => void;
}

/** Makes the write helper of one database. */
export function createWriteTransaction(db: Db, hooks: WriteHooks): WriteTransaction {
  const totalChanges = column<number>(db, 'SELECT total_changes()');
  return (work) => {
    const before = totalChanges.get();
    let value;
    try {
      value = db
        .transaction(() => {
          const result = work();
          hooks.beforeCommit();
          return result;
        })
        .immediate();
    } catch (error) {
      const known = translated(error);
      if (isStoreFailure(known)) hooks.onTrouble(known.code);
      throw known;
    }
    if (totalChanges.get() === before) return value;
    hooks.onTrouble(null);
    hooks.onCommit();
    return value;
  };
}

/** A StoreFailure for what the world does to a file; anything else as it came (a bug). */
export function translated(error: unknown): unknown {
  const sqliteCode = sqliteCodeOf(error);
  if (sqliteCode === null) return error;
  const code = failureCode(sqliteCode);
  if (code === null) return error;
  return Object.assign(new Error(failureMessages[code], { cause: error }), { code }) satisfies StoreFailure;
}

/** The library's error code (`SQLITE_FULL` …), or null when the error is not SQLite's. */
export function sqliteCodeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('SQLITE_')
    ? error.code
    : null;
}

/** SQLite's own words for a file that it cannot read as a database; null for any other error. */
export function complaintOf(error: unknown): string | null {
  const known = translated(error);
  if (!isStoreFailure(known) || known.code !== 'STORE_DAMAGED') return null;
  return known.cause instanceof Error ? known.cause.message : known.message;
}

function failureCode(sqliteCode: string): StoreFailure['code'] | null {
  if (sqliteCode === 'SQLITE_FULL' || sqliteCode.startsWith('SQLITE_IOERR')) return 'STORAGE_FULL';
  if (sqliteCode.startsWith('SQLITE_READONLY') || sqliteCode === 'SQLITE_PERM') return 'STORE_READONLY';
  if (sqliteCode.startsWith('SQLITE_BUSY') || sqliteCode.startsWith('SQLITE_LOCKED')) return 'STORE_BUSY';
  if (sqliteCode.startsWith('SQLITE_CORRUPT') || sqliteCode === 'SQLITE_NOTADB') return 'STORE_DAMAGED';
  return null;
}

const failureMessages = {
  STORAGE_FULL:
    'The store could not be written: the disk is full or failing. Nothing of this step was kept. Free some space and try again.',
  STORE_READONLY:
    'The store could not be written: the disk or the file allows reading only. Nothing of this step was kept. Give the program the right to write, and try again.',
  STORE_BUSY: 'The store is held by another program for too long. Nothing of this step was kept. Try again.',
  STORE_DAMAGED: 'The store cannot be read: the file is damaged. It was left as it is. Restore it from a backup.',
} as const satisfies Record<StoreFailure['code'], string>;

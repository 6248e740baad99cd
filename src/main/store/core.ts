// What every part of the store works with: the database, its write transactions and the signs that something changed. No SQL of its own.

import type { Log } from '../ports/log.ts';
import type { StoreFailure } from '../ports/store.ts';
import { createAuditSealer } from './audit-chain.ts';
import type { SentJournal } from './sent-journal.ts';
import { column, createLooseTransaction, createWriteTransaction } from './sqlite.ts';
import type { Db, WriteTransaction } from './sqlite.ts';

/** One open database, as the parts of the store see it. */
export interface StoreCore {
  readonly db: Db;
  readonly log: Log;
  readonly write: WriteTransaction;
  /** For rows that count only once a later {@link write} says so: not synced by itself. */
  readonly writeLoosely: WriteTransaction;
  /** Differs from an earlier answer when anything was written since, by this process or another. */
  changeMark(): string;
  lastWriteAtMs(): number | null;
  /** Why the last write failed; null once one has succeeded since. */
  trouble(): StoreFailure['code'] | null;
  /** Why the journal could not be written, or null once it could. */
  noteJournal(code: StoreFailure['code'] | null): void;
  readonly journal: SentJournal;
}

/** What a core needs beside its database. */
export interface CoreOptions {
  readonly log: Log;
  readonly nowMs: () => number;
  /** {@link StoreCore.trouble} has changed. */
  readonly onTrouble: () => void;
  readonly journal: SentJournal;
}

/** Makes the core over an open, migrated database. */
export function createCore(db: Db, options: CoreOptions): StoreCore {
  let ownCommits = 0;
  let lastWriteAtMs: number | null = null;
  const othersVersion = column<number>(db, 'PRAGMA data_version');
  const lastAudit = column<number | null>(db, 'SELECT at_ms FROM audit ORDER BY id DESC LIMIT 1');
  // Apart: a database that can be written again says nothing about the journal beside it.
  const troubles: Record<'database' | 'journal', StoreFailure['code'] | null> = { database: null, journal: null };
  const note = (part: keyof typeof troubles, code: StoreFailure['code'] | null): void => {
    if (code === troubles[part]) return;
    troubles[part] = code;
    options.onTrouble();
  };
  const write = createWriteTransaction(db, {
    beforeCommit: createAuditSealer(db),
    onCommit: () => {
      ownCommits += 1;
      lastWriteAtMs = options.nowMs();
    },
    onTrouble: (code) => {
      note('database', code);
    },
  });
  return {
    db,
    log: options.log,
    write,
    writeLoosely: createLooseTransaction(db, write),
    changeMark: () => `${ownCommits}/${othersVersion.get() ?? 0}`,
    trouble: () => troubles.database ?? troubles.journal,
    noteJournal: (code) => {
      note('journal', code);
    },
    journal: options.journal,
    lastWriteAtMs: () => lastWriteAtMs ?? lastAudit.get() ?? null,
  };
}

// Brings a database file to the newest version: all steps and the version mark in one transaction.

import { createAuditSealer } from './audit-chain.ts';
import type { Migration } from './migrations/all.ts';
import { column } from './sqlite.ts';
import type { Db } from './sqlite.ts';

/** Marks a file as ours ("UTSK"), so that a foreign SQLite file is never written to. */
export const applicationId = 0x5554534b;

/** The version a file has; 0 is an empty file. */
export function versionOf(db: Db): number {
  return column<number>(db, 'PRAGMA user_version').get() ?? 0;
}

/** Runs the missing steps. Throws what SQLite throws; the file is then as before. Another process may have been quicker: its steps are not run again. */
export function migrate(db: Db, steps: readonly Migration[]): void {
  // A step may write a table anew that others refer to (https://sqlite.org/lang_altertable.html, section 7): checked at the end instead.
  db.pragma('foreign_keys = OFF');
  try {
    db.transaction(() => {
      for (const { sql } of steps.slice(versionOf(db))) db.exec(sql);
      // Entries that were written before the log was a chain become links of it together with the step that makes it one.
      createAuditSealer(db)();
      const broken = column<string>(db, 'SELECT "table" FROM pragma_foreign_key_check LIMIT 1').get();
      if (broken !== undefined) throw new Error(`a migration left rows of ${broken} that refer to nothing`);
      db.pragma(`application_id = ${applicationId}`);
      db.pragma(`user_version = ${steps.length}`);
    }).immediate();
  } finally {
    db.pragma('foreign_keys = ON');
  }
}

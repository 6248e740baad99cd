// The full check of a database file that nobody else uses. Runs for seconds on a large file, so the engine runs it in a thread of its own.

import BetterSqlite3 from 'better-sqlite3';
import { applicationId } from './migrate.ts';
import { column, complaintOf } from './sqlite.ts';

/** `ok`, or the first complaint. Leaves a file that needs no companion files. */
export function checkDatabaseFile(path: string): string {
  try {
    return check(path);
  } catch (error) {
    const complaint = complaintOf(error);
    if (complaint === null) throw error;
    return complaint;
  }
}

function check(path: string): string {
  const copy = new BetterSqlite3(path, { fileMustExist: true });
  try {
    if (column<number>(copy, 'PRAGMA application_id').get() !== applicationId) return 'it was made by another program';
    copy.pragma('journal_mode = DELETE');
    const answer = column<string>(copy, 'PRAGMA integrity_check(1)').get() ?? 'no answer';
    if (answer !== 'ok') return answer;
    const orphan = copy.prepare<[], { table: string }>('PRAGMA foreign_key_check').get();
    return orphan === undefined ? 'ok' : `a row of ${orphan.table} points to nothing`;
  } finally {
    copy.close();
  }
}

// Stores findings and their exact counts. Rows are added inside other verbs' transactions.

import type { Problem, Severity } from '../../../shared/schema/problem.ts';
import type { Store } from '../../ports/store.ts';
import type { StoreCore } from '../core.ts';
import { change, column, insert, query } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';

/** Findings stored one by one for each batch; beyond it only counts rise (a file with a million errors must not fill the disk). */
export const maxStoredProblems = 200_000;

/** Adds findings of one file. */
export interface ProblemWriter {
  add(place: { readonly batchNo: number; readonly fileOrdinal: number }, problems: readonly Problem[]): void;
}

interface Count {
  readonly ruleId: string;
  readonly severity: Severity;
  problems: number;
  stored: number;
  invoices: number;
  lastOrdinal: number | null;
}

interface CountRow {
  rule_id: string;
  severity: Severity;
  stored_count: number;
}

/** Prepares the writer. */
export function createProblemWriter(db: Db): ProblemWriter {
  const counted = query<CountRow>(db, 'SELECT rule_id, severity, stored_count FROM problem_counts WHERE batch_no = ?');
  const raise = change(
    db,
    `INSERT INTO problem_counts (batch_no, rule_id, severity, problem_count, stored_count, invoice_count) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (batch_no, rule_id, severity) DO UPDATE SET problem_count = problem_count + excluded.problem_count,
       stored_count = stored_count + excluded.stored_count, invoice_count = invoice_count + excluded.invoice_count`,
  );
  const addProblem = insert(
    db,
    `INSERT INTO problems (batch_no, file_ordinal, rule_id, severity, source_line, source_column, end_line, end_column, path, found, expected, params_json, invoice_ordinal, invoice_number)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return {
    add({ batchNo, fileOrdinal }, problems) {
      if (problems.length === 0) return;
      const earlier = counted.all(batchNo);
      let stored = earlier.reduce((sum, row) => sum + row.stored_count, 0);
      const known = new Set(earlier.map((row) => `${row.severity} ${row.rule_id}`));
      const counts = new Map<string, Count>();
      for (const problem of problems) {
        const key = `${problem.severity} ${problem.ruleId}`;
        const count = counts.get(key) ?? startCount(counts, key, problem);
        count.problems += 1;
        // A rule's first finding is always stored: it is the group's sample.
        if (stored < maxStoredProblems || (!known.has(key) && count.stored === 0)) {
          addProblem(
            batchNo,
            fileOrdinal,
            problem.ruleId,
            problem.severity,
            problem.line,
            problem.column,
            problem.endLine,
            problem.endColumn,
            problem.path,
            problem.found,
            problem.expected,
            JSON.stringify(problem.params),
            problem.invoiceOrdinal,
            problem.invoiceNumber,
          );
          count.stored += 1;
          stored += 1;
        }
        if (problem.invoiceOrdinal !== null && problem.invoiceOrdinal !== count.lastOrdinal) {
          count.invoices += 1;
          count.lastOrdinal = problem.invoiceOrdinal;
        }
      }
      for (const count of counts.values())
        raise(batchNo, count.ruleId, count.severity, count.problems, count.stored, count.invoices);
    },
  };
}

function startCount(counts: Map<string, Count>, key: string, problem: Problem): Count {
  const count: Count = {
    ruleId: problem.ruleId,
    severity: problem.severity,
    problems: 0,
    stored: 0,
    invoices: 0,
    lastOrdinal: null,
  };
  counts.set(key, count);
  return count;
}

/** Findings added after the import; batch totals follow, invoices are left as they are. */
export function createLateProblems({ db, write }: StoreCore): Store['addProblems'] {
  const batchNo = column<number>(db, 'SELECT no FROM batches WHERE id = ?');
  const recount = createProblemRecount(db);
  const writer = createProblemWriter(db);
  return (batchId, fileOrdinal, problems) => {
    write(() => {
      const no = batchNo.get(batchId);
      if (no === undefined) throw new Error(`there is no batch ${batchId}`);
      writer.add({ batchNo: no, fileOrdinal }, problems);
      recount(no);
    });
  };
}

/** Prepares the update of a batch's totals from the exact counts. */
export function createProblemRecount(db: Db): (batchNo: number) => void {
  const sum =
    '(SELECT coalesce(sum(problem_count), 0) FROM problem_counts WHERE batch_no = batches.no AND severity = ?)';
  const recount = change(db, `UPDATE batches SET error_count = ${sum}, warning_count = ${sum} WHERE no = ?`);
  return (batchNo) => {
    recount('error', 'warning', batchNo);
  };
}

// Replaces findings of one invoice by others and keeps the exact counts. Called inside other verbs' transactions.

import type { Problem } from '../../../shared/schema/problem.ts';
import { jsonColumns } from '../json.ts';
import { change, column, insert, query } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';

/** Which invoice. */
export interface ProblemOwnerRow {
  readonly batchNo: number;
  readonly fileOrdinal: number;
  readonly ordinal: number;
  readonly invoiceNumber: string;
}

/** How the counts of an invoice's row change. */
export interface ProblemDelta {
  readonly errors: number;
  readonly warnings: number;
}

/** Changes findings. What was found by something else than the given lists (duplicates) is left as it is. */
export interface ProblemChanger {
  replace(owner: ProblemOwnerRow, before: readonly Problem[], after: readonly Problem[]): ProblemDelta;
  /** Takes back what {@link ProblemChanger.replace} added under a mark (a param's name and value). */
  removeMarked(owner: ProblemOwnerRow, name: string, value: number): ProblemDelta;
  /** The invoice's stored findings of some rules. */
  stored(owner: ProblemOwnerRow, ruleIds: ReadonlySet<string>): readonly Problem[];
}

/** Prepares the changer. */
export function createProblemChanger(db: Db): ProblemChanger {
  const writer = createOneProblemWriter(db);
  const marked = query<{ id: number; rule_id: string; severity: Problem['severity'] }>(
    db,
    "SELECT id, rule_id, severity FROM problems WHERE batch_no = ? AND invoice_ordinal = ? AND json_extract(params_json, '$.' || ?) = ?",
  );
  const ofInvoice = query<Omit<Problem, 'params'> & { readonly params_json: string }>(
    db,
    `SELECT rule_id AS ruleId, severity, source_line AS line, source_column AS "column", end_line AS endLine, end_column AS endColumn, path, found, expected,
       params_json, invoice_ordinal AS invoiceOrdinal, invoice_number AS invoiceNumber
     FROM problems WHERE batch_no = ? AND invoice_ordinal = ? AND rule_id IN (SELECT value FROM json_each(?)) ORDER BY id`,
  );
  const rename = change(db, 'UPDATE problems SET invoice_number = ? WHERE batch_no = ? AND invoice_ordinal = ?');
  const removeById = change(db, 'DELETE FROM problems WHERE id = ?');
  return {
    replace(owner, before, after) {
      const gone = without(before, after);
      const come = without(after, before);
      const delta = { errors: 0, warnings: 0 };
      for (const problem of gone) if (writer.remove(owner, problem)) count(delta, problem.severity, -1);
      for (const problem of come) {
        writer.add(owner, problem);
        count(delta, problem.severity, 1);
      }
      rename(owner.invoiceNumber, owner.batchNo, owner.ordinal);
      return delta;
    },
    removeMarked(owner, name, value) {
      const delta = { errors: 0, warnings: 0 };
      for (const row of marked.all(owner.batchNo, owner.ordinal, name, value)) {
        removeById(row.id);
        writer.recount(owner, { ruleId: row.rule_id, severity: row.severity }, { by: -1, isStored: true });
        count(delta, row.severity, -1);
      }
      return delta;
    },
    stored: (owner, ruleIds) =>
      ofInvoice
        .all(owner.batchNo, owner.ordinal, JSON.stringify([...ruleIds]))
        .map(({ params_json, ...row }) => ({ ...row, params: jsonColumns.params(params_json) })),
  };
}

/** Findings of `one` that are not among `other`; equal ones pair off. */
function without(one: readonly Problem[], other: readonly Problem[]): readonly Problem[] {
  const left = other.map(keyOf);
  return one.filter((problem) => {
    const at = left.indexOf(keyOf(problem));
    if (at < 0) return true;
    left.splice(at, 1);
    return false;
  });
}

function keyOf({ ruleId, severity, line, column: at, path, found, expected, params }: Problem): string {
  return JSON.stringify([ruleId, severity, line, at, path, found, expected, params]);
}

function count(delta: { errors: number; warnings: number }, severity: Problem['severity'], by: 1 | -1): void {
  if (severity === 'error') delta.errors += by;
  if (severity === 'warning') delta.warnings += by;
}

type Cause = Pick<Problem, 'ruleId' | 'severity'>;

function createOneProblemWriter(db: Db) {
  const find = column<number>(
    db,
    `SELECT id FROM problems WHERE batch_no = ? AND invoice_ordinal = ? AND rule_id = ? AND severity = ? AND source_line IS ? AND source_column IS ? AND path IS ? AND found IS ? ORDER BY id LIMIT 1`,
  );
  const remove = change(db, 'DELETE FROM problems WHERE id = ?');
  const add = insert(
    db,
    `INSERT INTO problems (batch_no, file_ordinal, rule_id, severity, source_line, source_column, end_line, end_column, path, found, expected, params_json, invoice_ordinal, invoice_number)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const others = column<number>(
    db,
    'SELECT count(*) FROM problems WHERE batch_no = ? AND invoice_ordinal = ? AND rule_id = ? AND severity = ?',
  );
  const unstored = column<number>(
    db,
    'SELECT problem_count - stored_count FROM problem_counts WHERE batch_no = ? AND rule_id = ? AND severity = ?',
  );
  const raise = change(
    db,
    `INSERT INTO problem_counts (batch_no, rule_id, severity, problem_count, stored_count, invoice_count) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (batch_no, rule_id, severity) DO UPDATE SET problem_count = max(0, problem_count + excluded.problem_count),
       stored_count = max(0, stored_count + excluded.stored_count), invoice_count = max(0, invoice_count + excluded.invoice_count)`,
  );
  const clear = change(
    db,
    'DELETE FROM problem_counts WHERE batch_no = ? AND rule_id = ? AND severity = ? AND problem_count = 0',
  );
  /** `by` findings more or less; the invoice counts when it had none before or has none now. Called after the row's own change. */
  const recount = (
    owner: ProblemOwnerRow,
    { ruleId, severity }: Cause,
    { by, isStored }: { readonly by: 1 | -1; readonly isStored: boolean },
  ): void => {
    const left = others.get(owner.batchNo, owner.ordinal, ruleId, severity) ?? 0;
    const isFirstOrLast = by === 1 ? left === 1 : left === 0;
    raise(owner.batchNo, ruleId, severity, by, isStored ? by : 0, isFirstOrLast ? by : 0);
    clear(owner.batchNo, ruleId, severity);
  };
  return {
    recount,
    /** False when the store has no such finding: then nothing is counted down either. */
    remove(owner: ProblemOwnerRow, problem: Problem): boolean {
      const { ruleId, severity, line, column: at, path, found } = problem;
      const id = find.get(owner.batchNo, owner.ordinal, ruleId, severity, line, at, path, found);
      // Beyond the cap a finding was counted and not stored.
      if (id === undefined && (unstored.get(owner.batchNo, ruleId, severity) ?? 0) === 0) return false;
      if (id !== undefined) remove(id);
      recount(owner, problem, { by: -1, isStored: id !== undefined });
      return true;
    },
    add(owner: ProblemOwnerRow, problem: Problem): void {
      add(
        owner.batchNo,
        owner.fileOrdinal,
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
        owner.ordinal,
        owner.invoiceNumber,
      );
      recount(owner, problem, { by: 1, isStored: true });
    },
  };
}

// Reads over findings: groups by rule with exact counts, pages, one invoice's.

import type { ProblemGroup, Severity, StoredProblem } from '../../../shared/schema/problem.ts';
import { severities } from '../../../shared/schema/problem.ts';
import type { Reads } from '../../ports/store.ts';
import type { StoreCore } from '../core.ts';
import { jsonColumns } from '../json.ts';
import { column, query } from '../sqlite.ts';

interface ProblemRow extends Omit<StoredProblem, 'params'> {
  readonly params_json: string;
}

interface CountRow {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly count: number;
  readonly invoiceCount: number;
}

const columns = `p.id, b.id AS batchId, p.file_ordinal AS fileOrdinal, p.rule_id AS ruleId, p.severity, p.source_line AS line, p.source_column AS column, p.end_line AS endLine,
  p.end_column AS endColumn, p.path, p.found, p.expected, p.params_json, p.invoice_ordinal AS invoiceOrdinal, p.invoice_number AS invoiceNumber`;

/** The problem reads. */
export function createProblemReads({
  db,
}: StoreCore): Pick<Reads, 'invoiceProblems' | 'problemGroups' | 'problemPage'> {
  const batchNo = column<number>(db, "SELECT no FROM batches WHERE id = ? AND state <> 'importing'");
  const ofInvoice = query<ProblemRow>(
    db,
    `SELECT ${columns} FROM invoices i JOIN problems p ON p.batch_no = i.batch_no AND p.invoice_ordinal = i.ordinal JOIN batches b ON b.no = p.batch_no WHERE i.id = ? ORDER BY p.id`,
  );
  const counts = query<CountRow>(
    db,
    `SELECT rule_id AS ruleId, severity, problem_count AS count, invoice_count AS invoiceCount FROM problem_counts WHERE batch_no = ? ORDER BY problem_count DESC, rule_id`,
  );
  const sample = query<ProblemRow>(
    db,
    `SELECT ${columns} FROM problems p JOIN batches b ON b.no = p.batch_no WHERE p.batch_no = ? AND p.rule_id = ? AND p.severity = ? ORDER BY p.id LIMIT 1`,
  );
  const stored = column<number>(
    db,
    'SELECT coalesce(sum(stored_count), 0) FROM problem_counts WHERE batch_no = ? AND (? IS NULL OR rule_id = ?)',
  );
  // Only ids are walked to the offset, in an index.
  const byRule = query<ProblemRow>(
    db,
    `SELECT ${columns} FROM problems p JOIN batches b ON b.no = p.batch_no
     WHERE p.id IN (SELECT id FROM problems WHERE batch_no = ? AND rule_id = ? ORDER BY id LIMIT ? OFFSET ?) ORDER BY p.id`,
  );
  const inFileOrder = query<ProblemRow>(
    db,
    `SELECT ${columns} FROM problems p JOIN batches b ON b.no = p.batch_no
     WHERE p.id IN (SELECT id FROM problems WHERE batch_no = ? ORDER BY invoice_ordinal, id LIMIT ? OFFSET ?) ORDER BY p.invoice_ordinal, p.id`,
  );
  return {
    invoiceProblems: (invoiceId) => ofInvoice.all(invoiceId).map(asProblem),
    problemGroups: (batchId, wanted) => {
      const no = batchNo.get(batchId);
      if (no === undefined) return [];
      const groups = counts.all(no).filter(({ severity }) => wanted.length === 0 || wanted.includes(severity));
      return groups
        .sort((one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity))
        .flatMap((group): ProblemGroup[] => {
          const first = sample.get(no, group.ruleId, group.severity);
          return first === undefined ? [] : [{ ...group, sample: asProblem(first) }];
        });
    },
    problemPage: (...[batchId, ruleId, offset, limit]) => {
      const no = batchNo.get(batchId);
      if (no === undefined) return { total: 0, problems: [] };
      const rows = ruleId === null ? inFileOrder.all(no, limit, offset) : byRule.all(no, ruleId, limit, offset);
      return { total: stored.get(no, ruleId, ruleId) ?? 0, problems: rows.map(asProblem) };
    },
  };
}

function asProblem({ params_json, ...row }: ProblemRow): StoredProblem {
  return { ...row, params: jsonColumns.params(params_json) };
}

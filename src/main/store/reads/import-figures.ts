// What is known of one import from every side: as read, as stored row by row, and its problems by rule. For the receipt.

import type { ImportFigures } from '../../ports/import-figures.ts';
import type { Reads } from '../../ports/store.ts';
import type { StoreCore } from '../core.ts';
import { jsonColumns } from '../json.ts';
import { column, query } from '../sqlite.ts';

/** The read behind a receipt. Counts rows one by one on purpose: the counts kept by triggers are what it is held against. */
export function createImportFigures({ db }: StoreCore): Reads['importFigures'] {
  const batchNo = column<number>(db, "SELECT no FROM batches WHERE id = ? AND state <> 'importing'");
  const files = column<number>(db, 'SELECT invoice_count FROM batch_files WHERE batch_no = ? ORDER BY ordinal');
  const stored = query<ImportFigures['stored'][number]>(
    db,
    `SELECT currency, count(*) AS count, coalesce(sum(payable_minor), 0) AS amountMinor, sum(payable_minor IS NULL) AS withoutAmount
     FROM invoices WHERE batch_no = ? GROUP BY currency ORDER BY currency`,
  );
  type ProblemCount = Omit<ImportFigures['problems'][number], 'params'> & { readonly params_json: string | null };
  const problems = query<ProblemCount>(
    db,
    `SELECT c.rule_id AS ruleId, c.severity, c.problem_count AS count, c.invoice_count AS invoiceCount,
       (SELECT p.params_json FROM problems p WHERE p.batch_no = c.batch_no AND p.rule_id = c.rule_id AND p.severity = c.severity ORDER BY p.id LIMIT 1) AS params_json
     FROM problem_counts c WHERE c.batch_no = ? ORDER BY c.severity = 'info', c.severity = 'warning', c.problem_count DESC, c.rule_id`,
  );
  return (batchId) => {
    const no = batchNo.get(batchId);
    if (no === undefined) return null;
    return {
      fileInvoices: files.all(no),
      stored: stored.all(no),
      problems: problems
        .all(no)
        .map(({ params_json, ...count }) => ({ ...count, params: jsonColumns.params(params_json ?? '{}') })),
    };
  };
}

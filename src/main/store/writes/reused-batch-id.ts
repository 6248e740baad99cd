// The warning for a file whose own batch id an earlier import has too, with other content: how they differ in count and sum.

import type { Problem } from '../../../shared/schema/problem.ts';
import { query } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';
import { createProblemWriter } from './problems.ts';

interface EarlierBatch {
  readonly no: number;
  readonly batchId: string;
  readonly sourceBatchId: string;
  readonly fileName: string;
  /** Place of the id in the new file. */
  readonly line: number | null;
  readonly column: number | null;
}

interface SumRow {
  readonly currency: string;
  readonly count: number;
  readonly amountMinor: number;
}

/** Looks for the newest visible batch with the same id and seller, and adds the warning. Runs inside the import's last transaction, before the counting. */
export function createReusedIdCheck(db: Db): (batchNo: number) => void {
  const earlier = query<EarlierBatch>(
    db,
    `SELECT b.no, b.id AS batchId, b.source_batch_id AS sourceBatchId, of.file_name AS fileName, f.source_batch_id_line AS line, f.source_batch_id_column AS column
     FROM batch_files f JOIN batches b ON b.source_batch_id = f.source_batch_id AND b.no <> f.batch_no AND b.state <> 'importing'
       AND coalesce(b.seller_name, '') = coalesce(f.seller_name, '')
     JOIN batch_files of ON of.batch_no = b.no AND of.ordinal = (SELECT min(ordinal) FROM batch_files WHERE batch_no = b.no)
     WHERE f.batch_no = ? AND f.ordinal = (SELECT min(ordinal) FROM batch_files WHERE batch_no = f.batch_no) AND f.source_batch_id <> ''
     ORDER BY b.visible_order DESC LIMIT 1`,
  );
  const sums = query<SumRow>(
    db,
    `SELECT currency, count(*) AS count, coalesce(sum(payable_minor), 0) AS amountMinor FROM invoices WHERE batch_no = ? GROUP BY currency ORDER BY currency`,
  );
  const problems = createProblemWriter(db);
  return (batchNo) => {
    const other = earlier.get(batchNo);
    if (other === undefined) return;
    problems.add({ batchNo, fileOrdinal: 0 }, [reusedId(other, sums.all(batchNo), sums.all(other.no))]);
  };
}

function reusedId(other: EarlierBatch, own: readonly SumRow[], others: readonly SumRow[]): Problem {
  const countOf = (rows: readonly SumRow[]): number => rows.reduce((sum, { count }) => sum + count, 0);
  const [ownSum, ...moreOwn] = own;
  const [otherSum, ...moreOthers] = others;
  // Sums in several currencies can't be said in one sentence: the screen shows them all.
  const isOneCurrency =
    ownSum !== undefined &&
    ownSum.currency === otherSum?.currency &&
    ownSum.currency !== '' &&
    moreOwn.length + moreOthers.length === 0;
  return {
    ruleId: 'core.batch.idReused',
    severity: 'warning',
    line: other.line,
    column: other.column,
    endLine: other.line,
    endColumn: other.column === null ? null : other.column + Array.from(other.sourceBatchId).length,
    path: null,
    found: other.sourceBatchId,
    expected: null,
    params: {
      sourceBatchId: other.sourceBatchId,
      otherBatch: other.batchId,
      otherFile: other.fileName,
      ownCount: countOf(own),
      otherCount: countOf(others),
      ...(isOneCurrency
        ? { currency: ownSum.currency, ownTotal: ownSum.amountMinor, otherTotal: otherSum.amountMinor }
        : {}),
    },
    invoiceOrdinal: null,
    invoiceNumber: null,
  };
}

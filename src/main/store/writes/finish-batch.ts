// The import's last transaction, which makes a batch visible, and the later decision to take the good invoices of a kept-back one.

import type { Act } from '../../ports/act.ts';
import type { ImportStore, Reads } from '../../ports/store.ts';
import type { StoreCore } from '../core.ts';
import { change, column, query } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';
import { createAuditWriter } from './audit.ts';
import { duplicateProblem, holdsNumber, importingBatch } from './import-batch.ts';
import type { EarlierInvoice } from './import-batch.ts';
import { createProblemRecount, createProblemWriter, maxStoredProblems } from './problems.ts';
import { createReusedIdCheck } from './reused-batch-id.ts';

interface FileTotals {
  readonly read_count: number;
  readonly unfinished: number;
}

/** The verbs that make invoices available. `readBatch` gives the summary that `finishBatch` returns. */
export function createFinishWrites(
  core: StoreCore,
  readBatch: Reads['batch'],
): Pick<ImportStore, 'finishBatch' | 'acceptGood'> {
  const { db, write } = core;
  const batchNoOf = importingBatch(db);
  const finish = createFinisher(db);
  const accept = createAccepter(db);
  return {
    finishBatch(batchId, act) {
      write(() => {
        finish(batchNoOf(batchId), act);
      });
      const summary = readBatch(batchId);
      if (summary === null) throw new Error(`batch ${batchId} is not there after its import`);
      return summary;
    },
    acceptGood(batchId, act) {
      write(() => {
        accept(batchId, act);
      });
    },
  };
}

function createFinisher(db: Db): (batchNo: number, act: Act) => void {
  const begun = query<{ mode: 'strict' | 'lenient'; begun_after_order: number }>(
    db,
    'SELECT mode, begun_after_order FROM batches WHERE no = ?',
  );
  const totals = query<FileTotals>(
    db,
    'SELECT coalesce(sum(invoice_count), 0) AS read_count, sum(is_finished = 0) AS unfinished FROM batch_files WHERE batch_no = ?',
  );
  const stored = column<number>(db, 'SELECT count(*) FROM invoices WHERE batch_no = ?');
  const errors = column<number>(
    db,
    "SELECT coalesce(sum(problem_count), 0) FROM problem_counts WHERE batch_no = ? AND severity = 'error'",
  );
  const quarantineAll = change(db, "UPDATE invoices SET state = 'quarantined' WHERE batch_no = ? AND state = 'ready'");
  const quarantineCopies = createCopyCheck(db);
  const noteReusedId = createReusedIdCheck(db);
  const noteCap = createCapNote(db);
  const count = createCounter(db);
  const show = change(
    db,
    `UPDATE batches SET state = ?, imported_at_ms = ?, imported_by = ?, visible_order = (SELECT coalesce(max(visible_order), 0) + 1 FROM batches),
       read_count = ?, skipped_count = ?, source_batch_id = f.source_batch_id, format = f.format, format_version = f.format_version, seller_name = f.seller_name,
       period_start = (SELECT min(period_start) FROM batch_files WHERE batch_no = batches.no), period_end = (SELECT max(period_end) FROM batch_files WHERE batch_no = batches.no),
       ${dueRange}
     FROM batch_files f WHERE batches.no = ? AND batches.state = 'importing' AND f.batch_no = batches.no AND f.ordinal = (SELECT min(ordinal) FROM batch_files WHERE batch_no = batches.no)`,
  );
  const audit = createAuditWriter(db);
  return (batchNo, act) => {
    const batch = begun.get(batchNo);
    const files = totals.get(batchNo);
    if (batch === undefined || files === undefined || files.unfinished > 0)
      throw new Error(`batch ${batchNo} has files that are not finished`);
    quarantineCopies(batchNo, batch.begun_after_order);
    noteReusedId(batchNo);
    noteCap(batchNo);
    const errorCount = errors.get(batchNo) ?? 0;
    const isKeptBack = batch.mode === 'strict' && errorCount > 0;
    if (isKeptBack) quarantineAll(batchNo);
    const storedCount = stored.get(batchNo) ?? 0;
    const readCount = Math.max(files.read_count, storedCount);
    count(batchNo);
    show(isKeptBack ? 'keptBack' : 'imported', act.nowMs, act.actor, readCount, readCount - storedCount, batchNo);
    audit.log(
      {
        action: 'import',
        batchNo,
        facts: { mode: batch.mode, read: readCount, errors: errorCount, isKeptBack: isKeptBack ? 1 : 0 },
      },
      act,
    );
  };
}

/** Batches that became visible while this one was read may hold the same invoices; theirs came first. */
function createCopyCheck(db: Db): (batchNo: number, afterOrder: number) => void {
  const hasNewer = column<number>(db, 'SELECT count(*) FROM batches WHERE visible_order > ? AND no <> ?');
  const copies = query<
    EarlierInvoice & {
      id: number;
      own_ordinal: number;
      file_ordinal: number;
      line: number;
      column: number;
      invoice_number: string;
      own_content_sha256: string;
    }
  >(
    db,
    `SELECT own.id, own.ordinal AS own_ordinal, own.file_ordinal, own.source_line AS line, own.source_column AS column, own.invoice_number, own.content_sha256 AS own_content_sha256,
       other.batch_no, b.id AS batch_id, f.file_name, other.ordinal, other.source_line, other.content_sha256
     FROM invoices own CROSS JOIN invoices other ON other.invoice_number = own.invoice_number AND other.seller_key = own.seller_key
     JOIN batches b ON b.no = other.batch_no JOIN batch_files f ON f.batch_no = other.batch_no AND f.ordinal = other.file_ordinal
     WHERE own.batch_no = ? AND own.error_count = 0 AND own.payable_minor IS NOT NULL AND other.batch_no <> own.batch_no AND ${holdsNumber('other', 'own.content_sha256')} AND b.visible_order > ? GROUP BY own.id`,
  );
  const quarantine = change(
    db,
    "UPDATE invoices SET state = 'quarantined', error_count = error_count + 1 WHERE id = ? AND state IN ('ready', 'quarantined')",
  );
  const problems = createProblemWriter(db);
  return (batchNo, afterOrder) => {
    if ((hasNewer.get(afterOrder, batchNo) ?? 0) === 0) return;
    for (const copy of copies.all(batchNo, afterOrder)) {
      quarantine(copy.id);
      const row = {
        ordinal: copy.own_ordinal,
        invoiceNumber: copy.invoice_number,
        line: copy.line,
        column: copy.column,
        contentSha256: copy.own_content_sha256,
      };
      problems.add({ batchNo, fileOrdinal: copy.file_ordinal }, [duplicateProblem(row, copy, batchNo)]);
    }
  };
}

/** Says that findings beyond the cap were counted but not stored. */
function createCapNote(db: Db): (batchNo: number) => void {
  const sums = query<{ total: number; stored: number }>(
    db,
    'SELECT coalesce(sum(problem_count), 0) AS total, coalesce(sum(stored_count), 0) AS stored FROM problem_counts WHERE batch_no = ?',
  );
  const problems = createProblemWriter(db);
  const nowhere = {
    line: null,
    column: null,
    endLine: null,
    endColumn: null,
    path: null,
    found: null,
    expected: null,
    invoiceOrdinal: null,
    invoiceNumber: null,
  };
  return (batchNo) => {
    const sum = sums.get(batchNo);
    if (sum === undefined || sum.total === sum.stored) return;
    const params = { total: sum.total, stored: sum.stored, limit: maxStoredProblems };
    problems.add({ batchNo, fileOrdinal: 0 }, [
      { ruleId: 'core.problems.capped', severity: 'info', ...nowhere, params },
    ]);
  };
}

/** Earliest and latest due date of what can be sent; a date in quarantine may be the very thing that is wrong. */
export const dueRange = `due_date_min = (SELECT min(due_date) FROM invoices WHERE batch_no = batches.no AND state <> 'quarantined'),
       due_date_max = (SELECT max(due_date) FROM invoices WHERE batch_no = batches.no AND state <> 'quarantined')`;

/** Writes a batch's counts from its invoices and problems. */
function createCounter(db: Db): (batchNo: number) => void {
  const clear = change(db, 'DELETE FROM invoice_counts WHERE batch_no = ?');
  const count = change(
    db,
    `INSERT INTO invoice_counts (batch_no, state, currency, invoice_count, amount_minor)
     SELECT batch_no, state, currency, count(*), coalesce(sum(payable_minor), 0) FROM invoices WHERE batch_no = ? GROUP BY state, currency`,
  );
  const countProblems = createProblemRecount(db);
  return (batchNo) => {
    clear(batchNo);
    count(batchNo);
    countProblems(batchNo);
  };
}

/** Prepares the letting-in of a kept-back batch's good invoices; runs inside the caller's transaction. */
export function createAccepter(db: Db): (batchId: string, act: Act) => void {
  const kept = query<{ no: number; begun_after_order: number }>(
    db,
    "SELECT no, begun_after_order FROM batches WHERE id = ? AND state = 'keptBack'",
  );
  const quarantineCopies = createCopyCheck(db);
  const uncount = change(db, 'DELETE FROM invoice_counts WHERE batch_no = ?');
  const letIn = change(
    db,
    "UPDATE invoices SET state = 'ready' WHERE batch_no = ? AND state = 'quarantined' AND error_count = 0 AND payable_minor IS NOT NULL AND invoice_number <> ''",
  );
  const show = change(
    db,
    `UPDATE batches SET state = 'imported', visible_order = (SELECT max(visible_order) + 1 FROM batches), ${dueRange} WHERE no = ? AND state = 'keptBack'`,
  );
  const count = createCounter(db);
  const audit = createAuditWriter(db);
  return (batchId, act) => {
    const batch = kept.get(batchId);
    if (batch === undefined) return;
    // Everything visible since the import began counts, also what came after the import's end.
    quarantineCopies(batch.no, batch.begun_after_order);
    uncount(batch.no);
    const accepted = letIn(batch.no);
    count(batch.no);
    show(batch.no);
    audit.log({ action: 'acceptGood', batchNo: batch.no, facts: { accepted } }, act);
  };
}

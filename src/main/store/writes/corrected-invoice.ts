// One invoice after its corrections changed: its row, its findings, and the state that follows. Called inside other verbs' transactions.

import type { Problem } from '../../../shared/schema/problem.ts';
import { historyRuleIds } from '../../domain/rules/history/set.ts';
import type { FixVerdict } from '../../ports/correction-store.ts';
import { change, column, query } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';
import { searchText, sortKey } from '../text-keys.ts';
import { createRememberer } from './customer-history.ts';
import { duplicateProblem, holdsNumber } from './import-batch.ts';
import type { EarlierInvoice } from './import-batch.ts';
import { createHistoryKeeper } from './kept-history.ts';
import { createProblemChanger } from './problem-changes.ts';
import type { ProblemOwnerRow } from './problem-changes.ts';

/** Param of a finding that came to light with a run of corrections; undoing the run takes it back. */
const runMark = 'correctionRun';

type CheckedRow = FixVerdict['after']['row'];

interface InvoiceNow {
  readonly ordinal: number;
  readonly file_ordinal: number;
  readonly state: string;
  readonly batch_state: string;
  readonly error_count: number;
  readonly warning_count: number;
  readonly source_line: number;
  readonly source_column: number;
}

/** Prepares the replacement of an invoice's values and findings by those of a verdict. */
export function createInvoiceReplacer(db: Db) {
  const find = query<InvoiceNow>(
    db,
    `SELECT i.ordinal, i.file_ordinal, i.state, b.state AS batch_state, i.error_count, i.warning_count, i.source_line, i.source_column
     FROM invoices i JOIN batches b ON b.no = i.batch_no WHERE i.id = ?`,
  );
  const runsOf = query<{ run_id: number }>(
    db,
    'SELECT DISTINCT run_id FROM corrections WHERE invoice_id = ? AND undone_at_ms IS NOT NULL',
  );
  const earlier = query<EarlierInvoice>(
    db,
    `SELECT i.batch_no, b.id AS batch_id, f.file_name, i.ordinal, i.source_line, i.content_sha256
     FROM invoices i JOIN batches b ON b.no = i.batch_no JOIN batch_files f ON f.batch_no = i.batch_no AND f.ordinal = i.file_ordinal
     WHERE i.invoice_number = ? AND i.seller_key = ? AND i.id <> ? AND ${holdsNumber('i', '?')} AND b.state <> 'importing' LIMIT 1`,
  );
  const problems = createProblemChanger(db);
  const save = createRowSaver(db);
  const remember = createRememberer(db);
  const known = createHistoryKeeper(db);
  return (
    { target, before, after, history }: FixVerdict,
    place: { readonly batchNo: number; readonly runId: number | null },
  ): { readonly wasReady: boolean; readonly isReady: boolean } => {
    const now = find.get(target.invoiceId);
    if (now === undefined) throw new Error(`invoice ${target.invoiceId} is not there`);
    const { row } = after;
    for (const customer of [before.row, row]) known.keep(target.invoiceId, customer);
    const owner: ProblemOwnerRow = {
      batchNo: place.batchNo,
      fileOrdinal: now.file_ordinal,
      ordinal: now.ordinal,
      invoiceNumber: row.invoiceNumber,
    };
    let errors = now.error_count;
    let warnings = now.warning_count;
    const count = (delta: { readonly errors: number; readonly warnings: number }): void => {
      errors += delta.errors;
      warnings += delta.warnings;
    };
    count(problems.replace(owner, before.problems, after.problems));
    if (place.runId === null)
      for (const { run_id } of runsOf.all(target.invoiceId)) count(problems.removeMarked(owner, runMark, run_id));
    if (history !== null) {
      const now = problems.stored(owner, historyRuleIds);
      const come = history.filter((problem) => !now.some((each) => isSame(each, problem)));
      const gone = now.filter((problem) => !history.some((each) => isSame(each, problem)));
      count(problems.replace(owner, gone, place.runId === null ? come : come.map(markedWith(place.runId))));
    }
    const isWhole = errors === 0 && row.payableMinor !== null && row.invoiceNumber !== '';
    const copy = isWhole
      ? earlier.get(row.invoiceNumber, row.sellerKey, target.invoiceId, row.contentSha256)
      : undefined;
    if (copy !== undefined) {
      const at = {
        ordinal: now.ordinal,
        invoiceNumber: row.invoiceNumber,
        line: now.source_line,
        column: now.source_column,
        contentSha256: row.contentSha256,
      };
      const found = duplicateProblem(at, copy, place.batchNo);
      count(problems.replace(owner, [], [place.runId === null ? found : markedWith(place.runId)(found)]));
    }
    const state = stateAfter(now, isWhole && copy === undefined);
    save(target.invoiceId, row, { state, errors, warnings });
    const wasNewest = known.forget(target.invoiceId, before.row);
    const isNew = state === 'ready' && (now.state !== 'ready' || !isSameCustomer(before.row, row));
    if (wasNewest || isNew) remember(target.invoiceId);
    return { wasReady: now.state === 'ready', isReady: state === 'ready' };
  };
}

function markedWith(runId: number): (problem: Problem) => Problem {
  return (problem) => ({ ...problem, params: { ...problem.params, [runMark]: runId } });
}

function isSameCustomer(one: CheckedRow, other: CheckedRow): boolean {
  return one.sellerKey === other.sellerKey && one.customerRef === other.customerRef && one.currency === other.currency;
}

/** The same thing said of the same value, whichever run brought it to light. */
function isSame(one: Problem, other: Problem): boolean {
  const said = ({ ruleId, severity, found, expected, line, column: at }: Problem): string =>
    JSON.stringify([ruleId, severity, found, expected, line, at]);
  return said(one) === said(other);
}

/** In a batch that is kept back nothing is ready; what the operator holds stays held while it is sound. */
function stateAfter(now: InvoiceNow, isGood: boolean): string {
  if (!isGood || now.batch_state !== 'imported') return 'quarantined';
  return now.state === 'quarantined' ? 'ready' : now.state;
}

function createRowSaver(db: Db) {
  // An address that the operator has replaced stays replaced, whatever else is corrected.
  const newAddress = column<string>(
    db,
    'SELECT after_text FROM address_changes WHERE invoice_id = ? ORDER BY id DESC LIMIT 1',
  );
  const update = change(
    db,
    `UPDATE invoices SET content_version = content_version + 1, imported_error_count = coalesce(imported_error_count, error_count),
       imported_warning_count = coalesce(imported_warning_count, warning_count), kind = ?, invoice_number = ?, seller_key = ?, customer_name = ?, city = ?, email = ?, invoice_date = ?, due_date = ?,
       currency = ?, payable_minor = ?, channel = ?, state = ?, error_count = ?, warning_count = ?, customer_key = ?, city_key = ?, search_text = ?,
       customer_ref = ?, vat_rate = ?, payee_accounts = ? WHERE id = ?`,
  );
  return (
    invoiceId: number,
    row: CheckedRow,
    checked: { readonly state: string; readonly errors: number; readonly warnings: number },
  ): void => {
    const email = newAddress.get(invoiceId) ?? row.email;
    update(
      row.kind,
      row.invoiceNumber,
      row.sellerKey,
      row.customerName,
      row.city,
      email,
      row.invoiceDate,
      row.dueDate,
      row.currency,
      row.payableMinor,
      row.channel,
      checked.state,
      checked.errors,
      checked.warnings,
      sortKey(row.customerName),
      sortKey(row.city),
      searchText([row.invoiceNumber, row.customerName, row.city, email]),
      row.customerRef,
      row.vatRate,
      row.payeeAccounts,
      invoiceId,
    );
  };
}

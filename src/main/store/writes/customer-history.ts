// What is remembered of customers' invoices: brought up to date, and asked, before a batch becomes available.

import { unusualFactor } from '../../domain/rules/history/customer-history.ts';
import type { CustomerHistoryStore, UnlikeInvoice } from '../../ports/customer-history.ts';
import type { StoreCore } from '../core.ts';
import { createSourceRead } from '../reads/invoices.ts';
import { change, column, query } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';
import { importingBatch } from './import-batch.ts';
import { amountColumns, amountsOf, createKnownBefore } from './kept-history.ts';
import { createProblemWriter } from './problems.ts';

interface UnlikeRow {
  readonly id: number;
  readonly ordinal: number;
  readonly file_ordinal: number;
  readonly invoice_number: string;
  readonly source_line: number;
  readonly source_column: number;
  readonly customer_ref: string;
  readonly vat_rate: string | null;
  readonly payee_accounts: string;
  readonly payable_minor: number | null;
  readonly currency: string;
  /** The remembered amounts by commas; null when the customer is new. */
  readonly amounts: string | null;
  readonly known_vat_rate: string | null;
  readonly known_accounts: string | null;
  readonly seller_accounts: string | null;
}

/** The verbs. */
export function createCustomerHistory(core: StoreCore): CustomerHistoryStore {
  const { db, writeLoosely } = core;
  const batchNoOf = importingBatch(db);
  const isAnythingKnown = column<number>(db, 'SELECT 1 FROM seller_accounts LIMIT 1');
  const isMoreThere = column<number>(db, 'SELECT 1 FROM invoices WHERE batch_no = ? AND ordinal >= ? LIMIT 1');
  const unlike = query<UnlikeRow>(db, unlikeSql);
  const note = createNote(db);
  const catchUp = createCatchUp(db);
  const found = column<number>(
    db,
    'SELECT DISTINCT invoice_ordinal FROM problems WHERE batch_no = (SELECT no FROM batches WHERE id = ?) AND rule_id = ? AND invoice_ordinal IS NOT NULL',
  );
  return {
    remember: (limit) => writeLoosely(() => catchUp(limit)),
    unlike(batchId, { from, to }) {
      const no = batchNoOf(batchId);
      if (isAnythingKnown.get() === undefined || isMoreThere.get(no, from) === undefined) return null;
      return unlike.all(no, from, to).map(asUnlike);
    },
    source: createSourceRead(core, 'importing'),
    note: (batchId, findings) => {
      writeLoosely(() => {
        const no = batchNoOf(batchId);
        for (const each of findings) note(no, each);
      });
    },
    knownBefore: createKnownBefore(db),
    foundIn: (batchId, ruleId) => new Set(found.all(batchId, ruleId)),
  };
}

/** Prepares the remembering of one invoice; runs inside the caller's transaction. Repeating it changes nothing. */
export function createRememberer(db: Db): (invoiceId: number) => void {
  const remember = prepareRemember(db, 'id = ?');
  return (invoiceId) => {
    remember(invoiceId);
  };
}

/** Remembers a range of the oldest batch that has something left. */
function createCatchUp(db: Db): (limit: number) => boolean {
  const next = query<{ no: number; from: number }>(
    db,
    `SELECT no, remembered_to AS "from" FROM batches WHERE state = 'imported' AND remembered_to <= coalesce((SELECT max(ordinal) FROM invoices WHERE batch_no = no), -1)
     ORDER BY no LIMIT 1`,
  );
  const remember = prepareRemember(db, 'batch_no = ? AND ordinal >= ? AND ordinal < ?');
  const advance = change(db, 'UPDATE batches SET remembered_to = ? WHERE no = ?');
  return (limit) => {
    const batch = next.get();
    if (batch === undefined) return false;
    remember(batch.no, batch.from, batch.from + limit);
    advance(batch.from + limit, batch.no);
    return true;
  };
}

function prepareRemember(db: Db, condition: string): (...values: number[]) => void {
  const customers = change(
    db,
    `INSERT INTO customer_history (seller_key, customer_ref, currency, amount_1, vat_rate, payee_accounts, newest_invoice_id)
     SELECT seller_key, customer_ref, currency, CASE WHEN payable_minor > 0 THEN payable_minor END, vat_rate, payee_accounts, id FROM invoices
     WHERE ${condition} AND state <> 'quarantined' AND kind = 'invoice' AND customer_ref <> '' ORDER BY id
     ON CONFLICT (seller_key, customer_ref, currency) DO UPDATE SET ${shifted},
       vat_rate = coalesce(excluded.vat_rate, vat_rate), newest_invoice_id = excluded.newest_invoice_id,
       payee_accounts = CASE WHEN excluded.payee_accounts = '' THEN payee_accounts ELSE excluded.payee_accounts END
     WHERE excluded.newest_invoice_id > newest_invoice_id`,
  );
  const accounts = change(
    db,
    `INSERT INTO seller_accounts (seller_key, payee_accounts, first_batch_no)
     SELECT seller_key, payee_accounts, min(batch_no) FROM invoices WHERE ${condition} AND state <> 'quarantined' AND kind = 'invoice' AND payee_accounts <> '' GROUP BY seller_key, payee_accounts
     ON CONFLICT (seller_key, payee_accounts) DO UPDATE SET first_batch_no = excluded.first_batch_no WHERE excluded.first_batch_no < first_batch_no`,
  );
  return (...values) => {
    customers(...values);
    accounts(...values);
  };
}

/** A new amount moves the others one place on; an invoice without one leaves them. */
const shifted = amountColumns
  .slice(1)
  .map((name, index) => `${name} = CASE WHEN excluded.amount_1 IS NULL THEN ${name} ELSE ${amountColumns[index]} END`)
  .toReversed()
  .concat('amount_1 = coalesce(excluded.amount_1, amount_1)')
  .join(', ');

const amounts = amountColumns.map((name) => `h.${name}`);

/** The least of the amounts stands for the usual one here: too much gets through to the rule, and nothing is missed. */
const unlikeSql = `SELECT i.id, i.ordinal, i.file_ordinal, i.invoice_number, i.source_line, i.source_column, i.customer_ref, i.vat_rate, i.payee_accounts, i.payable_minor, i.currency,
       CASE WHEN h.seller_key IS NOT NULL THEN concat_ws(',', ${amounts.join(', ')}) END AS amounts,
       h.vat_rate AS known_vat_rate, h.payee_accounts AS known_accounts,
       CASE WHEN h.seller_key IS NULL THEN (SELECT group_concat(s.payee_accounts, ' ') FROM seller_accounts s WHERE s.seller_key = i.seller_key) END AS seller_accounts
     FROM invoices i LEFT JOIN customer_history h ON h.seller_key = i.seller_key AND h.customer_ref = i.customer_ref AND h.currency = i.currency
     WHERE i.batch_no = ? AND i.ordinal >= ? AND i.ordinal < ? AND i.kind = 'invoice' AND (
       CASE WHEN h.seller_key IS NULL
         THEN i.payee_accounts <> '' AND NOT EXISTS (SELECT 1 FROM seller_accounts s WHERE s.seller_key = i.seller_key AND s.payee_accounts = i.payee_accounts)
         ELSE i.payable_minor >= ${unusualFactor} * min(${amounts.map((each) => `coalesce(${each}, h.amount_1)`).join(', ')}) OR i.vat_rate <> h.vat_rate OR i.payee_accounts <> h.payee_accounts END)
     ORDER BY i.ordinal`;

function asUnlike(row: UnlikeRow): UnlikeInvoice {
  const isKnown = row.amounts !== null;
  return {
    invoiceId: row.id,
    ordinal: row.ordinal,
    fileOrdinal: row.file_ordinal,
    invoiceNumber: row.invoice_number,
    line: row.source_line,
    column: row.source_column,
    compared: {
      customerRef: row.customer_ref,
      vatRate: row.vat_rate,
      payeeAccounts: row.payee_accounts,
      payableMinor: row.payable_minor,
      currency: row.currency,
      vatField: 'vat',
    },
    history: {
      amountsMinor: amountsOf(row.amounts ?? ''),
      vatRate: row.known_vat_rate,
      payeeAccounts: (isKnown ? row.known_accounts : row.seller_accounts) ?? '',
      accountsAreOf: isKnown ? 'customer' : 'seller',
    },
  };
}

function createNote(db: Db) {
  const problems = createProblemWriter(db);
  const raise = change(
    db,
    `UPDATE invoices SET error_count = error_count + ?, warning_count = warning_count + ?, state = CASE WHEN ? > 0 THEN 'quarantined' ELSE state END
     WHERE batch_no = ? AND ordinal = ?`,
  );
  return (
    batchNo: number,
    { fileOrdinal, ordinal, problems: found }: Parameters<CustomerHistoryStore['note']>[1][number],
  ): void => {
    problems.add({ batchNo, fileOrdinal }, found);
    const count = (severity: string): number => found.filter((problem) => problem.severity === severity).length;
    const errors = count('error');
    raise(errors, count('warning'), errors, batchNo, ordinal);
  };
}

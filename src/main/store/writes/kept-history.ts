// What was known of a customer before one invoice: as it is remembered now, or as it was kept when the invoice was first corrected.

import { rememberedAmounts } from '../../domain/rules/history/customer-history.ts';
import type { CustomerHistoryStore } from '../../ports/customer-history.ts';
import { change, column, query } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';

/** Columns of the remembered amounts, newest first. */
export const amountColumns: readonly string[] = Array.from(
  { length: rememberedAmounts },
  (_, index) => `amount_${String(index + 1)}`,
);

const amounts = amountColumns.join(', ');
/** All that a seller had used before the batch of an invoice. */
const sellerAccountsSql = `SELECT group_concat(payee_accounts, ' ') FROM seller_accounts
  WHERE seller_key = ? AND first_batch_no < (SELECT batch_no FROM invoices WHERE id = ?)`;

/** The amounts of a row, from SQL's `concat_ws(',', …)`. */
export function amountsOf(text: string): readonly number[] {
  return text === '' ? [] : text.split(',').map(Number);
}

type CustomerKey = Parameters<CustomerHistoryStore['knownBefore']>[1];

/** Prepares the verb. */
export function createKnownBefore(db: Db): CustomerHistoryStore['knownBefore'] {
  const known = query<{
    newest_invoice_id: number | null;
    amounts: string;
    vat_rate: string | null;
    payee_accounts: string;
    is_kept: 0 | 1;
  }>(
    db,
    `SELECT newest_invoice_id, concat_ws(',', ${amounts}) AS amounts, vat_rate, payee_accounts, 1 AS is_kept FROM kept_history
     WHERE invoice_id = ? AND seller_key = ? AND customer_ref = ? AND currency = ?
     UNION ALL SELECT newest_invoice_id, concat_ws(',', ${amounts}), vat_rate, payee_accounts, 0 FROM customer_history
     WHERE seller_key = ? AND customer_ref = ? AND currency = ? ORDER BY is_kept DESC LIMIT 1`,
  );
  const ofSeller = column<string | null>(db, sellerAccountsSql);
  return (invoiceId, { sellerKey, customerRef, currency }) => {
    const key = [sellerKey, customerRef, currency] as const;
    const found = known.get(invoiceId, ...key, ...key);
    if (found?.is_kept === 0 && (found.newest_invoice_id ?? 0) >= invoiceId) return null;
    const isCustomer = found !== undefined && found.newest_invoice_id !== null;
    return {
      amountsMinor: amountsOf(found?.amounts ?? ''),
      vatRate: found?.vat_rate ?? null,
      payeeAccounts: found?.payee_accounts ?? ofSeller.get(sellerKey, invoiceId) ?? '',
      accountsAreOf: isCustomer ? 'customer' : 'seller',
    };
  };
}

/** Runs inside the verbs that change an invoice's corrections. */
export interface HistoryKeeper {
  /** Keeps what is known of a customer before the invoice, unless it is kept already or can no longer be told. */
  keep(invoiceId: number, of: CustomerKey): void;
  /** Puts back what was known of the customer, where the invoice stands as the newest that is remembered. True when it did. */
  forget(invoiceId: number, of: CustomerKey): boolean;
}

/** Prepares the keeping and forgetting. */
export function createHistoryKeeper(db: Db): HistoryKeeper {
  const key = 'seller_key = ? AND customer_ref = ? AND currency = ?';
  const isRemembered = column<number>(db, `SELECT newest_invoice_id FROM customer_history WHERE ${key}`);
  const keepCustomer = change(
    db,
    `INSERT OR IGNORE INTO kept_history (invoice_id, seller_key, customer_ref, currency, newest_invoice_id, ${amounts}, vat_rate, payee_accounts)
     SELECT ?, seller_key, customer_ref, currency, newest_invoice_id, ${amounts}, vat_rate, payee_accounts FROM customer_history
     WHERE ${key} AND newest_invoice_id < ?`,
  );
  const keepSeller = change(
    db,
    `INSERT OR IGNORE INTO kept_history (invoice_id, seller_key, customer_ref, currency, payee_accounts)
     VALUES (?, ?, ?, ?, coalesce((${sellerAccountsSql}), ''))`,
  );
  const isKept = column<number | null>(
    db,
    `SELECT newest_invoice_id FROM kept_history WHERE invoice_id = ? AND ${key}`,
  );
  const remove = change(db, `DELETE FROM customer_history WHERE ${key}`);
  const restore = change(
    db,
    `INSERT INTO customer_history (seller_key, customer_ref, currency, newest_invoice_id, ${amounts}, vat_rate, payee_accounts)
     SELECT seller_key, customer_ref, currency, newest_invoice_id, ${amounts}, vat_rate, payee_accounts FROM kept_history
     WHERE invoice_id = ? AND ${key} AND newest_invoice_id IS NOT NULL`,
  );
  return {
    keep(invoiceId, { sellerKey, customerRef, currency }) {
      if (isRemembered.get(sellerKey, customerRef, currency) === undefined)
        keepSeller(invoiceId, sellerKey, customerRef, currency, sellerKey, invoiceId);
      else keepCustomer(invoiceId, sellerKey, customerRef, currency, invoiceId);
    },
    forget(invoiceId, { sellerKey, customerRef, currency }) {
      const of = [sellerKey, customerRef, currency] as const;
      if (isRemembered.get(...of) !== invoiceId || isKept.get(invoiceId, ...of) === undefined) return false;
      remove(...of);
      restore(invoiceId, ...of);
      return true;
    },
  };
}

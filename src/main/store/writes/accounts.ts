// Accounts at services: invoices by the services' own numbers, and VAT rates and countries as last listed. Nothing here changes a delivery.

import type { AccountInvoice, AccountStore } from '../../ports/account-store.ts';
import type { StoreCore } from '../core.ts';
import { jsonColumns } from '../json.ts';
import { change, query } from '../sqlite.ts';

type Row = Omit<AccountInvoice, 'receipt'> & { readonly receipt_json: string };

const last = (column: string, kind: string): string =>
  `(SELECT ${column} FROM tracking_facts t WHERE t.delivery_id = d.id AND t.kind = '${kind}' ORDER BY t.id DESC LIMIT 1)`;
const number = "json_extract(r.receipt_json, '$.invoiceNo')";
const sent = `SELECT d.id AS deliveryId, d.invoice_id AS invoiceId, d.connection_id AS connectionId, d.document_sha256 AS documentSha256, r.receipt_json,
   ${number} AS invoiceNo, ${last('t.fact_key', 'state')} AS state, ${last('t.at_ms', 'state')} AS stateAtMs,
   ${last("json_extract(t.facts_json, '$.sha256')", 'document')} AS archivedSha256
 FROM deliveries d JOIN receipts r ON r.id = (SELECT max(id) FROM receipts WHERE delivery_id = d.id)
 WHERE d.channel = 'sendregning' AND d.state = 'accepted' AND ${number} IS NOT NULL`;

/** The reads and the verb. */
export function createAccountStore({ db, write }: StoreCore): AccountStore {
  const ofInvoice = query<Row>(db, `${sent} AND d.invoice_id = ? ORDER BY d.id DESC`);
  const byNumber = query<Row>(db, `${sent} AND d.connection_id = ? AND ${number} = ? ORDER BY d.id DESC LIMIT 1`);
  const lists = query<{ fetchedAtMs: number; lists_json: string }>(
    db,
    'SELECT fetched_at_ms AS fetchedAtMs, lists_json FROM account_lists WHERE connection_id = ?',
  );
  const keep = change(
    db,
    `INSERT INTO account_lists (connection_id, fetched_at_ms, lists_json) VALUES (?, ?, ?)
     ON CONFLICT (connection_id) DO UPDATE SET fetched_at_ms = excluded.fetched_at_ms, lists_json = excluded.lists_json`,
  );
  const invoiceOf = ({ receipt_json, ...row }: Row): AccountInvoice => ({
    ...row,
    receipt: jsonColumns.receipt(receipt_json),
  });
  return {
    ofInvoice: (invoiceId) => ofInvoice.all(invoiceId).map(invoiceOf),
    byNumber: (connectionId, invoiceNo) => {
      const row = byNumber.get(connectionId, invoiceNo);
      return row === undefined ? null : invoiceOf(row);
    },
    lists: (connectionId) => {
      const found = lists.get(connectionId);
      return found === undefined
        ? null
        : { fetchedAtMs: found.fetchedAtMs, ...jsonColumns.peerLists(found.lists_json) };
    },
    keepLists: (connectionId, { vatRates, countries }, nowMs) => {
      write(() => keep(connectionId, nowMs, JSON.stringify({ vatRates, countries })));
    },
  };
}

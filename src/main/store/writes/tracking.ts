// What peers say about sent invoices: found, and added to. Nothing here changes a delivery.

import type { TrackedInvoice, TrackingStore } from '../../ports/tracking-store.ts';
import type { StoreCore } from '../core.ts';
import { change, column, query } from '../sqlite.ts';

/** The verbs and reads. */
export function createTrackingStore(core: StoreCore): TrackingStore {
  const { db, write } = core;
  const sent = query<Omit<TrackedInvoice, 'hasDocument'> & { readonly hasDocument: number }>(
    db,
    `SELECT d.id AS deliveryId, d.invoice_id AS invoiceId, json_extract(r.receipt_json, '$.invoiceNo') AS peerNumber,
       EXISTS (SELECT 1 FROM tracking_facts t WHERE t.delivery_id = d.id AND t.kind = 'document') AS hasDocument
     FROM deliveries d JOIN receipts r ON r.id = (SELECT max(id) FROM receipts WHERE delivery_id = d.id)
     WHERE d.connection_id = ? AND d.state = 'accepted' AND d.id > ? AND json_extract(r.receipt_json, '$.invoiceNo') IS NOT NULL
     ORDER BY d.id LIMIT ?`,
  );
  const lastState = column<string>(
    db,
    "SELECT fact_key FROM tracking_facts WHERE delivery_id = ? AND kind = 'state' ORDER BY id DESC LIMIT 1",
  );
  const add = change(
    db,
    `INSERT INTO tracking_facts (delivery_id, invoice_id, at_ms, kind, fact_key, facts_json)
     SELECT id, invoice_id, ?, ?, ?, ? FROM deliveries WHERE id = ? ON CONFLICT DO NOTHING`,
  );
  return {
    sentThrough: (connectionId, { afterId, limit }) =>
      sent.all(connectionId, afterId, limit).map((row) => ({ ...row, hasDocument: row.hasDocument === 1 })),
    add: (deliveryId, facts, nowMs) =>
      write(() => {
        let added = 0;
        for (const { kind, key, facts: values } of facts) {
          if (kind === 'state' && lastState.get(deliveryId) === key) continue;
          added += add(nowMs, kind, key, JSON.stringify(values), deliveryId);
        }
        return added;
      }),
  };
}

// What a restored database does not know: deliveries that may have been sent after the copy. Whatever stands for one of them is in doubt.
// restored.ts notices the restore itself.

import { hash } from 'node:crypto';
import { createWaitingActs, restoredCode } from './acts-after-copy.ts';
import { change, column, insert } from './sqlite.ts';
import type { Db } from './sqlite.ts';
import { createInvoiceStateWriter } from './writes/invoice-state.ts';

/** What makes an invoice the same one for its recipient, whatever it was sent with; over a row of `invoices`. */
export const businessKeySql = "length(seller_key) || ':' || seller_key || char(10) || invoice_number";

/** The hash of {@link businessKeySql}, as the journal has it. */
export function hashOfKey(businessKey: string): string {
  return hash('sha256', businessKey);
}

/** A delivery as the copy has it. */
export interface Doubtful {
  readonly id: number;
  readonly invoice_id: number;
  readonly state: string;
}

/** Prepares the move to `unknown` with an attempt that tells when and why; the invoice's state follows. Runs inside the caller's transaction. */
export function createDoubter(db: Db): (delivery: Doubtful, sentAtMs: number, nowMs: number) => void {
  // An attempt that the copy holds open ended nobody knows how.
  const endOpen = change(
    db,
    `UPDATE attempts SET ended_at_ms = ?, outcome = 'unknown', phase = 'effect', counts = 0, code = '${restoredCode}' WHERE delivery_id = ? AND outcome = 'open'`,
  );
  const addAttempt = insert(
    db,
    `INSERT INTO attempts (delivery_id, number, started_at_ms, ended_at_ms, outcome, phase, counts, code)
     SELECT id, attempt + 1, ?, ?, 'unknown', 'effect', 0, '${restoredCode}' FROM deliveries WHERE id = ?`,
  );
  const move = change(
    db,
    `UPDATE deliveries SET state = 'unknown', attempt = attempt + 1, claim_fence = NULL, hold = NULL, updated_at_ms = ?, last_code = '${restoredCode}', last_detail = NULL, last_phase = 'effect'
     WHERE id = ? AND state = ?`,
  );
  const updateInvoice = createInvoiceStateWriter(db);
  return ({ id, invoice_id, state }, sentAtMs, nowMs) => {
    endOpen(nowMs, id);
    addAttempt(sentAtMs, nowMs, id);
    if (move(nowMs, id, state) !== 1) throw new Error(`delivery ${String(id)} is not ${state}`);
    updateInvoice(invoice_id);
  };
}

/** Prepares the question for the release: true when the invoice may have been sent after the copy; that is then this delivery's doubt. */
export function createSentAfterCopy(
  db: Db,
): (invoice: { readonly id: number; readonly deliveryId: number; readonly nowMs: number }) => boolean {
  const isAny = column<number>(db, 'SELECT 1 FROM sent_after_copy WHERE delivery_id IS NULL LIMIT 1');
  const invoice = column<string>(db, `SELECT ${businessKeySql} FROM invoices WHERE id = ?`);
  const sentAt = column<number | null>(
    db,
    'SELECT max(at_ms) FROM sent_after_copy WHERE business_key = ? AND delivery_id IS NULL',
  );
  const take = change(db, 'UPDATE sent_after_copy SET delivery_id = ? WHERE business_key = ? AND delivery_id IS NULL');
  const doubt = createDoubter(db);
  const takeActs = createWaitingActs(db);
  return ({ id, deliveryId, nowMs }) => {
    if (isAny.get() === undefined) return false;
    const key = hashOfKey(invoice.get(id) ?? '');
    const atMs = sentAt.get(key) ?? null;
    if (atMs === null) return false;
    take(deliveryId, key);
    doubt({ id: deliveryId, invoice_id: id, state: 'queued' }, atMs, nowMs);
    takeActs({ deliveryId, businessKey: key, nowMs });
    return true;
  };
}

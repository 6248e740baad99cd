// What follows an accepted step: the next step's delivery, queued in the same transaction. Called inside other verbs' transactions.

import { createHash } from 'node:crypto';
import { nextStepKeyText } from '../../domain/idempotency-key.ts';
import { createSentAfterCopy } from '../sent-after-copy.ts';
import { column, query } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';

/**
 * Prepares `follow(deliveryId, nowMs)`: queues the next step of a delivery that has just been accepted, with the same frozen document. Does
 * nothing for a last step, for one that is not accepted, and for one that is followed already.
 */
export function createFollowUp(db: Db): (deliveryId: number, nowMs: number) => void {
  const find = query<{ idempotency_key: string; invoice_id: number; step: number }>(
    db,
    "SELECT idempotency_key, invoice_id, step FROM deliveries WHERE id = ? AND state = 'accepted' AND step < steps",
  );
  const add = column<number>(
    db,
    `INSERT INTO deliveries (batch_no, invoice_id, connection_id, channel, target, state, generation, idempotency_key, document_sha256, document_size_bytes, document_file_name,
       released_at_ms, released_by, due_at_ms, updated_at_ms, release_run_id, is_first, step, steps, previous_id)
     SELECT batch_no, invoice_id, connection_id, channel, target, 'queued', generation, ?, document_sha256, document_size_bytes, document_file_name,
       released_at_ms, released_by, ?, ?, release_run_id, is_first, step + 1, steps, id
     FROM deliveries WHERE id = ? ON CONFLICT DO NOTHING RETURNING id`,
  );
  const wasSentAfterCopy = createSentAfterCopy(db);
  return (deliveryId, nowMs) => {
    const done = find.get(deliveryId);
    if (done === undefined) return;
    const key = createHash('sha256')
      .update(nextStepKeyText(done.idempotency_key, done.step + 1))
      .digest('hex');
    const next = add.get(key, nowMs, nowMs, deliveryId);
    // In a restored database the step before may be settled that was followed after the copy: then this one may have been sent already.
    if (next !== undefined) wasSentAfterCopy({ id: done.invoice_id, deliveryId: next, nowMs });
  };
}

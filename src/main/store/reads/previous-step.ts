// What the accepted step before a delivery left: its key and its receipt. Shared by the claim and the look-up.

import type { PreviousStep } from '../../ports/channel-adapter.ts';
import { jsonColumns } from '../json.ts';
import { query } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';

/** Prepares the read; null for a first step. */
export function createPreviousReader(db: Db): (deliveryId: number) => PreviousStep | null {
  const find = query<{ idempotencyKey: string; receipt_json: string | null }>(
    db,
    `SELECT p.idempotency_key AS idempotencyKey, (SELECT r.receipt_json FROM receipts r WHERE r.delivery_id = p.id ORDER BY r.id DESC LIMIT 1) AS receipt_json
     FROM deliveries d JOIN deliveries p ON p.id = d.previous_id WHERE d.id = ?`,
  );
  return (deliveryId) => {
    const found = find.get(deliveryId);
    if (found === undefined) return null;
    const { idempotencyKey, receipt_json } = found;
    return { idempotencyKey, receipt: receipt_json === null ? null : jsonColumns.receipt(receipt_json) };
  };
}

// What was done to orders after the copy that was restored: it comes back as acts in doubt, so that nothing is credited or closed twice.
// restored.ts reads it from the journal; sent-after-copy.ts is the same for deliveries.

import { jsonColumns } from './json.ts';
import type { SentAct, SentLine } from './sent-journal.ts';
import { change, column, insert, query } from './sqlite.ts';
import type { Db } from './sqlite.ts';

/** Why a delivery or an act is in doubt after a restore. */
export const restoredCode = 'run.restored';
/** Who did an act that only the journal knows: that stands in the database that was put aside. */
const restoredActor = 'utskick';

/** A line of the journal about an act. */
export interface SentActLine extends SentLine {
  readonly act: SentAct;
}

type ActDoubter = (
  act: SentAct,
  at: { readonly deliveryId: number; readonly startedAtMs: number; readonly nowMs: number },
) => number;

/** Prepares the act in doubt on the order that a delivery made; returns its id. Runs inside the caller's transaction. */
function createActDoubter(db: Db): ActDoubter {
  const add = insert(
    db,
    `INSERT INTO order_acts (delivery_id, invoice_id, kind, peer_order_id, started_at_ms, actor, reason, owner_pid, amount_minor, currency, positions_json, state, ended_at_ms, code)
     SELECT id, invoice_id, ?, ?, ?, '${restoredActor}', '', 0, ?, ?, ?, 'unknown', ?, '${restoredCode}' FROM deliveries WHERE id = ?`,
  );
  return ({ kind, peerOrderId, amountMinor, currency, positions }, { deliveryId, startedAtMs, nowMs }) =>
    add(
      kind,
      peerOrderId,
      startedAtMs,
      amountMinor,
      currency,
      positions === null ? null : JSON.stringify(positions),
      nowMs,
      deliveryId,
    );
}

/**
 * Prepares what is done with the journal's acts after a restore: on an order that the copy has they are in doubt at once, others wait for its invoice to be
 * released again. Returns how many there were that the copy did not know. Runs inside the caller's transaction.
 */
export function createActSettler(db: Db): (lines: readonly SentActLine[], nowMs: number) => number {
  const orderOf = column<number>(db, 'SELECT id FROM deliveries WHERE idempotency_key = ? AND cancelled_no = 0');
  const known = column<number>(
    db,
    'SELECT id FROM order_acts WHERE delivery_id = ? AND kind = ? AND peer_order_id = ? AND started_at_ms = ?',
  );
  const kept = column<number>(
    db,
    'SELECT id FROM acts_after_copy WHERE business_key = ? AND kind = ? AND peer_order_id = ? AND at_ms = ?',
  );
  const keep = change(
    db,
    'INSERT INTO acts_after_copy (business_key, at_ms, kind, peer_order_id, amount_minor, currency, positions_json) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const doubt = createActDoubter(db);
  return (lines, nowMs) =>
    lines.reduce((count, { act, idempotencyKey, businessKey, atMs }) => {
      const { kind, peerOrderId, amountMinor, currency, positions } = act;
      const deliveryId = orderOf.get(idempotencyKey);
      if (deliveryId !== undefined) {
        if (known.get(deliveryId, kind, peerOrderId, atMs) !== undefined) return count;
        doubt(act, { deliveryId, startedAtMs: atMs, nowMs });
        return count + 1;
      }
      if (kept.get(businessKey, kind, peerOrderId, atMs) !== undefined) return count;
      const rows = positions === null ? null : JSON.stringify(positions);
      return count + keep(businessKey, atMs, kind, peerOrderId, amountMinor, currency, rows);
    }, 0);
}

type Waiting = Omit<SentAct, 'positions'> & {
  readonly id: number;
  readonly atMs: number;
  readonly positions_json: string | null;
};

/** Prepares the step that a release takes: acts that waited for this invoice are in doubt on its new order. Nothing where the delivery makes no order, or a dunning's no invoice at its service. */
export function createWaitingActs(
  db: Db,
): (delivery: { readonly deliveryId: number; readonly businessKey: string; readonly nowMs: number }) => void {
  const waiting = query<Waiting>(
    db,
    `SELECT id, at_ms AS atMs, kind, peer_order_id AS peerOrderId, amount_minor AS amountMinor, currency, positions_json FROM acts_after_copy
     WHERE business_key = ? AND act_id IS NULL
       AND EXISTS (SELECT 1 FROM deliveries d WHERE d.id = ? AND d.step = 1 AND CASE kind WHEN 'dun' THEN d.channel = 'sendregning' ELSE d.steps = 2 END) ORDER BY id`,
  );
  const take = change(db, 'UPDATE acts_after_copy SET act_id = ? WHERE id = ?');
  const doubt = createActDoubter(db);
  return ({ deliveryId, businessKey, nowMs }) => {
    for (const { id, atMs, positions_json, ...act } of waiting.all(businessKey, deliveryId)) {
      const positions = positions_json === null ? null : jsonColumns.positions(positions_json);
      take(doubt({ ...act, positions }, { deliveryId, startedAtMs: atMs, nowMs }), id);
    }
  };
}

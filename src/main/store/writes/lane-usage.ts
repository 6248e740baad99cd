// What a connection's rate has used: attempts that reached the peer, counted in the transaction that records them.

import { limitOver, rateSpanNames, rateSpans } from '../../domain/rate-budget.ts';
import type { RateUsage, UsedSlot } from '../../domain/rate-budget.ts';
import type { LaneStore } from '../../ports/lane-store.ts';
import { change, query } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';

/** Prepares the count of attempts. Called inside the recording transaction. */
export function createUsageWriter(db: Db): (connectionId: string, attempts: number, atMs: number) => void {
  const add = query<{ total: number }>(
    db,
    `INSERT INTO lane_usage (connection_id, span, slot, attempt_count) VALUES (?, ?, ?, ?)
     ON CONFLICT (connection_id, span, slot) DO UPDATE SET attempt_count = attempt_count + excluded.attempt_count
     RETURNING attempt_count AS total`,
  );
  const forget = change(db, 'DELETE FROM lane_usage WHERE connection_id = ? AND span = ? AND slot < ?');
  return (connectionId, attempts, atMs) => {
    if (attempts === 0) return;
    for (const span of rateSpanNames) {
      const { slotMs, windowMs } = rateSpans[span];
      const total = add.get(connectionId, span, Math.floor(atMs / slotMs), attempts)?.total;
      // A slot's first count: what has left the span goes.
      if (total === attempts) forget(connectionId, span, Math.floor((atMs - windowMs) / slotMs) - 1);
    }
  };
}

/** Reads the slots of the limited spans. */
export function createUsageReader(db: Db): LaneStore['usage'] {
  const slots = query<UsedSlot>(
    db,
    'SELECT slot, attempt_count AS count FROM lane_usage WHERE connection_id = ? AND span = ?',
  );
  return (connectionId, rate) => {
    const usage: RateUsage = {};
    for (const span of rateSpanNames) if (limitOver(rate, span) !== null) usage[span] = slots.all(connectionId, span);
    return usage;
  };
}

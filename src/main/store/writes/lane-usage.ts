// What a connection's rate has used: attempts that reached the peer, counted in the transaction that records them.

import { limitOver, rateSpanNames, rateSpans } from '../../domain/rate-budget.ts';
import type { RateUsage, UsedSlot } from '../../domain/rate-budget.ts';
import type { LaneStore } from '../../ports/lane-store.ts';
import { nothingLimited } from '../limits-text.ts';
import { change, column, query } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';

/** What an attempt has to be to count: it reached the peer, and was not given back to the queue by a lost connection. */
const reachedPeer =
  "(a.outcome = 'accepted' OR (a.phase <> 'preparing' AND NOT (a.outcome = 'notSent' AND a.counts = 0)))";

/** Prepares the count of attempts; a connection without limits costs one look. Called inside the recording transaction. */
export function createUsageWriter(db: Db): (connectionId: string, attempts: number, atMs: number) => void {
  const add = query<{ total: number }>(
    db,
    `INSERT INTO lane_usage (connection_id, span, slot, attempt_count) VALUES (?, ?, ?, ?)
     ON CONFLICT (connection_id, span, slot) DO UPDATE SET attempt_count = attempt_count + excluded.attempt_count
     RETURNING attempt_count AS total`,
  );
  const isLimited = column<number>(db, 'SELECT limits_json <> ? FROM connections WHERE id = ?');
  const forget = change(db, 'DELETE FROM lane_usage WHERE connection_id = ? AND span = ? AND slot < ?');
  return (connectionId, attempts, atMs) => {
    if (attempts === 0 || isLimited.get(nothingLimited, connectionId) !== 1) return;
    for (const span of rateSpanNames) {
      const { slotMs, windowMs } = rateSpans[span];
      const total = add.get(connectionId, span, Math.floor(atMs / slotMs), attempts)?.total;
      // A slot's first count: what has left the span goes.
      if (total === attempts) forget(connectionId, span, Math.floor((atMs - windowMs) / slotMs) - 1);
    }
  };
}

/** Prepares the count anew from the attempts themselves, for limits that are set in the middle of a day. Called inside the saving transaction. */
export function createUsageRecount(db: Db): (connectionId: string, limits: string, nowMs: number) => void {
  const clear = change(db, 'DELETE FROM lane_usage WHERE connection_id = ?');
  const count = change(
    db,
    `INSERT INTO lane_usage (connection_id, span, slot, attempt_count)
     SELECT d.connection_id, ?, CAST(a.ended_at_ms / ? AS INTEGER), count(*) FROM attempts a JOIN deliveries d ON d.id = a.delivery_id
     WHERE d.connection_id = ? AND a.ended_at_ms > ? AND ${reachedPeer} GROUP BY CAST(a.ended_at_ms / ? AS INTEGER)`,
  );
  return (connectionId, limits, nowMs) => {
    clear(connectionId);
    if (limits === nothingLimited) return;
    for (const span of rateSpanNames) {
      const { slotMs, windowMs } = rateSpans[span];
      count(span, slotMs, connectionId, nowMs - windowMs - slotMs, slotMs);
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

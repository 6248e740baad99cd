// Reads over the connections' lanes: their queue, what blocks them, and what their own limits say now.

import { deliveryStates } from '../../../shared/schema/delivery.ts';
import type { DeliveryState, Lane } from '../../../shared/schema/delivery.ts';
import { budgetsOf, holdOf } from '../../domain/lane-limits.ts';
import type { Reads } from '../../ports/store.ts';
import type { StoreCore } from '../core.ts';
import { limitsOf } from '../limits-text.ts';
import { column, query } from '../sqlite.ts';
import { createUsageReader } from '../writes/lane-usage.ts';
import { rateSlotMs } from '../writes/lanes.ts';
import { createNextDue } from './deliveries.ts';

const minuteMs = 60_000;

interface LaneRow extends Omit<Lane, 'counts' | 'held' | 'perMinute' | 'nextDueAtMs' | 'hold' | 'budgets'> {
  readonly isRemoved: number;
  readonly limits_json: string;
}

/** The lanes: every connection in use, and removed ones that still have something open. With a batch: those it was released to. */
export function createLaneReads({ db }: StoreCore): Pick<Reads, 'lanes'> {
  const connections = query<LaneRow>(
    db,
    `SELECT c.id AS connectionId, c.name AS connectionName, c.channel, l.blocked_by AS blockedBy, l.block_code AS blockCode, l.block_detail AS blockDetail, l.next_try_at_ms AS nextTryAtMs, c.limits_json, l.last_answer AS lastAnswer, l.last_answer_at_ms AS lastAnswerAtMs,
       c.removed_at_ms IS NOT NULL AS isRemoved FROM connections c LEFT JOIN lanes l ON l.connection_id = c.id ORDER BY c.name COLLATE NOCASE`,
  );
  const counts = query<{ connectionId: string; state: DeliveryState; count: number }>(
    db,
    `SELECT connection_id AS connectionId, state, sum(delivery_count) AS count FROM delivery_counts
     WHERE ? IS NULL OR batch_no = (SELECT no FROM batches WHERE id = ?) GROUP BY connection_id, state HAVING sum(delivery_count) > 0`,
  );
  const held = column<number>(
    db,
    `SELECT count(*) FROM deliveries d WHERE d.hold IS NOT NULL AND d.connection_id = ? AND d.batch_no IN (SELECT no FROM batches WHERE ? IS NULL OR id = ?)`,
  );
  const rate = column<number>(
    db,
    'SELECT coalesce(sum(accepted_count), 0) FROM lane_rates WHERE connection_id = ? AND slot > ?',
  );
  const nextDue = createNextDue(db);
  const usage = createUsageReader(db);
  return {
    lanes: (batchId, nowMs) => {
      const byConnection = Map.groupBy(counts.all(batchId, batchId), ({ connectionId }) => connectionId);
      return connections.all().flatMap(({ isRemoved, limits_json, ...row }): Lane[] => {
        const found = byConnection.get(row.connectionId) ?? [];
        if (found.length === 0 && (batchId !== null || isRemoved === 1)) return [];
        const zeroes = Object.fromEntries(deliveryStates.map((state) => [state, 0])) as Lane['counts'];
        for (const { state, count } of found) zeroes[state] = count;
        const perMinute = rate.get(row.connectionId, Math.floor((nowMs - minuteMs) / rateSlotMs)) ?? 0;
        const open = zeroes.queued + zeroes.waiting;
        const limits = limitsOf(limits_json);
        const used = usage(row.connectionId, limits.rate);
        return [
          {
            ...row,
            counts: zeroes,
            held: open === 0 ? 0 : (held.get(row.connectionId, batchId, batchId) ?? 0),
            perMinute,
            nextDueAtMs: nextDue(row.connectionId),
            hold: holdOf(limits, used, nowMs),
            budgets: budgetsOf(limits, used, nowMs),
          },
        ];
      });
    },
  };
}

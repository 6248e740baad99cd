// Reads over releases whose first few were sent before the rest: how they fared and what waits.

import { verdictOf } from '../../domain/delivery-control.ts';
import type { Trial } from '../../../shared/schema/control.ts';
import type { DeliveryState } from '../../../shared/schema/delivery.ts';
import type { Money } from '../../../shared/schema/batch.ts';
import type { ControlStore } from '../../ports/control-store.ts';
import type { StoreCore } from '../core.ts';
import { query } from '../sqlite.ts';

interface TrialRow {
  readonly id: number;
  readonly batchId: string;
  readonly batch_no: number;
  readonly fileName: string;
  readonly startedAtMs: number;
  readonly startedBy: string;
}

/** The read. A trial whose rest is gone (taken back one by one) asks for no decision any more. */
export function createTrialRead({ db }: StoreCore): Pick<ControlStore, 'trials'> {
  const open = query<TrialRow>(
    db,
    `SELECT r.id, b.id AS batchId, r.batch_no, (SELECT f.file_name FROM batch_files f WHERE f.batch_no = r.batch_no ORDER BY f.ordinal LIMIT 1) AS fileName, r.at_ms AS startedAtMs, r.actor AS startedBy
     FROM release_runs r JOIN batches b ON b.no = r.batch_no WHERE r.is_trial = 1 AND r.state = 'live' AND r.decision IS NULL AND (? IS NULL OR b.id = ?) ORDER BY r.id DESC`,
  );
  const first = query<{ state: DeliveryState; count: number }>(
    db,
    "SELECT state, count(*) AS count FROM deliveries WHERE release_run_id = ? AND is_first = 1 AND state <> 'cancelled' GROUP BY state",
  );
  const rest = query<Money & { readonly count: number }>(
    db,
    `SELECT i.currency, count(*) AS count, coalesce(sum(i.payable_minor), 0) AS amountMinor FROM deliveries d JOIN invoices i ON i.id = d.invoice_id
     WHERE d.batch_no = ? AND d.hold = 'trial' AND d.hold IS NOT NULL AND d.release_run_id = ? GROUP BY i.currency`,
  );
  return {
    trials: (batchId) =>
      open.all(batchId, batchId).flatMap(({ batch_no, ...row }): Trial[] => {
        const sums = rest.all(batch_no, row.id);
        const restCount = sums.reduce((sum, { count }) => sum + count, 0);
        if (restCount === 0) return [];
        const states = first.all(row.id);
        const byState: Trial['first'] = Object.fromEntries(states.map(({ state, count }) => [state, count]));
        return [
          {
            ...row,
            first: byState,
            firstCount: states.reduce((sum, { count }) => sum + count, 0),
            rest: {
              count: restCount,
              sums: sums.map(({ currency, amountMinor }) => ({ currency, amountMinor })),
            },
            verdict: verdictOf(byState),
          },
        ];
      }),
  };
}

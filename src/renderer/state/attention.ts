// What needs a person, from what the engine tells about batches and lanes. No calls and no words.

import type { BatchSummary } from '../../shared/schema/batch.ts';
import type { Trial } from '../../shared/schema/control.ts';
import { passingBlocks } from '../../shared/schema/delivery.ts';
import type { ExpiringOrder, OrderActInDoubt } from '../../shared/schema/orders.ts';
import type { Lane } from '../../shared/schema/delivery.ts';

/** One task for the operator. */
export type AttentionTask =
  | { readonly kind: 'unknown' | 'refused' | 'failed'; readonly count: number }
  | { readonly kind: 'trial'; readonly trial: Trial }
  | { readonly kind: 'blocked'; readonly lane: Lane }
  | { readonly kind: 'actsInDoubt'; readonly acts: readonly OrderActInDoubt[] }
  | { readonly kind: 'expiring'; readonly orders: readonly ExpiringOrder[] }
  | { readonly kind: 'keptBack'; readonly batch: BatchSummary }
  | { readonly kind: 'quarantined'; readonly batch: BatchSummary; readonly count: number };

/** Tasks, the ones that risk a second copy first. A lane the operator paused is no task: it was a decision. One that goes on by itself is none either. */
export function attentionTasks(
  lanes: readonly Lane[],
  batches: readonly BatchSummary[],
  {
    trials,
    expiring,
    acts,
  }: {
    readonly trials: readonly Trial[];
    readonly expiring: readonly ExpiringOrder[];
    readonly acts: readonly OrderActInDoubt[];
  },
): readonly AttentionTask[] {
  const unknown = lanes.reduce((sum, lane) => sum + lane.counts.unknown, 0);
  const failed = lanes.reduce((sum, lane) => sum + lane.counts.failed, 0);
  const refused = lanes.reduce((sum, lane) => sum + lane.counts.rejected, 0);
  const blocked = lanes.filter(
    (lane) =>
      lane.blockedBy !== null && lane.blockedBy !== 'paused' && !passingBlocks.some((kind) => kind === lane.blockedBy),
  );
  const keptBack = batches.filter((batch) => batch.state === 'keptBack');
  const quarantined = batches.filter((batch) => batch.state === 'imported' && batch.quarantined > 0);
  return [
    ...(unknown > 0 ? [{ kind: 'unknown' as const, count: unknown }] : []),
    ...(acts.length > 0 ? [{ kind: 'actsInDoubt' as const, acts }] : []),
    // While the first ones are under way there is nothing to decide yet.
    ...trials.filter(({ verdict }) => verdict !== 'running').map((trial) => ({ kind: 'trial' as const, trial })),
    ...blocked.map((lane) => ({ kind: 'blocked' as const, lane })),
    ...(expiring.length > 0 ? [{ kind: 'expiring' as const, orders: expiring }] : []),
    ...(refused > 0 ? [{ kind: 'refused' as const, count: refused }] : []),
    ...(failed > 0 ? [{ kind: 'failed' as const, count: failed }] : []),
    ...keptBack.map((batch) => ({ kind: 'keptBack' as const, batch })),
    ...quarantined.map((batch) => ({ kind: 'quarantined' as const, batch, count: batch.quarantined })),
  ];
}

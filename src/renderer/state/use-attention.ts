// The operator's tasks, kept up to date.

import { useMemo } from 'react';
import { attentionTasks } from './attention.ts';
import type { AttentionTask } from './attention.ts';
import { dataOf, useQuery } from './use-query.ts';

/** Batches looked through for tasks: the newest ones. */
const batchesLookedAt = 100;

/** Tasks for a person, most pressing first; empty until the engine has answered. */
export function useAttention(): readonly AttentionTask[] {
  const lanes = dataOf(useQuery('delivery.lanes', {}))?.lanes;
  const batches = dataOf(useQuery('batch.list', { offset: 0, limit: batchesLookedAt }))?.batches;
  const trials = dataOf(useQuery('delivery.trials', {}))?.trials;
  const expiring = dataOf(useQuery('order.expiring', {}))?.orders;
  const acts = dataOf(useQuery('order.inDoubt', {}))?.acts;
  return useMemo(() => {
    const others = { trials: trials ?? [], expiring: expiring ?? [], acts: acts ?? [] };
    return attentionTasks(lanes ?? [], batches ?? [], others);
  }, [lanes, batches, trials, expiring, acts]);
}

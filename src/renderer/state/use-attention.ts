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
  return useMemo(
    () => attentionTasks(lanes ?? [], batches ?? [], { trials: trials ?? [], expiring: expiring ?? [] }),
    [lanes, batches, trials, expiring],
  );
}

// The operator's decision over a release whose first few were sent: the rest goes, or is taken back. Nothing goes by itself.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Changed } from './act-on-deliveries.ts';
import { actNow } from './context.ts';
import type { AppContext } from './context.ts';
import { settleRun } from './settle-run.ts';

/** Errors: NOT_FOUND (no such trial, or decided before), CONFLICT (`goOn` while the first are still under way). */
export async function decideTrial(
  context: AppContext,
  trialId: number,
  decision: 'goOn' | 'stop',
): Promise<Result<Changed>> {
  const trial = context.store.control.trials(null).find(({ id }) => id === trialId);
  if (trial === undefined)
    return fail('NOT_FOUND', 'This was decided before, or nothing of it waits any more.', { trialId });
  if (decision === 'goOn' && trial.verdict === 'running')
    return fail('CONFLICT', 'The first ones are still under way. Wait for their receipts, or stop.', {
      first: trial.first,
    });
  if (!context.store.control.decideTrial(trialId, decision, actNow(context)))
    return fail('NOT_FOUND', 'This was decided before, or nothing of it waits any more.', { trialId });
  const changed = await settleRun(context, trialId);
  context.publish({ topic: 'deliveries', batchId: trial.batchId });
  context.publish({ topic: 'batches', batchId: trial.batchId });
  context.runner.wake();
  return ok({ changed });
}

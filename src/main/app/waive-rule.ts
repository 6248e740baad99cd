// Accepts a rule's warnings in one batch with a reason, and takes that back. The problems themselves stay as they are.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Waiver } from '../../shared/schema/rules.ts';
import { actNow } from './context.ts';
import type { AppContext } from './context.ts';

/** The batch's waivers after the act. */
interface Waivers {
  readonly waivers: Waiver[];
}

/** Records reason, person and time; a second waiver of the same rule replaces the reason. Errors: NOT_FOUND (no warning of the rule in the batch). */
export function waiveRule(
  context: AppContext,
  { batchId, ruleId, reason }: { readonly batchId: string; readonly ruleId: string; readonly reason: string },
): Result<Waivers> {
  const isDone = context.store.waivers.waive(batchId, { ruleId, reason }, actNow(context));
  if (!isDone)
    return fail('NOT_FOUND', `The batch has no warnings of the rule ${ruleId}. Errors can't be waived.`, {
      batchId,
      ruleId,
    });
  return finished(context, batchId);
}

/** Harmless when there is no waiver. */
export function unwaiveRule(context: AppContext, batchId: string, ruleId: string): Result<Waivers> {
  context.store.waivers.unwaive(batchId, ruleId, actNow(context));
  return finished(context, batchId);
}

function finished(context: AppContext, batchId: string): Result<Waivers> {
  context.publish({ topic: 'batches', batchId });
  return ok({ waivers: context.store.waivers.ofBatch(batchId) });
}

// The release as a job that a window follows.

import { ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { ReleasePlan } from '../../shared/contract/methods.ts';
import { checkWish } from './act-on-deliveries.ts';
import type { AppContext } from './context.ts';
import type { UnfitInvoice } from './freeze-document.ts';
import type { JobOutcome } from './jobs.ts';
import { planRelease } from './plan-release.ts';
import { releaseInvoices } from './release-batch.ts';

/** Starts releasing what the plan takes now. Errors as planRelease, and VALIDATION_ERROR (a wished time more than a year ahead). */
export function startRelease(context: AppContext, plan: ReleasePlan): Result<{ readonly jobId: string }> {
  const found = planRelease(context, plan);
  if (!found.ok) return found;
  const wish = checkWish(context, plan.notBeforeMs);
  if (!wish.ok) return wish;
  const { batchId, planned } = found.value;
  const jobId = context.jobs.start({
    kind: 'release',
    title: context.store.reads.batch(batchId)?.fileName ?? '',
    run: async (control) => {
      const released = await releaseInvoices(
        context,
        { batchId, planned, isReadyOnly: true, firstFew: plan.firstFew, notBeforeMs: wish.value },
        {
          signal: control.signal,
          onProgress: (progress) => {
            control.report(progress);
          },
        },
      );
      if (released.ok) {
        const { released: count, unfit } = released.value;
        return { batchIds: [batchId], released: count, unfit: firstUnfit(unfit), error: null, problems: [] };
      }
      return { batchIds: [batchId], released: 0, error: released.error, problems: [] };
    },
  });
  return ok({ jobId });
}

function firstUnfit(unfit: readonly UnfitInvoice[]): NonNullable<JobOutcome['unfit']> | null {
  const [first] = unfit;
  const [problem] = first?.problems ?? [];
  if (first === undefined || problem === undefined) return null;
  return { count: unfit.length, invoiceNumber: first.invoiceNumber, code: problem.code };
}

// A fix, or its undoing, as a job that a window follows.

import { ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { fixOutcomeSchema } from '../../shared/schema/fix.ts';
import type { FixOutcome } from '../../shared/schema/fix.ts';
import type { AppContext } from './context.ts';
import { applyFix, fixableBatch, undoFix } from './fix-problems.ts';
import type { FixControl, FixRequest } from './fix-problems.ts';
import type { JobOutcome } from './jobs.ts';

/** Starts correcting. Errors: NOT_FOUND, NOT_ALLOWED (the rule's cause needs a person). */
export function startFix(
  context: AppContext,
  request: FixRequest & { readonly reason: string },
): Result<{ readonly jobId: string }> {
  const batch = fixableBatch(context, request);
  if (!batch.ok) return batch;
  return ok({
    jobId: startJob(context, batch.value.summary, (control) => applyFix(context, request, control)),
  });
}

/** Starts taking corrections back. Errors: NOT_FOUND. */
export function startUndo(context: AppContext, request: FixRequest): Result<{ readonly jobId: string }> {
  const batch = fixableBatch(context, request);
  if (!batch.ok) return batch;
  return ok({ jobId: startJob(context, batch.value.summary, (control) => undoFix(context, request, control)) });
}

function startJob(
  context: AppContext,
  batch: { readonly id: string; readonly fileName: string },
  work: (control: FixControl) => Promise<Result<FixOutcome>>,
): string {
  return context.jobs.start({
    kind: 'fix',
    title: batch.fileName,
    run: async ({ signal, report }) => {
      const done = await work({
        signal,
        onProgress: (progress) => {
          report({ ...progress, phase: 'correcting' });
        },
      });
      // What was done before a stop or a failure stands, and the window must show it.
      context.publish({ topic: 'batches', batchId: batch.id });
      return outcomeOf(batch.id, done);
    },
  });
}

function outcomeOf(batchId: string, done: Result<FixOutcome>): JobOutcome {
  const rest = { batchIds: [batchId], released: 0, problems: [] };
  if (done.ok) return { ...rest, error: null, fix: done.value };
  const partly = fixOutcomeSchema.safeParse(done.error.details);
  return { ...rest, error: done.error, fix: partly.success ? partly.data : null };
}

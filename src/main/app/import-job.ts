// The import as a job that a window follows.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { ImportMode } from '../../shared/schema/batch.ts';
import type { AppContext } from './context.ts';
import { importGiven } from './import-given.ts';
import type { GivenReport } from './import-given.ts';
import type { FileToImport } from './import-work.ts';
import type { JobControl, JobOutcome } from './jobs.ts';

/** What happens when an import is over, however it ends. */
export interface ImportEnd {
  readonly cleanUp?: () => Promise<void>;
  /** Null when it broke. */
  readonly onReport?: (report: GivenReport | null) => void;
}

/** Starts importing. Errors: BAD_REQUEST (no file). */
export function startImport(
  context: AppContext,
  request: { readonly files: readonly FileToImport[]; readonly mode: ImportMode; readonly ownerPid: number },
  after: ImportEnd,
): Result<{ readonly jobId: string }> {
  const [first] = request.files;
  if (first === undefined) return fail('BAD_REQUEST', 'No file was given.');
  const title = request.files.length === 1 ? first.name : `${first.name} +${String(request.files.length - 1)}`;
  const jobId = context.jobs.start({
    kind: 'import',
    title,
    run: async (control) => {
      let report: GivenReport | null = null;
      try {
        report = await runImport(context, request, control);
        return outcomeOf(report, control);
      } finally {
        await after.cleanUp?.();
        after.onReport?.(report);
      }
    },
  });
  return ok({ jobId });
}

/** Imports as a job whose report the caller waits for. Null when the job broke. */
export async function importAsJob(
  context: AppContext,
  request: { readonly files: readonly FileToImport[]; readonly mode: ImportMode; readonly ownerPid: number },
): Promise<GivenReport | null> {
  return new Promise((resolve) => {
    const started = startImport(context, request, { onReport: resolve });
    if (!started.ok) resolve(null);
  });
}

function runImport(
  context: AppContext,
  request: { readonly files: readonly FileToImport[]; readonly mode: ImportMode; readonly ownerPid: number },
  control: JobControl,
): Promise<GivenReport> {
  return importGiven(context, {
    ...request,
    signal: control.signal,
    onProgress: (progress) => {
      control.report({
        phase: progress.phase,
        done: progress.invoices,
        doneBytes: progress.doneBytes,
        totalBytes: progress.totalBytes,
      });
    },
  });
}

function outcomeOf(report: GivenReport, control: JobControl): JobOutcome {
  const batchIds = report.batches.map((batch) => batch.id);
  const { leftOut } = report;
  const [refusal, ...more] = report.refused;
  if (control.signal.aborted)
    return {
      batchIds,
      released: 0,
      error: fail('CANCELLED', 'The import was cancelled. Nothing of the unfinished file was kept.').error,
      problems: [],
    };
  if (refusal === undefined) return { batchIds, released: 0, error: null, problems: [], leftOut };
  const files = report.refused.map(({ fileName, error, problems }) => ({
    fileName,
    code: error.code,
    message: error.message,
    details: error.details ?? {},
    // The job's problems stand file after file in this order.
    problemCount: problems.length,
  }));
  // The refusal's own details may hold a fileName too: that of the earlier import.
  const error = { ...refusal.error, details: { ...refusal.error.details, refusedFiles: files } };
  return {
    batchIds,
    released: 0,
    error,
    problems: [...refusal.problems, ...more.flatMap((file) => file.problems)],
    leftOut,
  };
}

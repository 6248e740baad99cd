// Long work that a window follows and can cancel: imports, releases and fixes. Outcomes are kept for an hour, in memory.

import type { MethodOutput } from '../../shared/contract/methods.ts';
import type { EngineEvent } from '../../shared/contract/frames.ts';
import type { AppError } from '../../shared/result.ts';
import type { JobProgress, LeftOutFile } from '../../shared/schema/batch.ts';
import type { FixOutcome } from '../../shared/schema/fix.ts';
import type { Problem } from '../../shared/schema/problem.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import { isStoreFailure } from '../ports/store.ts';

/** How long an outcome can be asked for. */
const keptForMs = 3_600_000;

/** What a job ended with. */
export interface JobOutcome {
  readonly batchIds: readonly string[];
  readonly released: number;
  /** What a release left out because its channel cannot take it. */
  readonly unfit?: MethodOutput<'job.result'>['unfit'];
  /** The failure to show; batches may have come in beside it when several files were dropped. */
  readonly error: AppError | null;
  readonly problems: readonly Problem[];
  /** Files of an import's folders and zips that are no invoice files. */
  readonly leftOut?: readonly LeftOutFile[];
  /** What a fix did, also when it was stopped half-way. */
  readonly fix?: FixOutcome | null;
}

/** What a running job can tell and must watch. */
export interface JobControl {
  readonly jobId: string;
  readonly signal: AbortSignal;
  report(progress: Partial<Pick<JobProgress, 'title' | 'phase' | 'done' | 'total' | 'doneBytes' | 'totalBytes'>>): void;
}

/** Starts, lists and cancels jobs. */
export interface JobBook {
  start(job: {
    readonly kind: JobProgress['kind'];
    readonly title: string;
    readonly run: (control: JobControl) => Promise<JobOutcome>;
  }): string;
  list(): JobProgress[];
  result(jobId: string): MethodOutput<'job.result'> | null;
  /** False when the job is not running. */
  cancel(jobId: string): boolean;
  /** Cancels everything and waits for it to end. */
  close(): Promise<void>;
}

interface Entry {
  progress: JobProgress;
  outcome: JobOutcome | null;
  endedAtMs: number | null;
  readonly startedAtMonotonicMs: number;
  readonly controller: AbortController;
  finished: Promise<void>;
}

/** Creates an empty book. `publish` gets a `job` event at every report. */
export function createJobBook(options: {
  readonly clock: Clock;
  readonly log: Log;
  readonly newId: () => string;
  readonly publish: (event: EngineEvent) => void;
}): JobBook {
  const entries = new Map<string, Entry>();

  function update(entry: Entry, change: Partial<JobProgress>): void {
    entry.progress = {
      ...entry.progress,
      ...change,
      elapsedMs: Math.round(options.clock.monotonicMs() - entry.startedAtMonotonicMs),
    };
    options.publish({ topic: 'job', job: entry.progress });
  }

  function forgetOld(): void {
    for (const [jobId, entry] of entries) {
      if (entry.endedAtMs !== null && options.clock.nowMs() - entry.endedAtMs > keptForMs) entries.delete(jobId);
    }
  }

  async function supervise(entry: Entry, run: (control: JobControl) => Promise<JobOutcome>): Promise<void> {
    const control: JobControl = {
      jobId: entry.progress.jobId,
      signal: entry.controller.signal,
      report: (progress) => {
        update(entry, progress);
      },
    };
    try {
      entry.outcome = await run(control);
    } catch (error) {
      // A broken disk keeps its own code; anything else thrown is a bug. The caller gets an answer either way.
      options.log.error('a job failed', {
        jobId: entry.progress.jobId,
        kind: entry.progress.kind,
        error: String(error),
      });
      entry.outcome = { batchIds: [], released: 0, error: failureOf(error), problems: [] };
    }
    entry.endedAtMs = options.clock.nowMs();
    update(entry, { phase: endPhase(entry.outcome) });
  }

  return {
    start(job) {
      forgetOld();
      const jobId = options.newId();
      const entry = newEntry({
        jobId,
        kind: job.kind,
        title: job.title,
        startedAtMonotonicMs: options.clock.monotonicMs(),
      });
      entries.set(jobId, entry);
      entry.finished = supervise(entry, job.run);
      return jobId;
    },
    list: () => [...entries.values()].filter((entry) => entry.endedAtMs === null).map((entry) => entry.progress),
    result(jobId) {
      const entry = entries.get(jobId);
      return entry === undefined ? null : resultOf(entry);
    },
    cancel(jobId) {
      const entry = entries.get(jobId);
      if (entry?.endedAtMs !== null) return false;
      entry.controller.abort();
      return true;
    },
    async close() {
      for (const entry of entries.values()) entry.controller.abort();
      await Promise.all([...entries.values()].map((entry) => entry.finished));
    },
  };
}

function newEntry(job: Pick<JobProgress, 'jobId' | 'kind' | 'title'> & Pick<Entry, 'startedAtMonotonicMs'>): Entry {
  const { startedAtMonotonicMs, ...facts } = job;
  const phase = ({ import: 'reading', release: 'rendering', fix: 'correcting' } as const)[job.kind];
  return {
    progress: { ...facts, phase, done: 0, total: null, doneBytes: null, totalBytes: null, elapsedMs: 0 },
    outcome: null,
    endedAtMs: null,
    startedAtMonotonicMs,
    controller: new AbortController(),
    finished: Promise.resolve(),
  };
}

function resultOf({ outcome, endedAtMs }: Entry): MethodOutput<'job.result'> {
  if (outcome === null || endedAtMs === null) {
    return {
      state: 'running',
      batchIds: [],
      released: 0,
      unfit: null,
      fix: null,
      error: null,
      problems: [],
      leftOut: [],
    };
  }
  const { error } = outcome;
  return {
    state: endPhase(outcome),
    batchIds: [...outcome.batchIds],
    released: outcome.released,
    unfit: outcome.unfit ?? null,
    fix: outcome.fix ?? null,
    error: error === null ? null : { code: error.code, message: error.message, details: { ...error.details } },
    problems: outcome.problems.map((problem, id) => ({ ...problem, id, batchId: '', fileOrdinal: 0 })),
    leftOut: [...(outcome.leftOut ?? [])],
  };
}

function endPhase(outcome: JobOutcome): 'done' | 'failed' | 'cancelled' {
  if (outcome.error === null) return 'done';
  return outcome.error.code === 'CANCELLED' ? 'cancelled' : 'failed';
}

function failureOf(error: unknown): AppError {
  if (isStoreFailure(error))
    return { code: error.code, message: 'The data folder could not be written. Nothing was changed half-way.' };
  return {
    code: 'INTERNAL',
    message: 'The work stopped because of a fault in the program. Nothing was changed half-way.',
  };
}

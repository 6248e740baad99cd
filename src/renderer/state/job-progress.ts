// How far a job is and how long it will take, from what it last said. Arithmetic only.

import type { JobProgress } from '../../shared/schema/batch.ts';

/** Share done (0 to 1, null while the end is unknown), rows a second, and the time left in ms where it can be told. */
export interface ProgressFacts {
  readonly share: number | null;
  readonly perSecond: number | null;
  readonly leftMs: number | null;
}

/** A guess before this would jump about. */
const firstGuessMs = 1_000;

/** Facts from a job's progress; bytes count before rows, since a file's row count is not known until its end. */
export function progressOf(job: JobProgress): ProgressFacts {
  const share = shareOf(job);
  const isEarly = job.elapsedMs < firstGuessMs;
  return {
    share,
    perSecond: isEarly || job.done === 0 ? null : Math.round((job.done * 1_000) / job.elapsedMs),
    leftMs: isEarly || share === null || share <= 0.01 ? null : Math.round((job.elapsedMs / share) * (1 - share)),
  };
}

function shareOf(job: JobProgress): number | null {
  if (job.totalBytes !== null && job.totalBytes > 0 && job.doneBytes !== null)
    return Math.min(1, job.doneBytes / job.totalBytes);
  if (job.total !== null && job.total > 0) return Math.min(1, job.done / job.total);
  return null;
}

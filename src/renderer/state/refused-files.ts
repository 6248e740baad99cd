// The files that an import refused, each with its own reason, out of the job's outcome. No words.

import { z } from 'zod';
import type { ErrorCode } from '../../shared/error-codes.ts';
import type { StoredProblem } from '../../shared/schema/problem.ts';
import { codeOf } from './error-code.ts';
import type { JobEntry } from './jobs.ts';

/** A file that did not come in, and why. */
export interface RefusedFile {
  readonly fileName: string;
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;
  readonly problems: readonly StoredProblem[];
}

const filesSchema = z.array(
  z.object({
    fileName: z.string(),
    code: z.string(),
    details: z.record(z.string(), z.unknown()).default({}),
    problemCount: z.number().int().min(0).default(0),
  }),
);

/** Refused files in the order they were given; the whole job as one when it failed for another reason. */
export function refusedFiles({ progress, outcome }: JobEntry): readonly RefusedFile[] {
  const error = outcome?.error ?? null;
  const problems = outcome?.problems ?? [];
  if (error === null) return [];
  const parsed = filesSchema.safeParse(error.details.refusedFiles);
  if (!parsed.success)
    return [{ fileName: progress.title, code: codeOf(error.code), details: error.details, problems }];
  let from = 0;
  return parsed.data.map(({ fileName, code, details, problemCount }) => {
    const own = problems.slice(from, from + problemCount);
    from += problemCount;
    return { fileName, code: codeOf(code), details, problems: own };
  });
}

// Checks a file without importing it; writes nothing.

import type { AppError } from '../../shared/result.ts';
import type { FormatId } from '../../shared/schema/batch.ts';
import type { Problem } from '../../shared/schema/problem.ts';
import type { FileRefusal, SourceParser } from '../ports/import-source.ts';

/** What was found in one file. */
export interface FileReport {
  readonly format: FormatId | null;
  readonly version: string | null;
  readonly isValid: boolean;
  readonly invoiceCount: number;
  /** The batch id inside the file. */
  readonly sourceBatchId: string | null;
  /** Set when the file could not be read as a batch at all. */
  readonly refusal: AppError | null;
  /** All that were found; `problems` may hold fewer. */
  readonly errorCount: number;
  /** Warnings and remarks, likewise. */
  readonly warningCount: number;
  /** In file order, at most {@link mostKeptProblems}. */
  readonly problems: readonly Problem[];
}

/** Problems kept of one file. A file of 100 MB can hold more than a million, and the first of them say what is wrong. */
export const mostKeptProblems = 100_000;

/** The report of a check that looks for no invoices: sound, or refused. */
export function reportOfCheck(refusal: FileRefusal | null): FileReport {
  const problems = refusal?.problems ?? [];
  return {
    format: null,
    version: null,
    isValid: refusal === null,
    invoiceCount: 0,
    sourceBatchId: null,
    refusal: refusal?.error ?? null,
    errorCount: problems.length,
    warningCount: 0,
    problems,
  };
}

/** Reads the whole file; memory does not grow with it. Duplicates are seen within the file, not against a store. */
export async function validateFile(
  parser: SourceParser,
  path: string,
  options: { readonly today: string; readonly signal: AbortSignal },
): Promise<FileReport> {
  const found = new FoundProblems();
  const parsed = await parser.parse(path, {
    ...options,
    onChunk: (chunk) => {
      found.add(chunk.problems);
      return Promise.resolve();
    },
  });
  if (!parsed.ok) {
    found.add(parsed.refusal.problems);
    return {
      ...found.report(),
      format: null,
      version: null,
      isValid: false,
      invoiceCount: 0,
      sourceBatchId: null,
      refusal: parsed.refusal.error,
    };
  }
  found.add(parsed.file.problems);
  return {
    ...found.report(),
    format: parsed.file.format,
    version: parsed.file.formatVersion,
    isValid: found.errorCount === 0,
    invoiceCount: parsed.file.invoiceCount,
    sourceBatchId: parsed.file.sourceBatchId,
    refusal: null,
  };
}

class FoundProblems {
  readonly #kept: Problem[] = [];
  #all = 0;
  errorCount = 0;

  add(problems: readonly Problem[]): void {
    for (const problem of problems) {
      this.#all += 1;
      if (problem.severity === 'error') this.errorCount += 1;
      if (this.#kept.length < mostKeptProblems) this.#kept.push(problem);
    }
  }

  report(): Pick<FileReport, 'errorCount' | 'warningCount' | 'problems'> {
    return { errorCount: this.errorCount, warningCount: this.#all - this.errorCount, problems: this.#kept };
  }
}

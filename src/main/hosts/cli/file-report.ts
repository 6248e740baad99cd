// A checked file's report as JSON, and what it means for the exit code. Whoever checks files prints these.

import type { Problem } from '../../../shared/schema/problem.ts';
import type { Language } from '../../../shared/schema/settings.ts';
import { wordsForProblem } from '../../../shared/words/problem-words.ts';
import type { FileReport } from '../../engine/check-files.ts';
import { exitCodes } from './exit-codes.ts';
import type { ExitCode } from './exit-codes.ts';

/** What a file's report means for the exit code. */
export function exitCodeOf({ refusal, isValid }: FileReport): ExitCode {
  if (refusal?.code === 'UNREADABLE' || refusal?.code === 'NOT_FOUND') return exitCodes.usage;
  return isValid ? exitCodes.ok : exitCodes.findings;
}

/** The exit code of all: an unreadable file weighs more than errors in another. */
export function worst(codes: readonly ExitCode[]): ExitCode {
  return codes.reduce((one, other) => (other > one ? other : one), exitCodes.ok);
}

/** A file's report, one problem a line: as one text it can be longer than a string may be. */
export function* jsonPieces(file: string, report: FileReport, language: Language): Generator<string> {
  const { refusal } = report;
  const facts = {
    file,
    format: report.format,
    version: report.version,
    valid: report.isValid,
    invoiceCount: report.invoiceCount,
    batchId: report.sourceBatchId,
    errorCount: report.errorCount,
    warningCount: report.warningCount,
    error: refusal === null ? null : { code: refusal.code, message: refusal.message, details: refusal.details ?? {} },
  };
  yield JSON.stringify(facts, null, 2).slice(0, -2);
  yield* jsonProblems('errors', (problem) => problem.severity === 'error', { report, language });
  yield* jsonProblems('warnings', (problem) => problem.severity !== 'error', { report, language });
  yield '\n}';
}

function* jsonProblems(
  name: string,
  isWanted: (problem: Problem) => boolean,
  { report, language }: { readonly report: FileReport; readonly language: Language },
): Generator<string> {
  let separator = '\n';
  yield `,\n  "${name}": [`;
  for (const problem of report.problems) {
    if (!isWanted(problem)) continue;
    const { invoiceOrdinal, params, ...place } = problem;
    const worded = { ...place, invoiceIndex: invoiceOrdinal, params, ...wordsForProblem(problem, language) };
    yield `${separator}    ${JSON.stringify(worded)}`;
    separator = ',\n';
  }
  yield separator === '\n' ? ']' : '\n  ]';
}

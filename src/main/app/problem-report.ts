// What every form of the problem report is made from: the batch, its causes under the filter, and their findings page by page.

import type { BatchSummary } from '../../shared/schema/batch.ts';
import type { ProblemFilter, ProblemGroup, StoredProblem } from '../../shared/schema/problem.ts';
import type { Waiver } from '../../shared/schema/rules.ts';
import type { Language } from '../../shared/schema/settings.ts';
import type { ProblemMatch } from '../ports/store.ts';
import type { AppContext } from './context.ts';
import { nextTurn } from './next-turn.ts';

/** A report that was asked for, on an existing batch. */
export interface ProblemReport {
  readonly batch: BatchSummary;
  readonly filter: ProblemFilter;
  readonly match: ProblemMatch;
  readonly language: Language;
}

const pageSize = 500;

/** All findings under the filter, in pages; other calls are let through between two, there may be 200,000. */
export async function* problemPages(
  context: AppContext,
  report: ProblemReport,
): AsyncGenerator<readonly StoredProblem[]> {
  for (let offset = 0; ; offset += pageSize) {
    const { problems } = context.store.reads.problemPage(report.batch.id, report.match, offset, pageSize);
    yield problems;
    if (problems.length < pageSize) return;
    await nextTurn();
  }
}

/** Which of the batch's findings somebody has accepted: by rule, and never an error. */
export function waiverFinder(
  context: AppContext,
  batchId: string,
): (problem: Pick<StoredProblem, 'ruleId' | 'severity'>) => Waiver | null {
  const waivers = new Map(context.store.waivers.ofBatch(batchId).map((waiver) => [waiver.ruleId, waiver]));
  return ({ ruleId, severity }) => (severity === 'error' ? null : (waivers.get(ruleId) ?? null));
}

/** The first findings of one cause under the filter, in the order of the invoices. */
export function problemsOfCause(
  context: AppContext,
  report: ProblemReport,
  { cause, most }: { readonly cause: Pick<ProblemGroup, 'ruleId' | 'severity'>; readonly most: number },
): readonly StoredProblem[] {
  const match = { ...report.match, ruleIds: [cause.ruleId], severities: [cause.severity] };
  const found: StoredProblem[] = [];
  while (found.length < most) {
    const limit = Math.min(pageSize, most - found.length);
    const { problems } = context.store.reads.problemPage(report.batch.id, match, found.length, limit);
    found.push(...problems);
    if (problems.length < limit) break;
  }
  return found;
}

/** `2026-11-21 13:02` in the machine's time zone. */
export function localMoment(atMs: number): string {
  const at = new Date(atMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(at.getFullYear())}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

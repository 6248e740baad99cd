// Figures of one import as the store counts them. Nothing is judged here.

import type { Money } from '../../shared/schema/batch.ts';
import type { ProblemGroup, StoredProblem } from '../../shared/schema/problem.ts';

/** Figures of one import, each from its own source, so that they can be held against each other. */
export interface ImportFigures {
  /** What the reader counted at each file's end, by file ordinal. */
  readonly fileInvoices: readonly number[];
  /** Rows of the invoice table, counted and added up one by one. */
  readonly stored: readonly (Money & { readonly count: number; readonly withoutAmount: number })[];
  readonly problems: readonly (Pick<ProblemGroup, 'ruleId' | 'severity' | 'count' | 'invoiceCount'> & {
    readonly params: StoredProblem['params'];
  })[];
}

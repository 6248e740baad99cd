// The shape of an error's words. No texts here.

import type { ErrorCode } from '../error-codes.ts';

/** Facts an error brings, as text; names that are not there give empty text. */
export interface ErrorFacts {
  readonly text: (name: string) => string;
  readonly has: (name: string) => boolean;
  /** A count with the language's grouping. */
  readonly count: (name: string) => string;
}

/** State and cause, then the next step. */
export type ErrorTexts = readonly [title: string, next: string];

/** A catalogue: every error code has words. */
export type ErrorCatalogue = Readonly<Record<ErrorCode, (facts: ErrorFacts) => ErrorTexts>>;

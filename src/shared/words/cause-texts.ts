// The shape of a cause's words. Nothing else.

/** Cause, then the next step. */
export type CauseTexts = readonly [title: string, next: string];

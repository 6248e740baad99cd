// The log port. Implementations mask personal numbers and e-mail addresses; callers pass facts, not sentences.

/** Structured log; `facts` must not hold secrets. */
export interface Log {
  info(message: string, facts?: Readonly<Record<string, unknown>>): void;
  warn(message: string, facts?: Readonly<Record<string, unknown>>): void;
  error(message: string, facts?: Readonly<Record<string, unknown>>): void;
}

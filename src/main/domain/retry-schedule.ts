// When a delivery is tried again and when that ends, and when a lost connection is probed. Pure: chance is passed in.

const minuteMs = 60_000;

/** Counted attempts a delivery gets after its release or the operator's last retry. */
export const maxTries = 8;
/** Time it gets from the first answered one of them, throttling included. */
export const maxAgeMs = 3 * 24 * 60 * minuteMs;

/** Ceiling after the first failed try; times 4 for each further one. */
const firstCeilingMs = minuteMs;
const highestCeilingMs = 12 * 60 * minuteMs;
/** Longest waits that are ever set for a lane; one that is further away was set by a clock that was ahead. */
export const longestLaneWaitMs = {
  offline: minuteMs,
  failing: 60 * minuteMs,
  throttled: highestCeilingMs,
} as const;
/** No delivery is ever told to wait longer; a due time further away was written by a clock that was ahead. */
export const longestWaitMs = highestCeilingMs;
/** A jitter near zero would only repeat the same answer. */
const shortestDelayMs = 5_000;

const firstBreakerCeilingMs = minuteMs;
const highestBreakerCeilingMs = 60 * minuteMs;

const firstProbeCeilingMs = 2_000;
const highestProbeCeilingMs = minuteMs;

/**
 * Delay before the next try after `tries` failed ones (1 or more): exponential ceiling (1 min, 4 min, 16 min … 12 h) with full jitter,
 * so that thousands that failed together do not come back together. `chance` is in [0, 1).
 */
export function retryDelayMs(tries: number, chance: number): number {
  const ceilingMs = Math.min(highestCeilingMs, firstCeilingMs * 4 ** Math.min(tries - 1, 10));
  return Math.max(shortestDelayMs, Math.floor(ceilingMs * chance));
}

/** True when no further try is allowed after `tries` counted ones and `ageMs` since the first answer. */
export function isBudgetSpent(tries: number, ageMs: number): boolean {
  return tries >= maxTries || ageMs >= maxAgeMs;
}

/** Delay before a connection that could not be reached is probed again, after `failures` probes in a row (1 or more): 1 to 60 s. */
export function probeDelayMs(failures: number, chance: number): number {
  const ceilingMs = Math.min(highestProbeCeilingMs, firstProbeCeilingMs * 2 ** Math.min(failures - 1, 10));
  return Math.floor(ceilingMs / 2 + (ceilingMs / 2) * chance);
}

/**
 * How long a lane that broke off after a run of failures rests before it tries one delivery, after `trips` times in a row (1 or more): the
 * ceiling doubles from a minute to an hour, and at least half of it is waited.
 */
export function breakerDelayMs(trips: number, chance: number): number {
  const ceilingMs = Math.min(highestBreakerCeilingMs, firstBreakerCeilingMs * 2 ** Math.min(trips - 1, 10));
  return Math.floor(ceilingMs / 2 + (ceilingMs / 2) * chance);
}

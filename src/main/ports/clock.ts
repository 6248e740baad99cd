// The clock port: all time comes through here, so that tests own it.

/** Wall clock and timers. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. May jump; never used to measure durations. */
  nowMs(): number;
  /** Monotonic milliseconds from an arbitrary start, for durations. */
  monotonicMs(): number;
  /** Resolves after `delayMs`, or at once when `signal` aborts (without throwing). */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
}

// The clock port over the real clock. No other module of the engine asks the system for the time.

import type { Clock } from '../ports/clock.ts';

/** The computer's clock. A sleeping timer keeps the process alive. */
export function createSystemClock(): Clock {
  return {
    nowMs: () => Date.now(),
    monotonicMs: () => performance.now(),
    sleep(delayMs, signal) {
      if (signal?.aborted === true) return Promise.resolve();
      return new Promise((resolve) => {
        const timer = setTimeout(wake, Math.max(0, delayMs));
        signal?.addEventListener('abort', wake, { once: true });
        function wake(): void {
          clearTimeout(timer);
          signal?.removeEventListener('abort', wake);
          resolve();
        }
      });
    },
  };
}

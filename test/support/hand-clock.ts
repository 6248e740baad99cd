// A clock that stands still until a test moves it.

import type { Clock } from '../../src/main/ports/clock.ts';

/** A clock and the hand that moves it. */
export interface HandClock extends Clock {
  /** Moves time on and wakes whoever's sleep is over, in order; sleepers that go to sleep again meanwhile are served too. */
  advance(byMs: number): Promise<void>;
  /** How many sleep now. */
  readonly sleepers: number;
}

/** A clock that starts at 2026-11-21 00:00 UTC. */
export function createHandClock(): HandClock {
  const startMs = Date.UTC(2026, 10, 21);
  let elapsedMs = 0;
  let sleeping: { readonly untilMs: number; readonly wake: () => void }[] = [];
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    nowMs: () => startMs + elapsedMs,
    monotonicMs: () => elapsedMs,
    sleep(delayMs, signal) {
      if (signal?.aborted === true) return Promise.resolve();
      return new Promise((resolve) => {
        const entry = { untilMs: elapsedMs + delayMs, wake: resolve };
        sleeping.push(entry);
        signal?.addEventListener(
          'abort',
          () => {
            sleeping = sleeping.filter((other) => other !== entry);
            resolve();
          },
          { once: true },
        );
      });
    },
    get sleepers() {
      return sleeping.length;
    },
    async advance(byMs) {
      const targetMs = elapsedMs + byMs;
      await settle();
      for (;;) {
        const next = sleeping.filter(({ untilMs }) => untilMs <= targetMs).sort((a, b) => a.untilMs - b.untilMs)[0];
        if (next === undefined) break;
        elapsedMs = next.untilMs;
        sleeping = sleeping.filter((entry) => entry !== next);
        next.wake();
        await settle();
      }
      elapsedMs = targetMs;
    },
  };
}

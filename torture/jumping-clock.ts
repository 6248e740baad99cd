// The engine's clock with an offset that jumps: hours and years ahead and back, as a wrong or corrected system clock does.

import { createSystemClock } from '../src/main/platform/system-clock.ts';
import type { Clock } from '../src/main/ports/clock.ts';
import { createChance } from './random.ts';

const secondMs = 1_000;
const hourMs = 3_600 * secondMs;
const dayMs = 24 * hourMs;
const offsetsMs = [0, -2 * secondMs, 2 * secondMs, -hourMs, hourMs, -dayMs, dayMs, -400 * dayMs, 400 * dayMs];
/** Times asked between two jumps, at most: about a dozen deliveries. */
const longestCalm = 120;

/** The system's clock; with a seed it jumps. Timers and durations go on as they should: they do not hang on the time of day. */
export function createJumpingClock(seed: number | null): Clock {
  const clock = createSystemClock();
  if (seed === null) return clock;
  const chance = createChance(seed);
  let offsetMs = chance.pick(offsetsMs);
  let calm = chance.below(longestCalm);
  return {
    ...clock,
    nowMs: () => {
      calm -= 1;
      if (calm < 0) {
        offsetMs = chance.pick(offsetsMs);
        calm = chance.below(longestCalm);
      }
      return clock.nowMs() + offsetMs;
    },
  };
}

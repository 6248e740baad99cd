// What a lane learns from its outcomes: when to try again after the connection was lost, when to rest, when to stop and call a person.

import { probeDelayMs } from '../domain/retry-schedule.ts';
import type { AttemptOutcome } from '../ports/channel-adapter.ts';

/** Sessions in a row that ended in doubt without a single acceptance: the peer cuts or hangs at the worst moment; more would only make more unknown ones. */
const maxDoubtfulSessions = 3;
/** Refusals in a row without an acceptance: it is not the recipients, it is us. */
const maxRefusalsInARow = 50;
/** Throttled answers in a row: it is the connection that is too fast, not one recipient's server that is busy. */
const maxThrottledInARow = 10;
const longestRestMs = 5 * 60_000;
/** Wait after a look that found something due and nothing to do. */
export const idleLookMs = 1_000;

/** Memory of one lane; lives as long as the runner holds its lease. */
export interface LaneHealth {
  /** Nothing is claimed before this time. */
  notBeforeMs(): number;
  /** True from that time on. A wait longer than any that is ever set means that the clock was set back: it is dropped. */
  mayStart(nowMs: number): boolean;
  /** Forget the wait for the next probe: something says that it may work now. A rest the peer asked for stays. */
  probeNow(): void;
  /** The connection could not be opened or broke before anything was sent. */
  lost(nowMs: number): void;
  /** Nothing could be done though something was due; look again a little later. */
  idle(nowMs: number): void;
  sessionOpened(): void;
  /** `stop`: claim no more in this session. */
  attempted(outcome: AttemptOutcome, nowMs: number): 'go' | 'stop';
  /** Words for a pause that only a person ends, or null. */
  whyPause(): { readonly code: 'run.too-many-unknown' | 'run.too-many-refused' } | null;
  /** The lane was paused for it: counting starts anew when a person lets it go on. */
  paused(): void;
}

/** A healthy lane. */
export function createLaneHealth(random: () => number): LaneHealth {
  let probeAtMs = 0;
  let restUntilMs = 0;
  let lostInARow = 0;
  let doubtfulSessions = 0;
  let isSessionDoubtful = false;
  let refusedInARow = 0;
  let throttledInARow = 0;

  function startAnew(): void {
    lostInARow = 0;
    doubtfulSessions = 0;
    isSessionDoubtful = false;
    refusedInARow = 0;
    throttledInARow = 0;
  }

  function inDoubt(): void {
    if (!isSessionDoubtful) doubtfulSessions += 1;
    isSessionDoubtful = true;
  }

  return {
    notBeforeMs: () => Math.max(probeAtMs, restUntilMs),
    mayStart: (nowMs) => {
      const waitMs = Math.max(probeAtMs, restUntilMs) - nowMs;
      if (waitMs <= longestRestMs) return waitMs <= 0;
      probeAtMs = 0;
      restUntilMs = 0;
      return true;
    },
    probeNow: () => {
      probeAtMs = 0;
    },
    lost: (nowMs) => {
      lostInARow += 1;
      probeAtMs = nowMs + probeDelayMs(lostInARow, random());
    },
    idle: (nowMs) => {
      probeAtMs = nowMs + idleLookMs;
    },
    sessionOpened: () => {
      isSessionDoubtful = false;
    },
    attempted: (outcome, nowMs) => {
      switch (outcome.kind) {
        case 'accepted':
          startAnew();
          return 'go';
        case 'unknown':
          inDoubt();
          return 'stop';
        case 'throttled':
          throttledInARow += 1;
          if (throttledInARow < maxThrottledInARow) return 'go';
          throttledInARow = 0;
          restUntilMs = nowMs + Math.min(outcome.retryAfterMs, longestRestMs);
          return 'stop';
        case 'refused':
          refusedInARow += 1;
          return refusedInARow < maxRefusalsInARow ? 'go' : 'stop';
        case 'notSent':
          return outcome.scope === 'connection' ? 'stop' : 'go';
      }
    },
    whyPause: () => {
      if (doubtfulSessions >= maxDoubtfulSessions) return { code: 'run.too-many-unknown' };
      return refusedInARow >= maxRefusalsInARow ? { code: 'run.too-many-refused' } : null;
    },
    paused: startAnew,
  };
}

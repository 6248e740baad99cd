// What a lane learns from its outcomes: when to go on, when to break off and try one delivery later, when to stop and call a person. Pure but for chance.

import { boundedThrottleMs } from '../domain/retry-after.ts';
import { breakerDelayMs, probeDelayMs } from '../domain/retry-schedule.ts';
import type { AttemptOutcome } from '../ports/channel-adapter.ts';
import type { LaneRuns } from '../ports/lane-store.ts';

/** Sessions in a row that ended in doubt without a single acceptance: the peer cuts or hangs at the worst moment; more would only make more unknown ones. */
const maxDoubtfulSessions = 3;
/** Refusals in a row without an acceptance: it is not the recipients, it is us. */
const maxRefusalsInARow = 50;
/** Throttled answers in a row that mean the connection, where the adapter cannot tell that from one recipient's busy server. */
const maxThrottledInARow = 10;
/** Passing faults in a row with the same code. Each costs its delivery a try: a full disk at the peer must not use up a whole batch's tries. */
const maxEqualFaults = 10;
/** Passing faults in a row whatever their codes. */
const maxFaults = 30;
/** Faults that are about one recipient each: many mailboxes may be busy while the connection is well. */
const recipientFaults: ReadonlySet<string> = new Set(['smtp.recipient-deferred']);
const maxRecipientFaults = 50;
/** Waits that are about one delivery each: Svea still looks at its order, and answers well about it. */
const ownWaits: ReadonlySet<string> = new Set(['svea.20013']);

/** A lane that is well. */
export const noRuns: LaneRuns = {
  faultCode: null,
  equalFaults: 0,
  faults: 0,
  throttles: 0,
  refusals: 0,
  doubtfulSessions: 0,
  lost: 0,
  trips: 0,
};

/** A pause the lane takes by itself; one delivery is tried when it is over. */
export interface LanePause {
  readonly blockedBy: 'failing' | 'throttled';
  readonly code: string;
  readonly detail: string;
  readonly waitMs: number;
}

/** Memory of one lane: {@link LaneHealth.runs} is kept in the store, so that a restart goes on where the last session ended. */
export interface LaneHealth {
  runs(): LaneRuns;
  /** True after a failure that no answer has undone yet: one delivery is tried before all the others. */
  isOnTrial(): boolean;
  /** The connection could not be opened or broke before anything was sent; returns how long to leave it alone. */
  lost(): number;
  sessionOpened(): void;
  /** `stop`: claim no more in this session. */
  attempted(outcome: AttemptOutcome): 'go' | 'stop';
  /** The pause this session led to, or null. */
  pause(): LanePause | null;
  /** Words for a pause that only a person ends, or null. */
  whyPerson(): { readonly code: 'run.too-many-unknown' | 'run.too-many-refused' } | null;
  /** Counting starts anew: a person looks after it. */
  startAnew(): void;
}

/** A lane with the runs it is in the middle of. */
export function createLaneHealth(random: () => number, start: LaneRuns = noRuns): LaneHealth {
  let runs = start;
  let isSessionDoubtful = false;
  let pause: LanePause | null = null;

  const add = (part: Partial<LaneRuns>): void => {
    runs = { ...runs, ...part };
  };
  const isOnTrial = (): boolean => runs.trips > 0 || runs.lost > 0;

  /** Breaks off, once a session: what was under way at the same time adds nothing. */
  function trip(found: Omit<LanePause, 'waitMs'>, leastMs: number): 'stop' {
    if (pause !== null) return 'stop';
    const trips = runs.trips + 1;
    add({ trips, throttles: 0, equalFaults: 0, faults: 0 });
    // The first time the peer's own word counts; after that it has proved too short.
    const ladderMs = found.blockedBy === 'throttled' && trips === 1 ? 0 : breakerDelayMs(trips, random());
    pause = { ...found, waitMs: Math.max(leastMs, ladderMs) };
    return 'stop';
  }

  function faulted(code: string, detail: string): 'go' | 'stop' {
    const equalFaults = code === runs.faultCode ? runs.equalFaults + 1 : 1;
    add({ faultCode: code, equalFaults, faults: runs.faults + 1 });
    const isRecipients = recipientFaults.has(code);
    const isTooMany =
      equalFaults >= (isRecipients ? maxRecipientFaults : maxEqualFaults) ||
      runs.faults >= (isRecipients ? maxRecipientFaults : maxFaults);
    return isTooMany || isOnTrial() ? trip({ blockedBy: 'failing', code, detail }, 0) : 'go';
  }

  function throttled(outcome: Extract<AttemptOutcome, { readonly kind: 'throttled' }>): 'go' | 'stop' {
    if (ownWaits.has(outcome.code)) return answered({});
    add({ throttles: runs.throttles + 1 });
    if (runs.throttles < maxThrottledInARow && outcome.scope !== 'connection' && !isOnTrial()) return 'go';
    const { code, detail } = outcome;
    return trip({ blockedBy: 'throttled', code, detail }, boundedThrottleMs(outcome.retryAfterMs));
  }

  /** An answer about this one delivery, and proof that the peer works. */
  function answered(part: Partial<LaneRuns>): 'go' | 'stop' {
    if (pause !== null) return 'stop';
    runs = { ...noRuns, doubtfulSessions: runs.doubtfulSessions, ...part };
    return runs.refusals < maxRefusalsInARow ? 'go' : 'stop';
  }

  function doubtful({ code, detail }: Extract<AttemptOutcome, { readonly kind: 'unknown' }>): 'stop' {
    if (!isSessionDoubtful) add({ doubtfulSessions: runs.doubtfulSessions + 1 });
    isSessionDoubtful = true;
    return isOnTrial() ? trip({ blockedBy: 'failing', code, detail }, 0) : 'stop';
  }

  return {
    runs: () => runs,
    isOnTrial,
    lost: () => {
      add({ lost: runs.lost + 1 });
      return probeDelayMs(runs.lost, random());
    },
    sessionOpened: () => {
      isSessionDoubtful = false;
      pause = null;
    },
    attempted: (outcome) => {
      switch (outcome.kind) {
        case 'accepted':
          // What was under way when the lane broke off does not undo it: one delivery is tried first all the same.
          if (pause === null) runs = noRuns;
          return pause === null ? 'go' : 'stop';
        case 'unknown':
          return doubtful(outcome);
        case 'throttled':
          return throttled(outcome);
        case 'refused':
          return answered({ refusals: runs.refusals + 1 });
        case 'notSent':
          if (outcome.scope === 'connection') return 'stop';
          // A permanent fault of one delivery (its document, our limit) says nothing about the peer.
          return outcome.isPermanent ? 'go' : faulted(outcome.code, outcome.detail);
      }
    },
    pause: () => pause,
    whyPerson: () => {
      if (runs.doubtfulSessions >= maxDoubtfulSessions) return { code: 'run.too-many-unknown' };
      return runs.refusals >= maxRefusalsInARow ? { code: 'run.too-many-refused' } : null;
    },
    startAnew: () => {
      runs = noRuns;
      pause = null;
    },
  };
}

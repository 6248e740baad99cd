// What the delivery runner keeps about a connection's lane between sessions and starts: runs of failures, and what its rate has used.

import type { ConnectionLimits, RateLimits } from '../../shared/schema/connection-limits.ts';
import type { LaneBlockKind, PassingBlock } from '../../shared/schema/delivery.ts';
import type { RateUsage } from '../domain/rate-budget.ts';
import type { Act } from './act.ts';

/** Why a lane stands still. */
export interface LaneBlock {
  readonly blockedBy: LaneBlockKind;
  /** Stable cause code. */
  readonly code?: string;
  /** The peer's own words, or the code. */
  readonly detail: string;
  /** When one delivery is tried; only for a block that ends by itself. */
  readonly nextTryAtMs?: number;
}

/** A connection that has something to do. */
export interface DueConnection {
  readonly connectionId: string;
  readonly nextDueAtMs: number;
  /** Null, or a block that ends by itself. */
  readonly blockedBy: PassingBlock | null;
  /** Until then it is left alone; null = no longer. */
  readonly nextTryAtMs: number | null;
}

/** Runs that a lane is in the middle of; all zero on a lane that is well. */
export interface LaneRuns {
  /** Code of the last passing fault; null when the last answer was none. */
  readonly faultCode: string | null;
  /** Passing faults in a row with that code, and with any code. */
  readonly equalFaults: number;
  readonly faults: number;
  readonly throttles: number;
  readonly refusals: number;
  /** Sessions in a row that ended in doubt. */
  readonly doubtfulSessions: number;
  /** Times in a row that the connection could not be opened or broke. */
  readonly lost: number;
  /** Times in a row that the breaker let go: the trial after a pause failed as well. */
  readonly trips: number;
}

/** Verbs over lanes. */
export interface LaneStore {
  /** Only the limits; false when there is no such connection. */
  saveLimits(connectionId: string, limits: ConnectionLimits, act: Act): boolean;
  /** Null on a lane that is well. */
  runs(connectionId: string): LaneRuns | null;
  /** Null forgets them. */
  saveRuns(connectionId: string, runs: LaneRuns | null): void;
  /** What counts towards a connection's limited spans; cheap without a limit. */
  usage(connectionId: string, rate: RateLimits): RateUsage;
  /** Ends the wait of a lane that tries again by itself: its next try is due now. False, and not logged, when it does not wait. */
  tryNow(connectionId: string, act: Act): boolean;
}

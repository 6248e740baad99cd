// What a lane does with one open session: claims in small lots, keeps the parallel sends filled, records outcomes, writes index files.

import { stateAfterAttempt } from '../domain/delivery-state.ts';
import { isBudgetSpent, retryDelayMs } from '../domain/retry-schedule.ts';
import type { AttemptOutcome, ChannelSession } from '../ports/channel-adapter.ts';
import type { ClaimedDelivery, OutcomeRecord, Store } from '../ports/store.ts';
import { isStoreFailure } from '../ports/store.ts';
import { claimLost, deliverOne } from './deliver-one.ts';
import type { AttemptEnd, AttemptParts } from './deliver-one.ts';
import type { LaneHealth } from './lane-health.ts';
import { blockFor, settingsOf } from './open-session.ts';
import type { LaneBlock, OpenSession, SessionParts } from './open-session.ts';

/** What a lane works with. */
export interface LaneParts extends AttemptParts, Omit<SessionParts, 'store'> {
  readonly store: Store;
  readonly fence: number;
  readonly random: () => number;
  /** Aborted: claim nothing more, finish what is under way. */
  readonly stopSignal: AbortSignal;
  /** Aborted: give up what is under way too. */
  readonly killSignal: AbortSignal;
  /** False while the operator has paused the outbox. */
  mayClaim(): boolean;
  /** Something of a batch changed. */
  changed(batchId: string): void;
  /** The store failed in a way that waiting did not mend: everything stops. */
  broken(error: unknown): void;
}

/** Tries to write an outcome while the disk is full or the store busy; about 6 s together with the pauses. */
const recordTries = 6;

interface SessionRun {
  readonly session: ChannelSession;
  /** The connection's settings this session was opened with. */
  readonly settings: string;
  readonly queue: ClaimedDelivery[];
  attempts: number;
  isEnding: boolean;
  /** The session is not to be used again. */
  isSpent: boolean;
  block: LaneBlock | null;
}

/** How a session's work ended. */
export interface SessionEnd {
  readonly attempts: number;
  /** The session is not to be used again. */
  readonly isSpent: boolean;
  readonly block: LaneBlock | null;
}

/**
 * Works until nothing is due, something stops the lane, or the session is spent. Throws what the store throws at a claim, after
 * everything that was under way has ended and been written.
 */
export async function workThrough(
  parts: LaneParts,
  lane: { readonly connectionId: string; readonly health: LaneHealth },
  { session, settings }: OpenSession,
): Promise<SessionEnd> {
  const { connectionId, health } = lane;
  const run: SessionRun = { session, settings, queue: [], attempts: 0, isEnding: false, isSpent: false, block: null };
  const failures: unknown[] = [];
  const take = (): ClaimedDelivery | undefined => {
    try {
      return run.queue.shift() ?? refill(parts, connectionId, run);
    } catch (error) {
      failures.push(error);
      run.isEnding = true;
      return undefined;
    }
  };
  const slot = async (): Promise<void> => {
    while (!run.isEnding && !parts.stopSignal.aborted) {
      const next = take();
      if (next === undefined) return;
      run.attempts += 1;
      const end = await deliverOne(parts, { session, claim: next, signal: parts.killSignal });
      const nowMs = parts.clock.nowMs();
      if (health.attempted(end.outcome, nowMs) === 'stop') stopAfter(run, end.outcome);
      if (end.outcome === claimLost) health.idle(nowMs);
      if (!(await settle(parts, next, end))) run.isEnding = true;
    }
  };
  await Promise.all(Array.from({ length: session.parallel }, slot));
  await putBack(parts, run.queue.splice(0));
  if (failures.length > 0) throw failures[0];
  if (!run.isEnding && !parts.stopSignal.aborted) await writeIndexes(parts, connectionId, run);
  return run;
}

/** What ends a session's work, and whether the lane is blocked by it. */
function stopAfter(run: SessionRun, outcome: AttemptOutcome): void {
  run.isEnding = true;
  if (outcome.kind === 'unknown') run.isSpent = true;
  if (outcome.kind !== 'notSent') return;
  run.isSpent = true;
  // A claim lost to another runner says nothing about the connection.
  if (outcome === claimLost) return;
  if (run.block === null || outcome.isPermanent) run.block = blockFor(outcome);
}

/** Claims a small lot: enough to keep the sends busy, little to put back. */
function refill(parts: LaneParts, connectionId: string, run: SessionRun): ClaimedDelivery | undefined {
  const nowMs = parts.clock.nowMs();
  const { deliveries } = parts.store;
  // Asked again for every lot: a pause by the operator, also from another process, takes hold within one.
  if (!parts.mayClaim() || !deliveries.dueConnections(nowMs).some((due) => due.connectionId === connectionId))
    return undefined;
  // Nothing more goes to the old address, or with the old login, once the connection was changed.
  if (settingsOf(parts.store, connectionId) !== run.settings) {
    run.isEnding = true;
    run.isSpent = true;
    return undefined;
  }
  run.queue.push(
    ...deliveries.claim({
      fence: parts.fence,
      connectionId,
      limit: run.session.parallel * 2,
      nowMs,
    }),
  );
  return run.queue.shift();
}

/** Writes an attempt's outcome; false when it could not be written. */
async function settle(parts: LaneParts, claim: ClaimedDelivery, end: AttemptEnd): Promise<boolean> {
  const nowMs = parts.clock.nowMs();
  const { outcome } = end;
  const isSpentIfCounted = isBudgetSpent(
    claim.tries + (outcome.kind === 'throttled' ? 0 : 1),
    nowMs - (claim.budgetFromMs ?? nowMs),
  );
  const isNotSent = outcome.kind === 'notSent';
  const decision = stateAfterAttempt({
    kind: outcome.kind,
    isConnectionDown: isNotSent && outcome.scope === 'connection',
    isPermanent: isNotSent && outcome.isPermanent,
    isBudgetSpent: isSpentIfCounted,
  });
  const written = await write(parts, {
    deliveryId: claim.deliveryId,
    attempt: claim.attempt,
    outcome,
    phase: end.phase,
    fromState: end.isMarked ? 'sending' : 'claimed',
    toState: decision.toState,
    dueAtMs: decision.toState === 'waiting' ? nowMs + delayMs(parts, claim, outcome) : nowMs,
    nowMs,
    countsAsAttempt: decision.countsAsAttempt,
  });
  parts.changed(claim.batchId);
  return written;
}

function delayMs(parts: LaneParts, claim: ClaimedDelivery, outcome: AttemptOutcome): number {
  return outcome.kind === 'throttled' ? outcome.retryAfterMs : retryDelayMs(claim.tries + 1, parts.random());
}

/**
 * Tries a few times while the disk is full or the store busy. An outcome that still cannot be written stays as the mark left it:
 * after the next start it is unknown, never lost and never sent again.
 */
async function write(parts: LaneParts, record: OutcomeRecord): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      if ((await parts.commit.record(record)) === 'stale')
        parts.log.warn('an outcome came too late: the delivery had moved on', {
          deliveryId: record.deliveryId,
          outcome: record.outcome.kind,
        });
      return true;
    } catch (error) {
      if (attempt >= recordTries || !isStoreFailure(error)) {
        parts.broken(error);
        return false;
      }
      await parts.clock.sleep(100 * 2 ** attempt, parts.killSignal);
    }
  }
}

/** Returns what was claimed and not started. */
async function putBack(parts: LaneParts, claims: readonly ClaimedDelivery[]): Promise<void> {
  const nowMs = parts.clock.nowMs();
  const outcome = {
    kind: 'notSent',
    code: 'run.put-back',
    detail: '',
    scope: 'connection',
    isPermanent: false,
  } as const;
  const rest = {
    outcome,
    phase: 'preparing',
    fromState: 'claimed',
    toState: 'queued',
    dueAtMs: nowMs,
    nowMs,
    countsAsAttempt: false,
  } as const;
  await Promise.all(claims.map(({ deliveryId, attempt }) => write(parts, { deliveryId, attempt, ...rest })));
}

/** Writes the index files that are due; a file that was taken before a crash is written again with the same bytes. */
async function writeIndexes(parts: LaneParts, connectionId: string, run: SessionRun): Promise<void> {
  const { session } = run;
  if (session.writeIndex === undefined) return;
  for (const index of parts.store.deliveries.takeIndex(parts.fence, connectionId, parts.clock.nowMs())) {
    if (parts.stopSignal.aborted) return;
    const outcome = await session.writeIndex(index.name, index.entries, parts.killSignal);
    if (outcome.kind === 'accepted') {
      parts.store.deliveries.markIndexWritten(index.id, parts.clock.nowMs());
      run.attempts += 1;
      continue;
    }
    const isPermanent = outcome.kind === 'refused' || (outcome.kind === 'notSent' && outcome.isPermanent);
    run.block = blockFor({ code: outcome.code, detail: outcome.detail, isPermanent });
    return;
  }
}

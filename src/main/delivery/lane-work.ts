// What a lane does with one open session: claims in small lots, keeps the parallel sends filled, records outcomes, writes index files.

import { noLimits } from '../../shared/schema/connection-limits.ts';
import type { ConnectionLimits } from '../../shared/schema/connection-limits.ts';
import { stateAfterAttempt } from '../domain/delivery-state.ts';
import { boundedThrottleMs } from '../domain/retry-after.ts';
import { isBudgetSpent, retryDelayMs } from '../domain/retry-schedule.ts';
import type { AttemptOutcome, ChannelSession } from '../ports/channel-adapter.ts';
import type { ClaimedDelivery, OutcomeRecord, Store } from '../ports/store.ts';
import { isStoreFailure } from '../ports/store.ts';
import { deliverGroup } from './deliver-group.ts';
import type { EndedClaim } from './deliver-group.ts';
import { claimLost, deliverOne } from './deliver-one.ts';
import type { AttemptEnd, AttemptParts } from './deliver-one.ts';
import type { LaneGate } from './lane-gate.ts';
import type { LaneHealth } from './lane-health.ts';
import { blockFor, settingsText } from './open-session.ts';
import type { FoundBlock, OpenSession, SessionParts } from './open-session.ts';

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

/** The lane a session works for. */
export interface LaneOfSession {
  readonly connectionId: string;
  readonly health: LaneHealth;
  readonly gate: LaneGate;
  /** The delivery that was tried alone went through. */
  readonly trialEnded: () => void;
}

interface SessionRun extends LaneOfSession {
  readonly session: ChannelSession;
  /** The connection's settings this session was opened with. */
  readonly settings: string;
  readonly queue: ClaimedDelivery[];
  /** As they stood at the last claim. */
  limits: ConnectionLimits;
  /** Claimed and not recorded yet: what the rate does not count so far. */
  inFlight: number;
  attempts: number;
  isEnding: boolean;
  /** The session is not to be used again. */
  isSpent: boolean;
  wasClaimLost: boolean;
  block: FoundBlock | null;
}

/** How a session's work ended. */
export interface SessionEnd {
  readonly attempts: number;
  /** The session is not to be used again. */
  readonly isSpent: boolean;
  /** Another process, or the end of this one, took claims away. */
  readonly wasClaimLost: boolean;
  readonly block: FoundBlock | null;
}

/**
 * Works until nothing is due or allowed, something stops the lane, or the session is spent. A lane on trial sends one delivery at a time
 * until the peer has answered one. Throws what the store throws at a claim, after everything that was under way has ended and been written.
 */
export async function workThrough(
  parts: LaneParts,
  lane: LaneOfSession,
  { session, settings }: OpenSession,
): Promise<SessionEnd> {
  const run: SessionRun = {
    ...lane,
    session,
    settings,
    queue: [],
    limits: noLimits,
    inFlight: 0,
    attempts: 0,
    isEnding: false,
    isSpent: false,
    wasClaimLost: false,
    block: null,
  };
  const failures: unknown[] = [];
  const take = (lot: number): ClaimedDelivery | undefined => {
    try {
      return run.queue.shift() ?? refill(parts, run, lot);
    } catch (error) {
      failures.push(error);
      run.isEnding = true;
      return undefined;
    }
  };
  const mayTake = (): boolean => !run.isEnding && !parts.stopSignal.aborted;
  const wasOnTrial = lane.health.isOnTrial();
  while (mayTake() && lane.health.isOnTrial()) {
    const next = take(1);
    if (next === undefined) break;
    await attemptLot(parts, run, next);
  }
  if (!lane.health.isOnTrial()) {
    if (wasOnTrial) lane.trialEnded();
    const slot = async (): Promise<void> => {
      while (mayTake()) {
        const next = take(session.groups?.mostItems ?? session.parallel * 2);
        if (next === undefined) return;
        await attemptLot(parts, run, next);
      }
    };
    await Promise.all(Array.from({ length: session.parallel }, slot));
  }
  await putBack(parts, run.queue.splice(0));
  if (failures.length > 0) throw failures[0];
  if (mayTake()) await writeIndexes(parts, run);
  return run;
}

/** Makes one attempt, or one with all that was claimed where the peer takes many in one request. */
async function attemptLot(parts: LaneParts, run: SessionRun, first: ClaimedDelivery): Promise<void> {
  const { groups } = run.session;
  if (groups === undefined) return attempt(parts, run, first);
  const claims = [first, ...run.queue.splice(0)];
  run.attempts += claims.length;
  const { left, stop } = await deliverGroup(parts, {
    sender: groups,
    connectionId: run.connectionId,
    claims,
    signal: parts.killSignal,
    maxDocumentBytes: run.limits.maxDocumentBytes,
    record: (ends) => recordGroup(parts, run, ends),
    mayGoOn: () => !run.isEnding && !parts.stopSignal.aborted,
  });
  await putBack(parts, left);
  run.inFlight -= left.length;
  if (stop === null) return;
  run.isEnding = true;
  run.isSpent = true;
  run.block = blockFor({ ...stop, isPermanent: true });
}

/** Writes the ends of one request. For the lane's health it is one answer: a loss or a doubt before an acceptance, that before a refusal. */
async function recordGroup(parts: LaneParts, run: SessionRun, ends: readonly EndedClaim[]): Promise<void> {
  const outcomes = ends.map(({ end }) => end.outcome);
  const telling =
    outcomes.find((outcome) => outcome.kind === 'notSent' && outcome.scope === 'connection') ??
    outcomes.find(({ kind }) => kind === 'unknown') ??
    outcomes.find(({ kind }) => kind === 'accepted') ??
    outcomes[0];
  if (telling !== undefined && run.health.attempted(telling) === 'stop') stopAfter(run, telling);
  const written = await Promise.all(ends.map(({ claim, end }) => settle(parts, run, { claim, end })));
  if (written.includes(false)) run.isEnding = true;
  run.inFlight -= ends.length;
}

/** Makes one attempt and writes its end. */
async function attempt(parts: LaneParts, run: SessionRun, claim: ClaimedDelivery): Promise<void> {
  run.attempts += 1;
  const { maxDocumentBytes } = run.limits;
  const end = await deliverOne(parts, { session: run.session, claim, signal: parts.killSignal, maxDocumentBytes });
  if (run.health.attempted(end.outcome) === 'stop') stopAfter(run, end.outcome);
  if (!(await settle(parts, run, { claim, end }))) run.isEnding = true;
  run.inFlight -= 1;
}

/** What ends a session's work, and whether the lane is blocked by it. */
function stopAfter(run: SessionRun, outcome: AttemptOutcome): void {
  run.isEnding = true;
  if (outcome.kind === 'unknown') run.isSpent = true;
  if (outcome.kind !== 'notSent' || outcome.scope !== 'connection') return;
  run.isSpent = true;
  // A claim lost to another runner says nothing about the connection.
  if (outcome === claimLost) run.wasClaimLost = true;
  else if (run.block === null || outcome.isPermanent) run.block = blockFor(outcome);
}

/** Claims a small lot: enough to keep the sends busy, little to put back, and no more than the connection's limits allow. */
function refill(parts: LaneParts, run: SessionRun, lot: number): ClaimedDelivery | undefined {
  const nowMs = parts.clock.nowMs();
  const { deliveries, config } = parts.store;
  const { connectionId, inFlight } = run;
  // Asked again for every lot: a pause by the operator, also from another process, takes hold within one.
  if (!parts.mayClaim() || !deliveries.dueConnections(nowMs).some((due) => due.connectionId === connectionId))
    return undefined;
  // Nothing more goes to the old address, or with the old login, once the connection was changed.
  const connection = config.connection(connectionId);
  if (connection === null || settingsText(connection) !== run.settings) {
    run.isEnding = true;
    run.isSpent = true;
    return undefined;
  }
  run.limits = connection.limits;
  const limit = Math.min(lot, run.gate.ask(run.limits, { nowMs, inFlight }).free);
  if (limit === 0) return undefined;
  const claims = deliveries.claim({ fence: parts.fence, connectionId, limit, nowMs });
  run.inFlight += claims.length;
  run.queue.push(...claims);
  return run.queue.shift();
}

/** Writes an attempt's outcome; false when it could not be written. */
async function settle(
  parts: LaneParts,
  run: SessionRun,
  { claim, end }: { readonly claim: ClaimedDelivery; readonly end: AttemptEnd },
): Promise<boolean> {
  const nowMs = parts.clock.nowMs();
  const { outcome } = end;
  // Only hours in which it could have been sent count: a long weekend uses up nothing.
  const ageMs = run.gate.openMsBetween(run.limits, claim.budgetFromMs ?? nowMs, nowMs);
  const isSpentIfCounted = isBudgetSpent(claim.tries + (outcome.kind === 'throttled' ? 0 : 1), ageMs);
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
  return outcome.kind === 'throttled'
    ? boundedThrottleMs(outcome.retryAfterMs)
    : retryDelayMs(claim.tries + 1, parts.random());
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
async function writeIndexes(parts: LaneParts, run: SessionRun): Promise<void> {
  const { session, connectionId } = run;
  if (session.writeIndex === undefined) return;
  // The doors may have closed behind the last delivery; a rate that is used up does not keep an index file back.
  const nowMs = parts.clock.nowMs();
  const limits = parts.store.config.connection(connectionId)?.limits ?? noLimits;
  if (limits.hours !== null && run.gate.ask({ ...noLimits, hours: limits.hours }, { nowMs, inFlight: 0 }).free === 0)
    return;
  for (const index of parts.store.deliveries.takeIndex(parts.fence, connectionId, nowMs)) {
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

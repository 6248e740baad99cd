// The delivery runner: holds the lease, recovers after a crash, and keeps every connection's lane going while something is due.

import { randomUUID } from 'node:crypto';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Channel } from '../../shared/schema/delivery.ts';
import type { ChannelAdapter, MessageText } from '../ports/channel-adapter.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Secrets } from '../ports/secrets.ts';
import { outboxPausedSetting } from '../ports/restore-note.ts';
import { isStoreFailure } from '../ports/store.ts';
import type { ClaimedDelivery, Store } from '../ports/store.ts';
import { createChangeNotes } from './change-notes.ts';
import type { ChangeNotes } from './change-notes.ts';
import { createGroupCommit } from './group-commit.ts';
import { createLane } from './lane.ts';
import type { Lane } from './lane.ts';
import { keepLease } from './lease-keeper.ts';
import type { HeldLease } from './lease-keeper.ts';
import { lookUpAtPeer } from './look-up.ts';
import type { LookUpRequest } from './look-up.ts';

/** Setting (true or false) with which the operator pauses the whole outbox; call `wake` after changing it. */
export const outboxPausedKey = outboxPausedSetting;

/** What the runner works with. */
export interface RunnerOptions {
  readonly store: Store;
  readonly adapters: Readonly<Record<Channel, ChannelAdapter>>;
  readonly secrets: Secrets;
  /** Reads a frozen document and checks its hash. */
  readonly documents: { read(sha256: string): Promise<Result<Uint8Array>> };
  /** Subject and bodies of an e-mail; asked for e-mail only. */
  readonly compose: (delivery: ClaimedDelivery) => Promise<MessageText | null>;
  readonly clock: Clock;
  readonly log: Log;
  /** Chance for jitter, in [0, 1). */
  readonly random: () => number;
  readonly ownerPid: number;
  readonly isProcessAlive: (pid: number) => boolean;
  /** A batch's deliveries changed; a few times a second at most. Null: many. */
  readonly onChange: (batchId: string | null) => void;
  /** Shorter only in tests. */
  readonly patience?: Partial<RunnerPatience>;
}

/** How long the runner waits for others. */
export interface RunnerPatience {
  readonly sendMs: number;
  readonly abortMs: number;
  /** For deliveries under way when the runner is stopped. */
  readonly stopMs: number;
}

/** Delivers what waits in the outbox. */
export interface Runner {
  /** Delivers from now on, whenever something is due; takes over when another process that delivers ends. */
  start(): void;
  /** Drains every lane once. Errors: STORE_BUSY (another process delivers), STORAGE_FULL, STORE_DAMAGED. An abort lets what is under way finish. */
  runOnce(signal?: AbortSignal): Promise<Result<{ readonly attempts: number }>>;
  /** Delivers until nothing is due now; what waits for later or for its connection stays. Errors as runOnce. */
  runUntilIdle(signal?: AbortSignal): Promise<Result<{ readonly attempts: number }>>;
  /** Look at the outbox again now; probes lost connections at once. */
  wake(): void;
  lookUp(...asked: LookUpRequest): Promise<void>;
  /** True while this process holds the lease. */
  readonly isRunning: boolean;
  /** Claims nothing more, waits for what is under way (then aborts it), gives the lease back. Harmless to repeat. */
  stop(): Promise<void>;
}

const patience: RunnerPatience = { sendMs: 15 * 60_000, abortMs: 30_000, stopMs: 10_000 };
/** Other processes release and resume too; they cannot wake this one. */
const lookAgainMs = 1_000;
const lookForLeaseMs = 2_000;
/** Pause after the store failed, before the next try. */
const mendMs = 30_000;

type Mode = 'forever' | 'untilIdle' | 'once';

/** One period of holding the lease. */
interface Tenure {
  readonly lease: HeldLease;
  readonly lanes: Map<string, Lane>;
  readonly stop: AbortController;
  readonly kill: AbortController;
  readonly laneFor: (connectionId: string) => Lane;
  failure: unknown;
  isLost: boolean;
  attempts: number;
}

/** Makes a runner; nothing happens until it is started or run. */
export function createRunner(options: RunnerOptions): Runner {
  const holder = { pid: options.ownerPid, id: randomUUID() };
  const alarm = createAlarm(options.clock);
  const notes = createChangeNotes(options.clock, options.onChange);
  const stopping = new AbortController();
  let tenure: Tenure | null = null;
  let held: Promise<undefined> | null = null;
  let background: Promise<void> | null = null;

  async function hold(mode: Mode, signal: AbortSignal): Promise<Result<{ readonly attempts: number }>> {
    if (tenure !== null) return busy();
    const begun = beginOrFail(options, { holder, alarm, notes });
    if (!begun.ok) return begun;
    const current = begun.value;
    tenure = current;
    const stop = (): void => {
      current.stop.abort();
      alarm.ring();
      void killLater(options, current);
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    const ended = Promise.withResolvers<undefined>();
    held = ended.promise;
    try {
      await supervise(options, { tenure: current, alarm, mode });
    } finally {
      signal.removeEventListener('abort', stop);
      current.stop.abort();
      await Promise.all([...current.lanes.values()].map((lane) => lane.close()));
      await endLease(options.log, current.lease);
      current.kill.abort();
      tenure = null;
      notes.flush();
      ended.resolve(undefined);
    }
    return tenureResult(current);
  }

  async function serve(): Promise<void> {
    while (!stopping.signal.aborted) {
      let pauseMs = lookForLeaseMs;
      try {
        const held = await hold('forever', stopping.signal);
        if (!held.ok && held.error.code !== 'STORE_BUSY') pauseMs = mendMs;
      } catch (error) {
        options.log.error('the runner failed and starts again', { error: String(error) });
        pauseMs = mendMs;
      }
      await options.clock.sleep(pauseMs, stopping.signal);
    }
  }

  return {
    start: () => {
      background ??= serve();
    },
    runOnce: (signal) =>
      hold('once', signal === undefined ? stopping.signal : AbortSignal.any([signal, stopping.signal])),
    runUntilIdle: (signal) =>
      hold('untilIdle', signal === undefined ? stopping.signal : AbortSignal.any([signal, stopping.signal])),
    wake: () => {
      for (const lane of tenure?.lanes.values() ?? []) lane.probeNow();
      alarm.ring();
    },
    lookUp: (...asked) => lookUpAtPeer(options, ...asked),
    get isRunning() {
      return tenure !== null;
    },
    stop: async () => {
      stopping.abort();
      await Promise.all([background, held]);
    },
  };
}

function busy(): Result<never> {
  return fail(
    'STORE_BUSY',
    'Another Utskick process delivers from this data folder. Let it finish, or close it first.',
  );
}

function beginOrFail(options: RunnerOptions, parts: TenureParts): Result<Tenure> {
  try {
    const tenure = beginTenure(options, parts);
    return tenure === null ? busy() : ok(tenure);
  } catch (error) {
    if (isStoreFailure(error)) return fail(error.code, error.message);
    throw error;
  }
}

interface TenureParts {
  readonly holder: { readonly pid: number; readonly id: string };
  readonly alarm: Alarm;
  readonly notes: ChangeNotes;
}

/** Takes the lease and settles what an earlier holder left behind; null when another process delivers. */
function beginTenure(options: RunnerOptions, parts: TenureParts): Tenure | null {
  const { store, clock, log } = options;
  const stop = new AbortController();
  const kill = new AbortController();
  const lost = (): void => {
    if (tenure !== null) tenure.isLost = true;
    stop.abort();
    kill.abort();
    parts.alarm.ring();
  };
  let tenure: Tenure | null = null;
  const lease = keepLease({
    deliveries: store.deliveries,
    clock,
    log,
    holder: parts.holder,
    isProcessAlive: options.isProcessAlive,
    onLost: lost,
  });
  if (lease === null) return null;
  settleLeftovers(options, lease);
  const wait = { ...patience, ...options.patience };
  const commit = createGroupCommit({ deliveries: store.deliveries, fence: lease.fence, clock, signal: kill.signal });
  const laneParts = {
    ...options,
    commit,
    fence: lease.fence,
    sendPatienceMs: wait.sendMs,
    abortPatienceMs: wait.abortMs,
    stopSignal: stop.signal,
    killSignal: kill.signal,
    mayClaim: () => store.config.setting(outboxPausedKey) !== true,
    changed: (batchId: string) => parts.notes.changed(batchId),
    broken: (error: unknown) => {
      log.error('an outcome could not be written; the runner stops', { error: String(error) });
      if (tenure !== null) tenure.failure ??= error;
      stop.abort();
      parts.alarm.ring();
    },
  };
  const lanes = new Map<string, Lane>();
  const laneFor = (connectionId: string): Lane => {
    const lane = lanes.get(connectionId) ?? createLane(laneParts, connectionId);
    lanes.set(connectionId, lane);
    return lane;
  };
  tenure = { lease, lanes, stop, kill, laneFor, failure: null, isLost: false, attempts: 0 };
  return tenure;
}

/** What an interrupted run left claimed was certainly not sent; what it left sending may have been. */
function settleLeftovers({ store, clock, log, onChange }: RunnerOptions, lease: HeldLease): void {
  try {
    const recovered = store.deliveries.recover(lease.fence, clock.nowMs());
    store.deliveries.pullDueTimes(lease.fence, clock.nowMs());
    store.groups.recover(lease.fence, clock.nowMs());
    if (recovered.requeued + recovered.unknown === 0) return;
    log.warn('deliveries of an interrupted run were settled', recovered);
    onChange(null);
  } catch (error) {
    void endLease(log, lease);
    throw error;
  }
}

/**
 * Starts lanes that have something due, until told to stop or, unless it runs for ever, until nothing is left to do now. Never rejects:
 * a failure of the store ends the tenure once everything under way has ended.
 */
async function supervise(
  options: RunnerOptions,
  { tenure, alarm, mode }: { readonly tenure: Tenure; readonly alarm: Alarm; readonly mode: Mode },
): Promise<void> {
  const running: RunningLanes = { lanes: new Map(), drained: new Set() };
  let lastMs = options.clock.nowMs();
  try {
    while (!tenure.stop.signal.aborted) {
      const nowMs = options.clock.nowMs();
      // The clock was set back: what was due by the old time is due now.
      if (nowMs < lastMs) options.store.deliveries.pullDueTimes(tenure.lease.fence, nowMs);
      lastMs = nowMs;
      const nextMs = startDueLanes(options, { tenure, alarm, mode }, running);
      if (mode !== 'forever' && running.lanes.size === 0) break;
      await alarm.waitUntil(nextMs);
    }
  } catch (error) {
    options.log.error('the queue could not be looked at; the runner stops', { error: String(error) });
    tenure.failure ??= error;
    tenure.stop.abort();
  }
  await Promise.all(running.lanes.values());
}

interface RunningLanes {
  readonly lanes: Map<string, Promise<void>>;
  /** Connections that were drained in this run, for `once`. */
  readonly drained: Set<string>;
}

/** Starts what can be started now; returns when to look again. */
function startDueLanes(
  options: RunnerOptions,
  { tenure, alarm, mode }: { readonly tenure: Tenure; readonly alarm: Alarm; readonly mode: Mode },
  running: RunningLanes,
): number {
  const { store, clock } = options;
  const nowMs = clock.nowMs();
  const isPaused = store.config.setting(outboxPausedKey) === true;
  let nextMs = nowMs + lookAgainMs;
  for (const due of isPaused ? [] : store.deliveries.dueConnections(nowMs)) {
    const lane = tenure.laneFor(due.connectionId);
    // A running lane rings when it ends.
    if (running.lanes.has(due.connectionId) || (mode === 'once' && running.drained.has(due.connectionId))) continue;
    const startAtMs = Math.max(due.nextDueAtMs, due.nextDueAtMs > nowMs ? 0 : lane.startAtMs(due, nowMs));
    if (startAtMs > nowMs) {
      nextMs = Math.min(nextMs, startAtMs);
      continue;
    }
    running.drained.add(due.connectionId);
    running.lanes.set(
      due.connectionId,
      runLane(options, tenure, lane).finally(() => {
        running.lanes.delete(due.connectionId);
        alarm.ring();
      }),
    );
  }
  return nextMs;
}

async function runLane(options: RunnerOptions, tenure: Tenure, lane: Lane): Promise<void> {
  try {
    tenure.attempts += await lane.drain();
  } catch (error) {
    // The store failed while claiming, or a bug: nothing is sent without its mark, so stopping is safe.
    options.log.error('a lane failed', { error: String(error) });
    tenure.failure ??= error;
    tenure.stop.abort();
  }
}

/** Lets what is under way finish, but not for ever. */
async function killLater(options: RunnerOptions, tenure: Tenure): Promise<void> {
  await options.clock.sleep(options.patience?.stopMs ?? patience.stopMs, tenure.kill.signal);
  tenure.kill.abort();
}

/** Never rejects: a lease that cannot be given back runs out by itself. */
async function endLease(log: Log, lease: HeldLease): Promise<void> {
  try {
    await lease.release();
  } catch (error) {
    log.warn('the lease could not be given back', { error: String(error) });
  }
}

function tenureResult({ isLost, failure, attempts }: Tenure): Result<{ readonly attempts: number }> {
  if (isLost) return busy();
  if (failure === null) return ok({ attempts });
  if (isStoreFailure(failure)) return fail(failure.code, failure.message);
  throw failure instanceof Error ? failure : new Error('the runner failed', { cause: failure });
}

/** Sleeps until a time or until rung. */
interface Alarm {
  waitUntil(timeMs: number): Promise<void>;
  ring(): void;
}

function createAlarm(clock: Clock): Alarm {
  let bell = new AbortController();
  return {
    waitUntil: async (timeMs) => {
      await clock.sleep(Math.max(0, timeMs - clock.nowMs()), bell.signal);
      // Rung while nobody waited counts too: the bell is only hung up anew here.
      if (bell.signal.aborted) bell = new AbortController();
    },
    ring: () => bell.abort(),
  };
}

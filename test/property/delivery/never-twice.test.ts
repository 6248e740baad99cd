// Random lives of several delivering processes over one real store: crashes, hangs, take-overs and the operator in between.
// The peer's ledger is the witness: no key twice, nothing lost, and nobody who lost the lease writes anything.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { invoiceStateOf, stateAfterAttempt } from '../../../src/main/domain/delivery-state.ts';
import type { AttemptOutcome } from '../../../src/main/ports/channel-adapter.ts';
import type { ClaimedDelivery, Store } from '../../../src/main/ports/store.ts';
import type { DeliveryState } from '../../../src/shared/schema/delivery.ts';
import {
  act,
  connection,
  importBatch,
  openOrFail,
  releaseAll,
  releaseItem,
  rows,
  temporaryFolder,
} from '../../support/store-workspace.ts';

const deliveryCount = 12;
const anyDelivery = { batchId: null, connectionId: null, states: [], search: '' };
const mail = connection('mail', 'email');
const print = connection('print', 'sftp');

interface Flight {
  readonly claim: ClaimedDelivery;
  isMarked: boolean;
  hadEffect: boolean;
}

/** A process that delivers; `fence` is what it believes to hold. */
interface Worker {
  readonly pid: number;
  fence: number | null;
  flights: Flight[];
}

class World {
  readonly ledger: string[] = [];
  /** The same by invoice: re-routed or re-addressed, it is the same invoice. */
  readonly delivered: number[] = [];
  readonly workers: Worker[] = [1, 2, 3].map((pid) => ({ pid, fence: null, flights: [] }));
  readonly store: Store;
  currentFence = 0;
  nowMs = 1_000_000;

  constructor(store: Store) {
    this.store = store;
  }

  /** Takes the lease when it has run out or its holder is gone. */
  acquire(worker: Worker): void {
    if (worker.fence !== null) return;
    const isAlive = (pid: number): boolean => this.workers.some((one) => one.pid === pid && one.fence !== null);
    const held = this.store.deliveries.acquireRunnerLease(
      { pid: worker.pid, id: String(worker.pid) },
      { nowMs: this.nowMs, untilMs: this.nowMs + 100 },
      isAlive,
    );
    if (held === null) return;
    worker.fence = held.fence;
    this.currentFence = held.fence;
    this.store.deliveries.recover(held.fence, this.nowMs);
  }

  claim(worker: Worker, limit: number): void {
    if (worker.fence === null) return;
    const claims = this.store.deliveries.claim({
      fence: worker.fence,
      connectionId: limit % 2 === 0 ? 'mail' : 'print',
      limit,
      nowMs: this.nowMs,
    });
    if (worker.fence !== this.currentFence) expect(claims).toEqual([]);
    worker.flights.push(...claims.map((claim) => ({ claim, isMarked: false, hadEffect: false })));
  }

  mark(worker: Worker, at: number): void {
    const flight = worker.flights[at % Math.max(1, worker.flights.length)];
    if (worker.fence === null || flight === undefined || flight.isMarked) return;
    const marked = this.store.deliveries.markSending(worker.fence, [flight.claim], this.nowMs);
    if (worker.fence !== this.currentFence) expect(marked).toEqual([]);
    flight.isMarked = marked.length === 1;
    if (!flight.isMarked) worker.flights = worker.flights.filter((one) => one !== flight);
  }

  /** The document takes effect at the peer: only ever after the mark, however late. */
  effect(worker: Worker, at: number): void {
    const flight = worker.flights.filter(({ isMarked }) => isMarked)[at % Math.max(1, worker.flights.length)];
    if (flight === undefined || flight.hadEffect) return;
    flight.hadEffect = true;
    this.ledger.push(flight.claim.idempotencyKey);
    this.delivered.push(flight.claim.invoiceId);
  }

  record(worker: Worker, at: number, kind: number): void {
    const flight = worker.flights[at % Math.max(1, worker.flights.length)];
    if (worker.fence === null || flight === undefined) return;
    const outcome = possibleOutcome(flight, kind);
    const decision = stateAfterAttempt({
      kind: outcome.kind,
      isConnectionDown: outcome.kind === 'notSent' && outcome.scope === 'connection',
      isPermanent: outcome.kind === 'notSent' && outcome.isPermanent,
      isBudgetSpent: false,
    });
    const { deliveryId, attempt } = flight.claim;
    const fromState = flight.isMarked ? 'sending' : 'claimed';
    const { stale } = this.store.deliveries.record(worker.fence, [
      {
        deliveryId,
        attempt,
        outcome,
        phase: 'effect',
        fromState,
        toState: decision.toState,
        dueAtMs: this.nowMs,
        nowMs: this.nowMs,
        countsAsAttempt: decision.countsAsAttempt,
      },
    ]);
    if (worker.fence !== this.currentFence) expect(stale).toEqual([deliveryId]);
    worker.flights = worker.flights.filter((one) => one !== flight);
  }

  crash(worker: Worker): void {
    worker.fence = null;
    worker.flights = [];
  }

  operator(what: number, at: number): void {
    if (what === 0) this.store.deliveries.retry(anyDelivery, act(this.nowMs));
    if (what === 1)
      this.store.deliveries.cancel({ ...anyDelivery, search: `kund${at % deliveryCount}@` }, act(this.nowMs));
    if (what === 2) this.releaseReady(at % 2 === 0 ? mail : print);
    if (what >= 4) this.steer(what, at);
    if (what !== 3) return;
    const unknown = this.store.reads.deliveryPage({ ...anyDelivery, states: ['unknown'] }, 0, 100).deliveries;
    const one = unknown[at % Math.max(1, unknown.length)];
    if (one === undefined) return;
    const key = this.store.reads.deliveryIdentity(one.id)?.idempotencyKey ?? '';
    // The operator asks the recipient, and nobody may still be about to send it.
    const isUnderWay = this.workers.some(({ flights }) =>
      flights.some(({ claim, isMarked }) => isMarked && claim.deliveryId === one.id),
    );
    if (isUnderWay) return;
    const toState = this.ledger.includes(key) ? 'accepted' : 'queued';
    this.store.deliveries.resolveUnknown(
      one.id,
      { toState, by: 'operator', reason: 'asked', receipt: null },
      act(this.nowMs),
    );
  }

  /** What is ready again, to either connection; what another connection has is no longer ready. */
  releaseReady(to: typeof mail): void {
    const ready = this.store.releases.candidates('batch-0001', { states: ['ready'], notReleasedTo: null, limit: null });
    const items = ready.map(({ invoiceId, invoiceNumber }) => ({
      ...releaseItem(invoiceId, invoiceNumber, to),
      requires: 'ready' as const,
    }));
    this.store.releases.write('batch-0001', items, act(this.nowMs));
  }

  /** The acts over many, each over whatever is there, without looking first. */
  steer(what: number, at: number): void {
    const { reads } = this.store;
    const { deliveries } = reads.deliveryPage(anyDelivery, 0, 1_000);
    const ids = deliveries.map(({ id }) => id).filter((id) => id % 3 !== at % 3);
    const inDoubt = deliveries.filter(({ state }) => state === 'unknown');
    this.actOverMany(what, at, ids);
    // Only a look-up or a person settles a doubt.
    for (const { id } of inDoubt) expect(reads.delivery(id)?.state).toBe('unknown');
  }

  actOverMany(what: number, at: number, ids: readonly number[]): void {
    const { control } = this.store;
    if (what === 4) control.hold(ids, 'held', act(this.nowMs));
    if (what === 5) control.letGo(ids, act(this.nowMs));
    if (what === 6) control.schedule(ids, at % 2 === 0 ? null : this.nowMs + 100, act(this.nowMs));
    if (what < 7) return;
    const as = what === 7 ? ('reroute' as const) : ('readdress' as const);
    const to = at % 2 === 0 ? mail : print;
    const items = control.replaceTargets(ids).map(({ deliveryId, invoiceId, invoiceNumber, connectionId }) => {
      const connection = as === 'reroute' ? to : connectionId === 'mail' ? mail : print;
      const { channel, target, idempotencyKey } = releaseItem(invoiceId, invoiceNumber, connection);
      return { deliveryId, connectionId: connection.id, channel, target, idempotencyKey };
    });
    control.replace(items, { as, reason: 'whatever' }, act(this.nowMs));
  }

  check(): void {
    expect(new Set(this.ledger).size).toBe(this.ledger.length);
    expect(new Set(this.delivered).size).toBe(this.delivered.length);
    const { deliveries } = this.store.reads.deliveryPage(anyDelivery, 0, 1_000);
    const statesOf = new Map<number, DeliveryState[]>();
    for (const { id, invoiceId, state } of deliveries) {
      const key = this.store.reads.deliveryIdentity(id)?.idempotencyKey ?? '';
      if (state === 'accepted') expect(this.ledger).toContain(key);
      statesOf.set(invoiceId, [...(statesOf.get(invoiceId) ?? []), state]);
    }
    for (const states of statesOf.values())
      expect(states.filter((state) => state !== 'cancelled').length).toBeLessThanOrEqual(1);
    for (const key of this.ledger) {
      const states = deliveries
        .filter(({ id }) => this.store.reads.deliveryIdentity(id)?.idempotencyKey === key)
        .map(({ state }) => state);
      expect(states.some((state) => state === 'accepted' || state === 'unknown' || state === 'sending')).toBe(true);
    }
    for (const [invoiceId, states] of statesOf)
      expect(this.store.reads.invoice(invoiceId)?.state).toBe(invoiceStateOf(states));
    const counted = this.store.reads
      .lanes(null, this.nowMs)
      .flatMap(({ counts }) => Object.values(counts))
      .reduce((sum, count) => sum + count, 0);
    expect(counted).toBe(deliveries.length);
    const summary = this.store.reads.batch('batch-0001');
    expect(summary?.counts.reduce((sum, { count }) => sum + count, 0)).toBe(deliveryCount);
  }
}

/** What an honest adapter may say: never "not sent" after an effect, never "accepted" without one. */
function possibleOutcome(flight: Flight, kind: number): AttemptOutcome {
  if (flight.hadEffect)
    return kind % 2 === 0
      ? { kind: 'accepted', receipt: {} }
      : { kind: 'unknown', phase: 'effect', code: 'c', detail: '' };
  const outcomes: readonly AttemptOutcome[] = [
    { kind: 'refused', code: 'c', detail: '' },
    { kind: 'notSent', code: 'c', detail: '', scope: 'delivery', isPermanent: false },
    { kind: 'notSent', code: 'c', detail: '', scope: 'delivery', isPermanent: true },
    { kind: 'notSent', code: 'c', detail: '', scope: 'connection', isPermanent: false },
    { kind: 'throttled', retryAfterMs: 1, code: 'c', detail: '' },
    { kind: 'unknown', phase: 'effect', code: 'c', detail: '' },
  ];
  return outcomes[kind % outcomes.length] ?? { kind: 'refused', code: 'c', detail: '' };
}

const step = fc.record({
  what: fc.constantFrom(
    'acquire',
    'claim',
    'claim',
    'mark',
    'mark',
    'mark',
    'effect',
    'effect',
    'record',
    'record',
    'record',
    'crash',
    'time',
    'operator',
    'operator',
    'operator',
    'steer',
    'steer',
  ),
  worker: fc.nat(2),
  at: fc.nat(20),
  kind: fc.nat(20),
});

test('whatever happens in whatever order, no invoice is sent twice and none is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 60, maxLength: 180 }), async (steps) => {
      const folder = await temporaryFolder();
      const store = await openOrFail(`${folder.path}/utskick.db`);
      try {
        for (const one of [mail, print]) store.config.saveConnection(one, act());
        importBatch(store, 'batch-0001', { rows: rows(deliveryCount) });
        releaseAll(store, 'batch-0001', mail, 1_000_000);
        const world = new World(store);
        for (const { what, worker: index, at, kind } of steps) {
          const worker = world.workers[index];
          if (worker === undefined) continue;
          world.nowMs += 10;
          if (what === 'acquire') world.acquire(worker);
          if (what === 'claim') world.claim(worker, 1 + (at % 4));
          if (what === 'mark') world.mark(worker, at);
          if (what === 'effect') world.effect(worker, at);
          if (what === 'record') world.record(worker, at, kind);
          if (what === 'crash') world.crash(worker);
          if (what === 'time') world.nowMs += 200;
          if (what === 'operator') world.operator(kind % 9, at);
          if (what === 'steer') world.steer(4 + (kind % 5), at);
          world.check();
        }
      } finally {
        store.close();
        await folder.dispose();
      }
    }),
    // What is found is told with what it was shrunk to by then, not as a test that took too long.
    { numRuns: 40, interruptAfterTimeLimit: 100_000 },
  );
}, 300_000);

// Every row of the transition table, driven through a real store; and for each the claims that came too late, which it must refuse.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deliveryTransitions, sourcesOf } from '../../../src/main/domain/delivery-state.ts';
import type { DeliveryTransition, TransitionCause } from '../../../src/main/domain/delivery-state.ts';
import type { AttemptOutcome } from '../../../src/main/ports/channel-adapter.ts';
import type { ClaimedDelivery, OutcomeRecord, Store } from '../../../src/main/ports/store.ts';
import { createDoubter } from '../../../src/main/store/sent-after-copy.ts';
import { deliveryStates } from '../../../src/shared/schema/delivery.ts';
import type { DeliveryState } from '../../../src/shared/schema/delivery.ts';
import {
  act,
  connection,
  importBatch,
  openOrFail,
  releaseAll,
  rows,
  temporaryFolder,
} from '../../support/store-workspace.ts';

const print = connection('print', 'sftp');
const nowMs = 2_000_000;
/** One delivery for each case, and some more for those that take two. */
const invoices = 400;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let store: Store;
/** A runner that lost the lease, and the one that has it. */
let lostFence: number;
let fence: number;

beforeAll(async () => {
  folder = await temporaryFolder();
  store = await openOrFail(`${folder.path}/utskick.db`);
  store.config.saveConnection(print, act());
  importBatch(store, 'batch-0001', { rows: rows(invoices) });
  releaseAll(store, 'batch-0001', print, 1);
  lostFence = takeLease('lost');
  fence = takeLease('current');
});

afterAll(async () => {
  store.close();
  await folder.dispose();
});

function takeLease(id: string): number {
  const held = store.deliveries.acquireRunnerLease(
    { pid: process.pid, id },
    { nowMs, untilMs: nowMs + 60_000 },
    () => true,
  );
  if (held === null) throw new Error('the lease is held by another');
  return held.fence;
}

/** A delivery on its way to the state that a case begins with. */
interface Case {
  readonly id: number;
  /** The claim it was brought there with; null: never claimed. */
  readonly claim: ClaimedDelivery | null;
}

function stateOf({ id }: Pick<Case, 'id'>): DeliveryState | undefined {
  return store.reads.delivery(id)?.state;
}

/** All that is known of a delivery: a refused change may alter none of it. */
function everythingOf({ id }: Pick<Case, 'id'>): unknown {
  return [store.reads.delivery(id), store.reads.attempts(id), store.reads.deliveryIdentity(id)];
}

function only(one: Pick<Case, 'id'>, states: readonly DeliveryState[] = []) {
  return { batchId: null, connectionId: null, states: [...states], search: '', ids: [one.id] };
}

const outcomes: Readonly<Partial<Record<TransitionCause, AttemptOutcome>>> = {
  accepted: { kind: 'accepted', receipt: { path: 'x' } },
  refused: { kind: 'refused', code: 'c', detail: '' },
  notSent: { kind: 'notSent', code: 'c', detail: '', scope: 'delivery', isPermanent: false },
  spent: { kind: 'notSent', code: 'c', detail: '', scope: 'delivery', isPermanent: true },
  throttled: { kind: 'throttled', code: 'c', detail: '', retryAfterMs: 1 },
  laneStopped: { kind: 'notSent', code: 'c', detail: '', scope: 'connection', isPermanent: false },
  unknown: { kind: 'unknown', code: 'c', detail: '', phase: 'effect' },
};

function recordOf(claim: ClaimedDelivery, { from, to, cause }: DeliveryTransition): OutcomeRecord {
  const outcome = outcomes[cause];
  if (outcome === undefined) throw new Error(`${cause} is no outcome of an attempt`);
  return {
    deliveryId: claim.deliveryId,
    attempt: claim.attempt,
    outcome,
    phase: 'effect',
    fromState: from,
    toState: to,
    dueAtMs: nowMs,
    nowMs,
    countsAsAttempt: cause !== 'throttled' && cause !== 'laneStopped',
  };
}

/** The next delivery that nothing has happened to, brought to a state by the verbs that lead there. */
function bringTo(state: DeliveryState): Case {
  const [fresh] = store.deliveries.claim({ fence, connectionId: 'print', limit: 1, nowMs });
  if (fresh === undefined) throw new Error('there are too few deliveries for all cases');
  const made: Case = { id: fresh.deliveryId, claim: fresh };
  if (state === 'claimed') return made;
  if (state === 'queued') {
    store.deliveries.record(fence, [recordOf(fresh, { from: 'claimed', to: 'queued', cause: 'laneStopped' })]);
    return made;
  }
  if (state === 'cancelled') {
    const queued = bringTo('queued');
    expect(store.deliveries.cancel(only(queued), act(nowMs))).toBe(1);
    store.deliveries.record(fence, [recordOf(fresh, { from: 'claimed', to: 'failed', cause: 'spent' })]);
    return queued;
  }
  expect(store.deliveries.markSending(fence, [fresh], nowMs)).toEqual([made.id]);
  if (state === 'sending') return made;
  const end = deliveryTransitions.find(({ from, to }) => from === 'sending' && to === state);
  if (end === undefined) throw new Error(`nothing leads from sending to ${state}`);
  store.deliveries.record(fence, [recordOf(fresh, end)]);
  expect(stateOf(made)).toBe(state);
  return made;
}

/** How each cause is brought about: true when the store made the change. `stale` makes it come too late. */
type Drive = (one: Case, row: DeliveryTransition, stale: Stale) => boolean;
type Stale = 'none' | 'lostLease' | 'otherAttempt' | 'otherState';
/** What can be too late about each cause. */
const everyStale = ['lostLease', 'otherAttempt', 'otherState'] as const;

function record(one: Case, row: DeliveryTransition, stale: Stale): boolean {
  if (one.claim === null) throw new Error('never claimed');
  const entry = recordOf(one.claim, row);
  const { stale: refused } = store.deliveries.record(stale === 'lostLease' ? lostFence : fence, [
    {
      ...entry,
      attempt: entry.attempt + (stale === 'otherAttempt' ? 1 : 0),
      fromState: stale === 'otherState' ? (row.from === 'claimed' ? 'sending' : 'claimed') : row.from,
    },
  ]);
  return refused.length === 0;
}

function resolve(by: 'lookUp' | 'operator'): Drive {
  return ({ id }, { to }) => {
    if (to !== 'accepted' && to !== 'queued') throw new Error(`an unknown delivery cannot become ${to}`);
    return store.deliveries.resolveUnknown(id, { toState: to, by, reason: 'r', receipt: null }, act(nowMs));
  };
}

const drives: Readonly<Record<TransitionCause, { readonly drive: Drive; readonly stale: readonly Stale[] }>> = {
  claim: {
    stale: ['lostLease'],
    drive: (one, _row, stale) => {
      const claimed = store.deliveries.claim({
        fence: stale === 'lostLease' ? lostFence : fence,
        connectionId: 'print',
        limit: invoices,
        nowMs,
      });
      for (const other of claimed)
        if (other.deliveryId !== one.id)
          store.deliveries.record(fence, [recordOf(other, { from: 'claimed', to: 'queued', cause: 'laneStopped' })]);
      return claimed.some(({ deliveryId }) => deliveryId === one.id);
    },
  },
  markSending: {
    stale: ['lostLease', 'otherAttempt'],
    drive: ({ id, claim }, _row, stale) =>
      store.deliveries
        .markSending(
          stale === 'lostLease' ? lostFence : fence,
          [{ deliveryId: id, attempt: (claim?.attempt ?? 0) + (stale === 'otherAttempt' ? 1 : 0) }],
          nowMs,
        )
        .includes(id),
  },
  accepted: { drive: record, stale: everyStale },
  refused: { drive: record, stale: everyStale },
  notSent: { drive: record, stale: everyStale },
  spent: { drive: record, stale: everyStale },
  throttled: { drive: record, stale: everyStale },
  laneStopped: { drive: record, stale: everyStale },
  unknown: { drive: record, stale: everyStale },
  recovery: {
    stale: ['lostLease'],
    drive: (_one, _row, stale) => {
      if (stale === 'lostLease') return store.deliveries.recover(lostFence, nowMs).requeued > 0;
      lostFence = fence;
      fence = takeLease('after a crash');
      const { requeued, unknown } = store.deliveries.recover(fence, nowMs);
      return requeued + unknown === 1;
    },
  },
  lookUp: { drive: resolve('lookUp'), stale: [] },
  operatorWord: { drive: resolve('operator'), stale: [] },
  retry: { drive: (one) => store.deliveries.retry(only(one), act(nowMs)) === 1, stale: [] },
  cancel: { drive: (one) => store.deliveries.cancel(only(one), act(nowMs)) === 1, stale: [] },
  restored: { drive: markAsRestored, stale: [] },
};

/** As the opening of a restored database does it, over the same file; restored.test.ts has the whole way. */
function markAsRestored({ id }: Case, { from }: DeliveryTransition): boolean {
  const db = new Database(`${folder.path}/utskick.db`);
  try {
    const invoiceId = store.reads.delivery(id)?.invoiceId ?? 0;
    db.transaction(() => {
      createDoubter(db)({ id, invoice_id: invoiceId, state: from }, nowMs, nowMs);
    })();
    return true;
  } catch (error) {
    expect(String(error)).toContain(`is not ${from}`);
    return false;
  } finally {
    db.close();
  }
}

/** Who starts a change over, when the store has already made it. */
const repeatable: ReadonlySet<TransitionCause> = new Set(['claim', 'recovery']);

describe.each(deliveryTransitions)('$from → $to by $cause', (row) => {
  const { drive, stale } = drives[row.cause];

  test('is made by the store, once', () => {
    const one = bringTo(row.from);
    expect(drive(one, row, 'none')).toBe(true);
    expect(stateOf(one)).toBe(row.to);
    const after = everythingOf(one);
    if (!repeatable.has(row.cause)) expect(drive(one, row, 'none')).toBe(false);
    expect(everythingOf(one)).toEqual(after);
    tidy(one);
  });

  test.each(stale)('is refused to a claim that is stale by %s', (kind) => {
    const one = bringTo(row.from);
    const before = everythingOf(one);
    expect(drive(one, row, kind)).toBe(false);
    expect(everythingOf(one)).toEqual(before);
    tidy(one);
  });
});

describe.each(['lookUp', 'operatorWord', 'retry', 'cancel'] as const)('%s', (cause) => {
  const sources = sourcesOf(cause);
  test.each(deliveryStates.filter((state) => !sources.includes(state)))('leaves what is %s as it is', (from) => {
    const one = bringTo(from);
    const before = everythingOf(one);
    expect(drives[cause].drive(one, { from, to: 'queued', cause }, 'none')).toBe(false);
    expect(everythingOf(one)).toEqual(before);
    tidy(one);
  });
});

test('an attempt’s end that the table does not list is refused as a bug, from every state to every other', () => {
  const one = bringTo('claimed');
  if (one.claim === null) throw new Error('never claimed');
  const claim = one.claim;
  const before = everythingOf(one);
  for (const from of deliveryStates)
    for (const to of deliveryStates) {
      if (deliveryTransitions.some((row) => row.from === from && row.to === to)) continue;
      expect(() => store.deliveries.record(fence, [recordOf(claim, { from, to, cause: 'accepted' })])).toThrow(
        'cannot go',
      );
    }
  expect(everythingOf(one)).toEqual(before);
  tidy(one);
});

test('every UPDATE of a delivery’s state in the store names the state it starts from, and the attempt', () => {
  const updates = statements().filter((sql) => /^UPDATE deliveries SET (?:\w+ = [^,]+, )*state = /u.test(sql));
  expect(updates.length).toBeGreaterThanOrEqual(7);
  for (const sql of updates) {
    const set = sql.slice(0, sql.indexOf(' WHERE '));
    const where = sql.slice(set.length);
    expect(where, sql).toMatch(/\bstate (?:=|IN) /u);
    // The claim is the one that gives the attempt its number.
    expect(`${where}${set.includes('attempt = attempt + 1') ? ' attempt = ' : ''}`, sql).toMatch(/\battempt = /u);
  }
});

/** Nothing stays under way that a later recovery would count. */
function tidy(one: Case): void {
  const state = stateOf(one);
  if (state !== 'claimed' && state !== 'sending') return;
  lostFence = fence;
  fence = takeLease('tidy');
  store.deliveries.recover(fence, nowMs);
}

/** The SQL texts of the store's source, on one line each. */
function statements(): string[] {
  const root = fileURLToPath(new URL('../../../src/main/store/writes', import.meta.url));
  return readdirSync(root).flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/(["`])(UPDATE [^"`]+)\1/gu)].map(([, , sql = '']) =>
      sql.replaceAll(/\s+/gu, ' '),
    ),
  );
}

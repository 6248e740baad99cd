// The operator's acts in a real file: what each changes, what it leaves, and that none makes a second delivery of what may have been sent.

import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ReleaseItem } from '../../../src/main/ports/release-item.ts';
import type { Store } from '../../../src/main/ports/store.ts';
import type { AttemptOutcome } from '../../../src/main/ports/channel-adapter.ts';
import type { DeliveryFilter } from '../../../src/shared/contract/methods.ts';
import type { Delivery } from '../../../src/shared/schema/delivery.ts';
import {
  act,
  connection,
  importBatch,
  openOrFail,
  releaseAll,
  releaseItem,
  rows,
  sha256,
  temporaryFolder,
} from '../../support/store-workspace.ts';

const batchId = 'batch-0001';
const mail = connection('mail', 'email');
const print = connection('print', 'sftp');
const all: DeliveryFilter = { batchId: null, connectionId: null, states: [], search: '' };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let store: Store;
let fence: number;

beforeEach(async () => {
  folder = await temporaryFolder();
  store = await openOrFail(`${folder.path}/utskick.db`);
  for (const one of [mail, print]) store.config.saveConnection(one, act());
  importBatch(store, batchId, { rows: rows(6) });
  fence =
    store.deliveries.acquireRunnerLease({ pid: process.pid, id: 'runner' }, { nowMs: 1, untilMs: 1e9 }, () => true)
      ?.fence ?? 0;
});

afterEach(async () => {
  store.close();
  await folder.dispose();
});

function deliveries(filter: Partial<DeliveryFilter> = {}): Delivery[] {
  return store.reads.deliveryPage({ ...all, ...filter }, 0, 100).deliveries;
}

function claim(connectionId = 'mail', limit = 100, nowMs = 2_000_000) {
  return store.deliveries.claim({ fence, connectionId, limit, nowMs });
}

/** Lets the next deliveries end as told, oldest first. */
function deliver(outcomes: readonly AttemptOutcome[], connectionId = 'mail'): void {
  const claims = claim(connectionId, outcomes.length);
  store.deliveries.markSending(fence, claims, 2_000_001);
  store.deliveries.record(
    fence,
    claims.map(({ deliveryId, attempt }, at) => {
      const outcome = outcomes[at] ?? acceptedOutcome;
      return {
        deliveryId,
        attempt,
        outcome,
        phase: 'replySeen',
        fromState: 'sending',
        toState: outcome.kind === 'accepted' ? 'accepted' : outcome.kind === 'refused' ? 'rejected' : 'unknown',
        dueAtMs: 0,
        nowMs: 2_000_002,
        countsAsAttempt: true,
      };
    }),
  );
}

const acceptedOutcome: AttemptOutcome = { kind: 'accepted', receipt: { reply: 'ok' } };
const full: AttemptOutcome = { kind: 'refused', code: 'smtp.recipient-refused', detail: '552 5.2.2 Mailbox full' };
const nobody: AttemptOutcome = { kind: 'refused', code: 'smtp.recipient-refused', detail: '550 5.1.1 No such user' };
const doubt: AttemptOutcome = { kind: 'unknown', phase: 'effect', code: 'smtp.no-reply', detail: '' };

function states(): string[] {
  return deliveries().map(({ state }) => state);
}

function invoiceStates(): string[] {
  const filter = { states: [], channels: [], withProblems: false, search: '' };
  return store.reads
    .invoicePage({ batchId, filter, sort: 'ordinal', isDescending: false }, 0, 100)
    .rows.map(({ state }) => state);
}

function count(sql: string): unknown {
  const db = new Database(`${folder.path}/utskick.db`, { readonly: true });
  const value = db.prepare(sql).pluck().get();
  db.close();
  return value;
}

describe('a hold', () => {
  test('keeps what is queued out of the queue until it is let go, and leaves what is under way', () => {
    releaseAll(store, batchId, mail, 1_000_000);
    const [first] = claim('mail', 1);
    const ids = deliveries().map(({ id }) => id);
    expect(store.control.hold(ids, 'the customer called', act())).toBe(5);
    expect(claim()).toEqual([]);
    expect(store.deliveries.dueConnections(3_000_000)).toEqual([]);
    expect(store.reads.lanes(null, 0)[0]).toMatchObject({ held: 5 });
    expect(store.control.plan('letGo', all, null)).toMatchObject({
      count: 5,
      left: [{ reason: 'underWay', count: 1 }],
    });
    expect(store.control.letGo([ids[1] ?? 0], act())).toBe(1);
    expect(claim().map(({ deliveryId }) => deliveryId)).toEqual([ids[1]]);
    expect(first?.deliveryId).toBe(ids[0]);
    expect(deliveries({ isHeld: true })).toHaveLength(4);
  });

  test('is passed over by a retry and ended by a cancel', () => {
    releaseAll(store, batchId, mail, 1_000_000);
    const ids = deliveries().map(({ id }) => id);
    store.control.hold(ids.slice(0, 2), '', act());
    expect(store.deliveries.cancel({ ...all, ids }, act())).toBe(6);
    expect(deliveries().map(({ hold }) => hold)).toEqual(Array(6).fill(null));
    expect(invoiceStates()).toEqual(Array(6).fill('ready'));
  });

  test('on a claimed delivery is refused by the database itself', () => {
    releaseAll(store, batchId, mail, 1_000_000);
    claim('mail', 1);
    const db = new Database(`${folder.path}/utskick.db`);
    expect(() => db.prepare("UPDATE deliveries SET hold = 'operator' WHERE state = 'claimed'").run()).toThrow(/CHECK/u);
    db.close();
  });
});

describe('a wished time', () => {
  test('is waited for, also when the clock is set back, and a retry does not change it for what is queued', () => {
    releaseAll(store, batchId, mail, 1_000_000);
    const ids = deliveries().map(({ id }) => id);
    expect(store.control.schedule(ids.slice(0, 4), 5_000_000, act())).toBe(4);
    expect(claim('mail', 100, 4_999_999)).toHaveLength(2);
    store.deliveries.pullDueTimes(fence, 1_500_000);
    expect(claim('mail', 100, 4_999_999)).toEqual([]);
    expect(store.deliveries.dueConnections(1)).toMatchObject([{ connectionId: 'mail', nextDueAtMs: 5_000_000 }]);
    expect(store.control.schedule(ids.slice(0, 1), null, act(1_500_000))).toBe(1);
    expect(claim('mail', 100, 1_500_000)).toHaveLength(1);
    expect(claim('mail', 100, 5_000_000)).toHaveLength(3);
  });
});

describe('a retry by cause', () => {
  test('counts first, and takes those of the cause alone', () => {
    releaseAll(store, batchId, mail, 1_000_000);
    deliver([full, nobody, full, doubt, acceptedOutcome]);
    const causes = store.control.causes({ ...all, states: ['rejected', 'failed'] });
    expect(causes.map(({ cause, status, count: many }) => [cause, status, many])).toEqual([
      ['smtp.recipient-refused 5.2.2', '5.2.2', 2],
      ['smtp.recipient-refused 5.1.1', '5.1.1', 1],
    ]);
    const filter = { ...all, causes: [causes[0]?.cause ?? ''] };
    expect(store.control.plan('retry', filter, null)).toMatchObject({
      count: 2,
      sums: [{ currency: 'SEK', amountMinor: 20_002 }],
      left: [],
    });
    expect(store.deliveries.retry(filter, act())).toBe(2);
    expect(states()).toEqual(['queued', 'rejected', 'queued', 'unknown', 'accepted', 'queued']);
  });

  test('of everything leaves what was sent and what may have been, and says so', () => {
    releaseAll(store, batchId, mail, 1_000_000);
    deliver([full, doubt, acceptedOutcome]);
    claim('mail', 1);
    const plan = store.control.plan('retry', all, null);
    expect(plan.count).toBe(1);
    expect(plan.left).toEqual(
      expect.arrayContaining([
        { reason: 'sent', count: 1 },
        { reason: 'unknown', count: 1 },
        { reason: 'underWay', count: 1 },
        { reason: 'otherState', count: 2 },
      ]),
    );
  });
});

describe('a re-routing', () => {
  test('takes back here and queues the same document there, in one transaction, only what certainly was not sent', () => {
    releaseAll(store, batchId, mail, 1_000_000);
    deliver([full, doubt, acceptedOutcome]);
    claim('mail', 1);
    const before = deliveries();
    const ids = before.map(({ id }) => id);
    const items = ids.map((deliveryId) => replacement(deliveryId, 'print'));
    expect(store.control.replace(items, { as: 'reroute', reason: 'the server is down' }, act())).toBe(3);
    expect(states()).toEqual([
      'cancelled',
      'unknown',
      'accepted',
      'claimed',
      'cancelled',
      'cancelled',
      'queued',
      'queued',
      'queued',
    ]);
    const moved = deliveries({ connectionId: 'print' });
    expect(moved.map(({ documentSha256 }) => documentSha256)).toEqual(
      [0, 4, 5].map((at) => before[at]?.documentSha256),
    );
    expect(store.control.replace(items, { as: 'reroute', reason: 'again' }, act())).toBe(0);
    expect(invoiceStates()).toEqual(['waiting', 'unknown', 'sent', 'waiting', 'waiting', 'waiting']);
  });

  test('to a connection that was removed, or that has the invoice already, changes nothing', () => {
    releaseAll(store, batchId, mail, 1_000_000);
    const [first] = deliveries();
    store.releases.write(batchId, [releaseItem(first?.invoiceId ?? 0, first?.invoiceNumber ?? '', print)], act());
    const items = deliveries({ connectionId: 'mail' }).map(({ id }) => replacement(id, 'print'));
    expect(store.control.plan('reroute', { ...all, connectionId: 'mail' }, 'print')).toMatchObject({
      count: 5,
      left: [{ reason: 'alreadyThere', count: 1 }],
    });
    expect(store.control.replace(items.slice(0, 1), { as: 'reroute', reason: 'no' }, act())).toBe(0);
    store.deliveries.cancel({ ...all, connectionId: 'print' }, act());
    store.config.removeConnection('print', act());
    expect(store.control.replace(items, { as: 'reroute', reason: 'no' }, act())).toBe(0);
    expect(states().filter((state) => state === 'queued')).toHaveLength(6);
  });

  test('keeps the hold, the wish and the place among the first few', () => {
    releaseAll(store, batchId, mail, 1_000_000);
    const [first] = deliveries();
    store.control.schedule([first?.id ?? 0], 9_000_000, act());
    store.control.hold([first?.id ?? 0], '', act());
    store.control.replace([replacement(first?.id ?? 0, 'print')], { as: 'reroute', reason: 'test' }, act());
    expect(deliveries({ connectionId: 'print' })[0]).toMatchObject({
      hold: 'operator',
      notBeforeMs: 9_000_000,
      dueAtMs: 9_000_000,
    });
    expect(claim('print', 10, 10_000_000)).toEqual([]);
  });
});

describe('a new address', () => {
  test('replaces what was refused, is the invoice’s from then on, and is kept with its reason', () => {
    releaseAll(store, batchId, mail, 1_000_000);
    deliver([nobody, doubt, acceptedOutcome]);
    expect(store.control.addresses(all)).toMatchObject({
      total: 1,
      addresses: [{ address: 'kund@example.com', count: 1, lastDetail: '550 5.1.1 No such user' }],
    });
    const items = deliveries().map(({ id }) => ({ ...replacement(id, 'mail'), target: 'ny@example.com' }));
    expect(store.control.replace(items, { as: 'readdress', reason: 'typed wrongly' }, act())).toBe(1);
    const [first] = deliveries();
    const fresh = deliveries({ search: 'ny@example.com', states: ['queued'] });
    expect(fresh.map(({ target, state }) => [target, state])).toEqual([['ny@example.com', 'queued']]);
    expect(store.reads.invoice(first?.invoiceId ?? 0)).toMatchObject({ email: 'ny@example.com', state: 'waiting' });
    expect(store.reads.timeline(first?.invoiceId ?? 0)).toContainEqual(
      expect.objectContaining({
        kind: 'readdressed',
        facts: { before: 'kund@example.com', after: 'ny@example.com', reason: 'typed wrongly' },
      }),
    );
    store.deliveries.cancel({ ...all, ids: fresh.map(({ id }) => id) }, act());
    const candidates = store.releases.candidates(batchId, { states: ['ready'], notReleasedTo: null, limit: null });
    expect(candidates.map(({ email }) => email)).toEqual(['ny@example.com']);
  });
});

describe('another copy', () => {
  const order = (deliveryId: number, change = {}) => ({
    deliveryId,
    connectionId: 'mail',
    channel: 'email' as const,
    target: 'kund@example.com',
    generation: 1,
    idempotencyKey: sha256('copy 1'),
    reason: 'the customer lost it',
    requestId: 'request-1',
    ...change,
  });

  test('is one for each order, only of what arrived, and leaves an audit entry with its reason', () => {
    releaseAll(store, batchId, mail, 1_000_000);
    deliver([acceptedOutcome, nobody, doubt]);
    const [arrived, refused, unknown, queued] = deliveries();
    const id = store.control.copy(order(arrived?.id ?? 0), act());
    expect(store.control.copy(order(arrived?.id ?? 0), act())).toBe(id);
    for (const other of [refused, unknown, queued])
      expect(
        store.control.copy(order(other?.id ?? 0, { requestId: 'other', idempotencyKey: sha256('x') }), act()),
      ).toBe(null);
    expect(deliveries({ ids: [id ?? 0] })).toMatchObject([{ generation: 1, state: 'queued' }]);
    expect(store.control.lastGeneration(arrived?.invoiceId ?? 0)).toBe(1);
    expect(count("SELECT facts_json FROM audit WHERE action = 'copy'")).toContain('the customer lost it');
    expect(count('SELECT count(*) FROM deliveries WHERE generation > 0')).toBe(1);
  });
});

describe('a release written in steps', () => {
  const items = (to = mail): (ReleaseItem & { readonly isFirst: boolean })[] =>
    store.releases
      .candidates(batchId, { states: ['ready'], notReleasedTo: null, limit: null })
      .map(({ invoiceId, invoiceNumber }, at) => ({ ...releaseItem(invoiceId, invoiceNumber, to), isFirst: at < 2 }));
  const begin = (isTrial: boolean): number =>
    store.control.beginRun(batchId, { isTrial, ownerPid: 4_711 }, act(1_000_000));

  test('gives nothing away before it is whole, then everything', () => {
    const run = begin(false);
    const [one, ...others] = items();
    store.control.addToRun(run, one === undefined ? [] : [one], act());
    expect(claim()).toEqual([]);
    expect(store.deliveries.cancel(all, act())).toBe(0);
    expect(store.control.settleRun(run, 100, act())).toBe(0);
    store.control.addToRun(run, others, act());
    store.control.finishRun(run, { written: 6, left: 0, corrected: 0 }, act());
    expect(claim()).toEqual([]);
    expect(store.control.settleRun(run, 4, act())).toBe(4);
    expect(store.control.settleRun(run, 4, act())).toBe(2);
    expect(store.control.settleRun(run, 4, act())).toBe(0);
    expect(claim()).toHaveLength(6);
    expect(count("SELECT count(*) FROM audit WHERE action = 'release'")).toBe(1);
  });

  test('by a process that died is taken back, and the invoices can be released again', () => {
    const run = begin(false);
    store.control.addToRun(run, items().slice(0, 4), act());
    expect(store.control.unsettledRuns((pid) => pid === 4_711)).toEqual([]);
    expect(store.control.unsettledRuns(() => false)).toEqual([run]);
    while (store.control.settleRun(run, 3, act()) > 0);
    expect(invoiceStates()).toEqual(Array(6).fill('ready'));
    expect(store.control.unsettledRuns(() => false)).toEqual([]);
    expect(releaseAll(store, batchId, mail, 1_000_000)).toBe(6);
    expect(claim()).toHaveLength(6);
  });

  test('that died while it let go goes on letting go, and takes nothing back', () => {
    const run = begin(false);
    store.control.addToRun(run, items(), act());
    store.control.finishRun(run, { written: 6, left: 0, corrected: 0 }, act());
    store.control.settleRun(run, 2, act());
    expect(store.control.unsettledRuns(() => false)).toEqual([run]);
    while (store.control.settleRun(run, 3, act()) > 0);
    expect(claim()).toHaveLength(6);
  });

  test('sends its first few alone, and the rest only by the decision', () => {
    const run = begin(true);
    store.control.addToRun(run, items(), act());
    store.control.finishRun(run, { written: 6, left: 0, corrected: 0 }, act());
    store.control.settleRun(run, 100, act());
    expect(store.control.trials(null)).toMatchObject([
      { id: run, batchId, firstCount: 2, first: { queued: 2 }, rest: { count: 4 }, verdict: 'running' },
    ]);
    expect(
      store.control.letGo(
        deliveries().map(({ id }) => id),
        act(),
      ),
    ).toBe(0);
    deliver([acceptedOutcome, full]);
    expect(claim()).toEqual([]);
    expect(store.control.trials(batchId)).toMatchObject([{ first: { accepted: 1, rejected: 1 }, verdict: 'faulty' }]);
    expect(store.control.decideTrial(run, 'goOn', act())).toBe(true);
    expect(store.control.decideTrial(run, 'stop', act())).toBe(false);
    while (store.control.settleRun(run, 3, act()) > 0);
    expect(store.control.trials(null)).toEqual([]);
    expect(claim()).toHaveLength(4);
  });

  test('whose trial is stopped takes the rest back and leaves the first as they are', () => {
    const run = begin(true);
    store.control.addToRun(run, items(), act());
    store.control.finishRun(run, { written: 6, left: 0, corrected: 0 }, act());
    store.control.settleRun(run, 100, act());
    deliver([acceptedOutcome, acceptedOutcome]);
    store.control.decideTrial(run, 'stop', act());
    expect(store.control.unsettledRuns(() => true)).toEqual([run]);
    while (store.control.settleRun(run, 3, act()) > 0);
    expect(invoiceStates()).toEqual(['sent', 'sent', 'ready', 'ready', 'ready', 'ready']);
    expect(claim()).toEqual([]);
  });

  test('prints an index of the first few without waiting for the rest', () => {
    const run = begin(true);
    store.control.addToRun(run, items(print), act());
    store.control.finishRun(run, { written: 6, left: 0, corrected: 0 }, act());
    store.control.settleRun(run, 100, act());
    deliver([acceptedOutcome, acceptedOutcome], 'print');
    const taken = store.deliveries.takeIndex(fence, 'print', 3_000_000);
    expect(taken.map(({ entries }) => entries.length)).toEqual([2]);
  });
});

function replacement(deliveryId: number, to: string) {
  const number = deliveries({ ids: [deliveryId] })[0]?.invoiceNumber ?? '';
  return {
    deliveryId,
    connectionId: to,
    channel: to === 'print' ? ('sftp' as const) : ('email' as const),
    target: `${number}.pdf`,
    idempotencyKey: sha256(`key ${number} ${to}`),
  };
}

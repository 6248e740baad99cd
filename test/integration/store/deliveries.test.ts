// Releases and deliveries in a real file: nothing twice, states only along the table, append-only history, recovery.

import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ClaimedDelivery, OutcomeRecord, Store } from '../../../src/main/ports/store.ts';
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

const batchId = 'batch-0001';
const mail = connection('mail', 'email');
const print = connection('print', 'sftp');
const anyDelivery = { batchId: null, connectionId: null, states: [], search: '' };
const alive = () => true;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let store: Store;

beforeEach(async () => {
  folder = await temporaryFolder();
  store = await openOrFail(`${folder.path}/utskick.db`);
  for (const one of [mail, print]) store.config.saveConnection(one, act());
  importBatch(store, batchId, { rows: rows(5) });
});

afterEach(async () => {
  store.close();
  await folder.dispose();
});

function lease(id = 'runner', pid = process.pid): number {
  const held = store.deliveries.acquireRunnerLease({ pid, id }, { nowMs: 1_000, untilMs: 20_000 }, alive);
  if (held === null) throw new Error('the lease is held');
  return held.fence;
}

function claim(fence: number, limit = 10, connectionId = 'mail'): ClaimedDelivery[] {
  return store.deliveries.claim({ fence, connectionId, limit, nowMs: Date.now() });
}

function accepted(one: ClaimedDelivery, change: Partial<OutcomeRecord> = {}): OutcomeRecord {
  const { deliveryId, attempt } = one;
  return {
    deliveryId,
    attempt,
    outcome: { kind: 'accepted', receipt: { reply: 'ok' } },
    phase: 'replySeen',
    fromState: 'sending',
    toState: 'accepted',
    dueAtMs: 0,
    nowMs: 2_000,
    countsAsAttempt: true,
    ...change,
  };
}

function invoiceStates(): string[] {
  return store.reads
    .invoicePage(
      {
        batchId,
        filter: { states: [], channels: [], withProblems: false, search: '' },
        sort: 'ordinal',
        isDescending: false,
      },
      0,
      100,
    )
    .rows.map(({ state }) => state);
}

describe('a release', () => {
  test('repeated writes nothing twice, also when another document was rendered meanwhile', () => {
    expect(releaseAll(store, batchId, mail)).toBe(5);
    expect(releaseAll(store, batchId, mail)).toBe(0);
    const [invoice] = store.releases.candidates(batchId, { states: ['waiting'], notReleasedTo: null, limit: 1 });
    const again = releaseItem(invoice?.invoiceId ?? 0, invoice?.invoiceNumber ?? '', mail);
    expect(store.releases.write(batchId, [again, { ...again, idempotencyKey: 'f'.repeat(64) }], act()).written).toBe(0);
    expect(invoiceStates()).toEqual(Array(5).fill('waiting'));
  });

  test('leaves out what was held meanwhile, and what had to be ready and is not', () => {
    const candidates = store.releases.candidates(batchId, { states: ['ready'], notReleasedTo: null, limit: null });
    const items = candidates.map(({ invoiceId, invoiceNumber }) => ({
      ...releaseItem(invoiceId, invoiceNumber, mail),
      requires: 'ready' as const,
    }));
    store.invoices.setHeld(batchId, { ids: [candidates[0]?.invoiceId ?? 0] }, { isHeld: true }, act());
    store.releases.write(batchId, [releaseItem(candidates[1]?.invoiceId ?? 0, '1001', print)], act());
    expect(store.releases.write(batchId, items, act()).written).toBe(3);
    expect(invoiceStates()).toEqual(['held', 'waiting', 'waiting', 'waiting', 'waiting']);
  });

  test('to a second connection is possible, and candidates know what a connection already has', () => {
    releaseAll(store, batchId, mail);
    expect(
      store.releases.candidates(batchId, { states: ['ready', 'waiting'], notReleasedTo: 'mail', limit: null }),
    ).toEqual([]);
    expect(releaseAll(store, batchId, print)).toBe(5);
    expect(store.releases.candidates(batchId, { states: ['ready'], notReleasedTo: null, limit: null })).toEqual([]);
  });

  test('to a connection that was removed meanwhile writes nothing', () => {
    const item = releaseItem(1, '1000', mail);
    expect(store.config.removeConnection('mail', act())).toBe(true);
    expect(store.releases.write(batchId, [item], act())).toEqual({ written: 0 });
    expect(invoiceStates()).toEqual(Array(5).fill('ready'));
    expect(store.reads.deliveryPage(anyDelivery, 0, 1).total).toBe(0);
  });

  test('of a batch that was kept back is impossible', () => {
    importBatch(store, 'batch-0002', {
      mode: 'strict',
      rows: rows(2, (at) => ({ invoiceNumber: `k${at}`, errorCount: at })),
      problems: [],
    });
    importBatch(store, 'batch-0003', { rows: rows(1, () => ({ invoiceNumber: 'q', errorCount: 1 })) });
    expect(
      store.releases.candidates('batch-0003', { states: ['quarantined', 'ready'], notReleasedTo: null, limit: null }),
    ).toEqual([]);
  });
});

describe('the runner’s writes', () => {
  test('claim each delivery once, mark it once, record it once', () => {
    releaseAll(store, batchId, mail);
    const fence = lease();
    const claims = claim(fence, 3);
    expect(claims).toHaveLength(3);
    expect(claim(fence, 10)).toHaveLength(2);
    expect(claim(fence, 10)).toHaveLength(0);
    const [one] = claims;
    if (one === undefined) throw new Error('nothing claimed');
    expect(store.deliveries.markSending(fence, [one, one], 1)).toEqual([one.deliveryId]);
    expect(store.deliveries.record(fence, [accepted(one)])).toEqual({ stale: [] });
    expect(store.deliveries.record(fence, [accepted(one)])).toEqual({ stale: [one.deliveryId] });
    expect(store.reads.attempts(one.deliveryId)).toHaveLength(1);
  });

  test('are refused to a runner whose lease was taken over', () => {
    releaseAll(store, batchId, mail);
    const old = lease('old', 1);
    const [one] = claim(old, 1);
    if (one === undefined) throw new Error('nothing claimed');
    const held = store.deliveries.acquireRunnerLease({ pid: 2, id: 'new' }, { nowMs: 30_000, untilMs: 60_000 }, alive);
    expect(held?.fence).toBe(old + 1);
    expect(store.deliveries.renewRunnerLease(old, 99_000)).toBe(false);
    expect(claim(old)).toEqual([]);
    expect(store.deliveries.markSending(old, [one], 1)).toEqual([]);
    expect(store.deliveries.record(old, [accepted(one, { fromState: 'claimed' })])).toEqual({
      stale: [one.deliveryId],
    });
    expect(store.deliveries.takeIndex(old, 'mail', 1)).toEqual([]);
    expect(store.deliveries.recover(old, 1)).toEqual({ requeued: 0, unknown: 0 });
  });

  test('refuse an old attempt of the same delivery', () => {
    releaseAll(store, batchId, mail);
    const fence = lease();
    const [first] = claim(fence, 1);
    if (first === undefined) throw new Error('nothing claimed');
    const notSent = { kind: 'notSent', code: 'c', detail: '', scope: 'connection', isPermanent: false } as const;
    store.deliveries.record(fence, [
      accepted(first, { outcome: notSent, fromState: 'claimed', toState: 'queued', countsAsAttempt: false }),
    ]);
    const second = claim(fence, 10).find(({ deliveryId }) => deliveryId === first.deliveryId);
    expect(second?.attempt).toBe(2);
    expect(store.deliveries.markSending(fence, [first], 1)).toEqual([]);
    expect(store.deliveries.record(fence, [accepted(first, { fromState: 'claimed' })])).toEqual({
      stale: [first.deliveryId],
    });
  });

  test('refuse a change of state that the table does not have', () => {
    releaseAll(store, batchId, mail);
    const fence = lease();
    const [one] = claim(fence, 1);
    if (one === undefined) throw new Error('nothing claimed');
    expect(() =>
      store.deliveries.record(fence, [accepted(one, { fromState: 'claimed', toState: 'cancelled' })]),
    ).toThrow('cannot go');
  });

  test('recover a crash: what was claimed is queued again, what was sending is unknown', () => {
    releaseAll(store, batchId, mail);
    const fence = lease();
    const claims = claim(fence, 4);
    store.deliveries.markSending(fence, claims.slice(0, 2), 1);
    const next = lease('after the crash');
    expect(store.deliveries.recover(next, 5)).toEqual({ requeued: 2, unknown: 2 });
    expect(store.deliveries.recover(next, 5)).toEqual({ requeued: 0, unknown: 0 });
    expect(invoiceStates().sort()).toEqual(['unknown', 'unknown', 'waiting', 'waiting', 'waiting']);
    const [doubtful] = claims;
    expect(store.reads.attempts(doubtful?.deliveryId ?? 0)).toMatchObject([
      { outcome: 'unknown', phase: 'effect', code: 'run.interrupted' },
    ]);
    const [requeued] = claims.slice(2);
    expect(store.reads.attempts(requeued?.deliveryId ?? 0)).toMatchObject([
      { outcome: 'notSent', phase: 'preparing', code: 'run.put-back' },
    ]);
    expect(claim(next, 10)).toHaveLength(3);
  });
});

describe('the operator', () => {
  function unknownOne(): number {
    releaseAll(store, batchId, mail);
    const fence = lease();
    const [one] = claim(fence, 1);
    if (one === undefined) throw new Error('nothing claimed');
    store.deliveries.markSending(fence, [one], 1);
    const unknown = { kind: 'unknown', phase: 'effect', code: 'c', detail: '' } as const;
    store.deliveries.record(fence, [accepted(one, { outcome: unknown, toState: 'unknown' })]);
    return one.deliveryId;
  }

  test('settles an unknown one either way, once', () => {
    const id = unknownOne();
    const verdict = { toState: 'accepted', by: 'operator', reason: 'the customer has it', receipt: null } as const;
    expect(store.deliveries.resolveUnknown(id, verdict, act())).toBe(true);
    expect(store.deliveries.resolveUnknown(id, verdict, act())).toBe(false);
    const delivery = store.reads.delivery(id);
    // "May have been sent" must not stand beside one that is settled.
    expect(delivery).toMatchObject({ state: 'accepted', lastCode: null, lastDetail: null, lastPhase: null });
    expect(store.reads.timeline(delivery?.invoiceId ?? 0).find(({ kind }) => kind === 'resolved')?.facts).toMatchObject(
      { by: 'operator', reason: 'the customer has it', connection: 'name of mail' },
    );
  });

  test('keeps the receipt of a look-up that found it', () => {
    const id = unknownOne();
    store.deliveries.resolveUnknown(
      id,
      { toState: 'accepted', by: 'lookUp', reason: 'found', receipt: { sizeBytes: 3 } },
      act(),
    );
    expect(store.reads.attempts(id)).toMatchObject([{ outcome: 'unknown', receipt: { sizeBytes: 3 } }]);
  });

  test('cancels what was not sent, and the invoice can be released again', () => {
    releaseAll(store, batchId, mail);
    expect(store.deliveries.cancel(anyDelivery, act())).toBe(5);
    expect(invoiceStates()).toEqual(Array(5).fill('ready'));
    expect(releaseAll(store, batchId, mail)).toBe(5);
    expect(store.reads.deliveryPage(anyDelivery, 0, 100).total).toBe(10);
  });

  test('cannot cancel or retry what is accepted, unknown or under way', () => {
    const id = unknownOne();
    const [under] = claim(lease(), 1);
    expect(store.deliveries.cancel(anyDelivery, act())).toBe(3);
    expect(store.deliveries.retry(anyDelivery, act())).toBe(0);
    expect(store.reads.delivery(id)?.state).toBe('unknown');
    expect(store.reads.delivery(under?.deliveryId ?? 0)?.state).toBe('claimed');
  });

  test('retries the rejected ones first in the queue, with a fresh budget', () => {
    releaseAll(store, batchId, mail);
    const fence = lease();
    const [, , third] = claim(fence, 3);
    if (third === undefined) throw new Error('nothing claimed');
    const refused = { kind: 'refused', code: 'c', detail: '' } as const;
    store.deliveries.record(fence, [accepted(third, { outcome: refused, fromState: 'claimed', toState: 'rejected' })]);
    expect(store.deliveries.retry({ ...anyDelivery, states: ['rejected'] }, act(Date.now()))).toBe(1);
    expect(claim(fence, 1)).toMatchObject([{ deliveryId: third.deliveryId, attempt: 2, tries: 0, budgetFromMs: null }]);
  });

  test('narrows by batch, connection and search', () => {
    releaseAll(store, batchId, mail);
    releaseAll(store, batchId, print);
    expect(store.reads.deliveryPage({ ...anyDelivery, connectionId: 'print' }, 0, 2)).toMatchObject({ total: 5 });
    expect(store.reads.deliveryPage({ ...anyDelivery, search: '1003.PDF' }, 0, 10)).toMatchObject({ total: 1 });
    expect(store.deliveries.cancel({ ...anyDelivery, connectionId: 'print', search: 'Kund 2' }, act())).toBe(1);
    expect(store.deliveries.cancel({ ...anyDelivery, batchId: 'other' }, act())).toBe(0);
  });

  test('touch exactly the deliveries that are named, and of those only what the other conditions and the state allow', () => {
    releaseAll(store, batchId, mail);
    releaseAll(store, batchId, print);
    const all = store.reads.deliveryPage(anyDelivery, 0, 100).deliveries;
    const mails = all.filter(({ connectionId }) => connectionId === 'mail').map(({ id }) => id);
    const [first = 0, second = 0, third = 0] = mails;
    const prints = all.filter(({ connectionId }) => connectionId === 'print').map(({ id }) => id);
    const idsOf = (filter: object): number[] =>
      store.reads.deliveryPage({ ...anyDelivery, ...filter }, 0, 100).deliveries.map(({ id }) => id);

    expect(idsOf({ ids: [second, first] })).toEqual([first, second]);
    expect(idsOf({ ids: [first, ...prints], connectionId: 'mail' })).toEqual([first]);
    expect(idsOf({ ids: [999_999] })).toEqual([]);
    expect(idsOf({ ids: [] })).toEqual([]);

    expect(store.deliveries.cancel({ ...anyDelivery, ids: [] }, act())).toBe(0);
    expect(store.deliveries.cancel({ ...anyDelivery, ids: [first, 999_999] }, act())).toBe(1);
    expect(store.deliveries.cancel({ ...anyDelivery, ids: [first] }, act())).toBe(0);
    expect(store.deliveries.cancel({ ...anyDelivery, ids: [second, ...prints], connectionId: 'mail' }, act())).toBe(1);
    const states = (): unknown[] => mails.map((id) => store.reads.delivery(id)?.state);
    expect(states()).toEqual(['cancelled', 'cancelled', 'queued', 'queued', 'queued']);

    const fence = lease();
    const [claimed] = claim(fence, 1);
    expect(claimed?.deliveryId).toBe(third);
    const failed = { kind: 'refused', code: 'c', detail: '' } as const;
    if (claimed === undefined) throw new Error('nothing claimed');
    store.deliveries.record(fence, [accepted(claimed, { outcome: failed, fromState: 'claimed', toState: 'rejected' })]);
    expect(store.deliveries.retry({ ...anyDelivery, ids: [first, second] }, act())).toBe(0);
    expect(store.deliveries.retry({ ...anyDelivery, ids: [third, first] }, act())).toBe(1);
    expect(states()).toEqual(['cancelled', 'cancelled', 'queued', 'queued', 'queued']);
  });
});

test('history cannot be changed or removed, and a state that does not exist cannot be written', () => {
  releaseAll(store, batchId, mail);
  const fence = lease();
  const [one] = claim(fence, 1);
  if (one === undefined) throw new Error('nothing claimed');
  store.deliveries.record(fence, [accepted(one, { fromState: 'claimed' })]);
  const raw = new Database(`${folder.path}/utskick.db`);
  raw.pragma('foreign_keys = ON');
  for (const sql of [
    "UPDATE attempts SET outcome = 'refused' WHERE outcome = 'accepted'",
    'DELETE FROM attempts',
    "UPDATE receipts SET receipt_json = '{}'",
    'DELETE FROM receipts',
    "UPDATE audit SET actor = 'nobody'",
    'DELETE FROM audit',
    'DELETE FROM deliveries',
    "UPDATE deliveries SET target = 'someone@else'",
    "UPDATE deliveries SET state = 'gone'",
    "UPDATE invoices SET state = 'gone'",
    "UPDATE deliveries SET state = 'claimed' WHERE state = 'queued'",
  ]) {
    expect(() => raw.exec(sql), sql).toThrow();
  }
  raw.close();
});

describe('connections', () => {
  test('are found by id or by name, keep their history when removed, and free their name', () => {
    releaseAll(store, batchId, mail);
    expect(store.config.connection('NAME OF MAIL')?.id).toBe('mail');
    expect(store.config.removeConnection('mail', act())).toBe(false);
    store.deliveries.cancel(anyDelivery, act());
    expect(store.config.removeConnection('mail', act())).toBe(true);
    expect(store.config.connection('mail')).toBe(null);
    expect(store.reads.deliveryPage(anyDelivery, 0, 1).deliveries[0]?.connectionName).toBe('name of mail');
    store.config.saveConnection({ ...connection('mail2', 'email'), name: 'name of mail' }, act());
    expect(store.config.connections().map(({ id }) => id)).toEqual(['mail2', 'print']);
  });

  test('the operator’s pause is not replaced by another block, and clearing names the block it means', () => {
    store.deliveries.setLaneBlock('mail', { blockedBy: 'offline', detail: 'gone' }, 1);
    expect(store.deliveries.clearLaneBlock('mail', 'pausedByFailures')).toBe(false);
    store.deliveries.setLaneBlock('mail', { blockedBy: 'paused', detail: '' }, 2);
    store.deliveries.setLaneBlock('mail', { blockedBy: 'offline', detail: 'gone' }, 3);
    expect(store.reads.lanes(null, 1)[0]).toMatchObject({ blockedBy: 'paused' });
    expect(store.deliveries.clearLaneBlock('mail', 'offline')).toBe(false);
    store.deliveries.setLaneBlock('mail', null, 4);
    expect(store.reads.lanes(null, 1)[0]).toMatchObject({ blockedBy: null });
  });
});

test('settings and replies come back, and old replies are forgotten', () => {
  expect(store.config.setting('x')).toBe(null);
  store.config.saveSetting('x', { a: [1, 'två'] }, act());
  expect(store.config.setting('x')).toEqual({ a: [1, 'två'] });
  store.config.rememberReply('request-1', 'm', '{"ok":true}', 1_000);
  store.config.rememberReply('request-1', 'm', '{"ok":false}', 2_000);
  expect(store.config.recallReply('request-1')).toBe('{"ok":true}');
  store.config.forgetReplies(1_001 + 24 * 3_600_000);
  expect(store.config.recallReply('request-1')).toBe(null);
});

// What keeps a lane waiting, over a real store and a clock that is moved by hand: opening hours, rates, sizes, the breaker, and throttling by a real mail server.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEmailAdapter } from '../../../src/main/adapters/email/adapter.ts';
import { createRunner } from '../../../src/main/delivery/runner.ts';
import type { Runner } from '../../../src/main/delivery/runner.ts';
import type { AttemptOutcome, ChannelAdapter } from '../../../src/main/ports/channel-adapter.ts';
import type { Store } from '../../../src/main/ports/store.ts';
import { noLimits } from '../../../src/shared/schema/connection-limits.ts';
import type { ConnectionLimits } from '../../../src/shared/schema/connection-limits.ts';
import { ok } from '../../../src/shared/result.ts';
import type { Delivery, Lane } from '../../../src/shared/schema/delivery.ts';
import { createPeer, everyChannel } from '../../support/delivery-peer.ts';
import type { Peer } from '../../support/delivery-peer.ts';
import { createHandClock } from '../../support/hand-clock.ts';
import type { HandClock } from '../../support/hand-clock.ts';
import { startTestPractice } from '../../support/smtp-sftp-practice.ts';
import {
  act,
  connection,
  importBatch,
  openOrFail,
  releaseAll,
  rows,
  silentLog,
  temporaryFolder,
} from '../../support/store-workspace.ts';

const minuteMs = 60_000;
const mail = connection('mail', 'email');
const everything = { batchId: null, connectionId: null, states: [], search: '' };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let clock: HandClock;
let store: Store;
let peer: Peer;
let startMs: number;
let runners: Runner[];
/** When each document took effect at the peer. */
let effectsAt: number[];

beforeEach(async () => {
  folder = await temporaryFolder();
  clock = createHandClock();
  startMs = clock.nowMs();
  store = await openOrFail(`${folder.path}/utskick.db`, clock);
  peer = createPeer('email');
  runners = [];
  effectsAt = [];
  peer.beforeEffect = () => {
    effectsAt.push(clock.nowMs() - startMs);
    return Promise.resolve();
  };
});

afterEach(async () => {
  for (const runner of runners) await runner.stop();
  store.close();
  await folder.dispose();
});

function makeRunner(adapter: ChannelAdapter = peer.adapter): Runner {
  const runner = createRunner({
    store,
    adapters: everyChannel(adapter),
    secrets: {
      isKeychainAvailable: () => Promise.resolve(true),
      read: () => Promise.resolve(ok(null)),
      write: () => Promise.resolve(ok(null)),
      remove: () => Promise.resolve(ok(null)),
    },
    documents: { read: () => Promise.resolve(ok(new Uint8Array(5_000))) },
    compose: () => Promise.resolve({ subject: 's', text: 't', html: 'h' }),
    clock,
    log: silentLog,
    random: () => 0.5,
    ownerPid: process.pid,
    isProcessAlive: () => true,
    onChange: () => undefined,
  });
  runners.push(runner);
  return runner;
}

function release(count: number, limits: Partial<ConnectionLimits> = {}): void {
  store.config.saveConnection({ ...mail, limits: { ...noLimits, ...limits } }, act());
  importBatch(store, 'batch-0001', { rows: rows(count) });
  expect(releaseAll(store, 'batch-0001', mail, clock.nowMs())).toBe(count);
}

function lane(): Lane {
  const [found] = store.reads.lanes(null, clock.nowMs());
  if (found === undefined) throw new Error('no lane');
  return found;
}

function deliveries(): Delivery[] {
  return store.reads.deliveryPage(everything, 0, 1_000).deliveries;
}

/** Lets everything that can happen at this moment happen. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 300; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Moves time on in steps, and lets each step's deliveries end. */
async function pass(ms: number, stepMs = ms): Promise<void> {
  for (let passedMs = 0; passedMs < ms; passedMs += stepMs) {
    await clock.advance(Math.min(stepMs, ms - passedMs));
    await settle();
  }
}

/** Another process takes over: nothing of the first one's memory is left. */
async function restart(): Promise<void> {
  for (const runner of runners.splice(0)) await runner.stop();
  store.close();
  store = await openOrFail(`${folder.path}/utskick.db`, clock);
}

describe('opening hours', () => {
  // The hand clock starts on Saturday 2026-11-21 at 01:00 in Stockholm.
  const fromFivePast: ConnectionLimits['hours'] = {
    timeZone: 'Europe/Stockholm',
    open: [{ days: [6], from: '01:05', to: '01:10' }],
    closed: [],
  };

  test('wake the lane at the minute they begin, between two looks of the runner', async () => {
    await clock.advance(437);
    release(3, { hours: fromFivePast });
    makeRunner().start();
    await pass(5 * minuteMs - 438);
    expect(effectsAt).toEqual([]);
    expect(lane().hold).toEqual({ reason: 'hours', untilMs: startMs + 5 * minuteMs });
    await pass(1);
    expect(effectsAt).toEqual([5 * minuteMs, 5 * minuteMs, 5 * minuteMs]);
    expect(lane()).toMatchObject({ hold: null, counts: { accepted: 3 } });
  });

  test('end in the middle of a batch: what is under way ends, nothing more is claimed', async () => {
    release(40, { hours: fromFivePast });
    const slow = peer.beforeEffect;
    peer.beforeEffect = async (item) => {
      await slow(item);
      await clock.sleep(50_000);
    };
    makeRunner().start();
    await pass(15 * minuteMs, 10_000);
    const { accepted, queued, claimed, sending } = lane().counts;
    expect(effectsAt.every((atMs) => atMs >= 5 * minuteMs && atMs < 11 * minuteMs)).toBe(true);
    expect([accepted + queued, claimed + sending]).toEqual([40, 0]);
    expect(queued).toBeGreaterThan(0);
    // A week later.
    expect(lane().hold).toEqual({ reason: 'hours', untilMs: startMs + 7 * 24 * 60 * minuteMs + 5 * minuteMs });
  });

  test('count as the time a delivery has: a closed fortnight between two answers uses up nothing', async () => {
    release(1, { hours: { ...fromFivePast, open: [{ days: [6], from: '01:00', to: '01:10' }] } });
    peer.behave = () => 'failBefore';
    await makeRunner().runUntilIdle();
    await restart();
    const fortnight = createHandClock();
    await fortnight.advance(14 * 24 * 60 * minuteMs);
    clock = fortnight;
    await makeRunner().runUntilIdle();
    expect(deliveries()[0]).toMatchObject({ state: 'waiting', attemptCount: 2 });
  });
});

describe('a rate', () => {
  test('is kept over any minute, also over a restart in the middle, and everything goes out in the end', async () => {
    await clock.advance(437);
    release(17, { rate: { ...noLimits.rate, perMinute: 5 } });
    makeRunner().start();
    await pass(20_000, 1_000);
    expect(effectsAt).toHaveLength(5);
    expect(lane()).toMatchObject({ hold: { reason: 'minute' }, budgets: [{ span: 'minute', used: 5, limit: 5 }] });
    await restart();
    makeRunner().start();
    await pass(30_000, 1_000);
    expect(effectsAt).toHaveLength(5);
    const untilMs = lane().hold?.untilMs ?? 0;
    await pass(untilMs - clock.nowMs());
    expect(effectsAt.length).toBeGreaterThan(5);
    expect(effectsAt[5]).toBe(untilMs - startMs);
    await pass(4 * minuteMs, 1_000);
    expect(effectsAt).toHaveLength(17);
    for (const fromMs of effectsAt)
      expect(effectsAt.filter((atMs) => atMs >= fromMs && atMs < fromMs + minuteMs).length).toBeLessThanOrEqual(5);
  });

  test('counts what the peer refused or put off, and not what a lost connection gave back', async () => {
    release(8, { rate: { ...noLimits.rate, perDay: 4 } });
    peer.behave = () => 'cutBefore';
    await makeRunner().runUntilIdle();
    expect(lane().budgets).toEqual([{ span: 'day', used: 0, limit: 4 }]);
    peer.behave = ({ invoiceNumber }) => (invoiceNumber === '1000' ? 'refuse' : 'failBefore');
    await makeRunner().runUntilIdle();
    expect(lane()).toMatchObject({ hold: { reason: 'day' }, counts: { rejected: 1, waiting: 3, queued: 4 } });
  });

  test('that is set in the middle of the day counts what went out before, however it is set', async () => {
    release(9);
    peer.behave = ({ invoiceNumber }) => (invoiceNumber === '1000' ? 'refuse' : 'accept');
    await makeRunner().runUntilIdle();
    await clock.advance(20 * minuteMs);
    const limits = { ...noLimits, rate: { perMinute: 5, perHour: 100, perDay: 200 } };
    const budgets = [
      { span: 'minute', used: 0, limit: 5 },
      { span: 'hour', used: 9, limit: 100 },
      { span: 'day', used: 9, limit: 200 },
    ];
    store.lanes.saveLimits('mail', limits, act(clock.nowMs()));
    expect(lane().budgets).toEqual(budgets);
    store.lanes.saveLimits('mail', noLimits, act(clock.nowMs()));
    expect(lane().budgets).toEqual([]);
    store.config.saveConnection({ ...mail, limits }, act(clock.nowMs()));
    expect(lane().budgets).toEqual(budgets);
  });

  test('counts what a crash left in doubt', async () => {
    release(3, { rate: { ...noLimits.rate, perHour: 3 } });
    const lease = store.deliveries.acquireRunnerLease(
      { pid: process.pid, id: 'crashed' },
      { nowMs: clock.nowMs(), untilMs: clock.nowMs() + 1_000 },
      () => true,
    );
    const fence = lease?.fence ?? 0;
    const claims = store.deliveries.claim({ fence, connectionId: 'mail', limit: 2, nowMs: clock.nowMs() });
    store.deliveries.markSending(fence, claims.slice(0, 1), clock.nowMs());
    await restart();
    await makeRunner().runUntilIdle();
    expect(lane()).toMatchObject({ counts: { unknown: 1, accepted: 2 }, budgets: [{ used: 3, limit: 3 }] });
  });
});

test('a document over the size limit fails with words before the peer is asked, and the others go', async () => {
  release(2, { maxDocumentBytes: 4_999 });
  await makeRunner().runUntilIdle();
  expect(deliveries().map(({ state, lastCode }) => [state, lastCode])).toEqual([
    ['failed', 'limit.document-too-large'],
    ['failed', 'limit.document-too-large'],
  ]);
  expect(peer.effects).toEqual([]);
  store.lanes.saveLimits('mail', { ...noLimits, maxDocumentBytes: 5_000 }, act(clock.nowMs()));
  store.deliveries.retry(everything, act(clock.nowMs()));
  await makeRunner().runUntilIdle();
  expect(lane().counts).toMatchObject({ accepted: 2 });
});

describe('the breaker', () => {
  const tries = (): number => deliveries().reduce((sum, { attemptCount }) => sum + attemptCount, 0);

  test('lets go after a run of equal failures, says why, and tries one delivery later, also after a restart', async () => {
    release(100);
    peer.behave = () => 'failBefore';
    makeRunner().start();
    await settle();
    const tripped = lane();
    expect(tripped).toMatchObject({ blockedBy: 'failing', blockCode: 'test.later', blockDetail: '450' });
    // Ten in a row, and what was under way beside the tenth.
    expect(tries()).toBeLessThanOrEqual(14);
    const before = tries();
    await restart();
    expect(lane()).toEqual(tripped);
    makeRunner().start();
    const waitMs = (tripped.nextTryAtMs ?? 0) - clock.nowMs();
    expect(waitMs).toBe(45_000);
    await pass(waitMs - 1);
    expect(tries()).toBe(before);
    await pass(1);
    expect(tries()).toBe(before + 1);
    expect((lane().nextTryAtMs ?? 0) - clock.nowMs()).toBe(90_000);
  });

  test('waits longer each time the one delivery fails, an hour at most, and uses up no more tries than that', async () => {
    release(100);
    peer.behave = () => 'failBefore';
    await makeRunner().runUntilIdle();
    const waits: number[] = [];
    for (let round = 0; round < 9; round += 1) {
      const waitMs = (lane().nextTryAtMs ?? 0) - clock.nowMs();
      waits.push(waitMs / 1_000);
      const before = tries();
      await clock.advance(waitMs);
      await restart();
      await makeRunner().runUntilIdle();
      expect(tries()).toBe(before + 1);
    }
    expect(waits).toEqual([45, 90, 180, 360, 720, 1_440, 2_700, 2_700, 2_700]);
  });

  test('goes on at full speed once the one delivery went through', async () => {
    release(100);
    peer.behave = () => 'failBefore';
    makeRunner().start();
    await settle();
    peer.behave = () => 'accept';
    peer.mostAtOnce = 0;
    await pass((lane().nextTryAtMs ?? 0) - clock.nowMs());
    expect(lane()).toMatchObject({ blockedBy: null, nextTryAtMs: null });
    await pass(2 * minuteMs, 1_000);
    expect(lane().counts).toMatchObject({ accepted: 100 });
    expect(peer.mostAtOnce).toBe(4);
    expect(store.lanes.runs('mail')).toBe(null);
  });

  test('tries at once when the operator says so', async () => {
    release(100);
    peer.behave = () => 'failBefore';
    const runner = makeRunner();
    runner.start();
    await settle();
    runner.wake();
    await settle();
    const before = tries();
    expect(store.lanes.tryNow('mail', act(clock.nowMs()))).toBe(true);
    runner.wake();
    await settle();
    expect(tries()).toBe(before + 1);
    expect(lane().blockedBy).toBe('failing');
    store.deliveries.setLaneBlock('mail', { blockedBy: 'paused', detail: '' }, clock.nowMs());
    expect(store.lanes.tryNow('mail', act(clock.nowMs()))).toBe(false);
  });

  test('counts failures over restarts: a session that ends early forgets nothing', async () => {
    release(100);
    let left = 4;
    peer.behave = () => {
      left -= 1;
      return left >= 0 ? 'failBefore' : 'cutBefore';
    };
    await makeRunner().runUntilIdle();
    expect(lane().blockedBy).toBe('offline');
    expect(store.lanes.runs('mail')).toMatchObject({ faultCode: 'test.later', equalFaults: 4, lost: 1 });
    await restart();
    left = 100;
    // The trial after the lost connection fails in another way: it lets go at once.
    await makeRunner().runUntilIdle();
    expect(lane()).toMatchObject({ blockedBy: 'failing', blockCode: 'test.later' });
  });

  test('leaves refusals to the fifty, and what only a person can mend to a person', async () => {
    release(100);
    peer.behave = () => 'refuse';
    const runner = makeRunner();
    await runner.runUntilIdle();
    expect(lane()).toMatchObject({
      blockedBy: 'pausedByFailures',
      blockCode: 'run.too-many-refused',
      nextTryAtMs: null,
    });
    expect(store.lanes.tryNow('mail', act(clock.nowMs()))).toBe(false);
    expect(lane().counts.rejected).toBeLessThanOrEqual(54);
  });

  test('tries one delivery alone after a lost connection', async () => {
    release(40);
    peer.openFailure = { code: 'net.refused', detail: 'refused', isPermanent: false };
    makeRunner().start();
    await settle();
    peer.openFailure = null;
    const atOnce: number[] = [];
    const effect = peer.beforeEffect;
    peer.beforeEffect = (item) => {
      atOnce.push(peer.mostAtOnce);
      return effect(item);
    };
    await pass(minuteMs, 1_000);
    expect(atOnce[0]).toBe(1);
    expect(lane().counts).toMatchObject({ accepted: 40 });
    expect(peer.mostAtOnce).toBe(4);
  });
});

describe('a peer that asks to wait', () => {
  const throttledBy = (change: Partial<Extract<AttemptOutcome, { readonly kind: 'throttled' }>>): ChannelAdapter => ({
    ...peer.adapter,
    open: () =>
      Promise.resolve({
        ok: true as const,
        session: {
          parallel: 1,
          send: () =>
            Promise.resolve({
              kind: 'throttled',
              retryAfterMs: 5_000,
              code: 'smtp.busy',
              detail: '421 later',
              ...change,
            }),
          close: () => Promise.resolve(),
        },
      }),
  });

  test('for everything is left alone at once, for as long as it asked, and no try is used up', async () => {
    release(20);
    await makeRunner(throttledBy({ scope: 'connection', retryAfterMs: 123_000 })).runUntilIdle();
    expect(lane()).toMatchObject({
      blockedBy: 'throttled',
      blockCode: 'smtp.busy',
      nextTryAtMs: startMs + 123_000,
      counts: { waiting: 1, queued: 19 },
    });
    expect(deliveries().every(({ attemptCount }) => attemptCount === 0)).toBe(true);
  });

  test.each([
    ['no number', Number.NaN, 60_000],
    ['a negative time', -5, 60_000],
    ['no time', 0, 1_000],
    ['ten years', 10 * 365 * 24 * 60 * minuteMs, 12 * 60 * minuteMs],
    ['for ever', Infinity, 12 * 60 * minuteMs],
  ])('for %s waits as long as makes sense', async (_, retryAfterMs, waitMs) => {
    release(2);
    await makeRunner(throttledBy({ scope: 'connection', retryAfterMs })).runUntilIdle();
    expect(lane().nextTryAtMs).toBe(startMs + waitMs);
    expect(deliveries().find(({ state }) => state === 'waiting')?.dueAtMs).toBe(startMs + waitMs);
  });

  test('over SMTP with 421 pauses the lane, costs no try, and gets everything once later', async () => {
    const practice = await startTestPractice();
    try {
      const { config } = practice.emailTarget();
      release(6);
      store.config.saveConnection({ ...mail, config }, act());
      await practice.process.misbehave({
        provider: 'smtp',
        mode: 'refuse',
        phase: 'mail',
        replyCode: 421,
        count: 1,
      });
      const adapter = createEmailAdapter();
      await makeRunner(adapter).runUntilIdle();
      expect(lane()).toMatchObject({ blockedBy: 'throttled', blockCode: 'smtp.busy' });
      expect(lane().nextTryAtMs).toBe(startMs + minuteMs);
      expect(deliveries().filter(({ state, attemptCount }) => state === 'waiting' && attemptCount === 0)).toHaveLength(
        1,
      );
      await clock.advance(minuteMs);
      await makeRunner(adapter).runUntilIdle();
      expect(lane()).toMatchObject({ blockedBy: null, counts: { accepted: 6 } });
      const taken = (await practice.ledger('smtp')).filter(({ event }) => event === 'accepted');
      expect(new Set(taken.map(({ recipient, messageId }) => `${recipient ?? ''} ${messageId ?? ''}`)).size).toBe(6);
      expect(taken).toHaveLength(6);
    } finally {
      await practice.stop();
    }
  });
});

test('what the operator wants now goes first, then what is due first, whatever was released first', async () => {
  peer = createPeer('email', 1);
  const order: string[] = [];
  peer.beforeEffect = ({ invoiceNumber }) => {
    order.push(invoiceNumber);
    return Promise.resolve();
  };
  store.config.saveConnection(mail, act());
  const add = (batchId: string, numbers: readonly string[], dueMs: number): void => {
    importBatch(store, batchId, { rows: rows(numbers.length, (at) => ({ invoiceNumber: numbers[at] ?? '' })) });
    releaseAll(store, batchId, mail, clock.nowMs() + dueMs);
  };
  add('batch-0001', ['wanted'], 0);
  peer.behave = () => 'refuse';
  await makeRunner().runUntilIdle();
  peer.behave = () => 'accept';
  add('batch-0002', ['third', 'fourth'], 3_000);
  add('batch-0003', ['second'], 2_000);
  add('batch-0004', ['first'], 1_000);
  await clock.advance(10_000);
  store.deliveries.retry(everything, act(clock.nowMs()));
  await makeRunner().runUntilIdle();
  expect(order).toEqual(['wanted', 'first', 'second', 'third', 'fourth']);
});

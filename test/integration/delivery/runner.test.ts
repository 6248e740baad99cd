// The delivery runner over a real store file and a peer that behaves on command: every way an attempt can end.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRunner, outboxPausedKey } from '../../../src/main/delivery/runner.ts';
import type { Runner, RunnerOptions } from '../../../src/main/delivery/runner.ts';
import { createSystemClock } from '../../../src/main/platform/system-clock.ts';
import type { Clock } from '../../../src/main/ports/clock.ts';
import type { Store } from '../../../src/main/ports/store.ts';
import type { PeerAnswer } from '../../../src/main/ports/unknown-store.ts';
import { fail, ok } from '../../../src/shared/result.ts';
import type { Connection } from '../../../src/shared/schema/connection.ts';
import type { DeliveryState, PdfChannel } from '../../../src/shared/schema/delivery.ts';
import { createPeer, everyChannel } from '../../support/delivery-peer.ts';
import type { Peer } from '../../support/delivery-peer.ts';
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

const batchId = 'batch-0001';
const mail = connection('mail', 'email');
const elsewhere = (config: Connection['config']): Connection['config'] =>
  config.channel === 'email' ? { ...config, host: '127.0.0.2' } : config;
const print = connection('print', 'sftp');
const anyDelivery = { batchId: null, connectionId: null, states: [], search: '' };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let store: Store;
let peers: Record<PdfChannel, Peer>;
let clock: Clock & { aheadMs: number };
const runners: Runner[] = [];

beforeEach(async () => {
  folder = await temporaryFolder();
  const system = createSystemClock();
  clock = { ...system, aheadMs: 0, nowMs: () => Date.now() + clock.aheadMs };
  store = await openOrFail(`${folder.path}/utskick.db`, clock);
  peers = { email: createPeer('email'), sftp: createPeer('sftp') };
  for (const one of [mail, print]) store.config.saveConnection(one, act());
});

afterEach(async () => {
  for (const runner of runners.splice(0)) await runner.stop();
  store.close();
  await folder.dispose();
});

function makeRunner(change: Partial<RunnerOptions> = {}): Runner {
  const runner = createRunner({
    store,
    adapters: { ...everyChannel(peers.sftp.adapter), email: peers.email.adapter },
    secrets: {
      isKeychainAvailable: () => Promise.resolve(true),
      read: () => Promise.resolve(ok(null)),
      write: () => Promise.resolve(ok(null)),
      remove: () => Promise.resolve(ok(null)),
    },
    documents: { read: () => Promise.resolve(ok(new Uint8Array([1]))) },
    compose: () => Promise.resolve({ subject: 's', text: 't', html: 'h' }),
    clock,
    log: silentLog,
    random: () => 0.5,
    ownerPid: process.pid,
    isProcessAlive: () => true,
    onChange: () => undefined,
    patience: { stopMs: 50, abortMs: 50 },
    ...change,
  });
  runners.push(runner);
  return runner;
}

function prepare(count: number, to = mail): void {
  importBatch(store, batchId, { rows: rows(count) });
  expect(releaseAll(store, batchId, to)).toBe(count);
}

function states(): Partial<Record<DeliveryState, number>> {
  const counts: Partial<Record<DeliveryState, number>> = {};
  for (const lane of store.reads.lanes(null, clock.nowMs())) {
    for (const [state, count] of Object.entries(lane.counts) as [DeliveryState, number][])
      if (count > 0) counts[state] = (counts[state] ?? 0) + count;
  }
  return counts;
}

function only() {
  const [delivery] = store.reads.deliveryPage(anyDelivery, 0, 1).deliveries;
  if (delivery === undefined) throw new Error('no delivery');
  return delivery;
}

function block(id = 'mail') {
  return store.reads.lanes(null, clock.nowMs()).find((lane) => lane.connectionId === id)?.blockedBy ?? null;
}

describe('a lane', () => {
  test('delivers everything once, with its parallel sends filled', async () => {
    prepare(50);
    expect(await makeRunner().runUntilIdle()).toEqual(ok({ attempts: 50 }));
    expect(states()).toEqual({ accepted: 50 });
    expect(new Set(peers.email.effects).size).toBe(50);
    expect(peers.email.mostAtOnce).toBe(4);
    expect(peers.email.opened).toBe(1);
    expect(store.reads.batch(batchId)?.counts.map(({ state, count }) => [state, count])).toEqual([['sent', 50]]);
  });

  test('keeps what the peer answered as the receipt and shows it in the timeline', async () => {
    prepare(1);
    await makeRunner().runUntilIdle();
    const { id, invoiceId } = only();
    expect(store.reads.attempts(id)).toMatchObject([
      { number: 1, outcome: 'accepted', phase: 'replySeen', receipt: { reply: '250 1000' } },
    ]);
    expect(store.reads.timeline(invoiceId).map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['imported', 'checked', 'released', 'attempt']),
    );
    expect(store.reads.lanes(null, clock.nowMs()).find(({ connectionId }) => connectionId === 'mail')).toMatchObject({
      perMinute: 1,
      lastAnswer: '250 1000',
    });
  });

  test('has heard from a peer that answers with a number instead of words', async () => {
    prepare(1);
    peers.email.behave = () => 'acceptWithNumber';
    await makeRunner().runUntilIdle();
    expect(store.reads.lanes(null, clock.nowMs()).find(({ connectionId }) => connectionId === 'mail')).toMatchObject({
      lastAnswer: 'peerNumber 1000',
      lastAnswerAtMs: expect.any(Number) as number,
    });
  });

  test('runs beside others: one connection that is gone does not hold up the next', async () => {
    prepare(3);
    releaseAll(store, batchId, print);
    peers.email.openFailure = { code: 'net.refused', detail: 'connection refused', isPermanent: false };
    await makeRunner().runUntilIdle();
    expect(states()).toEqual({ queued: 3, accepted: 3 });
    expect(peers.sftp.effects).toHaveLength(3);
  });

  test('stops claiming when the operator pauses it, and when the outbox is paused', async () => {
    prepare(40);
    peers.email.beforeEffect = () => {
      store.deliveries.setLaneBlock('mail', { blockedBy: 'paused', detail: '' }, clock.nowMs());
      return Promise.resolve();
    };
    await makeRunner().runUntilIdle();
    const sent = peers.email.effects.length;
    expect(sent).toBeLessThanOrEqual(8);
    expect(states()).toEqual({ accepted: sent, queued: 40 - sent });
    peers.email.beforeEffect = () => Promise.resolve();
    store.deliveries.setLaneBlock('mail', null, clock.nowMs());
    store.config.saveSetting(outboxPausedKey, true, act());
    await makeRunner().runUntilIdle();
    expect(peers.email.effects).toHaveLength(sent);
    store.config.saveSetting(outboxPausedKey, false, act());
    await makeRunner().runUntilIdle();
    expect(states()).toEqual({ accepted: 40 });
  });

  test('opens a new session when the connection was changed', async () => {
    prepare(1);
    const runner = makeRunner();
    runner.start();
    await until(() => states().accepted === 1);
    store.config.saveConnection({ ...mail, config: elsewhere(mail.config) }, act());
    importBatch(store, 'batch-0002', { rows: rows(1, () => ({ invoiceNumber: '9000' })) });
    releaseAll(store, 'batch-0002', mail);
    runner.wake();
    await until(() => states().accepted === 2);
    expect(peers.email.opened).toBe(2);
  });

  test('goes on with a new session when the connection is changed in the middle of a batch', async () => {
    prepare(60);
    const sessionOfEffect: number[] = [];
    peers.email.beforeEffect = () => {
      sessionOfEffect.push(peers.email.opened);
      if (sessionOfEffect.length === 1) store.config.saveConnection({ ...mail, config: elsewhere(mail.config) }, act());
      return Promise.resolve();
    };
    await makeRunner().runUntilIdle();
    expect(states()).toEqual({ accepted: 60 });
    expect(peers.email.opened).toBe(2);
    // What was claimed already goes out; nothing more is claimed for the old address.
    expect(sessionOfEffect.filter((session) => session === 1).length).toBeLessThanOrEqual(8);
  });
});

describe('a clock that is set back', () => {
  const dayMs = 24 * 60 * 60_000;

  test('does not keep back what was released before', async () => {
    clock.aheadMs = dayMs;
    importBatch(store, batchId, { rows: rows(3) });
    releaseAll(store, batchId, mail, clock.nowMs());
    clock.aheadMs = 0;
    await makeRunner().runUntilIdle();
    expect(states()).toEqual({ accepted: 3 });
  });

  test('is noticed by a runner that runs', async () => {
    clock.aheadMs = dayMs;
    importBatch(store, batchId, { rows: rows(3) });
    releaseAll(store, batchId, mail, clock.nowMs());
    peers.email.openFailure = { code: 'net.refused', detail: 'refused', isPermanent: false };
    const runner = makeRunner();
    runner.start();
    await until(() => block() === 'offline');
    peers.email.openFailure = null;
    clock.aheadMs = 0;
    await until(() => states().accepted === 3);
  });
});

describe('an attempt that ends in', () => {
  test('a refusal is rejected and costs one try', async () => {
    prepare(1);
    peers.email.behave = () => 'refuse';
    await makeRunner().runUntilIdle();
    expect(only()).toMatchObject({
      state: 'rejected',
      attemptCount: 1,
      lastCode: 'test.refused',
      lastDetail: '550 no such user',
    });
    expect(store.reads.batch(batchId)?.counts[0]).toMatchObject({ state: 'failed', count: 1 });
  });

  test('a passing fault waits, is tried again when due, and fails after eight tries', async () => {
    prepare(1);
    peers.email.behave = () => 'failBefore';
    const runner = makeRunner();
    for (let round = 1; round <= 7; round += 1) {
      await runner.runUntilIdle();
      expect(only()).toMatchObject({ state: 'waiting', attemptCount: round });
      expect(only().dueAtMs).toBeGreaterThan(clock.nowMs());
      clock.aheadMs += only().dueAtMs - clock.nowMs() + 1;
    }
    await runner.runUntilIdle();
    expect(only()).toMatchObject({ state: 'failed', attemptCount: 8 });
    expect(peers.email.effects).toEqual([]);
  });

  test('a permanent fault fails at once', async () => {
    prepare(1);
    peers.email.behave = () => 'failPermanently';
    await makeRunner().runUntilIdle();
    expect(only()).toMatchObject({ state: 'failed', attemptCount: 1 });
  });

  test('throttling waits as long as the peer asked and costs no try', async () => {
    prepare(1);
    peers.email.behave = () => 'throttle';
    await makeRunner().runUntilIdle();
    expect(only()).toMatchObject({ state: 'waiting', attemptCount: 0 });
    expect(only().dueAtMs - clock.nowMs()).toBeGreaterThan(50_000);
  });

  test('throttling again and again lets the whole lane rest', async () => {
    prepare(100);
    peers.email.behave = () => 'throttle';
    await makeRunner().runUntilIdle();
    const { waiting = 0, queued = 0 } = states();
    expect(waiting + queued).toBe(100);
    expect(waiting).toBeLessThan(30);
  });

  test('throttling for three days fails in the end', async () => {
    prepare(1);
    peers.email.behave = () => 'throttle';
    const runner = makeRunner();
    await runner.runUntilIdle();
    expect(only().state).toBe('waiting');
    clock.aheadMs = 4 * 24 * 3_600_000;
    await runner.runUntilIdle();
    expect(only()).toMatchObject({ state: 'failed', lastCode: 'test.busy' });
  });

  test('a first fault after a week without a connection still gets all its tries', async () => {
    prepare(1);
    const runner = makeRunner();
    peers.email.openFailure = { code: 'net.unreachable', detail: '', isPermanent: false };
    await runner.runUntilIdle();
    clock.aheadMs = 7 * 24 * 3_600_000;
    peers.email.openFailure = null;
    peers.email.behave = () => 'failBefore';
    await runner.runUntilIdle();
    expect(only()).toMatchObject({ state: 'waiting', attemptCount: 1 });
  });

  test('a lost connection goes back to the queue, costs no try, and the lane is offline until a probe succeeds', async () => {
    prepare(20);
    peers.email.behave = () => 'cutBefore';
    const runner = makeRunner();
    await runner.runUntilIdle();
    expect(states()).toEqual({ queued: 20 });
    expect(block()).toBe('offline');
    expect(only().attemptCount).toBe(0);
    peers.email.behave = () => 'accept';
    await runner.runUntilIdle();
    expect(states()).toEqual({ accepted: 20 });
    expect(block()).toBe(null);
  });

  test('a cut after the effect is unknown and is not sent again', async () => {
    prepare(3);
    peers.email.behave = ({ invoiceNumber }) => (invoiceNumber === '1001' ? 'cutAfter' : 'accept');
    const runner = makeRunner();
    await runner.runUntilIdle();
    await runner.runUntilIdle();
    expect(states()).toEqual({ accepted: 2, unknown: 1 });
    expect(peers.email.effects).toHaveLength(3);
    expect(store.deliveries.retry({ ...anyDelivery, states: ['unknown'] }, act())).toBe(0);
    expect(store.deliveries.cancel({ ...anyDelivery, states: ['unknown'] }, act())).toBe(0);
  });

  test('doubt session after session pauses the connection', async () => {
    prepare(40);
    peers.email.behave = () => 'cutAfter';
    await makeRunner().runUntilIdle();
    expect(block()).toBe('pausedByFailures');
    const { unknown = 0, queued = 0 } = states();
    expect(unknown).toBeLessThanOrEqual(12);
    expect(unknown + queued).toBe(40);
  });

  test('a bug in the adapter is unknown after the mark and waits before it', async () => {
    prepare(2);
    peers.email.behave = ({ invoiceNumber }) => (invoiceNumber === '1000' ? 'throwAfter' : 'throwBefore');
    await makeRunner().runUntilIdle();
    expect(states()).toEqual({ unknown: 1, waiting: 1 });
  });

  test('silence is aborted when the patience is used up', async () => {
    prepare(1);
    peers.email.behave = () => 'hang';
    await makeRunner({ patience: { sendMs: 20, abortMs: 1_000 } }).runUntilIdle();
    expect(states()).toEqual({ queued: 1 });
    expect(block()).toBe('offline');
  });
});

describe('a document', () => {
  test('that is missing or damaged fails its delivery before anything is opened at the peer', async () => {
    prepare(2);
    const codes = ['NOT_FOUND', 'STORE_DAMAGED'] as const;
    let at = 0;
    const read = () => Promise.resolve(fail(codes[at++ % 2] ?? 'NOT_FOUND', 'gone'));
    await makeRunner({ documents: { read } }).runUntilIdle();
    expect(states()).toEqual({ failed: 2 });
    expect(
      store.reads
        .deliveryPage(anyDelivery, 0, 2)
        .deliveries.map(({ lastCode }) => lastCode)
        .sort(),
    ).toEqual(['document.damaged', 'document.missing']);
  });

  test('whose mail cannot be composed fails without being sent', async () => {
    prepare(1);
    await makeRunner({ compose: () => Promise.reject(new Error('source gone')) }).runUntilIdle();
    expect(only()).toMatchObject({ state: 'failed', lastCode: 'document.compose-failed' });
    expect(peers.email.effects).toEqual([]);
  });

  test('whose source can no longer be read fails, and is not called refused by the peer', async () => {
    prepare(1);
    await makeRunner({ compose: () => Promise.resolve(null) }).runUntilIdle();
    expect(only()).toMatchObject({ state: 'failed', lastCode: 'document.compose-failed' });
    expect(peers.email.effects).toEqual([]);
  });
});

describe('a connection', () => {
  test('whose secret is missing blocks its lane until it is saved again', async () => {
    prepare(2);
    const secrets = {
      isKeychainAvailable: () => Promise.resolve(false),
      read: () => Promise.resolve(fail('SECRET_MISSING', 'no password')),
      write: () => Promise.resolve(ok(null)),
      remove: () => Promise.resolve(ok(null)),
    };
    await makeRunner({ secrets }).runUntilIdle();
    expect(states()).toEqual({ queued: 2 });
    expect(block()).toBe('secretMissing');
    store.config.saveConnection(mail, act());
    expect(block()).toBe(null);
    await makeRunner().runUntilIdle();
    expect(states()).toEqual({ accepted: 2 });
  });

  test.each([
    ['sftp.host-key-changed', 'hostKeyChanged'],
    ['smtp.login-refused', 'pausedByFailures'],
    ['smtp.secret-missing', 'secretMissing'],
  ] as const)('that fails to open with %s is blocked as %s', async (code, expected) => {
    prepare(1);
    peers.email.openFailure = { code, detail: 'the words of the peer', isPermanent: true };
    await makeRunner().runUntilIdle();
    expect(block()).toBe(expected);
    expect(states()).toEqual({ queued: 1 });
  });
});

describe('index files', () => {
  test('list every accepted file once and are written after the lane is drained', async () => {
    prepare(10, print);
    await makeRunner().runUntilIdle();
    expect(peers.sftp.indexes.map(({ name, entries }) => [name, entries.length])).toEqual([
      ['index-batch-00-001.csv', 10],
    ]);
    await makeRunner().runUntilIdle();
    expect(peers.sftp.indexes).toHaveLength(1);
  });

  test('that were taken before a crash are written again with the same entries', async () => {
    prepare(4, print);
    await makeRunner().runUntilIdle();
    const [first] = peers.sftp.indexes;
    const again = await openOrFail(`${folder.path}/crash.db`);
    again.close();
    importBatch(store, 'batch-0002', { rows: rows(2, (at) => ({ invoiceNumber: `n${at}` })) });
    releaseAll(store, 'batch-0002', print);
    const lease = store.deliveries.acquireRunnerLease(
      { pid: process.pid, id: 'x' },
      { nowMs: clock.nowMs(), untilMs: clock.nowMs() + 1_000 },
      () => true,
    );
    if (lease === null) throw new Error('no lease');
    for (const claim of store.deliveries.claim({
      fence: lease.fence,
      connectionId: 'print',
      limit: 9,
      nowMs: clock.nowMs(),
    })) {
      store.deliveries.record(lease.fence, [
        {
          deliveryId: claim.deliveryId,
          attempt: claim.attempt,
          outcome: { kind: 'accepted', receipt: {} },
          phase: 'replySeen',
          fromState: 'claimed',
          toState: 'accepted',
          dueAtMs: 0,
          nowMs: clock.nowMs(),
          countsAsAttempt: true,
        },
      ]);
    }
    const [taken] = store.deliveries.takeIndex(lease.fence, 'print', clock.nowMs());
    store.deliveries.releaseRunnerLease(lease.fence);
    await makeRunner().runUntilIdle();
    expect(peers.sftp.indexes).toHaveLength(2);
    expect(peers.sftp.indexes[1]).toEqual({ name: taken?.name, entries: taken?.entries });
    expect(first?.entries.map(({ fileName }) => fileName)).toEqual(['1000.pdf', '1001.pdf', '1002.pdf', '1003.pdf']);
  });
});

describe('stopping', () => {
  test('lets what is under way finish, puts the rest back, and gives up the lease', async () => {
    prepare(100);
    const stop = new AbortController();
    peers.email.beforeEffect = () => {
      stop.abort();
      return Promise.resolve();
    };
    const runner = makeRunner();
    expect((await runner.runUntilIdle(stop.signal)).ok).toBe(true);
    const { accepted = 0, queued = 0, ...rest } = states();
    expect(rest).toEqual({});
    expect(accepted).toBe(peers.email.effects.length);
    expect(accepted + queued).toBe(100);
    expect(accepted).toBeLessThan(20);
    expect(runner.isRunning).toBe(false);
    expect(store.deliveries.isRunnerElsewhere(1, clock.nowMs(), () => true)).toBe(false);
  });

  test('aborts what hangs after a while', async () => {
    prepare(1);
    peers.email.behave = () => 'hang';
    const runner = makeRunner();
    runner.start();
    await until(() => states().claimed === 1);
    await runner.stop();
    expect(states()).toEqual({ queued: 1 });
  });
});

describe('a second runner', () => {
  test('does nothing while the first holds the lease, and says so', async () => {
    prepare(1);
    const first = makeRunner({ ownerPid: 1 });
    first.start();
    await until(() => states().accepted === 1);
    const second = await makeRunner({ ownerPid: 2 }).runUntilIdle();
    expect(second).toMatchObject({ ok: false, error: { code: 'STORE_BUSY' } });
  });

  test('that takes over makes the first stop before it marks anything more', async () => {
    prepare(8);
    let isTaken = false;
    peers.email.behave = () => {
      // The first hangs so long that its lease runs out, and another process takes over in the meantime.
      if (!isTaken)
        store.deliveries.acquireRunnerLease(
          { pid: 99, id: 'other' },
          { nowMs: clock.nowMs() + 60_000, untilMs: clock.nowMs() + 120_000 },
          () => true,
        );
      isTaken = true;
      return 'accept';
    };
    await makeRunner().runUntilIdle();
    expect(peers.email.effects).toEqual([]);
    expect(states()).toEqual({ claimed: 8 });
  });
});

describe('a look-up', () => {
  test('asks the peer about an unknown delivery', async () => {
    prepare(1, print);
    peers.sftp.behave = () => 'cutAfter';
    const runner = makeRunner();
    await runner.runUntilIdle();
    peers.sftp.lookUp = (key) => ({ kind: 'found', receipt: { key } });
    expect(await lookUpOnly(runner)).toMatchObject({ kind: 'found' });
  });

  test('is not possible for e-mail', async () => {
    prepare(1);
    peers.email.behave = () => 'cutAfter';
    const runner = makeRunner();
    await runner.runUntilIdle();
    expect(await lookUpOnly(runner)).toMatchObject({ kind: 'notPossible' });
  });
});

/** The peer's answer about the only delivery. */
async function lookUpOnly(runner: ReturnType<typeof makeRunner>): Promise<PeerAnswer | null> {
  const { id, connectionId } = only();
  let answer: PeerAnswer | null = null;
  const onAnswer = (_id: number, given: PeerAnswer): void => {
    answer = given;
  };
  await runner.lookUp({ connectionId, deliveryIds: [id] }, { signal: AbortSignal.timeout(20_000), onAnswer });
  return answer;
}

/** Waits for a state, looking at every turn of the event loop. */
async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

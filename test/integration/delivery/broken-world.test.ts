// The runner while the world around it breaks: the disk fills up after an effect, the lease is lost in the middle, the process stops and starts.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { createGroupCommit } from '../../../src/main/delivery/group-commit.ts';
import { createRunner } from '../../../src/main/delivery/runner.ts';
import type { Runner } from '../../../src/main/delivery/runner.ts';
import { createSystemClock } from '../../../src/main/platform/system-clock.ts';
import type { Clock } from '../../../src/main/ports/clock.ts';
import type { DeliveryStore, Store } from '../../../src/main/ports/store.ts';
import { ok } from '../../../src/shared/result.ts';
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

const mail = connection('mail', 'email');
const anyDelivery = { batchId: null, connectionId: null, states: [], search: '' };
const system = createSystemClock();
/** The pauses of the runner's own (5 s and less) pass at once; patience with others is real. */
const hasty: Clock = { ...system, sleep: (ms, signal) => system.sleep(ms <= 5_000 ? 1 : ms, signal) };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let store: Store;
let peer: Peer;

beforeEach(async () => {
  folder = await temporaryFolder();
  store = await openOrFail(`${folder.path}/utskick.db`);
  peer = createPeer('email');
  store.config.saveConnection(mail, act());
  importBatch(store, 'batch-0001', { rows: rows(6) });
  releaseAll(store, 'batch-0001', mail);
});

afterEach(async () => {
  store.close();
  await folder.dispose();
});

function runnerOver(change: Partial<DeliveryStore>, ownerPid = process.pid): Runner {
  return createRunner({
    store: { ...store, deliveries: { ...store.deliveries, ...change } },
    adapters: everyChannel(peer.adapter),
    secrets: {
      isKeychainAvailable: () => Promise.resolve(true),
      read: () => Promise.resolve(ok(null)),
      write: () => Promise.resolve(ok(null)),
      remove: () => Promise.resolve(ok(null)),
    },
    documents: { read: () => Promise.resolve(ok(new Uint8Array([1]))) },
    compose: () => Promise.resolve({ subject: 's', text: 't', html: 'h' }),
    clock: hasty,
    log: silentLog,
    random: () => 0.5,
    ownerPid,
    isProcessAlive: () => true,
    onChange: () => undefined,
    patience: { stopMs: 6_000, abortMs: 6_000 },
  });
}

function full(): never {
  throw Object.assign(new Error('the disk is full'), { code: 'STORAGE_FULL' });
}

function states(): string[] {
  return store.reads
    .deliveryPage(anyDelivery, 0, 100)
    .deliveries.map(({ state }) => state)
    .sort();
}

test('an outcome that cannot be written leaves the delivery in doubt, and it is not sent again', async () => {
  const ran = await runnerOver({ record: full }).runUntilIdle();
  expect(ran).toMatchObject({ ok: false, error: { code: 'STORAGE_FULL' } });
  expect(peer.effects).toHaveLength(4);
  expect(states().filter((state) => state === 'sending')).toHaveLength(4);
  // Space is there again.
  await runnerOver({}).runUntilIdle();
  expect(states()).toEqual(['accepted', 'accepted', 'unknown', 'unknown', 'unknown', 'unknown']);
  expect(peer.effects).toHaveLength(6);
});

test('a disk that is full for a moment costs nothing but the moment', async () => {
  let failures = 3;
  const record: DeliveryStore['record'] = (fence, outcomes) => {
    failures -= 1;
    return failures >= 0 ? full() : store.deliveries.record(fence, outcomes);
  };
  expect(await runnerOver({ record }).runUntilIdle()).toEqual(ok({ attempts: 6 }));
  expect(states()).toEqual(Array(6).fill('accepted'));
});

test('a mark that cannot be written means that nothing is sent', async () => {
  await runnerOver({ markSending: full }).runUntilIdle();
  expect(peer.effects).toEqual([]);
  expect(states()).toEqual(Array(6).fill('queued'));
});

test('a claim that cannot be written stops the run and says why', async () => {
  expect(await runnerOver({ claim: full }).runUntilIdle()).toMatchObject({ error: { code: 'STORAGE_FULL' } });
  expect(states()).toEqual(Array(6).fill('queued'));
});

test('a claim that fails lets what is under way end first, with its answer kept', async () => {
  let claims = 0;
  const claim: DeliveryStore['claim'] = (options) => {
    claims += 1;
    return claims === 1 ? store.deliveries.claim({ ...options, limit: 4 }) : full();
  };
  // The first send asks for more while the others still wait for their answers.
  peer.beforeEffect = ({ invoiceNumber }) => (invoiceNumber === '1000' ? Promise.resolve() : system.sleep(30));
  expect(await runnerOver({ claim }).runUntilIdle()).toMatchObject({ error: { code: 'STORAGE_FULL' } });
  expect(states()).toEqual(['accepted', 'accepted', 'accepted', 'accepted', 'queued', 'queued']);
});

test('a look at the queue that fails lets what is under way end first, and is a failure with a code', async () => {
  let looks = 0;
  const dueConnections: DeliveryStore['dueConnections'] = (nowMs) => {
    looks += 1;
    return looks > 2 ? full() : store.deliveries.dueConnections(nowMs);
  };
  peer.beforeEffect = () => system.sleep(30);
  expect(await runnerOver({ dueConnections }).runUntilIdle()).toMatchObject({ error: { code: 'STORAGE_FULL' } });
  expect(states().filter((state) => state !== 'accepted' && state !== 'queued')).toEqual([]);
  expect(peer.effects).toHaveLength(4);
});

test('a disk that is full right at the start is a failure with a code, and nothing else breaks', async () => {
  expect(await runnerOver({ recover: full, releaseRunnerLease: full }).runUntilIdle()).toMatchObject({
    error: { code: 'STORAGE_FULL' },
  });
  // The lease was not given back, but its holder is this process.
  expect(await runnerOver({}).runUntilIdle()).toEqual(ok({ attempts: 6 }));
});

test('a lease that is lost aborts what is under way and marks nothing more', async () => {
  peer.behave = () => 'hang';
  const runner = runnerOver({}, 1);
  const running = runner.runUntilIdle();
  await untilState('claimed');
  const later = Date.now() + 60_000;
  const other = store.deliveries.acquireRunnerLease(
    { pid: 2, id: 'other' },
    { nowMs: later, untilMs: later + 60_000 },
    () => true,
  );
  expect(await running).toMatchObject({ ok: false, error: { code: 'STORE_BUSY' } });
  expect(peer.effects).toEqual([]);
  expect(store.deliveries.recover(other?.fence ?? 0, later)).toMatchObject({ unknown: 0 });
  expect(states()).toEqual(Array(6).fill('queued'));
});

test('a runner in the background takes over when the other one ends', async () => {
  const now = Date.now();
  const other = store.deliveries.acquireRunnerLease(
    { pid: 2, id: 'other' },
    { nowMs: now, untilMs: now + 60_000 },
    () => true,
  );
  const runner = runnerOver({}, 1);
  runner.start();
  await system.sleep(0);
  expect(runner.isRunning).toBe(false);
  store.deliveries.releaseRunnerLease(other?.fence ?? 0);
  await untilState('accepted');
  expect(runner.isRunning).toBe(true);
  await runner.stop();
  await runner.stop();
  expect(runner.isRunning).toBe(false);
});

test('what many sends want in one turn goes to disk in one transaction, outcomes before marks', async () => {
  const calls: string[] = [];
  const deliveries: DeliveryStore = {
    ...store.deliveries,
    markSending: (_fence, claims) => {
      calls.push(`mark ${claims.length}`);
      return claims.map(({ deliveryId }) => deliveryId);
    },
    record: (_fence, outcomes) => {
      calls.push(`record ${outcomes.length}`);
      return { stale: [] };
    },
  };
  const commit = createGroupCommit({ deliveries, fence: 1, clock: hasty, signal: new AbortController().signal });
  const outcome = { kind: 'accepted', receipt: {} } as const;
  const rest = {
    phase: 'replySeen',
    fromState: 'sending',
    toState: 'accepted',
    dueAtMs: 0,
    nowMs: 0,
    countsAsAttempt: true,
  } as const;
  await Promise.all([
    commit.mark({ deliveryId: 1, attempt: 1 }),
    commit.mark({ deliveryId: 2, attempt: 1 }),
    commit.record({ deliveryId: 3, attempt: 1, outcome, ...rest }),
    commit.mark({ deliveryId: 4, attempt: 1 }),
  ]);
  expect(calls).toEqual(['record 1', 'mark 3']);
});

test('a store that is busy is waited for once a turn, not once for each outcome', async () => {
  let calls = 0;
  const record: DeliveryStore['record'] = () => {
    calls += 1;
    throw Object.assign(new Error('busy'), { code: 'STORE_BUSY' });
  };
  const commit = createGroupCommit({
    deliveries: { ...store.deliveries, record },
    fence: 1,
    clock: hasty,
    signal: new AbortController().signal,
  });
  const outcome = {
    attempt: 1,
    outcome: { kind: 'accepted', receipt: {} },
    phase: 'replySeen',
    fromState: 'sending',
    toState: 'accepted',
    dueAtMs: 0,
    nowMs: 0,
    countsAsAttempt: true,
  } as const;
  const settled = await Promise.allSettled([1, 2, 3].map((deliveryId) => commit.record({ deliveryId, ...outcome })));
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(calls).toBe(1);
});

async function untilState(state: string): Promise<void> {
  while (!states().includes(state)) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

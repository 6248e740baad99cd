// A database that is older than what was sent since: whatever may have been sent is unknown, and nothing of it is sent again by itself.

import { appendFile, copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSystemClock } from '../../../src/main/platform/system-clock.ts';
import type { ClaimedDelivery, Store } from '../../../src/main/ports/store.ts';
import type { Delivery } from '../../../src/shared/schema/delivery.ts';
import { checkDatabaseFile } from '../../../src/main/store/check-file.ts';
import { openStore } from '../../../src/main/store/open.ts';
import {
  act,
  connection,
  importBatch,
  openOrFail,
  releaseAll,
  releaseItem,
  rows,
  sha256,
  silentLog,
  temporaryFolder,
} from '../../support/store-workspace.ts';

const batchId = 'batch-0001';
const mail = connection('mail', 'email');
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let path: string;
let copy: string;
let store: Store;

beforeEach(async () => {
  folder = await temporaryFolder();
  path = `${folder.path}/utskick.db`;
  copy = `${folder.path}/copy.db`;
  store = await openOrFail(path);
  store.config.saveConnection(mail, act());
  importBatch(store, batchId, { rows: rows(5) });
});

afterEach(async () => {
  store.close();
  await folder.dispose();
});

const takeCopy = () => store.backup(copy, (file) => Promise.resolve(checkDatabaseFile(file)));

function lease(): number {
  const held = store.deliveries.acquireRunnerLease(
    { pid: process.pid, id: 'runner' },
    { nowMs: 1, untilMs: 2 },
    () => true,
  );
  if (held === null) throw new Error('the lease is held');
  return held.fence;
}

/** Marks as sending, and says for the first `acceptedCount` that the peer took them. */
function send(count: number, acceptedCount: number, connectionId = 'mail'): ClaimedDelivery[] {
  const fence = lease();
  const claimed = store.deliveries.claim({ fence, connectionId, limit: count, nowMs: Date.now() });
  expect(store.deliveries.markSending(fence, claimed, Date.now())).toHaveLength(count);
  store.deliveries.record(
    fence,
    claimed.slice(0, acceptedCount).map(({ deliveryId, attempt }) => ({
      deliveryId,
      attempt,
      outcome: { kind: 'accepted', receipt: { reply: 'ok' } },
      phase: 'replySeen',
      fromState: 'sending',
      toState: 'accepted',
      dueAtMs: 0,
      nowMs: Date.now(),
      countsAsAttempt: true,
    })),
  );
  return claimed;
}

/** As somebody would by hand: the old file over the present one. */
async function putCopyInPlace(): Promise<void> {
  store.close();
  for (const companion of ['-wal', '-shm']) await rm(`${path}${companion}`, { force: true });
  await copyFile(copy, path);
  store = await openOrFail(path);
}

function page(): Delivery[] {
  const everything = { batchId: null, connectionId: null, states: [], search: '' };
  return store.reads.deliveryPage(everything, 0, 100).deliveries.toSorted((one, other) => one.id - other.id);
}

function states(): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(page(), ({ state }) => state)].map(([state, all]) => [state, all.length]));
}

test('what was sent after the copy is unknown, what was not still waits, and the outbox is paused', async () => {
  releaseAll(store, batchId, mail);
  await takeCopy();
  const sent = send(3, 2);
  await putCopyInPlace();
  expect(store.restored).toMatchObject({ unknown: 3, notInCopy: 0 });
  expect(states()).toEqual({ unknown: 3, queued: 2 });
  expect(store.config.setting('outboxPaused')).toBe(true);
  expect(store.audit.page({ search: '', actions: ['restore'], fromMs: null, beforeMs: null }, 0, 10)).toMatchObject({
    total: 1,
    entries: [{ facts: { copy: 'put in place by hand', journal: 'exact', unknown: 3 } }],
  });
  const fence = lease();
  store.deliveries.recover(fence, Date.now());
  const claimable = store.deliveries.claim({ fence, connectionId: 'mail', limit: 10, nowMs: Date.now() });
  expect(claimable).toHaveLength(2);
  expect(claimable.map(({ deliveryId }) => deliveryId)).not.toEqual(
    expect.arrayContaining(sent.map(({ deliveryId }) => deliveryId)),
  );
  // Settled by a person like any other doubt, also with a receipt from a look-up.
  const verdict = { toState: 'accepted', by: 'lookUp', reason: 'there', receipt: { path: 'x' } } as const;
  for (const { deliveryId } of sent) expect(store.deliveries.resolveUnknown(deliveryId, verdict, act())).toBe(true);
});

test('an invoice whose release the copy does not have is unknown as soon as it is released again', async () => {
  await takeCopy();
  releaseAll(store, batchId, mail);
  send(2, 1);
  await putCopyInPlace();
  expect(store.restored).toMatchObject({ unknown: 0, notInCopy: 2 });
  expect(releaseAll(store, batchId, mail)).toBe(5);
  expect(states()).toEqual({ unknown: 2, queued: 3 });
});

test('the same holds through another connection, and for a batch that has to be imported again', async () => {
  store.close();
  await rm(path);
  await rm(`${folder.path}/utskick.sent`);
  store = await openOrFail(path);
  store.config.saveConnection(mail, act());
  await takeCopy();
  importBatch(store, batchId, { rows: rows(5) });
  releaseAll(store, batchId, mail);
  send(2, 2);
  await putCopyInPlace();
  store.config.saveConnection(connection('other', 'email'), act());
  importBatch(store, 'batch-0002', { rows: rows(5) });
  releaseAll(store, 'batch-0002', connection('other', 'email'));
  expect(states()).toEqual({ unknown: 2, queued: 3 });
});

test('what was re-routed or copied after the copy is not sent again from where the copy has it, held or not', async () => {
  const other = connection('other', 'email');
  store.config.saveConnection(other, act());
  releaseAll(store, batchId, mail);
  send(1, 1);
  const [arrived, held, free] = page();
  store.control.hold([held?.id ?? 0], 'later', act());
  await takeCopy();
  store.control.letGo([held?.id ?? 0], act());
  const items = [held, free].map((delivery) => ({
    deliveryId: delivery?.id ?? 0,
    connectionId: 'other',
    channel: 'email' as const,
    target: 'kund@example.com',
    idempotencyKey: sha256(`re-routed ${String(delivery?.id)}`),
  }));
  expect(store.control.replace(items, { as: 'reroute', reason: 'down' }, act())).toBe(2);
  const order = {
    deliveryId: arrived?.id ?? 0,
    connectionId: 'other',
    channel: 'email' as const,
    target: 'kund@example.com',
    generation: 1,
    idempotencyKey: sha256('copy'),
    reason: 'lost',
    requestId: 'r',
  };
  expect(store.control.copy(order, act())).not.toBeNull();
  send(3, 3, 'other');
  await putCopyInPlace();
  expect(store.restored).toMatchObject({ unknown: 2, notInCopy: 3 });
  expect(page().map(({ id, state, hold }) => [id, state, hold])).toEqual([
    [arrived?.id, 'accepted', null],
    [held?.id, 'unknown', null],
    [free?.id, 'unknown', null],
    [4, 'queued', null],
    [5, 'queued', null],
  ]);
  const again = store.control.copy({ ...order, requestId: 'again' }, act());
  expect(page().find(({ id }) => id === again)?.state).toBe('unknown');
});

test('the second step of a service is in doubt too, once the first is settled that the copy has as waiting', async () => {
  const [first] = store.releases.candidates(batchId, { states: ['ready'], notReleasedTo: 'mail', limit: 1 });
  const item = { ...releaseItem(first?.invoiceId ?? 0, first?.invoiceNumber ?? '', mail), steps: 2 };
  store.releases.write(batchId, [item], act(1));
  await takeCopy();
  send(1, 1);
  send(1, 1);
  expect(states()).toEqual({ accepted: 2 });
  await putCopyInPlace();
  expect(states()).toEqual({ unknown: 1 });
  const [order] = page();
  const verdict = { toState: 'accepted', by: 'lookUp', reason: 'there', receipt: { path: 'x' } } as const;
  expect(store.deliveries.resolveUnknown(order?.id ?? 0, verdict, act())).toBe(true);
  expect(page().map(({ step, state }) => [step, state])).toEqual([
    [1, 'accepted'],
    [2, 'unknown'],
  ]);
});

test('the second opening marks nothing again', async () => {
  releaseAll(store, batchId, mail);
  await takeCopy();
  send(1, 1);
  await putCopyInPlace();
  store.close();
  store = await openOrFail(path);
  expect(store.restored).toBeNull();
  expect(states()).toEqual({ unknown: 1, queued: 4 });
});

test('a restore where nothing was sent since pauses the outbox, and marks nothing', async () => {
  releaseAll(store, batchId, mail);
  await takeCopy();
  store.close();
  await copyFile(copy, path);
  const opened = await openStore({ path, clock: createSystemClock(), log: silentLog, restoredFrom: 'copy.db' });
  if (!opened.ok) throw new Error(opened.error.message);
  store = opened.value;
  expect(store.restored).toMatchObject({ unknown: 0, notInCopy: 0 });
  expect(states()).toEqual({ queued: 5 });
  expect(store.config.setting('outboxPaused')).toBe(true);
});

describe('a journal that does not tell all makes everything that waits unknown:', () => {
  const journal = () => `${folder.path}/utskick.sent`;
  test.each([
    ['it is missing', () => rm(journal())],
    [
      'a line in it was changed',
      async () => {
        const text = await readFile(journal(), 'utf8');
        await writeFile(journal(), text.replace(/\n2\t\d/u, '\n2\t9'));
      },
    ],
    [
      'it is of another database',
      async () => {
        const text = await readFile(journal(), 'utf8');
        await writeFile(journal(), text.replace(/\t[0-9a-f]{32}\t/u, `\t${'a'.repeat(32)}\t`));
      },
    ],
    ['it is scrap', () => writeFile(journal(), 'x'.repeat(2_000))],
  ])('%s', async (_name, harm) => {
    releaseAll(store, batchId, mail);
    send(1, 1);
    await takeCopy();
    send(3, 3);
    await harm();
    await putCopyInPlace();
    expect(states()).toEqual({ accepted: 1, unknown: 4 });
    store.close();
    store = await openOrFail(path);
    expect(store.restored).toBeNull();
  });
});

test('an ordinary crash is no restore, whatever the journal’s last line looks like', async () => {
  releaseAll(store, batchId, mail);
  send(2, 1);
  store.close();
  await appendFile(`${folder.path}/utskick.sent`, '3\t17000');
  store = await openOrFail(path);
  expect(store.restored).toBeNull();
  store.deliveries.recover(lease(), Date.now());
  expect(states()).toEqual({ accepted: 1, unknown: 1, queued: 3 });
  // The torn line is taken off before the next one.
  send(1, 1);
  expect(await readFile(`${folder.path}/utskick.sent`, 'utf8')).toMatch(
    /^utskick-sent-1\t[^\n]+\n(?:\d+\t[^\n]+\n){3}$/u,
  );
});

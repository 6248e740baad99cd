// What an operator does to orders at Svea, over a real workspace and the practice Svea in its own process: in doubt at once when it fails, never twice after a restore, surplus orders, chosen addresses, orders that end.

import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AppContext } from '../../../src/main/app/context.ts';
import { importBatch } from '../../../src/main/app/import-batch.ts';
import { closeOrder, creditOrder, lookUpOrder, settleOrderAct } from '../../../src/main/app/order-acts.ts';
import { chooseAddress, orderAddresses } from '../../../src/main/app/order-choices.ts';
import { expiringOrders, ordersOfInvoice } from '../../../src/main/app/order-desk.ts';
import { releaseToConnection } from '../../../src/main/app/release-to-connection.ts';
import { restoreHere } from '../../../src/main/engine/local-storage.ts';
import type { Workspace } from '../../../src/main/engine/open-workspace.ts';
import { entryPoints } from '../../../src/main/platform/entry-points.ts';
import { createKeychain } from '../../../src/main/platform/keychain.ts';
import { startPracticeProcess } from '../../../src/main/platform/practice-process.ts';
import type { PracticeProcess } from '../../../src/main/platform/practice-process.ts';
import { createSystemClock } from '../../../src/main/platform/system-clock.ts';
import type { OrderService } from '../../../src/main/ports/order-service.ts';
import { fail } from '../../../src/shared/result.ts';
import type { InvoiceOrder } from '../../../src/shared/schema/orders.ts';
import { pendingPersons, personsBatch } from '../../support/persons-batch.ts';
import { act, connection, silentLog } from '../../support/store-workspace.ts';
import { practiceEntry } from '../../support/smtp-sftp-practice.ts';
import { sveaConfig } from '../../support/svea-samples.ts';
import { openTestWorkspace } from '../../support/test-workspace.ts';

const { signal } = new AbortController();
const control = { signal, onProgress: () => undefined };
const reason = 'asked by the customer';

let folder: string;
let dataDir: string;
let practice: PracticeProcess;
let workspace: Workspace;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'utskick-acts-'));
  dataDir = join(folder, 'data', 'work');
  practice = await startPracticeProcess({ entry: practiceEntry, dir: join(folder, 'providers') });
  workspace = await open();
  const { url, user: username } = practice.endpoints.svea;
  workspace.context.store.config.saveConnection(
    {
      ...connection('svea', 'email'),
      name: 'Svea',
      channel: 'svea',
      config: sveaConfig({ url, username }),
      secret: { kind: 'environment', variable: 'SVEA_PASSWORD' },
    },
    act(),
  );
});

afterAll(async () => {
  await workspace.close();
  await practice.stop();
  await rm(folder, { recursive: true, force: true });
});

function open(): Promise<Workspace> {
  const env = { SVEA_PASSWORD: practice.endpoints.svea.password };
  return openTestWorkspace(dataDir, { secrets: createKeychain({ env }) });
}

/** Imports persons' invoices; ids in the file's order. */
async function imported(name: string, seed: number, first: readonly string[] = []) {
  const path = join(folder, `${name}.xml`);
  await writeFile(path, personsBatch({ invoices: 8, seed, first }));
  const files = [{ path, name: `${name}.xml` }];
  const { batches } = await importBatch(workspace.context, {
    files,
    mode: 'lenient',
    ownerPid: process.pid,
    ...control,
  });
  const batchId = batches[0]?.id ?? '';
  const order = { filter: { states: [], channels: [], withProblems: false, search: '' }, sort: 'ordinal' as const };
  const { rows } = workspace.context.store.reads.invoicePage({ batchId, ...order, isDescending: false }, 0, 100);
  return { batchId, ids: rows.map(({ id }) => id) };
}

async function release(batchId: string): Promise<void> {
  const target = { batchId, connection: 'svea', isReadyOnly: true };
  const released = await releaseToConnection(workspace.context, target, control);
  if (!released.ok) throw new Error(released.error.message);
}

async function deliver(): Promise<void> {
  await workspace.runner.runUntilIdle(signal);
}

async function orderOf(invoiceId: number, context = workspace.context): Promise<InvoiceOrder> {
  const orders = await ordersOfInvoice(context, invoiceId);
  const [order] = orders.ok ? orders.value : [];
  if (order === undefined) throw new Error(JSON.stringify(orders));
  return order;
}
const credit = async (invoiceId: number, context = workspace.context) =>
  creditOrder(
    context,
    { invoiceId, deliveryId: (await orderOf(invoiceId)).deliveryId, positions: null, reason },
    signal,
  );
const lookUp = async (invoiceId: number) =>
  lookUpOrder(workspace.context, { invoiceId, deliveryId: (await orderOf(invoiceId)).deliveryId }, signal);
const close = async (invoiceId: number, orderId: string | null = null) => {
  const order = await orderOf(invoiceId);
  const place = { invoiceId, deliveryId: order.deliveryId };
  return closeOrder(workspace.context, { ...place, orderId: orderId ?? order.orderId ?? '', reason }, signal);
};

/** The same workspace with one verb of the service replaced, or something done before the service opens. */
function withService(change: Partial<OrderService>, first = () => Promise.resolve()): AppContext {
  const { context } = workspace;
  const { svea } = context.adapters;
  const { orders } = svea;
  if (orders === undefined) throw new Error('Svea has a desk');
  const desk = {
    ...orders,
    open: async (target: Parameters<typeof orders.open>[0]) => {
      await first();
      return { ...(await orders.open(target)), ...change };
    },
  };
  return { ...context, adapters: { ...context.adapters, svea: { ...svea, orders: desk } } };
}

interface Book {
  readonly orders: readonly {
    readonly sveaOrderId: string;
    readonly clientOrderNumber: string | null;
    readonly state: string;
    readonly amount: number;
    readonly invoices: readonly { readonly isCredit: boolean; readonly amount: number }[];
  }[];
}
async function atSvea(ownNumber: string): Promise<Book['orders']> {
  const { orders } = (await practice.instruct('svea', { do: 'look' })) as Book;
  return orders.filter(({ clientOrderNumber }) => clientOrderNumber === ownNumber);
}

test('an act whose sending fails on the way is in doubt at once, and a task; nothing is repeated by itself', async () => {
  const { batchId, ids } = await imported('broken', 3);
  const [invoiceId = 0] = ids;
  await release(batchId);
  await deliver();
  const broken = withService({ credit: () => Promise.reject(new Error('the adapter is broken')) });
  expect(await credit(invoiceId, broken)).toMatchObject({
    ok: true,
    value: { state: 'unknown', code: 'run.adapter-failed', endedAtMs: expect.any(Number) as number },
  });
  expect(await orderOf(invoiceId)).toMatchObject({ bars: { credit: 'inDoubt' } });
  expect(workspace.context.store.orders.actsInDoubt()).toMatchObject([{ invoiceId, batchId, kind: 'credit' }]);
  expect(await credit(invoiceId)).toMatchObject({ ok: false, error: { details: { bar: 'inDoubt' } } });
  // Svea has no credit invoice: a look-up leaves it in doubt, the operator's word settles it.
  expect(await lookUp(invoiceId)).toMatchObject({ ok: true, value: { settled: 0 } });
  const [doubted] = (await orderOf(invoiceId)).acts;
  settleOrderAct(workspace.context, { invoiceId, actId: doubted?.id ?? 0, isDone: false, reason });
  expect(workspace.context.store.orders.actsInDoubt()).toEqual([]);

  expect(await credit(invoiceId)).toMatchObject({ ok: true, value: { state: 'done' } });

  // Asked for twice at once: the second knows what the first does, also when that is done before it begins itself.
  const [, second = 0] = ids;
  let first: Awaited<ReturnType<typeof credit>> | null = null;
  const late = withService({}, async () => {
    first = await credit(second);
  });
  expect(await credit(second, late)).toMatchObject({
    ok: false,
    error: { code: 'CONFLICT', details: { bar: 'actedOn' } },
  });
  expect(first).toMatchObject({ ok: true, value: { state: 'done' } });
  const [booked] = await atSvea((await orderOf(second)).ownNumber);
  expect(booked?.invoices.filter(({ isCredit }) => isCredit)).toHaveLength(1);
}, 120_000);

test('a surplus order with our number is found and closed, and the order that is delivered stays', async () => {
  const { batchId, ids } = await imported('surplus', 4, [pendingPersons[0]]);
  const [invoiceId = 0, other = 0] = ids;
  await release(batchId);
  await deliver();
  const order = await orderOf(invoiceId);
  // The first request went twice, as with an account that takes a number twice.
  await practice.instruct('svea', { do: 'setUp', areClientOrderNumbersUnique: false });
  await sendAgain(order);
  await practice.instruct('svea', { do: 'setUp', areClientOrderNumbersUnique: true });
  const found = await lookUp(invoiceId);
  if (!found.ok) throw new Error(found.error.message);
  const surplus = found.value.orders.filter(({ isSurplus }) => isSurplus);
  expect([found.value.orders.length, surplus.length]).toEqual([2, 1]);
  const surplusId = surplus[0]?.orderId ?? '';
  expect(surplusId).not.toBe(order.orderId);
  // Somebody else's order is not ours to close.
  const { orderId: foreign } = await orderOf(other);
  expect(await close(invoiceId, foreign)).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
  expect(await close(invoiceId, surplusId)).toMatchObject({
    ok: true,
    value: { state: 'done', peerOrderId: surplusId },
  });
  const states = (await atSvea(order.ownNumber)).map(({ sveaOrderId, state }) => [sveaOrderId, state]);
  expect(states).toEqual([
    [order.orderId, 'pending'],
    [surplusId, 'closed'],
  ]);
  // The order's own delivery goes on waiting, and can still be closed.
  expect(await orderOf(invoiceId)).toMatchObject({ orderId: order.orderId, bars: { close: null } });
}, 120_000);

test('a closing that something stands in the way of leaves the delivery as it found it', async () => {
  const { batchId, ids } = await imported('between', 8, [pendingPersons[0]]);
  const [invoiceId = 0] = ids;
  await release(batchId);
  await deliver();
  const { context } = workspace;
  const order = await orderOf(invoiceId);
  const holds: unknown[] = [];
  const holdNow = () => context.store.reads.delivery(order.secondId ?? 0)?.hold;
  /** The workspace, where something happens as soon as the delivery is held. */
  const afterHold = (between: () => void): AppContext => {
    const { store } = context;
    const hold: typeof store.control.hold = (...held) => {
      const count = store.control.hold(...held);
      holds.push(holdNow());
      between();
      return count;
    };
    return { ...context, store: { ...store, control: { ...store.control, hold } } };
  };
  const closeWith = (changed: AppContext) =>
    closeOrder(changed, { invoiceId, deliveryId: order.deliveryId, orderId: order.orderId ?? '', reason }, signal);

  const begun: (number | null)[] = [];
  const raced = afterHold(() => {
    const another = { deliveryId: order.deliveryId, kind: 'close', peerOrderId: order.orderId ?? '', reason } as const;
    begun.push(context.store.orders.begin({ ...another, ownerPid: process.pid, newestAct: 0, credit: null }, act()));
  });
  expect(await closeWith(raced)).toMatchObject({ ok: false, error: { details: { bar: 'underWay' } } });
  expect(holdNow()).toBeNull();
  const unsent = { kind: 'notSent', code: 'test', detail: '', scope: 'connection', isPermanent: false } as const;
  context.store.orders.end(begun[0] ?? 0, unsent, Date.now());

  let isGone = false;
  const lost = afterHold(() => (isGone = true));
  const read: typeof context.documents.read = (...asked) =>
    isGone ? Promise.resolve(fail('NOT_FOUND', 'It is gone.')) : context.documents.read(...asked);
  expect(await closeWith({ ...lost, documents: { ...context.documents, read } })).toMatchObject({ ok: false });
  expect(holdNow()).toBeNull();

  const full = afterHold(() => undefined);
  const begin = (): never => {
    throw new Error('the disk is full');
  };
  const store = { ...full.store, orders: { ...full.store.orders, begin } };
  await expect(closeWith({ ...full, store })).rejects.toThrow('full');
  expect(holdNow()).toBeNull();

  expect(holds).toEqual(['operator', 'operator', 'operator']);
  expect(await atSvea(order.ownNumber)).toMatchObject([{ state: 'pending' }]);
  expect(await closeWith(context)).toMatchObject({ ok: true, value: { state: 'done' } });
}, 120_000);

/** The order's first request once more, past everything that keeps the product from it. */
async function sendAgain({ deliveryId, connectionId }: InvoiceOrder): Promise<void> {
  const { context } = workspace;
  const delivery = context.store.reads.delivery(deliveryId);
  const config = context.store.config.connection(connectionId)?.config;
  const [known] = context.store.orders.ordersOf(delivery?.invoiceId ?? 0);
  const document = await context.documents.read(known?.documentSha256 ?? '');
  if (delivery === null || config === undefined || known === undefined || !document.ok) throw new Error('no delivery');
  const target = { connectionId, config, secret: practice.endpoints.svea.password };
  const opened = await context.adapters.svea.open(target, signal);
  if (!opened.ok) throw new Error(opened.failure.code);
  const item = {
    ...delivery,
    deliveryId,
    idempotencyKey: known.idempotencyKey,
    documentSha256: known.documentSha256,
    document: document.value,
    documentFileName: 'order.json',
    attempt: 2,
    message: null,
    step: 1,
    previous: null,
  };
  const sent = await opened.session.send(item, {
    signal,
    markSending: () => Promise.resolve(),
    onPhase: () => undefined,
  });
  expect(sent.kind).toBe('accepted');
}

test('a chosen address goes into the frozen order, and an order that nobody delivers is a task before it ends', async () => {
  const { batchId, ids } = await imported('address', 5, [pendingPersons[1]]);
  const [pending = 0, chosen = 0, plain = 0] = ids;
  const place = { invoiceId: chosen, connectionId: 'svea' };
  const asked = await orderAddresses(workspace.context, place, signal);
  const [address] = asked.ok ? asked.value.addresses : [];
  if (address === undefined) throw new Error(JSON.stringify(asked));
  expect(chooseAddress(workspace.context, { ...place, address })).toMatchObject({ ok: true });
  expect(await orderAddresses(workspace.context, place, signal)).toMatchObject({
    value: { addresses: [{ selector: address.selector, isChosen: true }] },
  });
  await release(batchId);
  const frozen = async (invoiceId: number): Promise<string> => {
    const [order] = workspace.context.store.orders.ordersOf(invoiceId);
    const read = await workspace.context.documents.read(order?.documentSha256 ?? '');
    return read.ok ? Buffer.from(read.value).toString() : '';
  };
  expect(JSON.parse(await frozen(chosen))).toMatchObject({ order: { AddressSelector: address.selector } });
  expect(await frozen(plain)).not.toContain('AddressSelector');
  // Released, it is what it was.
  expect(chooseAddress(workspace.context, { ...place, address: null })).toMatchObject({ error: { code: 'CONFLICT' } });
  await deliver();
  expect(await orderOf(chosen)).toMatchObject({ isDelivered: true });

  // The practice Svea gives an order 60 days.
  const inDays = (days: number): AppContext => {
    const nowMs = Date.now() + days * 24 * 3_600_000;
    return { ...workspace.context, clock: { ...workspace.context.clock, nowMs: () => nowMs } };
  };
  const waiting = (days: number) => expiringOrders(inDays(days)).map(({ invoiceId }) => invoiceId);
  expect([waiting(1), waiting(50)]).toEqual([[], []]);
  expect(waiting(54)).toContain(pending);
  expect(waiting(54)).not.toContain(chosen);
  expect(await close(pending)).toMatchObject({ ok: true, value: { state: 'done' } });
  expect(waiting(54)).not.toContain(pending);
}, 120_000);

test('after a restore what was done to orders since the copy is in doubt, and neither credited nor closed twice', async () => {
  const [kept, later] = [await imported('kept', 6, [pendingPersons[0]]), await imported('later', 7)];
  const [pending = 0, credited = 0, before = 0] = kept.ids;
  const [unreleased = 0] = later.ids;
  await release(kept.batchId);
  await deliver();
  expect(await credit(before)).toMatchObject({ value: { state: 'done' } });
  const copy = await workspace.copies.make('byHand');
  if (!copy.ok) throw new Error(copy.error.message);
  expect(await credit(credited)).toMatchObject({ value: { state: 'done' } });
  expect(await close(pending)).toMatchObject({ value: { state: 'done' } });
  await release(later.batchId);
  await deliver();
  expect(await credit(unreleased)).toMatchObject({ value: { state: 'done' } });
  const numbers = await Promise.all([credited, unreleased].map(async (id) => (await orderOf(id)).ownNumber));

  await workspace.close();
  const storage = { dataDir, entryPoints: entryPoints(), clock: createSystemClock(), log: silentLog, actor: 'test' };
  const restored = await restoreHere(storage, copy.value.name);
  expect(restored).toMatchObject({ ok: true, value: { orderActs: 3 } });
  workspace = await open();
  expect(workspace.context.store.orders.actsInDoubt()).toMatchObject([
    { invoiceId: credited, kind: 'credit' },
    { invoiceId: pending, kind: 'close' },
  ]);
  const [act] = (await orderOf(credited)).acts;
  expect(act).toMatchObject({ state: 'unknown', code: 'run.restored', amountMinor: expect.any(Number) as number });
  expect(act?.positions.length).toBeGreaterThan(0);
  expect(await credit(credited)).toMatchObject({ ok: false, error: { details: { bar: 'inDoubt' } } });
  expect(await close(pending)).toMatchObject({ ok: false });
  // What the copy knows is as it was.
  expect(await orderOf(before)).toMatchObject({ acts: [{ state: 'done' }], bars: { credit: 'credited' } });
  // An order that the copy does not have: in doubt as soon as its invoice is released again.
  await release(later.batchId);
  expect((await orderOf(unreleased)).acts).toMatchObject([{ kind: 'credit', state: 'unknown', code: 'run.restored' }]);

  // Svea shows what was done.
  for (const id of [credited, unreleased, pending]) expect(await lookUp(id)).toMatchObject({ value: { settled: 1 } });
  expect(workspace.context.store.orders.actsInDoubt()).toEqual([]);
  expect(await orderOf(credited)).toMatchObject({ bars: { credit: 'credited' } });
  expect(await orderOf(pending)).toMatchObject({ bars: { close: 'closed' } });
  for (const number of numbers) {
    const [order] = await atSvea(number);
    expect(order?.invoices.map(({ isCredit }) => isCredit)).toEqual([false, true]);
  }
  // A second opening marks nothing again. While the journal cannot be written, nothing is done.
  await workspace.close();
  workspace = await open();
  expect(workspace.context.store.restored).toBeNull();
  const [, , , unsure = 0, untouched = 0, stuck = 0] = kept.ids;
  const journal = join(dataDir, 'utskick.sent');
  await rename(journal, `${journal}.away`);
  await mkdir(journal);
  await expect(credit(stuck)).rejects.toMatchObject({ code: 'STORAGE_FULL' });
  await rm(journal, { recursive: true });
  await rename(`${journal}.away`, journal);
  expect((await orderOf(stuck)).acts).toMatchObject([{ state: 'notSent', code: 'run.not-journaled', settledBy: null }]);
  expect(await credit(stuck)).toMatchObject({ value: { state: 'done' } });

  // A journal that is gone tells nothing: Svea is asked before anything is credited.
  const second = await workspace.copies.make('byHand');
  if (!second.ok) throw new Error(second.error.message);
  expect(await credit(unsure)).toMatchObject({ value: { state: 'done' } });
  await workspace.close();
  await rm(journal);
  expect(await restoreHere(storage, second.value.name)).toMatchObject({ ok: true });
  workspace = await open();
  expect(await credit(unsure)).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
  expect(await credit(untouched)).toMatchObject({ value: { state: 'done' } });
  const [asked] = await atSvea((await orderOf(unsure)).ownNumber);
  expect(asked?.invoices.map(({ isCredit }) => isCredit)).toEqual([false, true]);
}, 120_000);

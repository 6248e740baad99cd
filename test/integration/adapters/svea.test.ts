// The Svea adapter against the practice Svea, over the real wire: an order, its delivery, and what is lost, pending or refused on the way.

import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createSveaAdapter } from '../../../src/main/adapters/svea/adapter.ts';
import { clientOrderNumber } from '../../../src/main/adapters/svea/deliver.ts';
import { orderBytes, readOrder } from '../../../src/main/adapters/svea/order.ts';
import { onOtherBasis } from '../../../src/main/adapters/svea/totals.ts';
import { resourcesFolder } from '../../../src/main/platform/entry-points.ts';
import { startPracticeProcess } from '../../../src/main/platform/practice-process.ts';
import type { PracticeProcess } from '../../../src/main/platform/practice-process.ts';
import type {
  AttemptOutcome,
  ChannelSession,
  ChannelTarget,
  DeliveryItem,
  Receipt,
} from '../../../src/main/ports/channel-adapter.ts';
import type { SveaConfig } from '../../../src/shared/schema/connection.ts';
import { sveaConfig, sveaInvoice, sveaLine, swedishCompany, swedishPerson } from '../../support/svea-samples.ts';
import { practiceEntry } from '../../support/smtp-sftp-practice.ts';

const adapter = createSveaAdapter({ resourcesDir: resourcesFolder(), replyTimeoutMs: 3_000 });
const { signal } = new AbortController();

let dir: string;
let practice: PracticeProcess;
let number = 0;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'utskick-svea-adapter-'));
  practice = await startPracticeProcess({ entry: practiceEntry, dir });
});
afterAll(async () => {
  await practice.stop();
  await rm(dir, { recursive: true, force: true });
});
beforeEach(async () => {
  number += 1;
  await practice.misbehave({ provider: 'svea', mode: 'none' });
});

const targetOf = (config: Partial<SveaConfig> = {}, secret: string | null = null): ChannelTarget => ({
  connectionId: 'svea',
  config: sveaConfig({ url: practice.endpoints.svea.url, username: practice.endpoints.svea.user, ...config }),
  secret: secret ?? practice.endpoints.svea.password,
});

async function open(config: Partial<SveaConfig> = {}): Promise<ChannelSession> {
  const opened = await adapter.open(targetOf(config), signal);
  if (!opened.ok) throw new Error(opened.failure.code);
  return opened.session;
}

function itemOf(
  change: Partial<DeliveryItem> = {},
  buyer = swedishPerson,
  config: Partial<SveaConfig> = {},
  invoice = sveaInvoice({ invoiceNumber: `1${String(number)}`, buyer }),
): DeliveryItem {
  const { config: settings } = targetOf(config);
  const composed = adapter.composer?.compose(invoice, settings);
  if (composed?.ok !== true) throw new Error(JSON.stringify(composed));
  const document = composed.value.bytes;
  const idempotencyKey = createHash('sha256')
    .update(`${String(number)} ${String(change.step ?? 1)}`)
    .digest('hex');
  return {
    deliveryId: number,
    idempotencyKey,
    attempt: 1,
    invoiceNumber: `1${String(number)}`,
    customerName: 'Tess T Persson',
    target: composed.value.target,
    documentSha256: createHash('sha256').update(document).digest('hex'),
    document,
    documentFileName: 'Faktura.json',
    message: null,
    step: 1,
    previous: null,
    ...change,
  };
}

/** One attempt, and whether it was marked before. */
async function attempt(
  session: ChannelSession,
  item: DeliveryItem,
): Promise<{ outcome: AttemptOutcome; marks: number }> {
  let marks = 0;
  const outcome = await session.send(item, {
    signal,
    markSending: () => {
      marks += 1;
      return Promise.resolve();
    },
    onPhase: () => undefined,
  });
  return { outcome, marks };
}

function receiptOf(outcome: AttemptOutcome): Receipt {
  if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
  return outcome.receipt;
}
const second = (first: DeliveryItem, receipt: Receipt | null): DeliveryItem =>
  itemOf({ step: 2, document: first.document, previous: { idempotencyKey: first.idempotencyKey, receipt } });

interface Book {
  readonly orders: readonly { readonly clientOrderNumber: string | null; readonly sveaOrderId: number }[];
}
async function ordersWith(key: string): Promise<number> {
  const book = (await practice.instruct('svea', { do: 'look' })) as Book;
  return book.orders.filter((order) => order.clientOrderNumber === clientOrderNumber(key)).length;
}

test('an order is created, then delivered, each marked once, and the receipts hold ids, due date and OCR', async () => {
  const session = await open();
  const first = itemOf();
  const created = await attempt(session, first);
  const receipt = receiptOf(created.outcome);
  expect(receipt).toMatchObject({
    clientOrderNumber: first.idempotencyKey.slice(0, 32),
    amount: expect.stringMatching(/^569(\.00)?$/u) as string,
    expectedAmount: '569.00',
  });
  expect(created.marks).toBe(1);
  const delivered = await attempt(session, second(first, receipt));
  expect(delivered.marks).toBe(1);
  expect(receiptOf(delivered.outcome)).toMatchObject({
    sveaOrderId: receipt.sveaOrderId,
    invoiceId: expect.stringMatching(/^\d+$/u) as string,
    dueDate: expect.stringContaining('T') as string,
    ocr: expect.any(String) as string,
    distribution: 'Post',
  });
});

test.each([
  ['a company, prices excluding VAT', swedishCompany, {}],
  ['a payment plan', swedishPerson, { clientNumber: '71002', orderType: 'PaymentPlan', campaignCode: '999999' }],
  ['an account credit', swedishPerson, { clientNumber: '71003', orderType: 'AccountCredit', campaignCode: '410001' }],
] as const)('%s goes the same way', async (_, buyer, config) => {
  const session = await open(config);
  const first = itemOf({}, buyer, config);
  const receipt = receiptOf((await attempt(session, first)).outcome);
  expect(receiptOf((await attempt(session, second(first, receipt))).outcome)).toMatchObject({
    sveaOrderId: receipt.sveaOrderId,
  });
});

test.each(['before-effect', 'after-effect-before-reply', 'in-reply'])(
  'a cut %s leaves both steps in doubt; asking settles only what is there',
  async (phase) => {
    const session = await open();
    const first = itemOf();
    await practice.misbehave({ provider: 'svea', mode: 'cut', phase, operation: 'CreateOrderEu', count: 1 });
    expect((await attempt(session, first)).outcome).toMatchObject({ kind: 'unknown', code: 'svea.no-reply' });
    const found = await session.lookUp?.(first, signal);
    const isThere = phase !== 'before-effect';
    expect(await ordersWith(first.idempotencyKey)).toBe(isThere ? 1 : 0);
    expect(found).toMatchObject(isThere ? { kind: 'found' } : { kind: 'unclear', code: 'gone' });
    // The same number once more: an order that is there is recognised as this one, and no second is made.
    const again = receiptOf((await attempt(session, first)).outcome);
    expect(await ordersWith(first.idempotencyKey)).toBe(1);
    const next = second(first, again);
    await practice.misbehave({ provider: 'svea', mode: 'cut', phase, operation: 'DeliverOrderEu', count: 1 });
    expect((await attempt(session, next)).outcome).toMatchObject({ kind: 'unknown', code: 'svea.no-reply' });
    expect(await session.lookUp?.(next, signal)).toMatchObject(
      isThere ? { kind: 'found', receipt: { sveaOrderId: again.sveaOrderId } } : { kind: 'unclear', code: 'gone' },
    );
  },
);

test('an order that Svea still looks at waits with its reasons, and is delivered once it may be', async () => {
  const session = await open();
  const first = itemOf();
  await practice.instruct('svea', { do: 'pend', reasons: ['HighAmount'], count: 1 });
  const receipt = receiptOf((await attempt(session, first)).outcome);
  expect(receipt.pendingReasons).toBe('HighAmount');
  const next = second(first, receipt);
  expect((await attempt(session, next)).outcome).toMatchObject({ kind: 'throttled', code: 'svea.20013' });
  await practice.instruct('svea', {
    do: 'change',
    clientOrderNumber: clientOrderNumber(first.idempotencyKey),
    pendingReasons: [],
  });
  expect((await attempt(session, next)).outcome.kind).toBe('accepted');
});

test('an order delivered by some of its rows stays open for the rest', async () => {
  const session = await open();
  const first = itemOf();
  const receipt = receiptOf((await attempt(session, first)).outcome);
  const frozen = readOrder(first.document);
  const all = frozen.order.OrderRows.OrderRow;
  const deliverRows = async (from: number, to: number) => {
    const order = { ...frozen.order, OrderRows: { OrderRow: all.slice(from, to) } };
    const sent = await attempt(session, { ...second(first, receipt), document: orderBytes({ ...frozen, order }) });
    return receiptOf(sent.outcome);
  };
  const part = await deliverRows(0, 2);
  const rest = await deliverRows(2, all.length);
  expect(Number(part.amount) + Number(rest.amount)).toBe(frozen.totalMinor / 100);
  expect(rest.invoiceId).not.toBe(part.invoiceId);
  expect((await attempt(session, second(first, receipt))).outcome).toMatchObject({
    kind: 'refused',
    code: 'svea.20000',
  });
});

test('a step by the operator’s word asks for the order’s id, and sends nothing where there is none', async () => {
  const session = await open();
  const first = itemOf();
  const none = await attempt(session, second(first, null));
  expect(none).toMatchObject({
    marks: 0,
    outcome: { kind: 'notSent', code: 'svea.order-not-found', isPermanent: true },
  });
  await attempt(session, first);
  expect((await attempt(session, second(first, null))).outcome.kind).toBe('accepted');
});

test('an order with another amount than was released is not delivered', async () => {
  const session = await open();
  const first = itemOf();
  const receipt = receiptOf((await attempt(session, first)).outcome);
  const other = await attempt(session, second(first, { ...receipt, amount: '570.00' }));
  expect(other).toMatchObject({ marks: 0, outcome: { kind: 'notSent', code: 'svea.amount-differs' } });
});

test('an order on the other VAT basis is delivered and credited with the rows put on it; a second 50036 stands', async () => {
  const session = await open();
  const composed = sveaInvoice({ lines: [sveaLine('1', 10_000), sveaLine('2', 400)] }, 0);
  const first = itemOf({}, swedishPerson, {}, composed);
  const frozen = readOrder(first.document);
  const rows = onOtherBasis(frozen.order.OrderRows.OrderRow) ?? [];
  const other = orderBytes({ ...frozen, order: { ...frozen.order, OrderRows: { OrderRow: rows } } });
  const receipt = receiptOf((await attempt(session, { ...first, document: other })).outcome);
  const delivered = receiptOf((await attempt(session, second(first, receipt))).outcome);
  expect(delivered).toMatchObject({
    sveaOrderId: receipt.sveaOrderId,
    amount: expect.stringMatching(/^130/u) as string,
  });
  const desk = await adapter.orders?.open(targetOf());
  const [orderId, invoiceId] = [String(receipt.sveaOrderId), String(delivered.invoiceId)];
  const credit = async (positions: readonly number[]) =>
    desk?.credit({ orderId, invoiceId, document: first.document, positions }, signal);
  expect(await credit([1])).toMatchObject({ kind: 'accepted', receipt: { creditedInvoiceId: invoiceId, amount: '5' } });
  await practice.instruct('svea', { do: 'answer', operation: 'DeliverOrderEu', resultCode: 50036, count: 2 });
  expect(await credit([0])).toMatchObject({ kind: 'refused', code: 'svea.50036' });
});

test.each([
  [30000, { kind: 'refused', code: 'svea.30000' }],
  [10000, { kind: 'notSent', code: 'svea.10000', scope: 'connection', isPermanent: true }],
  [1000, { kind: 'unknown', code: 'svea.1000' }],
  [49999, { kind: 'refused', code: 'svea.49999', detail: 'Sveas egna ord' }],
] as const)('result code %i is %o', async (resultCode, expected) => {
  const session = await open();
  await practice.instruct('svea', {
    do: 'answer',
    operation: 'CreateOrderEu',
    resultCode,
    message: 'Sveas egna ord',
    count: 1,
  });
  expect((await attempt(session, itemOf())).outcome).toMatchObject(expected);
});

test.each([
  [
    { mode: 'refuse', httpStatus: 404 },
    { kind: 'notSent', code: 'svea.wrong-address', scope: 'connection' },
  ],
  [
    { mode: 'refuse', httpStatus: 429, retryAfterSeconds: 7 },
    { kind: 'throttled', retryAfterMs: 7_000 },
  ],
  [
    { mode: 'refuse', httpStatus: 502 },
    { kind: 'unknown', code: 'svea.unreadable' },
  ],
  [{ mode: 'garble' }, { kind: 'unknown', code: 'svea.unreadable' }],
  [{ mode: 'hang' }, { kind: 'unknown', code: 'svea.no-reply' }],
] as const)('an answer that is none (%o) is %o', async (order, expected) => {
  const session = await open();
  const phase = 'httpStatus' in order ? 'before-effect' : 'after-effect-before-reply';
  await practice.misbehave({ provider: 'svea', operation: 'CreateOrderEu', count: 1, phase, ...order });
  expect((await attempt(session, itemOf())).outcome).toMatchObject(expected);
});

test('nothing is sent before the mark: a refused one leaves no order', async () => {
  const session = await open();
  const item = itemOf();
  const outcome = await session.send(item, {
    signal,
    markSending: () => Promise.reject(new Error('lost')),
    onPhase: () => undefined,
  });
  expect(outcome).toMatchObject({ kind: 'notSent', code: 'svea.claim-lost' });
  expect(await ordersWith(item.idempotencyKey)).toBe(0);
});

test('the connection test tells reach, answer, login and campaign apart', async () => {
  const walk = async (config: Partial<SveaConfig>, secret: string | null = null) =>
    (await adapter.test(targetOf(config, secret), signal)).map(({ step, state, code }) => [step, state, code]);
  expect((await walk({})).map(([, state]) => state)).toEqual(['ok', 'ok', 'ok', 'ok']);
  expect(await walk({}, 'wrong')).toContainEqual(['login', 'failed', 'svea.10000']);
  expect(await walk({ url: 'http://127.0.0.1:9/x.asmx' })).toContainEqual(['address', 'failed', 'net.refused']);
  const plan = { clientNumber: '71002', orderType: 'PaymentPlan', campaignCode: '1' } as const;
  expect(await walk(plan)).toContainEqual(['permission', 'failed', 'svea.no-campaign']);
});

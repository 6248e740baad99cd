// The SendRegning adapter against the practice service, which was written from the provider's guide without a look at it: every action, over HTTP.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSendRegningAdapter, openService } from '../../../src/main/adapters/sendregning/adapter.ts';
import { paidAndCredited } from '../../../src/main/adapters/sendregning/read-invoices.ts';
import { writeInvoice } from '../../../src/main/adapters/sendregning/requests.ts';
import type { SwsInvoice } from '../../../src/main/adapters/sendregning/requests.ts';
import type { Service, ServiceAnswer } from '../../../src/main/adapters/sendregning/service.ts';
import { startPracticeProcess } from '../../../src/main/platform/practice-process.ts';
import type { PracticeProcess } from '../../../src/main/platform/practice-process.ts';
import type {
  ChannelSession,
  ChannelTarget,
  DeliveryItem,
  GroupSender,
} from '../../../src/main/ports/channel-adapter.ts';
import { practiceEntry } from '../../support/smtp-sftp-practice.ts';

const { signal } = new AbortController();
let dir: string;
let practice: PracticeProcess;
let service: Service;
let session: ChannelSession;
let groups: GroupSender;

function targetOf(change: { readonly isTest?: boolean; readonly secret?: string } = {}): ChannelTarget {
  const { url, user, password } = practice.endpoints.sendregning;
  return {
    connectionId: 'sws',
    config: { channel: 'sendregning', url, user, isTest: change.isTest ?? false, shipment: 'asInvoice' },
    secret: change.secret ?? password,
  };
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'utskick-sws-'));
  practice = await startPracticeProcess({ entry: practiceEntry, dir });
  const opened = await createSendRegningAdapter().open(targetOf(), signal);
  const desk = openService(targetOf());
  if (!opened.ok || !desk.ok || opened.session.groups === undefined)
    throw new Error('the practice service cannot be opened');
  [session, groups, service] = [opened.session, opened.session.groups, desk.service];
});

afterAll(async () => {
  await practice.stop();
  await rm(dir, { recursive: true });
});

let count = 0;
/** An invoice as it is frozen; its key is its target. */
function item(change: Partial<SwsInvoice> = {}, optional: SwsInvoice['optional'] = {}): DeliveryItem {
  count += 1;
  const key = `${String(count)}-0123456789`;
  const sws: SwsInvoice = {
    clientId: key,
    name: 'Bjørn & Åse <Hansen>',
    zip: '0010',
    city: 'OSLO',
    lines: [
      { itemNo: 1, qty: '7.5', prodCode: null, desc: 'Strøm', unitPrice: '250', discount: '10', tax: '25' },
      { itemNo: 2, qty: null, prodCode: null, desc: 'Målepunkt', unitPrice: null, discount: null, tax: null },
    ],
    optional: {
      orderNo: key,
      recipientNo: 'PID_12',
      invoiceDate: '21.09.26',
      dueDate: '05.10.26',
      country: 'NORGE',
      printDunningInfo: 'true',
      ...optional,
    },
    shipment: { kind: 'EMAIL', emailAddresses: ['kari@example.no'], copyAddresses: [] },
    ...change,
  };
  return {
    deliveryId: count,
    idempotencyKey: key,
    attempt: 1,
    invoiceNumber: String(count),
    customerName: sws.name,
    target: key,
    documentSha256: '',
    document: Buffer.from(writeInvoice(sws)),
    documentFileName: '',
    message: null,
    step: 1,
    previous: null,
  };
}

/** Sends in one request; the outcomes in order. */
async function send(...items: readonly DeliveryItem[]) {
  const { drafts } = groups.drafts(items);
  expect(drafts).toHaveLength(1);
  const [draft] = drafts;
  if (draft === undefined) throw new Error('there is nothing to send');
  const end = await groups.send(draft, signal);
  return {
    draft,
    end,
    outcomes: end.kind === 'ended' ? items.map(({ deliveryId }) => end.outcomes.get(deliveryId)) : [],
  };
}

function numberOf(outcome: Awaited<ReturnType<typeof send>>['outcomes'][number]): string {
  return outcome?.kind === 'accepted' ? String(outcome.receipt.invoiceNo) : '';
}

function valueOf<T>(answer: ServiceAnswer<T>): T | null {
  if (!answer.ok) throw new Error(`${answer.fault.code}: ${answer.fault.detail}`);
  return answer.value;
}

test('invoices and a credit invoice are sent, found again, and their totals are ours to the øre', async () => {
  const invoice = item();
  const sent = await send(invoice, item());
  expect(sent.outcomes).toMatchObject([
    { kind: 'accepted', receipt: { total: '2109.38', state: 'sent' } },
    { kind: 'accepted' },
  ]);
  expect(sent.end).toMatchObject({ stop: null });
  const invoiceNo = numberOf(sent.outcomes[0]);
  const credited = await send(item({}, { invoiceType: 'credit', creditedId: invoiceNo }));
  expect(credited.outcomes).toMatchObject([{ kind: 'accepted' }]);
  const found = valueOf(await service.selectInvoices({ invoiceNumbers: [invoiceNo] }, signal));
  expect(found?.invoices).toMatchObject([
    { invoiceNo, orderNo: invoice.target, recipientNo: 'PID_12', totalMinor: 210_938, taxMinor: 42_188 },
  ]);
  const creditNo = numberOf(credited.outcomes[0]);
  const credit = valueOf(await service.selectInvoices({ invoiceNumbers: [creditNo] }, signal))?.invoices[0];
  expect(credit).toMatchObject({ creditedId: invoiceNo, dueDate: { raw: '-- -- --', iso: null } });
  expect(await session.lookUp?.(invoice, signal)).toMatchObject({ kind: 'found', receipt: { invoiceNo } });
  expect(valueOf(await service.selectInvoices({ invoiceNumbers: ['99999'] }, signal))).toBeNull();
});

test('the same request again is 409: what it held is found, and sent once', async () => {
  const { draft } = await send(item(), item());
  const again = await groups.send(draft, signal);
  expect(again.kind === 'ended' && [...again.outcomes.values()].map(({ kind }) => kind)).toEqual([
    'accepted',
    'accepted',
  ]);
  const keys = new Set(draft.items.map(({ target }) => target));
  const all = valueOf(await service.selectInvoices({ which: 'ALL' }, signal))?.invoices ?? [];
  expect(all.filter(({ orderNo }) => keys.has(orderNo ?? ''))).toHaveLength(2);
});

test('a request that never arrived is settled by sending the same bytes with the same id', async () => {
  const items = [item(), item()];
  const [draft] = groups.drafts(items).drafts;
  if (draft === undefined) throw new Error('there is no draft');
  const members = items.map(({ deliveryId, attempt, target }) => ({ deliveryId, attempt, target }));
  const open = {
    id: 1,
    connectionId: 'sws',
    batchId: draft.batchId,
    body: draft.body,
    startedAtMs: Date.now(),
    members,
  };
  const kinds = async (mayRepeat: boolean) =>
    [...(await groups.settle(open, { signal, mayRepeat: () => mayRepeat })).values()].map(({ kind }) => kind);
  expect(await kinds(false)).toEqual(['unclear', 'unclear']);
  expect(await kinds(true)).toEqual(['found', 'found']);
  expect(await kinds(false)).toEqual(['found', 'found']);
});

test('what the service refuses is refused as a whole; a page for a person with 200 is a doubt; a total that is off stops', async () => {
  const refused = await send(item(), item({ name: 'N'.repeat(43) }));
  expect(refused.end).toMatchObject({ kind: 'refusedWhole', code: 'sendregning.bad-request' });
  await practice.instruct('sendregning', { do: 'setUp', htmlReplies: 1 });
  expect((await send(item())).outcomes).toMatchObject([{ kind: 'unknown', code: 'sendregning.answer-for-a-person' }]);
  await practice.instruct('sendregning', { do: 'setUp', deviation: 1 });
  expect((await send(item())).end).toMatchObject({ kind: 'ended', stop: { code: 'sendregning.total-differs' } });
  await practice.instruct('sendregning', { do: 'setUp', deviation: 0, isMaintained: true });
  expect((await send(item())).outcomes).toMatchObject([{ kind: 'unknown', code: 'sendregning.server-failed' }]);
  await practice.instruct('sendregning', { do: 'setUp', isMaintained: false });
});

test('states, payments, dunnings, documents, ledger and registers are read, as XML and as JSON', async () => {
  const sent = await send(item(), item());
  const [paid, due] = sent.outcomes.map(numberOf);
  await practice.instruct('sendregning', { do: 'pay', invoiceNo: paid });
  await practice.instruct('sendregning', { do: 'move', invoiceNo: due, state: 'dueDecide' });
  const dunning = {
    invoiceNo: due ?? '',
    dunningFee: false,
    interest: false,
    dunningType: null,
    dunningText: 'Siste frist',
    dunningDays: 14,
  };
  expect(valueOf(await service.sendDunnings([dunning], signal))?.invoices).toMatchObject([{ invoiceNo: due }]);
  const statuses = valueOf(await service.selectStatuses({ invoiceNumbers: [paid ?? '', due ?? ''] }, signal)) ?? [];
  const [first, second] = [paid, due].map((number) => statuses.find(({ invoiceNo }) => invoiceNo === number));
  expect(first).toMatchObject({ state: 'paid' });
  expect(paidAndCredited(first ?? { payments: [] })).toEqual({ paidMinor: 210_938, creditedMinor: 0 });
  expect(second?.dunnings).toMatchObject([{ dunningType: '1Dunning' }]);
  expect(second?.history.length).toBeGreaterThan(0);
  const documentOf = async (format: 'PDF' | 'JPG') =>
    Buffer.from(valueOf(await service.selectDocument({ invoiceNumbers: [paid ?? ''] }, { format }, signal)) ?? []);
  expect((await documentOf('PDF')).subarray(0, 5).toString()).toBe('%PDF-');
  expect((await documentOf('JPG')).subarray(0, 2).toString('hex')).toBe('ffd8');
  expect(valueOf(await service.constants(signal))?.taxRates.map(({ percent }) => percent)).toContain('25');
  expect(valueOf(await service.countries(signal))?.[0]).toBe('NORGE');
  expect(valueOf(await service.recipients({ recipientNo: 'PID_12' }, signal))).toMatchObject([
    { recipientNo: 'PID_12', name: 'Bjørn & Åse <Hansen>' },
  ]);
  expect(valueOf(await service.recipients({ query: 'åse' }, signal))?.length).toBeGreaterThan(0);
  expect(valueOf(await service.categories(signal))).not.toBe(undefined);
  const ledger = valueOf(await service.ledger('PID_12', signal))?.[0];
  const sum = (ledger?.entries ?? []).reduce((minor, { amountMinor }) => minor + (amountMinor ?? 0), 0);
  expect(valueOf(await service.balances('PID_12', signal))).toEqual([{ recipientNo: 'PID_12', balanceMinor: sum }]);
  const json = await service.execute({ action: 'select', type: 'constant', accept: 'application/json' }, signal);
  expect(json).toMatchObject({ kind: 'answered', reply: { status: 200, mediaType: 'application/json' } });
  expect(
    await service.execute({ action: 'insert', type: 'product', xml: Buffer.from('<product/>') }, signal),
  ).toMatchObject({ reply: { status: 501 } });
});

test('a wrong password is told by the login step; in test mode everything is checked and nothing sent', async () => {
  const adapter = createSendRegningAdapter();
  const stepsOf = async (target: ChannelTarget) =>
    (await adapter.test(target, signal)).map(({ step, state, code }) => [step, state, code]);
  expect(await stepsOf(targetOf())).toEqual(
    ['address', 'transport', 'login', 'permission'].map((step) => [step, 'ok', null]),
  );
  expect(await stepsOf(targetOf({ secret: 'wrong' }))).toEqual([
    ['address', 'ok', null],
    ['transport', 'ok', null],
    ['login', 'failed', 'sendregning.login-refused'],
    ['permission', 'skipped', null],
  ]);
  const before = valueOf(await service.selectInvoices({ which: 'ALL' }, signal))?.invoices.length;
  const opened = await adapter.open(targetOf({ isTest: true }), signal);
  const sender = opened.ok ? opened.session.groups : undefined;
  const [draft] = sender?.drafts([item()]).drafts ?? [];
  if (sender === undefined || draft === undefined) throw new Error('the test session cannot be opened');
  const end = await sender.send(draft, signal);
  expect(end.kind === 'ended' && [...end.outcomes.values()]).toMatchObject([
    { kind: 'notSent', code: 'sendregning.test-mode' },
  ]);
  expect(valueOf(await service.selectInvoices({ which: 'ALL' }, signal))?.invoices.length).toBe(before);
});

test('requests are divided by bytes, each under the limit and with an id of its own', () => {
  const many = Array.from({ length: 450 }, () => item({}, { comment: 'x'.repeat(5_000) }));
  const { drafts, unfit } = groups.drafts([...many, item({}, { comment: 'x'.repeat(2_200_000) })]);
  expect([...unfit.values()]).toMatchObject([{ kind: 'notSent', code: 'sendregning.too-large', isPermanent: true }]);
  expect(drafts.length).toBeGreaterThan(1);
  expect(Math.max(...drafts.map(({ body }) => body.byteLength))).toBeLessThanOrEqual(2_097_152);
  expect(drafts.flatMap(({ items }) => items)).toEqual(many);
  expect(new Set(drafts.map(({ batchId }) => batchId)).size).toBe(drafts.length);
});

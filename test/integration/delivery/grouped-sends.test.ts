// Invoices to SendRegning in groups, from import to receipt, over HTTP: what is lost on the way is looked up and repeated with the same batchId, never sent twice.

import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSendRegningAdapter } from '../../../src/main/adapters/sendregning/adapter.ts';
import { importBatch } from '../../../src/main/app/import-batch.ts';
import { releaseToConnection } from '../../../src/main/app/release-to-connection.ts';
import { resolveByOperator } from '../../../src/main/app/resolve-unknown.ts';
import type { Workspace } from '../../../src/main/engine/open-workspace.ts';
import { writeSampleFile } from '../../../src/main/engine/sample-file.ts';
import { openSendRegningDesk } from '../../../src/main/engine/sendregning-desk.ts';
import { trackSent } from '../../../src/main/engine/sendregning-tracking.ts';
import { lookUpOnce } from '../../../src/main/engine/self-look-up.ts';
import { createKeychain } from '../../../src/main/platform/keychain.ts';
import type { Connection } from '../../../src/shared/schema/connection.ts';
import { wordsForEntry } from '../../../src/shared/words/timeline-words.ts';
import { noLimits } from '../../../src/shared/schema/connection-limits.ts';
import { startTestService } from '../../support/sendregning-service.ts';
import type { TestService } from '../../support/sendregning-service.ts';
import { act } from '../../support/store-workspace.ts';
import { openTestWorkspace } from '../../support/test-workspace.ts';

const control = { signal: new AbortController().signal, onProgress: () => undefined };
const everything = { batchId: null, connectionId: null, states: [], search: '' };
const password = 'UTSKICK_TEST_SWS_PASSWORD';
/** A Saturday noon in Oslo. */
const noonMs = Date.UTC(2026, 10, 21, 11);

let folder: string;
let workspace: Workspace;
let service: TestService;
let batchId: string;
let nowMs: number;

/** A workspace with the batch in it, copied for each test. */
let template: string;

beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), 'utskick-sws-'));
  folder = template;
  await open();
  const path = join(template, 'batch.xml');
  await writeSampleFile(path, { invoices: 12, errors: 0, seed: 1 });
  // A Swedish file is as good as any here, but for its currency.
  await writeFile(path, (await readFile(path, 'utf8')).replaceAll('SEK', 'NOK'));
  const { batches } = await importBatch(workspace.context, {
    files: [{ path, name: 'batch.xml' }],
    mode: 'lenient',
    ownerPid: process.pid,
    ...control,
  });
  batchId = batches[0]?.id ?? '';
  await workspace.close();
});

afterAll(async () => {
  await rm(template, { recursive: true, force: true });
});

beforeEach(async () => {
  nowMs = noonMs;
  folder = await mkdtemp(join(tmpdir(), 'utskick-sws-'));
  await cp(join(template, 'data'), join(folder, 'data'), { recursive: true });
  service = await startTestService();
  await open();
});

afterEach(async () => {
  await workspace.close();
  await service.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(): Promise<void> {
  const adapter = createSendRegningAdapter({
    now: () => nowMs,
    isNightEverywhere: true,
    timing: { replyMs: 5_000, connectMs: 5_000 },
  });
  workspace = await openTestWorkspace(join(folder, 'data'), {
    secrets: createKeychain({ env: { [password]: 'pass' } }),
    around: (ports) => ({ ...ports, adapters: { ...ports.adapters, sendregning: adapter } }),
  });
}

function connect(change: { readonly isTest?: boolean; readonly user?: string } = {}): void {
  const connection: Connection = {
    id: 'sws',
    name: 'SendRegning',
    channel: 'sendregning',
    endpoint: 'test',
    config: { channel: 'sendregning', url: service.url, user: 'user', isTest: false, shipment: 'asInvoice', ...change },
    secret: { kind: 'environment', variable: password },
    limits: noLimits,
    createdAtMs: 1,
    lastTest: null,
  };
  workspace.context.store.config.saveConnection(connection, act());
}

async function release(change: Parameters<typeof connect>[0] = {}): Promise<number> {
  connect(change);
  const released = await releaseToConnection(
    workspace.context,
    { batchId, connection: 'sws', isReadyOnly: true },
    control,
  );
  if (!released.ok) throw new Error(released.error.message);
  expect(released.value.unfit).toEqual([]);
  return released.value.released;
}

const deliver = () => workspace.runner.runUntilIdle(control.signal);
const deliveries = () => workspace.context.store.reads.deliveryPage(everything, 0, 100).deliveries;
const states = () => [...new Set(deliveries().map(({ state }) => state))];
const codes = () => [...new Set(deliveries().map(({ lastCode }) => lastCode))];
const receipts = () => deliveries().map(({ id }) => workspace.context.store.reads.attempts(id).at(-1)?.receipt ?? null);
const lookUp = () => lookUpOnce(workspace.context, new Set(), control.signal);
const sends = () => service.log.filter((line) => line.startsWith('send invoice'));
const doubles = () => service.ledger.length - new Set(service.ledger.map(({ orderNo }) => orderNo)).size;

test('a batch goes in one request, each invoice with the number and KID it got', async () => {
  expect(await release()).toBe(12);
  expect(await deliver()).toMatchObject({ ok: true, value: { attempts: 12 } });
  expect(states()).toEqual(['accepted']);
  expect(sends()).toEqual(['send invoice 200']);
  expect(receipts().map((receipt) => receipt?.invoiceNo)).toEqual(
    service.ledger.map(({ invoiceNo }) => invoiceNo).sort(),
  );
  expect(receipts()[0]).toMatchObject({
    state: 'sent',
    kid: expect.stringMatching(/^00/u) as string,
    batchId: service.ledger[0]?.batchId,
  });
  expect(doubles()).toBe(0);
});

/** A noon before or after whatever was begun today: the requests' own times are the computer's, and at night nothing is started. */
const noonOf = (days: number): number => (Math.floor(Date.now() / 86_400_000) + days) * 86_400_000 + 43_200_000;

describe('what is lost on the way', () => {
  test('after the service had done it is looked up: sent once, with its number', async () => {
    await release();
    service.faults.push('loseReply');
    await deliver();
    expect([states(), codes()]).toEqual([['unknown'], ['sendregning.cut']]);
    expect((await lookUp()).counts).toMatchObject({ found: 12 });
    expect([states(), sends().length, service.ledger.length, doubles()]).toEqual([['accepted'], 1, 12, 0]);
  });

  test('before the service had it goes again, byte for byte, with the same batchId', async () => {
    await release();
    service.faults.push('loseRequest', 'fail');
    await deliver();
    expect(states()).toEqual(['unknown']);
    // The service is still in trouble: asked again later.
    expect((await lookUp()).counts).toMatchObject({ unreachable: 12 });
    expect((await lookUp()).counts).toMatchObject({ found: 12 });
    expect(service.bodies).toHaveLength(3);
    expect(new Set(service.bodies).size).toBe(1);
    expect([states(), service.ledger.length, doubles()]).toEqual([['accepted'], 12, 0]);
  });

  test('and answered with 409 the second time is sent, with its number', async () => {
    await release();
    service.faults.push('doAndFail');
    await deliver();
    // The look-up finds nothing at first: what it is shown lags behind.
    const hidden = service.ledger.splice(0);
    const found = lookUp();
    while (sends().length < 2) await new Promise((resolve) => setImmediate(resolve));
    service.ledger.push(...hidden);
    expect((await found).counts).toMatchObject({ found: 12 });
    expect(sends()).toEqual(['send invoice 500', 'send invoice 409']);
    expect([states(), doubles()]).toEqual([['accepted'], 0]);
  });

  test('and answered with 409 while nothing is shown is a person’s matter, and goes nowhere', async () => {
    await release();
    service.faults.push('doAndFail');
    await deliver();
    const hidden = service.ledger.splice(0);
    nowMs = noonOf(1);
    expect((await lookUp()).counts).toMatchObject({ absent: 0, unclear: 12 });
    await deliver();
    service.ledger.push(...hidden);
    expect([states(), sends()]).toEqual([['unknown'], ['send invoice 500', 'send invoice 409']]);
  });

  test('is not taken for absent when its repetition is refused and a part of it turns up after that', async () => {
    await release();
    service.faults.push('loseRequest');
    await deliver();
    const [first] = deliveries();
    service.refuses = first?.target ?? '';
    nowMs = noonOf(1);
    const asked = lookUp();
    while (sends().length < 2) await new Promise((resolve) => setImmediate(resolve));
    const late = deliveries().slice(0, 6);
    service.ledger.push(
      ...late.map(({ target }, at) => ({ invoiceNo: String(900 + at), orderNo: target, batchId: '' })),
    );
    expect((await asked).counts).toMatchObject({ found: 6, absent: 0, unreachable: 6 });
    expect(sends()).toEqual(['send invoice 0', 'send invoice 400']);
  });

  test('and shown in part is waited for as long as it may be worked on, and then a person’s matter', async () => {
    await release();
    service.faults.push('loseReply');
    await deliver();
    service.ledger.splice(6);
    nowMs = noonOf(-1);
    expect((await lookUp()).counts).toMatchObject({ found: 6, absent: 0, unreachable: 6 });
    nowMs = noonOf(1);
    expect((await lookUp()).counts).toMatchObject({ absent: 0, unclear: 6 });
    await deliver();
    expect([states().toSorted(), sends()]).toEqual([['accepted', 'unknown'], ['send invoice 0']]);
  });

  test('with the program is looked up at its next start', async () => {
    await release();
    service.faults.push('loseReply');
    const store = workspace.context.store;
    // As a kill leaves it: the request is out, and nothing was recorded.
    const fence =
      store.deliveries.acquireRunnerLease({ pid: 1, id: 'gone' }, { nowMs: 1_000, untilMs: 2_000 }, () => true)
        ?.fence ?? 0;
    const claims = store.deliveries.claim({ fence, connectionId: 'sws', limit: 20, nowMs: Date.now() });
    const body = Buffer.from(`<invoices batchId="b-1">\n${(await documents(claims)).join('')}</invoices>\n`);
    const members = claims.map(({ deliveryId, attempt }) => ({ deliveryId, attempt }));
    expect(
      store.groups.begin(fence, { connectionId: 'sws', batchId: 'b-1', body, members }, Date.now()),
    ).not.toBeNull();
    expect(store.deliveries.markSending(fence, members, Date.now())).toHaveLength(12);
    // A claim that is not ours any more takes the whole request with it.
    expect(
      store.groups.begin(fence + 1, { connectionId: 'sws', batchId: 'b-2', body, members }, Date.now()),
    ).toBeNull();
    store.deliveries.releaseRunnerLease(fence);
    await workspace.close();
    await open();
    await deliver();
    expect([states(), sends()]).toEqual([['unknown'], []]);
    expect((await lookUp()).counts).toMatchObject({ unreachable: 12 });
    expect((await lookUp()).counts).toMatchObject({ found: 12 });
    expect(service.bodies.map((text) => text.length)).toEqual([body.toString().length]);
    expect([states(), service.ledger.length, doubles()]).toEqual([['accepted'], 12, 0]);
  });

  test('is not repeated once somebody has queued a part of it again', async () => {
    await release();
    service.faults.push('loseRequest');
    await deliver();
    const [first] = deliveries();
    resolveByOperator(workspace.context, { ids: [first?.id ?? 0] }, { verdict: 'notArrived', reason: 'asked them' });
    expect((await lookUp()).counts).toMatchObject({ found: 0, unclear: 11 });
    expect(sends()).toHaveLength(1);
    await deliver();
    expect([service.ledger.length, doubles()]).toEqual([1, 0]);
  });

  test('cannot be queued again by anybody while it is being repeated', async () => {
    await release();
    service.faults.push('loseRequest');
    await deliver();
    const { groups, unknowns } = workspace.context.store;
    const ids = deliveries().map(({ id }) => id);
    const [open] = groups.openOf(ids);
    expect(open?.members).toHaveLength(12);
    expect(groups.beginRepeat(open?.id ?? 0, Date.now())).toBe(true);
    expect(groups.beginRepeat(open?.id ?? 0, Date.now())).toBe(false);
    expect(unknowns.settle(ids, { toState: 'queued', reason: '' }, act())).toBe(0);
    groups.endRepeat(open?.id ?? 0);
    expect(unknowns.settle(ids, { toState: 'queued', reason: '' }, act())).toBe(12);
    expect(groups.beginRepeat(open?.id ?? 0, Date.now())).toBe(false);
  });

  test('many times over loses and doubles nothing', async () => {
    await release();
    const faults = ['loseReply', 'loseRequest', 'fail', 'doAndFail', 'html'] as const;
    for (let round = 0; round < 10; round += 1) service.faults.push(...faults.slice(0, 1 + (round % faults.length)));
    await deliver();
    for (let round = 0; round < 60 && states().join() !== 'accepted'; round += 1) await lookUp();
    expect([states(), service.ledger.length, doubles()]).toEqual([['accepted'], 12, 0]);
  });
});

test('one invoice that is refused is found by halving; the others go', async () => {
  await release();
  const [bad] = deliveries();
  service.refuses = bad?.target ?? '';
  await deliver();
  expect(
    deliveries()
      .map(({ target, state }) => [target === bad?.target, state])
      .filter(([isBad, state]) => (isBad ? state !== 'rejected' : state !== 'accepted')),
  ).toEqual([]);
  expect([service.ledger.length, doubles()]).toEqual([11, 0]);
  expect(new Set(service.bodies.map((text) => /batchId="([^"]*)"/u.exec(text)?.[1])).size).toBe(service.bodies.length);
  // Nothing of a request that is settled is kept but its answer.
  expect(workspace.context.store.groups.openOf(deliveries().map(({ id }) => id))).toEqual([]);
});

test.each([
  ['after the answer', false],
  ['between the halves', true],
])('a refused request of a program that ended %s is settled without a person', async (_, isDivided) => {
  await release();
  const { groups, deliveries: verbs } = workspace.context.store;
  const lease = verbs.acquireRunnerLease({ pid: 1, id: 'gone' }, { nowMs: 1_000, untilMs: 2_000 }, () => true);
  const fence = lease?.fence ?? 0;
  const claims = verbs.claim({ fence, connectionId: 'sws', limit: 20, nowMs: Date.now() });
  const bodies = await documents(claims);
  const request = (batchId: string, from: number, to: number) => ({
    connectionId: 'sws',
    batchId,
    body: Buffer.from(`<invoices batchId="${batchId}">\n${bodies.slice(from, to).join('')}</invoices>\n`),
    members: claims.slice(from, to).map(({ deliveryId, attempt }) => ({ deliveryId, attempt })),
  });
  const whole = request('b-1', 0, 12);
  const groupId = groups.begin(fence, whole, nowMs) ?? 0;
  expect(verbs.markSending(fence, whole.members, Date.now())).toHaveLength(12);
  if (isDivided) {
    // Both halves stand before either is sent; a claim that is not ours, or one of an earlier attempt, changes nothing.
    const halves = [request('b-2', 0, 6), request('b-3', 6, 12)];
    const earlier = halves.map((half) => ({ ...half, members: half.members.map((each) => ({ ...each, attempt: 0 })) }));
    expect(groups.divide(fence, { groupId, parts: earlier }, nowMs)).toBeNull();
    expect(groups.divide(fence + 1, { groupId, parts: halves }, nowMs)).toBeNull();
    expect(groups.divide(fence, { groupId, parts: halves }, nowMs)).toHaveLength(2);
  }
  // Another one delivers now: what this one marked is its own still, and nothing more of it is begun.
  expect(
    verbs.acquireRunnerLease({ pid: 2, id: 'next' }, { nowMs: 2_001, untilMs: 3_000 }, () => false),
  ).not.toBeNull();
  const late = [request('b-4', 0, 6), request('b-5', 6, 12)] as const;
  expect([groups.begin(fence, late[0], nowMs), groups.divide(fence, { groupId, parts: late }, nowMs)]).toEqual([
    null,
    null,
  ]);
  verbs.releaseRunnerLease(fence);
  await workspace.close();
  await open();
  const bad = claims[0]?.target ?? '';
  service.refuses = bad;
  await deliver();
  expect([states(), sends()]).toEqual([['unknown'], []]);
  expect(workspace.context.store.groups.openOf(deliveries().map(({ id }) => id))).toHaveLength(isDivided ? 2 : 1);
  // Refused again: while the first may be worked on it is asked again, then what is not there goes again.
  expect((await lookUp()).counts).toMatchObject({ found: isDivided ? 6 : 0, unreachable: isDivided ? 6 : 12 });
  nowMs += 21 * 60_000;
  expect((await lookUp()).counts).toMatchObject({ absent: isDivided ? 6 : 12, unclear: 0 });
  await deliver();
  const left = deliveries().filter(({ state }) => state !== 'accepted');
  expect(left.map(({ target, state }) => [target, state])).toEqual([[bad, 'rejected']]);
  expect([service.ledger.length, doubles()]).toEqual([11, 0]);
});

test('a total that differs stops the lane for a person', async () => {
  await release();
  service.totalOffMinor = 1;
  await deliver();
  expect(states()).toEqual(['accepted']);
  const [lane] = workspace.context.store.reads
    .lanes(null, Date.now())
    .filter(({ connectionId }) => connectionId === 'sws');
  expect(lane).toMatchObject({ blockedBy: 'pausedByFailures', blockCode: 'sendregning.total-differs' });
});

test('a connection in test mode has everything checked and nothing sent', async () => {
  await release({ isTest: true });
  await deliver();
  expect([states(), codes()]).toEqual([['failed'], ['sendregning.test-mode']]);
});

test('a refused login costs no try and stops the lane', async () => {
  await release({ user: 'nobody' });
  await deliver();
  expect([states(), service.ledger.length]).toEqual([['queued'], 0]);
  const lane = workspace.context.store.reads.lanes(null, Date.now()).find(({ connectionId }) => connectionId === 'sws');
  expect(lane).toMatchObject({ blockedBy: 'pausedByFailures', blockCode: 'sendregning.login-refused' });
});

test('nothing is started while the service may be down for the night', async () => {
  await release();
  nowMs = Date.UTC(2026, 10, 22, 0, 45);
  await deliver();
  expect([states(), sends()]).toEqual([['queued'], []]);
  nowMs = Date.UTC(2026, 10, 22, 2, 0);
  workspace.runner.wake();
  await deliver();
  expect(states()).toEqual(['accepted']);
});

test('what became of the invoices is added to their histories once, with their PDFs', async () => {
  await release();
  await deliver();
  const track = async () => {
    const desk = await openSendRegningDesk(workspace.context, 'sws', control.signal);
    if (!desk.ok) throw new Error(desk.error.message);
    return trackSent(workspace.context, { desk: desk.value, connectionId: 'sws', withDocuments: true });
  };
  // Each has a state, a payment and a document.
  expect(await track()).toMatchObject({
    ok: true,
    value: { asked: 12, answered: 12, added: 24, documents: 12, states: { paid: 6, dueDecide: 6 } },
  });
  expect(await track()).toMatchObject({ ok: true, value: { asked: 12, added: 0, documents: 0 } });
  const [first] = deliveries();
  const tracked = workspace.context.store.reads
    .timeline(first?.invoiceId ?? 0)
    .filter(({ kind }) => kind === 'tracked');
  expect(tracked.map((entry) => wordsForEntry(entry, 'en'))).toEqual([
    expect.stringMatching(/^SendRegning: state (?:paid|due, to be decided)$/u),
    'SendRegning: payment of 125.00 NOK, 2026-12-05',
    'SendRegning: the invoice’s PDF was fetched into the archive',
  ]);
  const sha256 = tracked[2]?.facts.sha256;
  expect((await workspace.context.documents.read(typeof sha256 === 'string' ? sha256 : '')).ok).toBe(true);
  // A state may come back; nothing else is said twice.
  const { tracking } = workspace.context.store;
  const say = (state: string) =>
    tracking.add(first?.id ?? 0, [{ kind: 'state', key: state, facts: { state } }], Date.now());
  expect(['lost', 'lost', 'paid', 'lost'].map(say)).toEqual([1, 0, 1, 1]);
});

async function documents(claims: readonly { readonly documentSha256: string }[]): Promise<string[]> {
  const read = await Promise.all(claims.map(({ documentSha256 }) => workspace.context.documents.read(documentSha256)));
  return read.map((each) => (each.ok ? Buffer.from(each.value).toString('utf8') : ''));
}

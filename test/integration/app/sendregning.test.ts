// An account at SendRegning beside the deliveries, from the use cases, against the practice service in a process of its own: lists, rehearsal, ledger, documents, dunnings.

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accountDocument, accountsOfInvoice, lookAtAccount } from '../../../src/main/app/account-desk.ts';
import type { AccountPlace } from '../../../src/main/app/account-desk.ts';
import { checkAccountDunning, dunInvoice } from '../../../src/main/app/account-dunning.ts';
import { accountLists, fetchAccountLists, refreshAccountLists } from '../../../src/main/app/account-lists.ts';
import type { AppContext } from '../../../src/main/app/context.ts';
import { importGiven } from '../../../src/main/app/import-given.ts';
import { settleOrderAct } from '../../../src/main/app/order-acts.ts';
import { rehearseRelease } from '../../../src/main/app/rehearse-release.ts';
import { releaseToConnection } from '../../../src/main/app/release-to-connection.ts';
import type { Workspace } from '../../../src/main/engine/open-workspace.ts';
import { trackConnection } from '../../../src/main/engine/status-watch.ts';
import { createKeychain } from '../../../src/main/platform/keychain.ts';
import { startPracticeProcess } from '../../../src/main/platform/practice-process.ts';
import type { PracticeProcess } from '../../../src/main/platform/practice-process.ts';
import type { AccountService } from '../../../src/main/ports/account-service.ts';
import { noLimits } from '../../../src/shared/schema/connection-limits.ts';
import type { Dunning } from '../../../src/shared/schema/accounts.ts';
import { wordsForEntry } from '../../../src/shared/words/timeline-words.ts';
import { practiceEntry } from '../../support/smtp-sftp-practice.ts';
import { act } from '../../support/store-workspace.ts';
import { openTestWorkspace } from '../../support/test-workspace.ts';
import { ublText } from '../../support/ubl-text.ts';

const { signal } = new AbortController();
const control = { signal, onProgress: () => undefined };
const plain: Dunning = {
  dunningFee: false,
  interest: false,
  dunningType: null,
  dunningText: null,
  dunningDays: null,
};

let folder: string;
let practice: PracticeProcess;
let workspace: Workspace;
let batchId: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'utskick-account-'));
  practice = await startPracticeProcess({ entry: practiceEntry, dir: join(folder, 'providers') });
  const { url, user, password } = practice.endpoints.sendregning;
  await open(password);
  workspace.context.store.config.saveConnection(
    {
      id: 'sws',
      name: 'Norsk',
      channel: 'sendregning',
      endpoint: 'test',
      config: { channel: 'sendregning', url, user, isTest: false, shipment: 'asInvoice' },
      secret: { kind: 'environment', variable: 'SWS' },
      limits: noLimits,
      createdAtMs: 1,
      lastTest: null,
    },
    act(),
  );
  const batch = join(folder, 'batch');
  await mkdir(batch);
  const base = {
    kind: 'Invoice',
    customer: 'Kari',
    email: 'kari@example.com',
    net: 400,
    dueDate: '2098-12-01',
  } as const;
  for (const number of ['1', '2', '3']) await writeFile(join(batch, `${number}.xml`), ublText({ ...base, number }));
  await writeFile(join(batch, '4.xml'), ublText({ ...base, number: '4', vatPercent: 24 }));
  await importGiven(workspace.context, {
    files: [{ path: batch, name: 'batch' }],
    mode: 'lenient',
    ownerPid: process.pid,
    ...control,
  });
  batchId = workspace.context.store.reads.batchPage(0, 1).batches[0]?.id ?? '';
}, 60_000);

afterAll(async () => {
  await workspace.close();
  await practice.stop();
  await rm(folder, { recursive: true, force: true });
});

async function open(password: string): Promise<void> {
  workspace = await openTestWorkspace(join(folder, 'data'), { secrets: createKeychain({ env: { SWS: password } }) });
}

/** The same workspace with some verbs of the service replaced. */
function withService(change: (service: AccountService) => Partial<AccountService>): AppContext {
  const { context } = workspace;
  const { sendregning } = context.adapters;
  const { account } = sendregning;
  if (account === undefined) throw new Error('SendRegning has a desk');
  const open: typeof account.open = (target) => {
    const opened = account.open(target);
    return opened.ok ? { ok: true, value: { ...opened.value, ...change(opened.value) } } : opened;
  };
  const adapters = { ...context.adapters, sendregning: { ...sendregning, account: { ...account, open } } };
  return { ...context, adapters };
}

const setUp = (change: object) => practice.instruct('sendregning', { do: 'setUp', ...change });
const move = (invoiceNo: string) => practice.instruct('sendregning', { do: 'move', invoiceNo, state: 'dueDecide' });
const ledger = async () =>
  (await readFile(practice.endpoints.ledgers.sendregning, 'utf8').catch(() => ''))
    .split('\n')
    .filter((line) => line !== '')
    .map(
      (line) => JSON.parse(line) as { readonly event: string; readonly invoiceNo?: string; readonly hasFee?: boolean },
    );
const eventsOf = async (event: string) => (await ledger()).filter((line) => line.event === event);

test('VAT rates and countries are fetched, kept with their date, and fetched again when they are a day old', async () => {
  const { context } = workspace;
  expect(accountLists(context, 'sws')).toEqual({ fetchedAtMs: null, vatRates: [], countries: 0 });
  expect(await fetchAccountLists(context, 'sws', signal)).toMatchObject({ ok: true });
  const { fetchedAtMs, vatRates, countries } = accountLists(context, 'sws');
  expect(vatRates.map(({ percent, from, to }) => [percent, from, to])).toEqual(
    ['0', '12', '15', '25'].map((percent) => [percent, '2005-01-01', '2099-01-01']),
  );
  expect(countries).toBeGreaterThan(200);
  await refreshAccountLists(context, ['sws'], signal);
  expect(accountLists(context, 'sws').fetchedAtMs).toBe(fetchedAtMs);
  const kept = context.store.accounts.lists('sws');
  const dayOldMs = (fetchedAtMs ?? 0) - 86_400_001;
  context.store.accounts.keepLists('sws', { ...kept, vatRates: [], countries: ['NORGE'] }, dayOldMs);
  const old = { fetchedAtMs: dayOldMs, vatRates: [], countries: 1 };
  // What cannot be fetched leaves what is kept, with its date.
  await practice.setNetwork(false);
  await refreshAccountLists(context, ['sws'], signal);
  expect(accountLists(context, 'sws')).toEqual(old);
  await practice.setNetwork(true);
  await refreshAccountLists(context, ['sws', 'sws'], signal);
  const again = accountLists(context, 'sws');
  expect(again).toEqual({ fetchedAtMs: again.fetchedAtMs, vatRates, countries });
  expect(again.fetchedAtMs).toBeGreaterThanOrEqual(fetchedAtMs ?? 0);
  // An empty list would stop every invoice: one that is empty changes nothing.
  for (const empty of [{ vatRates: [] }, { countries: [] }]) {
    const value = { vatRates, countries: ['NORGE'], ...empty };
    const silent = withService(() => ({ lists: () => Promise.resolve({ ok: true, value }) }));
    expect(await fetchAccountLists(silent, 'sws', signal)).toEqual({ ok: true, value: again });
  }
});

test('a rehearsal sends nothing; it says what does not fit, what is refused, and where a total is not ours', async () => {
  const plan = { batchId, connections: { email: 'sws', sftp: 'sws' }, limit: null };
  const rehearse = async () => {
    const report = await rehearseRelease(workspace.context, plan, { signal, patienceMs: null });
    return report.ok ? report.value.lanes[0] : report.error;
  };
  // The service answers a test with sample data: nothing is compared, and that is said by the count.
  expect(await rehearse()).toMatchObject({
    accepted: 3,
    compared: 0,
    differing: { count: 0 },
    refused: { count: 0 },
    unfit: {
      count: 1,
      invoices: [{ invoiceNumber: '4', code: 'channel.sendregning.vat-rate', found: '24', expected: '0, 12, 15, 25' }],
    },
    left: 0,
    fault: null,
  });
  await setUp({ isCounting: true });
  expect(await rehearse()).toMatchObject({ accepted: 3, compared: 3, differing: { count: 0 } });
  await setUp({ deviation: 1 });
  const first = { invoiceNumber: '1', ownMinor: 50_000, peerMinor: 50_001 };
  expect(await rehearse()).toMatchObject({
    accepted: 3,
    compared: 3,
    differing: { count: 3, invoices: [first, {}, {}] },
  });
  await setUp({ isCounting: false, deviation: 0, htmlReplies: 1 });
  expect(await rehearse()).toMatchObject({ accepted: 0, left: 3, fault: { code: 'sendregning.answer-for-a-person' } });
  // What time does not suffice for is counted, and no fault.
  const gone = await rehearseRelease(workspace.context, plan, { signal: AbortSignal.abort(), patienceMs: null });
  expect(gone).toMatchObject({ ok: true, value: { lanes: [{ accepted: 0, left: 4, fault: null }] } });
  expect(await ledger()).toEqual([]);
});

const numbers = new Map<string, { readonly place: AccountPlace; readonly invoiceNo: string }>();
const placeOf = (number: string): AccountPlace => numbers.get(number)?.place ?? { invoiceId: 0, deliveryId: 0 };
const numberOf = (number: string): string => numbers.get(number)?.invoiceNo ?? '';
async function accountOf(number: string) {
  const accounts = await accountsOfInvoice(workspace.context, placeOf(number).invoiceId);
  return accounts.ok ? accounts.value[0] : undefined;
}

test('an invoice whose rate the service does not list is not released; of the others recipient, ledger, balance and PDF are fetched', async () => {
  const { context, runner } = workspace;
  const released = await releaseToConnection(context, { batchId, connection: 'sws', isReadyOnly: true }, control);
  expect(released).toMatchObject({ ok: true, value: { released: 3, unfit: [{ invoiceNumber: '4' }] } });
  await runner.runUntilIdle(signal);
  const everything = { batchId: null, connectionId: null, states: [], search: '' };
  for (const { id, invoiceId, invoiceNumber } of context.store.reads.deliveryPage(everything, 0, 10).deliveries) {
    const accounts = await accountsOfInvoice(context, invoiceId);
    const [account] = accounts.ok ? accounts.value : [];
    expect(account).toMatchObject({ deliveryId: id, state: null, bar: null, hasDocument: false, acts: [] });
    numbers.set(invoiceNumber, { place: { invoiceId, deliveryId: id }, invoiceNo: account?.invoiceNo ?? '' });
  }
  const looked = await lookAtAccount(context, placeOf('1'), signal);
  // One customer without a number: one recipient, who owes all three.
  expect(looked).toMatchObject({
    ok: true,
    value: { state: 'sent', recipient: { name: 'Kari', city: 'Bergen' }, balanceMinor: 150_000, settled: 0 },
  });
  expect(looked.ok && looked.value.entries.map(({ type, amountMinor }) => [type, amountMinor])).toEqual(
    Array(3).fill(['invoice', 50_000]),
  );
  expect(await accountOf('1')).toMatchObject({ state: 'sent', recipientNo: expect.any(String) as string });

  const fetched = await accountDocument(context, placeOf('1'), signal);
  expect(fetched.ok && Buffer.from(fetched.value.bytes).toString('latin1', 0, 5)).toBe('%PDF-');
  expect(await accountOf('1')).toMatchObject({ hasDocument: true });
  // From the archive, with the service out of reach.
  await practice.setNetwork(false);
  expect(await accountDocument(context, placeOf('1'), signal)).toEqual(fetched);
  expect(await lookAtAccount(context, placeOf('1'), signal)).toMatchObject({
    ok: false,
    error: { code: 'CONNECTION_FAILED' },
  });
  await practice.setNetwork(true);
});

test('a dunning goes when the rules allow it, once, and stands in the history', async () => {
  const { context } = workspace;
  const wanted = { ...placeOf('1'), dunning: { ...plain, dunningFee: true, interest: true } };
  // Not due: nothing is sent, nothing is written down.
  expect(await dunInvoice(context, wanted, signal)).toMatchObject({
    ok: true,
    value: {
      act: null,
      findings: expect.arrayContaining([{ code: 'state', isInTheWay: true, found: 'sent' }]) as unknown,
    },
  });
  await move(numberOf('1'));
  const checked = await checkAccountDunning(context, wanted, signal);
  expect(checked).toMatchObject({ ok: true, value: { nextType: '1Dunning', dunnings: 0, feeMinor: 3_500 } });
  // Fee and interest left out without a word are said, and are not in the way.
  expect(checked.ok && checked.value.findings.every(({ isInTheWay }) => !isInTheWay)).toBe(true);
  expect(checked.ok && checked.value.findings.map(({ code }) => code)).toContain('feeTooEarly');
  expect([await eventsOf('dunned'), (await accountOf('1'))?.acts]).toEqual([[], []]);

  const done = await dunInvoice(context, wanted, signal);
  expect(done).toMatchObject({
    ok: true,
    value: { act: { kind: 'dun', state: 'done', peerOrderId: numberOf('1'), wish: { dunningType: '1Dunning' } } },
  });
  expect(await eventsOf('dunned')).toMatchObject([{ invoiceNo: numberOf('1'), hasFee: false }]);
  const { reads } = context.store;
  const history = reads.timeline(placeOf('1').invoiceId).map((entry) => wordsForEntry(entry, 'en'));
  expect(history).toContain(`Norsk: dunning of invoice ${numberOf('1')} sent`);
  expect(history.join('\n')).toContain('state dunned, not due');
  // Dunned, not due: no second one now.
  expect(await dunInvoice(context, wanted, signal)).toMatchObject({ ok: true, value: { act: null } });
  await move(numberOf('1'));
  expect(
    await checkAccountDunning(context, { ...wanted, dunning: { ...plain, dunningType: '1Dunning' } }, signal),
  ).toMatchObject({
    ok: true,
    value: { nextType: '2Dunning', findings: [{ code: 'sequence', isInTheWay: true }] },
  });
  expect(await dunInvoice(context, { ...wanted, dunning: { ...plain, dunningDays: 13 } }, signal)).toMatchObject({
    value: { act: null, findings: [{ code: 'days', isInTheWay: true }] },
  });
  expect(await eventsOf('dunned')).toHaveLength(1);
});

test('a dunning whose answer is lost is in doubt and never repeated: its status settles it when it was sent, else a person', async () => {
  const { context } = workspace;
  const lose = (phase: string) =>
    practice.misbehave({ provider: 'sendregning', mode: 'cut', phase, count: 1, operation: 'send dunning' });
  const sent = { ...placeOf('2'), dunning: plain };
  await move(numberOf('2'));
  await lose('after-effect-before-reply');
  expect(await dunInvoice(context, sent, signal)).toMatchObject({ ok: true, value: { act: { state: 'unknown' } } });
  expect(await accountOf('2')).toMatchObject({ bar: 'inDoubt' });
  expect(await dunInvoice(context, sent, signal)).toMatchObject({
    error: { code: 'CONFLICT', details: { bar: 'inDoubt' } },
  });
  expect(await lookAtAccount(context, placeOf('2'), signal)).toMatchObject({ ok: true, value: { settled: 1 } });
  expect(await accountOf('2')).toMatchObject({ bar: null, acts: [{ state: 'done', settledBy: 'lookUp' }] });
  expect(await eventsOf('dunned')).toHaveLength(2);

  const lost = { ...placeOf('3'), dunning: plain };
  await move(numberOf('3'));
  await lose('before-effect');
  expect(await dunInvoice(context, lost, signal)).toMatchObject({ ok: true, value: { act: { state: 'unknown' } } });
  // Its status says nothing: it may be on its way.
  expect(await lookAtAccount(context, placeOf('3'), signal)).toMatchObject({ ok: true, value: { settled: 0 } });
  const [open] = (await accountOf('3'))?.acts ?? [];
  const verdict = { invoiceId: placeOf('3').invoiceId, actId: open?.id ?? 0, isDone: false, reason: 'asked them' };
  expect(settleOrderAct(context, verdict)).toMatchObject({
    ok: true,
    value: { state: 'notSent', settledBy: 'operator' },
  });
  // Settled once: another word changes nothing, nor one about another invoice's.
  expect(settleOrderAct(context, { ...verdict, isDone: true })).toMatchObject({ error: { code: 'CONFLICT' } });
  expect(settleOrderAct(context, { ...verdict, invoiceId: placeOf('1').invoiceId })).toMatchObject({
    error: { code: 'NOT_FOUND' },
  });
  expect(await accountOf('3')).toMatchObject({ acts: [{ state: 'notSent', settledBy: 'operator' }] });
  expect(await eventsOf('dunned')).toHaveLength(2);
  expect(await dunInvoice(context, lost, signal)).toMatchObject({ ok: true, value: { act: { state: 'done' } } });
  expect(await eventsOf('dunned')).toHaveLength(3);
});

test('two dunnings of one invoice at once are one, also when the first is done before the second begins', async () => {
  const { context } = workspace;
  const dunned = (await eventsOf('dunned')).length;
  const wanted = { ...placeOf('1'), dunning: plain };
  const conflict = (bar: unknown) => ({ error: { code: 'CONFLICT', details: { bar } } });
  const done = { ok: true, value: { act: { state: 'done' } } };
  await move(numberOf('1'));
  const both = await Promise.all([dunInvoice(context, wanted, signal), dunInvoice(context, wanted, signal)]);
  expect(both.toSorted((one) => (one.ok ? -1 : 1))).toMatchObject([
    done,
    conflict(expect.stringMatching(/^(underWay|actedOn)$/u)),
  ]);
  expect(await eventsOf('dunned')).toHaveLength(dunned + 1);

  await move(numberOf('1'));
  const ends: unknown[] = [];
  const late = withService((service) => ({
    checkDunning: async (...of) => {
      const checked = await service.checkDunning(...of);
      ends.push(await dunInvoice(context, wanted, signal));
      return checked;
    },
  }));
  // Nothing is under way any more when the second would begin.
  expect(await dunInvoice(late, wanted, signal)).toMatchObject(conflict('actedOn'));
  expect(ends).toMatchObject([done]);
  expect(await eventsOf('dunned')).toHaveLength(dunned + 2);
});

test('a dunning in doubt is settled by the round over all that was sent too, when its status shows it', async () => {
  const { context } = workspace;
  const dunned = (await eventsOf('dunned')).length;
  await move(numberOf('2'));
  await practice.misbehave({
    provider: 'sendregning',
    mode: 'cut',
    phase: 'after-effect-before-reply',
    count: 1,
    operation: 'send dunning',
  });
  const wanted = { ...placeOf('2'), dunning: plain };
  expect(await dunInvoice(context, wanted, signal)).toMatchObject({ ok: true, value: { act: { state: 'unknown' } } });
  expect(await trackConnection(context, 'sws', signal)).toMatchObject({ ok: true, value: { asked: 3, settled: 1 } });
  expect(await accountOf('2')).toMatchObject({ bar: null, acts: [{}, { state: 'done', settledBy: 'lookUp' }] });
  expect(await eventsOf('dunned')).toHaveLength(dunned + 1);
});

test('a credit note is not dunned', async () => {
  const { context, runner } = workspace;
  const path = join(folder, 'credit.xml');
  const parts = { kind: 'CreditNote', customer: 'Kari', email: 'kari@example.com', net: 400 } as const;
  await writeFile(path, ublText({ ...parts, number: '5', credits: '1' }));
  const files = [{ path, name: 'credit.xml' }];
  await importGiven(context, { files, mode: 'lenient', ownerPid: process.pid, ...control });
  const [credit] = context.store.reads.batchPage(0, 1).batches;
  const target = { batchId: credit?.id ?? '', connection: 'sws', isReadyOnly: true };
  expect(await releaseToConnection(context, target, control)).toMatchObject({ ok: true, value: { released: 1 } });
  await runner.runUntilIdle(signal);
  const [sent] = context.store.reads.deliveryPage(
    { batchId: target.batchId, connectionId: null, states: [], search: '' },
    0,
    1,
  ).deliveries;
  const place = { invoiceId: sent?.invoiceId ?? 0, deliveryId: sent?.id ?? 0 };
  const dunned = await eventsOf('dunned');
  expect(await accountsOfInvoice(context, place.invoiceId)).toMatchObject({ ok: true, value: [{ bar: 'credit' }] });
  expect(await dunInvoice(context, { ...place, dunning: plain }, signal)).toMatchObject({
    error: { code: 'CONFLICT', details: { bar: 'credit' } },
  });
  expect(await eventsOf('dunned')).toEqual(dunned);
});

test('a dunning that a process left behind is in doubt at the next start', async () => {
  const { orders } = workspace.context.store;
  const begun = orders.begin(
    {
      deliveryId: placeOf('3').deliveryId,
      kind: 'dun',
      peerOrderId: numberOf('3'),
      reason: '',
      ownerPid: 999_999_999,
      newestAct: Number.MAX_SAFE_INTEGER,
      credit: null,
      wish: { dunningType: '2Dunning', dunningsBefore: 1 },
    },
    act(),
  );
  expect(begun).not.toBeNull();
  const dunned = await eventsOf('dunned');
  await workspace.close();
  await open(practice.endpoints.sendregning.password);
  const inDoubt = { bar: 'inDoubt', acts: [{}, {}, { state: 'unknown', code: 'run.interrupted' }] };
  expect(await accountOf('3')).toMatchObject(inDoubt);
  // An answer that comes when nobody waits for it any more settles nothing.
  const late = { kind: 'accepted', receipt: {} } as const;
  expect(workspace.context.store.orders.end(begun ?? 0, late, Date.now())).toBe(false);
  expect(await accountOf('3')).toMatchObject(inDoubt);
  // Neither the runner nor a round over what was sent repeats it; the one dunning that the service has is the one from before.
  await workspace.runner.runUntilIdle(signal);
  expect(await trackConnection(workspace.context, 'sws', signal)).toMatchObject({ ok: true, value: { asked: 4 } });
  expect(await accountOf('3')).toMatchObject(inDoubt);
  expect(await eventsOf('dunned')).toEqual(dunned);
});

// Releases in steps and acts over many deliveries over an open workspace: what a cancel, a crash and a repeated order leave behind.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  cancelDeliveries,
  readdressDeliveries,
  rerouteDeliveries,
  scheduleDeliveries,
} from '../../../src/main/app/act-on-deliveries.ts';
import { importBatch } from '../../../src/main/app/import-batch.ts';
import { invoiceDetail } from '../../../src/main/app/invoice-detail.ts';
import { releaseToConnection } from '../../../src/main/app/release-to-connection.ts';
import { sendCopy } from '../../../src/main/app/send-copy.ts';
import type { Workspace } from '../../../src/main/engine/open-workspace.ts';
import { writeSampleFile } from '../../../src/main/engine/sample-file.ts';
import type { Delivery } from '../../../src/shared/schema/delivery.ts';
import { act, connection, releaseItem } from '../../support/store-workspace.ts';
import { openTestWorkspace } from '../../support/test-workspace.ts';

const print = connection('print', 'sftp');
const mail = connection('mail', 'email');
const all = { batchId: null, connectionId: null, states: [], search: '' };
const invoices = 12;
/** A process that is not there. */
const deadPid = 2 ** 30;

let folder: string;
let workspace: Workspace;
let batchId: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'utskick-steering-'));
  workspace = await openTestWorkspace(join(folder, 'data'));
  const path = join(folder, 'batch.xml');
  await writeSampleFile(path, { invoices, errors: 0, seed: 1 });
  const { batches } = await importBatch(workspace.context, {
    files: [{ path, name: 'batch.xml' }],
    mode: 'lenient',
    ownerPid: process.pid,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  batchId = batches[0]?.id ?? '';
  for (const one of [print, mail]) workspace.context.store.config.saveConnection(one, act());
});

afterEach(async () => {
  await workspace.close();
  await rm(folder, { recursive: true, force: true });
});

function deliveries(): Delivery[] {
  return workspace.context.store.reads.deliveryPage(all, 0, 100).deliveries;
}

function release(change: { readonly firstFew?: number; readonly signal?: AbortSignal } = {}) {
  const { signal = new AbortController().signal, ...target } = change;
  return releaseToConnection(
    workspace.context,
    { batchId, connection: 'print', isReadyOnly: true, ...target },
    { signal, onProgress: () => undefined },
  );
}

test('a release that is cancelled while it is written leaves nothing released', async () => {
  const stop = new AbortController();
  const { context } = workspace;
  const released = await releaseToConnection(
    context,
    { batchId, connection: 'print', isReadyOnly: true },
    {
      signal: stop.signal,
      onProgress: ({ phase }) => {
        if (phase === 'writing') stop.abort();
      },
    },
  );
  expect(released).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
  expect(deliveries().filter(({ state }) => state !== 'cancelled')).toEqual([]);
  expect(await release()).toMatchObject({ ok: true, value: { released: invoices } });
});

test('what a killed process had written of a release is taken back at the next start', async () => {
  const { store } = workspace.context;
  const candidates = store.releases.candidates(batchId, { states: ['ready'], notReleasedTo: null, limit: 5 });
  const run = store.control.beginRun(batchId, { isTrial: false, ownerPid: deadPid }, act());
  const items = candidates.map(({ invoiceId, invoiceNumber }) => ({
    ...releaseItem(invoiceId, invoiceNumber, print),
    isFirst: true,
  }));
  store.control.addToRun(run, items, act());
  await workspace.close();
  workspace = await openTestWorkspace(join(folder, 'data'));
  expect(deliveries().map(({ state }) => state)).toEqual(Array(5).fill('cancelled'));
  expect(await release()).toMatchObject({ ok: true, value: { released: invoices } });
});

test('the first few can be taken, the rest is held and keeps its place through a new start', async () => {
  await release({ firstFew: 3 });
  expect(deliveries().map(({ hold }) => hold)).toEqual([
    ...Array<null>(3).fill(null),
    ...Array<string>(invoices - 3).fill('trial'),
  ]);
  await workspace.close();
  workspace = await openTestWorkspace(join(folder, 'data'));
  expect(workspace.context.store.control.trials(batchId)).toMatchObject([{ rest: { count: invoices - 3 } }]);
});

test('acts answer with what they really changed, and repeated they change nothing', async () => {
  await release();
  const { context } = workspace;
  expect(await rerouteDeliveries(context, all, { connectionId: 'gone', reason: 'test' })).toMatchObject({ ok: false });
  const tooFar = context.clock.nowMs() + 400 * 24 * 3_600_000;
  expect(await scheduleDeliveries(context, all, tooFar)).toMatchObject({ ok: false });
  const rerouted = await rerouteDeliveries(context, all, { connectionId: 'mail', reason: 'test' });
  const withAddress = deliveries().filter(({ channel }) => channel === 'email');
  expect(rerouted).toEqual({ ok: true, value: { changed: withAddress.length } });
  expect(withAddress.every(({ target }) => target.includes('@'))).toBe(true);
  expect(await rerouteDeliveries(context, all, { connectionId: 'mail', reason: 'test' })).toEqual({
    ok: true,
    value: { changed: 0 },
  });
  expect(await cancelDeliveries(context, all)).toEqual({ ok: true, value: { changed: invoices } });
  expect(await cancelDeliveries(context, all)).toEqual({ ok: true, value: { changed: 0 } });
});

test('an address that was corrected for its e-mail stands on the invoice, beside the source’s', async () => {
  await release();
  const { context } = workspace;
  await rerouteDeliveries(context, all, { connectionId: 'mail', reason: 'test' });
  const fence =
    context.store.deliveries.acquireRunnerLease({ pid: 1, id: 'r' }, { nowMs: 1, untilMs: 2 }, () => false)?.fence ?? 0;
  const [claim] = context.store.deliveries.claim({ fence, connectionId: 'mail', limit: 1, nowMs: Date.now() + 1_000 });
  if (claim === undefined) throw new Error('nothing was claimed');
  context.store.deliveries.record(fence, [
    {
      deliveryId: claim.deliveryId,
      attempt: 1,
      fromState: 'claimed',
      toState: 'rejected',
      phase: 'connected',
      outcome: { kind: 'refused', code: 'smtp.no-mailbox', detail: '550 No such user' },
      dueAtMs: 0,
      nowMs: Date.now(),
      countsAsAttempt: true,
    },
  ]);
  const [refused] = deliveries().filter(({ state }) => state === 'rejected');
  if (refused === undefined) throw new Error('nothing was refused');
  const change = { addresses: [{ from: refused.target, to: 'ny@example.com' }], reason: 'typed wrongly' };
  expect(await readdressDeliveries(context, { ...all, ids: [refused.id] }, change)).toMatchObject({
    ok: true,
    value: { changed: 1 },
  });
  const order: Parameters<typeof invoiceDetail>[2] = {
    filter: { states: [], channels: [], withProblems: false, search: '' },
    sort: 'ordinal',
    isDescending: false,
  };
  const detail = await invoiceDetail(context, refused.invoiceId, order);
  if (!detail.ok) throw new Error(detail.error.message);
  expect(detail.value.invoice.buyer.email).toBe('ny@example.com');
  expect(detail.value.places.find(({ field }) => field === 'buyer.email')).toMatchObject({
    text: refused.target,
    usedText: 'ny@example.com',
  });
});

test('a copy that is ordered again by the same request, also after a new start, is the same one', async () => {
  await release();
  const { store } = workspace.context;
  const fence =
    store.deliveries.acquireRunnerLease({ pid: 1, id: 'r' }, { nowMs: 1, untilMs: 2 }, () => false)?.fence ?? 0;
  const [claim] = store.deliveries.claim({ fence, connectionId: 'print', limit: 1, nowMs: Date.now() + 1_000 });
  if (claim === undefined) throw new Error('nothing was claimed');
  const { deliveryId, attempt } = claim;
  const wish = { deliveryId, connectionId: null, address: null, reason: 'lost' };
  expect(sendCopy(workspace.context, wish, 'r1')).toMatchObject({ ok: false, error: { code: 'NOT_ALLOWED' } });
  store.deliveries.record(fence, [
    {
      deliveryId,
      attempt,
      outcome: { kind: 'accepted', receipt: {} },
      phase: 'replySeen',
      fromState: 'claimed',
      toState: 'accepted',
      dueAtMs: 0,
      nowMs: Date.now(),
      countsAsAttempt: true,
    },
  ]);
  const first = sendCopy(workspace.context, wish, 'r1');
  expect(first).toMatchObject({ ok: true, value: { generation: 1, state: 'queued' } });
  await workspace.close();
  workspace = await openTestWorkspace(join(folder, 'data'));
  expect(sendCopy(workspace.context, wish, 'r1')).toMatchObject({
    ok: true,
    value: { id: first.ok ? first.value.id : 0 },
  });
  expect(deliveries()).toHaveLength(invoices + 1);
  expect(sendCopy(workspace.context, wish, 'r2')).toMatchObject({ ok: true, value: { generation: 2 } });
});

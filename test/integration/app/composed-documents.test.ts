// Channels whose peers take data: what is frozen is what is sent, what does not fit is left and named, and a second step follows an accepted first.

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { batchProof } from '../../../src/main/app/batch-proof.ts';
import { importBatch } from '../../../src/main/app/import-batch.ts';
import { releaseToConnection } from '../../../src/main/app/release-to-connection.ts';
import type { Workspace } from '../../../src/main/engine/open-workspace.ts';
import { writeSampleFile } from '../../../src/main/engine/sample-file.ts';
import type { DeliveryItem, DocumentComposer } from '../../../src/main/ports/channel-adapter.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { createPeer } from '../../support/delivery-peer.ts';
import type { Peer } from '../../support/delivery-peer.ts';
import { act, connection } from '../../support/store-workspace.ts';
import { openTestWorkspace } from '../../support/test-workspace.ts';

const control = { signal: new AbortController().signal, onProgress: () => undefined };
const everything = { batchId: null, connectionId: null, states: [], search: '' };

let folder: string;
let workspace: Workspace;
let batchId: string;
let peer: Peer;
let sent: DeliveryItem[];
let steps: number;
let payableOff: number;

/** As a data channel composes: the third invoice does not fit. */
const composer: DocumentComposer = {
  get steps() {
    return steps;
  },
  compose: ({ invoiceNumber, totals, currency }) => {
    if (invoiceNumber?.endsWith('3') === true)
      return err([{ code: 'test.too-long', field: 'lines[0]', found: 'a', expected: 'b' }]);
    return ok({
      bytes: Buffer.from(JSON.stringify({ invoiceNumber })),
      extension: 'json',
      target: 'SE · order',
      payable: { amountMinor: (totals.payableMinor ?? 0) + payableOff, currency: currency ?? '' },
    });
  },
};

beforeEach(async () => {
  [sent, steps, payableOff] = [[], 1, 0];
  folder = await mkdtemp(join(tmpdir(), 'utskick-composed-'));
  peer = createPeer('sftp');
  peer.behave = (item) => {
    sent.push(item);
    return 'accept';
  };
  workspace = await openTestWorkspace(join(folder, 'data'), {
    around: (ports) => ({ ...ports, adapters: { ...ports.adapters, sftp: { ...peer.adapter, composer } } }),
  });
  const path = join(folder, 'batch.xml');
  await writeSampleFile(path, { invoices: 6, errors: 0, seed: 1 });
  const { batches } = await importBatch(workspace.context, {
    files: [{ path, name: 'batch.xml' }],
    mode: 'lenient',
    ownerPid: process.pid,
    ...control,
  });
  batchId = batches[0]?.id ?? '';
  workspace.context.store.config.saveConnection(connection('data', 'sftp'), act());
});

afterEach(async () => {
  await workspace.close();
  await rm(folder, { recursive: true, force: true });
});

const release = () =>
  releaseToConnection(workspace.context, { batchId, connection: 'data', isReadyOnly: true }, control);
const deliver = () => workspace.runner.runUntilIdle(control.signal);
const deliveries = () => workspace.context.store.reads.deliveryPage(everything, 0, 100).deliveries;
const statesOf = (step: number) =>
  deliveries()
    .filter((each) => each.step === step)
    .map(({ state }) => state);
const invoiceStates = () =>
  deliveries().map(({ invoiceId }) => workspace.context.store.reads.invoice(invoiceId)?.state);

test('what the channel composes is frozen and sent byte for byte; what does not fit is left and named', async () => {
  const released = await release();
  const unfit = released.ok ? released.value.unfit : [];
  expect(released).toMatchObject({ ok: true, value: { released: 6 - unfit.length } });
  expect(unfit).toHaveLength(1);
  expect(unfit[0]?.problems).toEqual([{ code: 'test.too-long', field: 'lines[0]', found: 'a', expected: 'b' }]);
  expect(workspace.context.store.reads.invoice(unfit[0]?.invoiceId ?? 0)?.state).toBe('ready');
  const [first] = deliveries();
  const frozen = await workspace.context.documents.read(first?.documentSha256 ?? '');
  const files = await readdir(join(folder, 'data', 'documents'), { recursive: true });
  expect(files.filter((name) => name.endsWith('.json'))).toHaveLength(5);
  expect((await deliver()).ok).toBe(true);
  const item = sent.find(({ deliveryId }) => deliveryId === first?.id);
  expect(frozen.ok && Buffer.from(frozen.value).equals(Buffer.from(item?.document ?? []))).toBe(true);
  expect(JSON.parse(Buffer.from(item?.document ?? []).toString())).toEqual({ invoiceNumber: first?.invoiceNumber });
  expect(first).toMatchObject({ target: 'SE · order', step: 1, steps: 1, state: 'queued' });
});

test('a document that asks for another amount than its invoice is never released', async () => {
  payableOff = 1;
  expect(await release()).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
  expect(deliveries()).toEqual([]);
});

test('a second step is queued with the acceptance of the first, knows its receipt, and only then the invoice is sent', async () => {
  steps = 2;
  await release();
  expect(statesOf(2)).toEqual([]);
  peer.behave = (item) => {
    sent.push(item);
    return item.step === 1 ? 'accept' : 'failPermanently';
  };
  await deliver();
  expect([statesOf(1), statesOf(2)]).toEqual([Array(5).fill('accepted'), Array(5).fill('failed')]);
  expect(new Set(invoiceStates())).toEqual(new Set(['failed']));
  const second = sent.find(({ step }) => step === 2);
  const first = sent.find(({ step, invoiceNumber }) => step === 1 && invoiceNumber === second?.invoiceNumber);
  expect(second?.previous).toEqual({
    idempotencyKey: first?.idempotencyKey,
    receipt: { reply: `250 ${second?.invoiceNumber ?? ''}` },
  });
  expect(second?.idempotencyKey).not.toBe(first?.idempotencyKey);
  expect(second?.documentSha256).toBe(first?.documentSha256);
  // What the first step left at the peer would stay there: the second is not taken back.
  const { deliveries: verbs } = workspace.context.store;
  expect(verbs.cancel({ ...everything, batchId }, act())).toBe(0);
  expect(verbs.retry({ ...everything, batchId }, act())).toBe(5);
  peer.behave = () => 'accept';
  await deliver();
  expect(new Set(invoiceStates())).toEqual(new Set(['sent']));
  expect(batchProof(workspace.context, batchId)).toMatchObject({ ok: true, value: { faults: [] } });
  expect(new Set(peer.effects).size).toBe(10);
});

test('a first step in doubt has no second until it is settled; by the operator’s word it has no receipt', async () => {
  steps = 2;
  peer.behave = ({ step }) => (step === 1 ? 'cutAfter' : 'accept');
  await release();
  await deliver();
  const doubtful = deliveries().filter(({ state }) => state === 'unknown');
  expect([doubtful.length > 0, statesOf(2)]).toEqual([true, []]);
  const [byLookUp, byWord] = doubtful.map(({ id }) => id);
  const { store } = workspace.context;
  const receipt = { orderId: '4711' };
  store.deliveries.resolveUnknown(byLookUp ?? 0, { toState: 'accepted', by: 'lookUp', reason: '', receipt }, act());
  store.unknowns.settle([byWord ?? 0], { toState: 'accepted', reason: 'seen' }, act());
  expect(statesOf(2)).toEqual(['queued', 'queued']);
  const seconds = deliveries().filter(({ step }) => step === 2);
  expect(seconds.map(({ id }) => store.reads.deliveryIdentity(id)?.previous?.receipt)).toEqual([receipt, null]);
});

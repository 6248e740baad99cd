// A batch through Svea in practice mode: import, release, order, delivery and proof, held against what the practice service has written down.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { batchProof } from '../../../src/main/app/batch-proof.ts';
import { importBatch } from '../../../src/main/app/import-batch.ts';
import { previewDocument } from '../../../src/main/app/preview-document.ts';
import { releaseToConnection } from '../../../src/main/app/release-to-connection.ts';
import type { Workspace } from '../../../src/main/engine/open-workspace.ts';
import { writeSampleFile } from '../../../src/main/engine/sample-file.ts';
import { openTestWorkspace } from '../../support/test-workspace.ts';

const control = { signal: new AbortController().signal, onProgress: () => undefined };
const everything = { batchId: null, connectionId: null, states: [], search: '' };

let folder: string;
let workspace: Workspace;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'utskick-svea-'));
  workspace = await openTestWorkspace(join(folder, 'practice'), { isPractice: true });
});
afterEach(async () => {
  await workspace.close();
  await rm(folder, { recursive: true, force: true });
});

interface LedgerLine {
  readonly event: string;
  readonly clientOrderNumber: string | null;
}
async function ledger(event: string): Promise<readonly LedgerLine[]> {
  const text = await readFile(join(folder, 'practice', 'providers', 'svea-ledger.jsonl'), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as LedgerLine).filter((line) => line.event === event);
}

test('a GASEL batch becomes orders and is delivered, each invoice once, for the amounts that were released', async () => {
  const invoices = 24;
  const path = join(folder, 'batch.xml');
  await writeSampleFile(path, { invoices, errors: 0, seed: 3 });
  const { batches } = await importBatch(workspace.context, {
    files: [{ path, name: 'batch.xml' }],
    mode: 'lenient',
    ownerPid: process.pid,
    ...control,
  });
  const batchId = batches[0]?.id ?? '';
  const target = { batchId, connection: 'practice-svea', isReadyOnly: true };
  const released = await releaseToConnection(workspace.context, target, control);
  if (!released.ok) throw new Error(released.error.message);
  // The sample's organisations have no number to be known by; every person's invoice fits.
  const { unfit } = released.value;
  expect(unfit.flatMap(({ problems }) => problems.map(({ code, field }) => [code, field]))).toEqual(
    unfit.map(() => ['svea.national-id', 'buyer.registrationNumber']),
  );
  expect(released.value.released + unfit.length).toBe(invoices);
  await workspace.runner.runUntilIdle(control.signal);
  const { deliveries } = workspace.context.store.reads.deliveryPage(everything, 0, 500);
  expect(deliveries.map(({ state, lastCode, lastDetail }) => [state, lastCode, lastDetail])).toEqual(
    deliveries.map(() => ['accepted', null, null]),
  );
  expect(deliveries).toHaveLength(2 * released.value.released);
  const created = (await ledger('created')).map(({ clientOrderNumber }) => clientOrderNumber);
  const delivered = (await ledger('delivered')).map(({ clientOrderNumber }) => clientOrderNumber);
  expect([new Set(created).size, created.length]).toEqual([released.value.released, released.value.released]);
  expect(delivered.toSorted()).toEqual(created.toSorted());
  expect(batchProof(workspace.context, batchId)).toMatchObject({ ok: true, value: { faults: [] } });
  const [first] = deliveries;
  const [attempt] = workspace.context.store.reads.attempts(deliveries.find(({ step }) => step === 2)?.id ?? 0);
  expect(attempt?.receipt).toMatchObject({
    invoiceId: expect.any(String) as string,
    ocr: expect.any(String) as string,
  });
  // The invoice's own page stays to be looked at.
  const page = await previewDocument(workspace.context, first?.invoiceId ?? 0, control.signal);
  expect(page.ok && Buffer.from(page.value.bytes.subarray(0, 4)).toString()).toBe('%PDF');
});

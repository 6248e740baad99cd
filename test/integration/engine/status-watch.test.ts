// Invoices followed by themselves after they were sent, against the practice SendRegning in a process of its own.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { importGiven } from '../../../src/main/app/import-given.ts';
import { releaseToConnection } from '../../../src/main/app/release-to-connection.ts';
import type { Workspace } from '../../../src/main/engine/open-workspace.ts';
import { writeSampleFolder } from '../../../src/main/engine/sample-file.ts';
import { createStatusWatch } from '../../../src/main/engine/status-watch.ts';
import { openTestWorkspace } from '../../support/test-workspace.ts';

const control = { signal: new AbortController().signal, onProgress: () => undefined };
const connection = 'practice-sendregning';

let folder: string;
let workspace: Workspace;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'utskick-follow-'));
  workspace = await openTestWorkspace(join(folder, 'practice'), { isPractice: true });
  const path = join(folder, 'batch');
  await writeSampleFolder(path, { invoices: 10, errors: 0, seed: 3, format: 'ehf' });
  const files = [{ path, name: 'batch' }];
  await importGiven(workspace.context, { files, mode: 'lenient', ownerPid: process.pid, ...control });
  const [batch] = workspace.context.store.reads.batchPage(0, 1).batches;
  const target = { batchId: batch?.id ?? '', connection, isReadyOnly: true };
  const released = await releaseToConnection(workspace.context, target, control);
  expect(released).toMatchObject({ ok: true, value: { released: 10, unfit: [] } });
  await workspace.runner.runUntilIdle(control.signal);
});

afterEach(async () => {
  await workspace.close();
  await rm(folder, { recursive: true, force: true });
});

/** How many of the sent invoices have this in their history. */
function invoicesWith(type: string): number {
  const { reads } = workspace.context.store;
  const { deliveries } = reads.deliveryPage({ batchId: null, connectionId: null, states: [], search: '' }, 0, 50);
  return deliveries.filter(({ invoiceId }) => JSON.stringify(reads.timeline(invoiceId)).includes(type)).length;
}

test('what happened at the service comes into the histories by itself, once, and not while the lane is paused', async () => {
  const { context } = workspace;
  expect(await context.practice?.passMonth()).toEqual({ paid: 8, dunned: 2 });
  context.store.deliveries.setLaneBlock(connection, { blockedBy: 'paused', detail: '' }, Date.now());
  const { accounts } = context.store;
  const kept = accounts.lists(connection) ?? { vatRates: [], countries: [] };
  accounts.keepLists(connection, kept, 1);
  const rounds = vi.fn();
  const watch = createStatusWatch(
    context,
    () => {
      rounds();
      return true;
    },
    { firstMs: 1, everyMs: 20 },
  );
  try {
    await vi.waitFor(() => expect(rounds.mock.calls.length).toBeGreaterThan(2), 15_000);
    expect([invoicesWith('payment'), accounts.lists(connection)?.fetchedAtMs]).toEqual([0, 1]);
    context.store.deliveries.setLaneBlock(connection, null, Date.now());
    await vi.waitFor(() => expect([invoicesWith('payment'), invoicesWith('1Dunning')]).toEqual([8, 2]), 15_000);
    // VAT rates and countries that are a day old are fetched with the round.
    expect(accounts.lists(connection)).toEqual({ ...kept, fetchedAtMs: expect.any(Number) as number });
    expect(accounts.lists(connection)?.fetchedAtMs).toBeGreaterThan(1);
    const seen = rounds.mock.calls.length;
    await vi.waitFor(() => expect(rounds.mock.calls.length).toBeGreaterThan(seen + 2), 15_000);
    expect(await context.track(connection, control.signal)).toEqual({
      ok: true,
      value: { asked: 10, added: 0, settled: 0 },
    });
  } finally {
    await watch.close();
  }
});

test('a channel that keeps no track of invoices says so', async () => {
  expect(await workspace.context.track('practice-email', control.signal)).toMatchObject({
    ok: false,
    error: { code: 'NOT_ALLOWED' },
  });
});

// Releasing over an open workspace with real parts: what must not become a document, and what a fault leaves behind.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importBatch } from '../../../src/main/app/import-batch.ts';
import { rerouteDeliveries } from '../../../src/main/app/act-on-deliveries.ts';
import { releaseToConnection } from '../../../src/main/app/release-to-connection.ts';
import type { Workspace } from '../../../src/main/engine/open-workspace.ts';
import { writeSampleFile } from '../../../src/main/engine/sample-file.ts';
import { act, connection, importFile } from '../../support/store-workspace.ts';
import { openTestWorkspace } from '../../support/test-workspace.ts';

const print = connection('print', 'sftp');
const control = { signal: new AbortController().signal, onProgress: () => undefined };

let folder: string;
let workspace: Workspace;
let batchId: string;

function open(): Promise<Workspace> {
  return openTestWorkspace(join(folder, 'data'));
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'utskick-release-'));
  workspace = await open();
  const path = join(folder, 'batch.xml');
  await writeSampleFile(path, { invoices: 12, errors: 0, seed: 1 });
  const { batches } = await importBatch(workspace.context, {
    files: [{ path, name: 'batch.xml' }],
    mode: 'lenient',
    ownerPid: process.pid,
    ...control,
  });
  batchId = batches[0]?.id ?? '';
  workspace.context.store.config.saveConnection(print, act());
});

afterEach(async () => {
  await workspace.close();
  await rm(folder, { recursive: true, force: true });
});

function deliveries(): number {
  const everyDelivery = { batchId: null, connectionId: null, states: [], search: '' };
  return workspace.context.store.reads.deliveryPage(everyDelivery, 0, 1).total;
}

test('a kept source that was changed on the disk is not drawn, and nothing is released', async () => {
  const { context } = workspace;
  const sha256 = context.store.reads.batchFiles(batchId)[0]?.sha256 ?? '';
  const { path } = context.sources.locate({ sha256, pack: null });
  const source = await readFile(path, 'utf8');
  // Still well-formed, still as long: only the amount is another.
  const at = source.lastIndexOf('</PayableAmount>');
  expect(at).toBeGreaterThan(0);
  const otherDigit = source[at - 1] === '9' ? '8' : '9';
  await writeFile(path, `${source.slice(0, at - 1)}${otherDigit}${source.slice(at)}`);
  const released = await releaseToConnection(context, { batchId, connection: 'print', isReadyOnly: false }, control);
  expect(released).toMatchObject({ ok: false, error: { code: 'STORE_DAMAGED' } });
  expect(deliveries()).toBe(0);
});

test('a document that cannot be drawn is named, the rest is not drawn on, and nothing is released', async () => {
  const { context } = workspace;
  let drawn = 0;
  const renderer: typeof context.renderer = {
    ...context.renderer,
    render: (input, signal) => {
      drawn += 1;
      return drawn === 2 ? Promise.reject(new Error('a bug')) : context.renderer.render(input, signal);
    },
  };
  const released = await releaseToConnection(
    { ...context, renderer },
    { batchId, connection: 'print', isReadyOnly: false },
    control,
  );
  expect(released).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
  if (released.ok) return;
  expect(released.error.message).toContain(String(released.error.details?.invoiceNumber));
  expect(drawn).toBeLessThan(12);
  expect(deliveries()).toBe(0);
});

test('a connection that is removed while documents are drawn takes nothing', async () => {
  const { context } = workspace;
  const renderer: typeof context.renderer = {
    ...context.renderer,
    render: (input, signal) => {
      context.store.config.removeConnection('print', act());
      return context.renderer.render(input, signal);
    },
  };
  const released = await releaseToConnection(
    { ...context, renderer },
    { batchId, connection: 'print', isReadyOnly: false },
    control,
  );
  expect(released).toMatchObject({ ok: true, value: { released: 0 } });
  expect(deliveries()).toBe(0);
});

test('an import left by an earlier process with the same id is removed at the start', async () => {
  const { imports } = workspace.context.store;
  imports.beginBatch({ id: 'left-behind', mode: 'lenient', files: [importFile('left')], ownerPid: process.pid }, act());
  await workspace.close();
  workspace = await open();
  const db = new Database(join(folder, 'data', 'utskick.db'), { readonly: true });
  expect(db.prepare("SELECT count(*) FROM batches WHERE state = 'importing'").pluck().get()).toBe(0);
  db.close();
});

test('a connection’s name pattern gives each its folder and name, also when another connection’s are sent there instead', async () => {
  const { context } = workspace;
  const { config } = print;
  if (config.channel !== 'sftp') throw new Error('the print vendor takes SFTP');
  const named = {
    ...connection('named', 'sftp'),
    config: { ...config, namePattern: '{date:yyyy}/{batch}-{kind}/{invoiceNumber}.pdf' },
  };
  context.store.config.saveConnection(named, act());
  await releaseToConnection(context, { batchId, connection: 'print', isReadyOnly: false }, control);
  const page = () =>
    context.store.reads.deliveryPage({ batchId, connectionId: null, states: ['queued'], search: '' }, 0, 50).deliveries;
  expect(page().every(({ target, invoiceNumber }) => target.startsWith(`${invoiceNumber}_`))).toBe(true);
  const year = new Date(context.clock.nowMs()).getFullYear();
  const batch = context.store.reads.batch(batchId)?.sourceBatchId ?? batchId;
  const filter = { batchId, connectionId: null, states: [], search: '' };
  const moved = await rerouteDeliveries(context, filter, { connectionId: 'named', reason: 'another vendor' });
  expect(moved).toEqual({ ok: true, value: { changed: 12 } });
  expect(page().map(({ target, invoiceNumber }) => [target, invoiceNumber])).toEqual(
    page().map(({ invoiceNumber }) => [
      `${String(year)}/${fillNamePart(batch)}-invoice/${fillNamePart(invoiceNumber)}.pdf`,
      invoiceNumber,
    ]),
  );
});

const fillNamePart = (text: string): string => text.replace(/[^A-Za-z0-9_-]+/gu, '-');

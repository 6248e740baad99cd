// Releasing over an open workspace with real parts: what must not become a document, and what a fault leaves behind.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importBatch } from '../../../src/main/app/import-batch.ts';
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
  const source = await readFile(context.sources.pathOf(sha256), 'utf8');
  // Still well-formed, still as long: only the amount is another.
  const at = source.lastIndexOf('</PayableAmount>');
  expect(at).toBeGreaterThan(0);
  const otherDigit = source[at - 1] === '9' ? '8' : '9';
  await writeFile(context.sources.pathOf(sha256), `${source.slice(0, at - 1)}${otherDigit}${source.slice(at)}`);
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

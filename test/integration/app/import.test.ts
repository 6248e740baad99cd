// Imports over an open workspace with real parts: what a drop becomes, and what a cancelled one leaves behind.

import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importBatch } from '../../../src/main/app/import-batch.ts';
import type { ImportProgress, ImportReport } from '../../../src/main/app/import-work.ts';
import type { Workspace } from '../../../src/main/engine/open-workspace.ts';
import { writeSampleFile } from '../../../src/main/engine/sample-file.ts';
import { ublText } from '../../support/ubl-text.ts';
import { openTestWorkspace } from '../../support/test-workspace.ts';

let folder: string;
let workspace: Workspace;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'utskick-import-'));
  workspace = await openTestWorkspace(join(folder, 'data'));
});

afterEach(async () => {
  await workspace.close();
  await rm(folder, { recursive: true, force: true });
});

/** Names of everything under sources/. */
async function sourceFiles(): Promise<readonly string[]> {
  const entries = await readdir(join(folder, 'data', 'sources'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

function importFiles(
  names: readonly string[],
  onProgress: (progress: ImportProgress, stop: AbortController) => void = () => undefined,
): Promise<ImportReport> {
  const stop = new AbortController();
  return importBatch(workspace.context, {
    files: names.map((name) => ({ path: join(folder, name), name })),
    mode: 'lenient',
    ownerPid: process.pid,
    signal: stop.signal,
    onProgress: (progress) => {
      onProgress(progress, stop);
    },
  });
}

async function writeSingles(count: number): Promise<readonly string[]> {
  const names: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const name = `single-${String(index)}.xml`;
    const kind = index % 10 === 9 ? 'CreditNote' : 'Invoice';
    const document = ublText({
      kind,
      number: `U${String(index)}`,
      customer: 'Kari',
      email: 'kari@example.com',
      net: 100,
    });
    await writeFile(join(folder, name), document);
    names.push(name);
  }
  return names;
}

test('a drop of many kinds becomes batches, each file named once whether it came in or not', async () => {
  await writeSampleFile(join(folder, 'many.xml'), { invoices: 40, errors: 0, seed: 1 });
  await writeFile(join(folder, 'broken.xml'), `<?xml version="1.0"?><a>${' '.repeat(2_000)}`);
  await writeFile(join(folder, 'small.xml'), '<a/>');
  const singles = await writeSingles(150);
  const again = 'single-3.xml';
  const report = await importFiles([...singles, 'many.xml', 'broken.xml', 'small.xml', 'gone.xml', '.', again]);
  expect(report.batches.map(({ read, imported }) => ({ read, imported }))).toEqual([
    { read: 150, imported: 150 },
    { read: 40, imported: 40 },
  ]);
  expect(Object.fromEntries(report.refused.map(({ fileName, error }) => [fileName, error.code]))).toEqual({
    'broken.xml': 'UNSUPPORTED_FORMAT',
    'small.xml': 'FILE_TOO_LARGE',
    'gone.xml': 'UNREADABLE',
    '.': 'UNREADABLE',
    [again]: 'ALREADY_IMPORTED',
  });
  expect(await sourceFiles()).toHaveLength(151);
  const { reads } = workspace.context.store;
  const row = reads.invoiceByNumber('U149');
  expect(row?.ordinal).toBe(149);
  const repeated = await importFiles([...singles, 'many.xml']);
  expect(repeated.batches).toEqual([]);
  expect(new Set(repeated.refused.map(({ error }) => error.code))).toEqual(new Set(['ALREADY_IMPORTED']));
  expect(await sourceFiles()).toHaveLength(151);
});

test('files are counted while they are copied, before anything is known of them', async () => {
  const seen: ImportProgress[] = [];
  await importFiles(await writeSingles(400), (progress) => seen.push(progress));
  const copying = seen.filter(({ totalBytes }) => totalBytes === null);
  expect(copying.length).toBeGreaterThan(0);
  expect(copying.map(({ doneBytes }) => doneBytes)).toEqual(
    copying.map(({ doneBytes }) => doneBytes).sort((a, b) => a - b),
  );
  expect(seen.at(-1)).toMatchObject({ phase: 'storing', invoices: 400 });
});

test.each([
  ['while it is read', (progress: ImportProgress) => progress.invoices > 0],
  ['when everything is read', (progress: ImportProgress) => progress.phase === 'storing'],
])('a file of many invoices that is cancelled %s leaves nothing, or has come in whole', async (_when, isTime) => {
  await writeSampleFile(join(folder, 'many.xml'), { invoices: 2_000, errors: 0, seed: 1 });
  const report = await importFiles(['many.xml'], (progress, stop) => {
    if (isTime(progress)) stop.abort();
  });
  const { total } = workspace.context.store.reads.batchPage(0, 1);
  expect(total).toBe(report.batches.length);
  expect(await sourceFiles()).toHaveLength(total);
  if (total === 0) expect(report.refused).toMatchObject([{ fileName: 'many.xml', error: { code: 'CANCELLED' } }]);
});

test.each([
  ['while they are copied', (progress: ImportProgress) => progress.totalBytes === null],
  ['while they are stored', (progress: ImportProgress) => progress.phase === 'storing'],
])('single invoices that are cancelled %s leave nothing, and every one is named', async (_when, isTime) => {
  const names = await writeSingles(450);
  const report = await importFiles(names, (progress, stop) => {
    if (isTime(progress)) stop.abort();
  });
  expect(report.batches).toEqual([]);
  expect(report.refused.map(({ fileName }) => fileName).sort()).toEqual([...names].sort());
  expect(new Set(report.refused.map(({ error }) => error.code))).toEqual(new Set(['CANCELLED']));
  expect(workspace.context.store.reads.batchPage(0, 1).total).toBe(0);
  expect(await sourceFiles()).toEqual([]);
  expect((await importFiles(names)).batches).toMatchObject([{ read: 450, imported: 450 }]);
});

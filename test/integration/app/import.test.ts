// Imports over an open workspace with real parts: what a drop becomes, and what a cancelled one leaves behind.

import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importBatch } from '../../../src/main/app/import-batch.ts';
import type { ImportProgress, ImportReport } from '../../../src/main/app/import-work.ts';
import { readInvoice } from '../../../src/main/app/read-invoice.ts';
import { findInSource } from '../../../src/main/app/view-source.ts';
import type { Workspace } from '../../../src/main/engine/open-workspace.ts';
import { writeSampleFile } from '../../../src/main/engine/sample-file.ts';
import { verifyDataFolder } from '../../../src/main/store/verify-files.ts';
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

/** Names of everything under sources/, which is made with the first file. */
async function sourceFiles(): Promise<readonly string[]> {
  if (!existsSync(join(folder, 'data', 'sources'))) return [];
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
  // The batch of many, and one pack for all the others.
  expect(await sourceFiles()).toHaveLength(2);
  const { reads } = workspace.context.store;
  const row = reads.invoiceByNumber('U149');
  expect(row?.ordinal).toBe(149);
  const repeated = await importFiles([...singles, 'many.xml']);
  expect(repeated.batches).toEqual([]);
  expect(new Set(repeated.refused.map(({ error }) => error.code))).toEqual(new Set(['ALREADY_IMPORTED']));
  expect(await sourceFiles()).toHaveLength(2);
});

test('files are counted while they are taken in, before it is known how many there are', async () => {
  const seen: ImportProgress[] = [];
  await importFiles(await writeSingles(400), (progress) => seen.push(progress));
  const copying = seen.filter(({ totalBytes }) => totalBytes === null);
  expect(copying.length).toBeGreaterThan(0);
  expect(copying.map(({ doneBytes }) => doneBytes)).toEqual(
    copying.map(({ doneBytes }) => doneBytes).sort((a, b) => a - b),
  );
  expect(seen.at(-1)).toMatchObject({ phase: 'storing', invoices: 400 });
});

test('every single invoice is read again from where it lies, in the pack or as a file of its own, and each damage is found', async () => {
  const dataDir = join(folder, 'data');
  const [first = '', second = '', large = '', other = '', last = ''] = await writeSingles(5);
  const text = await readFile(join(folder, large), 'utf8');
  await writeFile(join(folder, large), text.replace('<cbc:ID>', `<!--${'å'.repeat(140_000)}-->\n$&`));
  await writeFile(
    join(folder, other),
    Buffer.from(`\uFEFF${text.replace('>U2<', '>U3<').replace('UTF-8', 'UTF-16')}`, 'utf16le'),
  );
  const report = await importFiles([first, second, large, other, last]);
  expect(report.batches).toMatchObject([{ read: 5, imported: 5 }]);
  const [batch] = report.batches;
  const { context } = workspace;
  for (const [ordinal, number] of ['U0', 'U1', 'U2', 'U3', 'U4'].entries()) {
    const row = context.store.reads.invoiceAt(batch?.id ?? '', ordinal);
    expect(await readInvoice(context, row?.id ?? 0)).toMatchObject({
      ok: true,
      value: { invoice: { invoiceNumber: number } },
    });
    const found = await findInSource(
      context,
      { batchId: batch?.id ?? '', fileOrdinal: ordinal },
      { text: `<cbc:ID>U`, fromLine: 1, signal: new AbortController().signal },
    );
    expect(found).toMatchObject({ ok: true, value: { hit: { line: ordinal === 2 ? 5 : 4 } } });
  }
  expect((await sourceFiles()).map((name) => extname(name)).sort()).toEqual(['.pack', '.xml']);
  expect(verifyDataFolder(dataDir)).toMatchObject({ isSound: true, checked: { sources: 5 } });
  const pack = join(dataDir, 'sources', 'packs', `${batch?.id ?? ''}.pack`);
  const bytes = await readFile(pack);
  bytes[bytes.indexOf('>U1<') + 2] = 0x39;
  await writeFile(pack, bytes.subarray(0, -1));
  expect(verifyDataFolder(dataDir).findings).toMatchObject([
    { part: 'sources', code: 'changed', detail: expect.stringContaining(second) as string },
    { part: 'sources', code: 'changed', detail: expect.stringContaining(last) as string },
  ]);
  const damaged = context.store.reads.invoiceAt(batch?.id ?? '', 1);
  expect(await readInvoice(context, damaged?.id ?? 0)).toMatchObject({ ok: false, error: { code: 'STORE_DAMAGED' } });
  await rm(pack);
  expect(verifyDataFolder(dataDir).findings).toMatchObject(Array.from({ length: 4 }, () => ({ code: 'missing' })));
});

test('a pack that the disk does not take leaves nothing of its batch, and names every file', async () => {
  const names = await writeSingles(3);
  await writeFile(join(folder, 'data', 'sources'), 'no folder');
  const report = await importFiles(names);
  expect(report.batches).toEqual([]);
  expect(report.refused.map(({ fileName, error }) => [fileName, error.code])).toEqual(
    names.map((name) => [name, 'UNREADABLE']),
  );
  await rm(join(folder, 'data', 'sources'));
  expect((await importFiles(names)).batches).toMatchObject([{ imported: 3 }]);
});

test('a drop whose source fails on the way leaves nothing, also of what was being read then', async () => {
  const names = await writeSingles(200);
  for (const large of [names[3] ?? '', names[190] ?? '']) {
    const text = await readFile(join(folder, large), 'utf8');
    await writeFile(join(folder, large), text.replace('<cbc:ID>', `<!--${'å'.repeat(140_000)}-->\n$&`));
  }
  const { context } = workspace;
  const { parser } = context;
  const asked: Promise<unknown>[] = [];
  const readSingles: typeof parser.readSingles = (...of) => {
    const reading = parser.readSingles(...of);
    asked.push(reading);
    return reading;
  };
  const watched = {
    readSingles,
    largestFileBytes: parser.largestFileBytes,
    warm: () => {
      parser.warm();
    },
    parse: (...of: Parameters<typeof parser.parse>) => parser.parse(...of),
    detect: (path: string) => parser.detect(path),
    close: () => parser.close(),
  };
  async function* failing() {
    for (const name of names) yield await Promise.resolve([{ path: join(folder, name), name }]);
    throw new Error('the source is gone');
  }
  const drop = {
    files: failing(),
    mode: 'lenient',
    ownerPid: process.pid,
    signal: new AbortController().signal,
  } as const;
  const imported = importBatch({ ...context, parser: watched }, { ...drop, onProgress: () => undefined });
  await expect(imported).rejects.toThrow('the source is gone');
  // What the parser still reads then is heard before anything is looked at.
  await Promise.all(asked);
  await setImmediate();
  expect(asked.length).toBeGreaterThan(0);
  expect(await sourceFiles()).toEqual([]);
  const db = new Database(join(folder, 'data', 'utskick.db'), { readonly: true });
  expect(db.prepare('SELECT count(*) FROM batches').pluck().get()).toBe(0);
  db.close();
  expect((await importFiles(names)).batches).toMatchObject([{ imported: 200 }]);
});

test('what a killed import left of a pack is removed by the next start', async () => {
  const { sources, store } = workspace.context;
  const pack = sources.newPack();
  const half = sources.newPack();
  for (const each of [pack, half]) each.add([Buffer.from('<a/>')]);
  store.imports.beginBatch(
    { id: 'killed', mode: 'lenient', files: [], ownerPid: process.pid },
    { actor: 'somebody', nowMs: 1 },
  );
  await pack.keepAs('killed');
  expect(await sourceFiles()).toHaveLength(2);
  await workspace.close();
  workspace = await openTestWorkspace(join(folder, 'data'));
  expect(await sourceFiles()).toEqual([]);
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

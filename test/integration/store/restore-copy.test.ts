// Putting a copy in place of the database: the present one is kept, nobody else may have it open, a bad copy changes nothing.

import { appendFile, readFile, readdir, writeFile } from 'node:fs/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkDatabaseFile } from '../../../src/main/store/check-file.ts';
import { copiesFolder, copyName, listCopies } from '../../../src/main/store/copies.ts';
import { restoreCopy } from '../../../src/main/store/restore-copy.ts';
import { importBatch, openOrFail, rows, temporaryFolder } from '../../support/store-workspace.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let path: string;
let copyPath: string;
const nowMs = 1_800_000_000_000;
const check = (file: string): Promise<string> => Promise.resolve(checkDatabaseFile(file));

beforeEach(async () => {
  folder = await temporaryFolder();
  path = `${folder.path}/utskick.db`;
  copyPath = `${copiesFolder(path)}/${copyName('daily', nowMs - 1)}`;
  const store = await openOrFail(path);
  importBatch(store, 'batch-0001', { rows: rows(5) });
  await store.backup(copyPath, check);
  importBatch(store, 'batch-0002', { rows: rows(5) });
  store.close();
});

afterEach(() => folder.dispose());

const restore = () => restoreCopy({ databasePath: path, copyPath, nowMs, check });

async function batches(): Promise<number> {
  const store = await openOrFail(path);
  const { total } = store.reads.batchPage(0, 1);
  store.close();
  return total;
}

test('the copy is in place, itself kept, and the database that was there stands beside it whole', async () => {
  const restored = await restore();
  expect(restored).toMatchObject({ ok: true, value: { setAside: copyName('replaced', nowMs) } });
  expect(await batches()).toBe(1);
  expect(listCopies(copiesFolder(path)).map(({ kind }) => kind)).toEqual(['replaced', 'daily']);
  const aside = new Database(`${copiesFolder(path)}/${copyName('replaced', nowMs)}`, { readonly: true });
  expect(aside.prepare('SELECT count(*) FROM batches').pluck().get()).toBe(2);
  aside.close();
  expect((await readdir(folder.path)).filter((name) => name.includes('restoring'))).toEqual([]);
});

test('while another process has the database open, nothing is changed', async () => {
  const other = await openOrFail(path);
  expect(await restore()).toMatchObject({ ok: false, error: { code: 'STORE_BUSY' } });
  expect(other.reads.batchPage(0, 1).total).toBe(2);
  other.close();
  expect(await batches()).toBe(2);
});

test('a damaged database is put aside as it is, with what belongs to it', async () => {
  await writeFile(path, 'scrap');
  await writeFile(`${path}-wal`, 'more scrap');
  expect(await restore()).toMatchObject({ ok: true, value: { setAside: copyName('damaged', nowMs) } });
  expect(await readFile(`${copiesFolder(path)}/${copyName('damaged', nowMs)}`, 'utf8')).toBe('scrap');
  expect(await readFile(`${copiesFolder(path)}/${copyName('damaged', nowMs)}-wal`, 'utf8')).toBe('more scrap');
  expect(await batches()).toBe(1);
});

test('a copy that does not pass its check is refused, and the database stays', async () => {
  const bytes = await readFile(copyPath);
  bytes.fill(0xa5, 4096 * 12, 4096 * 30);
  await writeFile(copyPath, bytes);
  expect(await restore()).toMatchObject({ ok: false, error: { code: 'STORE_DAMAGED' } });
  expect(await batches()).toBe(2);
});

test('a copy that is not there is refused with words', async () => {
  copyPath = `${copyPath}.gone`;
  expect(await restore()).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
  expect(await batches()).toBe(2);
});

test('half-made copies and other files are not listed', async () => {
  await appendFile(`${copiesFolder(path)}/notes.txt`, 'x');
  await appendFile(`${copyPath}.part`, 'x');
  expect(listCopies(copiesFolder(path))).toHaveLength(1);
});

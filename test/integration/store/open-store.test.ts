// Opening a database file: new, reopened, newer, foreign, damaged, busy, full. Real files only.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSystemClock } from '../../../src/main/platform/system-clock.ts';
import { isStoreFailure } from '../../../src/main/ports/store.ts';
import { checkDatabaseFile } from '../../../src/main/store/check-file.ts';
import { copiesFolder, copyName } from '../../../src/main/store/copies.ts';
import { openStore } from '../../../src/main/store/open.ts';
import { act, importBatch, openOrFail, rows, silentLog, temporaryFolder } from '../../support/store-workspace.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let path: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  path = `${folder.path}/deep/utskick.db`;
});

afterEach(() => folder.dispose());

const open = () => openStore({ path, clock: createSystemClock(), log: silentLog });

async function bytesOf(file = path): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
}

test('a new database is made with its folder, and everything in it is there again after reopening', async () => {
  const store = await openOrFail(path);
  importBatch(store, 'batch-0001', { rows: rows(3) });
  store.close();
  const again = await openOrFail(path);
  expect(again.reads.batch('batch-0001')).toMatchObject({ read: 3, imported: 3, quarantined: 0, state: 'imported' });
  again.close();
});

test('every open sets synchronous=FULL and says so when it does not hold', async () => {
  const store = await openOrFail(path);
  store.close();
  // What the file itself remembers: WAL, but not the durability. A plain reopen gives NORMAL in WAL builds of the library.
  const plain = new Database(path);
  expect(plain.pragma('journal_mode', { simple: true })).toBe('wal');
  plain.pragma('synchronous = NORMAL');
  plain.close();
  const seen: string[] = [];
  const original = Database.prototype.pragma;
  Database.prototype.pragma = function (this: Database.Database, source: string, options?: Database.PragmaOptions) {
    seen.push(source);
    return original.call(this, source, options);
  };
  try {
    (await openOrFail(path)).close();
  } finally {
    Database.prototype.pragma = original;
  }
  expect(seen).toContain('synchronous = FULL');
  expect(seen).toContain('foreign_keys = ON');
});

describe('a file that cannot be used is refused with words and left as it is:', () => {
  test('one made by a newer version', async () => {
    (await openOrFail(path)).close();
    const newer = new Database(path);
    newer.pragma('user_version = 99');
    newer.close();
    const before = await bytesOf();
    expect(await open()).toMatchObject({ ok: false, error: { code: 'STORE_NEWER', details: { version: 99 } } });
    expect(await bytesOf()).toBe(before);
  });

  test('one that is no database', async () => {
    (await openOrFail(path)).close();
    await writeFile(path, '<?xml version="1.0"?><Invoices/>');
    expect(await open()).toMatchObject({ ok: false, error: { code: 'STORE_DAMAGED' } });
    expect(await readFile(path, 'utf8')).toBe('<?xml version="1.0"?><Invoices/>');
  });

  test('one that another program made', async () => {
    (await openOrFail(`${folder.path}/deep/other.db`)).close();
    const other = new Database(path);
    other.exec('CREATE TABLE bookmarks (url TEXT)');
    other.close();
    const before = await bytesOf();
    expect(await open()).toMatchObject({ ok: false, error: { code: 'STORE_DAMAGED' } });
    expect(await bytesOf()).toBe(before);
  });

  test('one with damaged pages', async () => {
    const store = await openOrFail(path);
    importBatch(store, 'batch-0001', { rows: rows(500) });
    store.close();
    const bytes = await readFile(path);
    bytes.fill(0xa5, 4096 * 12, 4096 * 60);
    await writeFile(path, bytes);
    const before = await bytesOf();
    expect(await open()).toMatchObject({ ok: false, error: { code: 'STORE_DAMAGED' } });
    expect(await bytesOf()).toBe(before);
  });

  test('one cut in the middle', async () => {
    const store = await openOrFail(path);
    importBatch(store, 'batch-0001', { rows: rows(500) });
    store.close();
    const bytes = await readFile(path);
    await writeFile(path, bytes.subarray(0, 4096 * 20 + 100));
    expect(await open()).toMatchObject({ ok: false, error: { code: 'STORE_DAMAGED' } });
  });
});

test('an empty file becomes a new database where none was before', async () => {
  await mkdir(`${folder.path}/deep`);
  await writeFile(path, '');
  (await openOrFail(path)).close();
});

describe('where a store was used, no new one is made in its place:', () => {
  test.each([
    ['it is gone', () => rm(path)],
    ['it is empty', () => writeFile(path, '')],
  ])('%s', async (complaint, lose) => {
    (await openOrFail(path)).close();
    await lose();
    expect(await open()).toMatchObject({ ok: false, error: { code: 'STORE_DAMAGED', details: { complaint } } });
  });

  test('the newest copy is named', async () => {
    const store = await openOrFail(path);
    const copy = copyName('daily', 1_800_000_000_000);
    await store.backup(`${copiesFolder(path)}/${copy}`, (file) => Promise.resolve(checkDatabaseFile(file)));
    store.close();
    await writeFile(path, 'scrap');
    expect(await open()).toMatchObject({
      ok: false,
      error: { code: 'STORE_DAMAGED', details: { copy, copyMadeAtMs: 1_800_000_000_000 } },
    });
  });
});

test('a backup is a whole, checked copy, made while the store is in use, with nothing else beside it', async () => {
  const store = await openOrFail(path);
  importBatch(store, 'batch-0001', { rows: rows(200) });
  await store.backup(`${folder.path}/copy.db`, (file) => Promise.resolve(checkDatabaseFile(file)));
  store.close();
  expect(await readdir(folder.path)).toEqual(expect.arrayContaining(['copy.db', 'deep']));
  expect((await readdir(folder.path)).filter((name) => name.startsWith('copy'))).toEqual(['copy.db']);
  const copy = await openOrFail(`${folder.path}/copy.db`);
  expect(copy.reads.batch('batch-0001')?.read).toBe(200);
  copy.close();
});

test('a full disk is a failure with a code, and the verb that met it has not happened', async () => {
  const store = await openOrFail(path);
  importBatch(store, 'batch-0001', { rows: rows(10) });
  store.close();
  const original = Database.prototype.pragma;
  // The page limit is the connection's own; it is set as the store opens.
  Database.prototype.pragma = function (this: Database.Database, source: string, options?: Database.PragmaOptions) {
    const answer = original.call(this, source, options);
    if (source === 'journal_mode = WAL') original.call(this, 'max_page_count = 100');
    return answer;
  };
  const small = await openOrFail(path).finally(() => {
    Database.prototype.pragma = original;
  });
  small.imports.beginBatch({ id: 'batch-0002', mode: 'lenient', files: [], ownerPid: process.pid }, act());
  let failure: unknown;
  try {
    small.imports.addChunk('batch-0002', 0, {
      rows: rows(5_000, (at) => ({ invoiceNumber: `x${at}` })),
      problems: [],
      doneBytes: 0,
    });
  } catch (error) {
    failure = error;
  }
  expect(isStoreFailure(failure) && failure.code).toBe('STORAGE_FULL');
  small.imports.dropBatch('batch-0002', () => undefined);
  expect(small.reads.batchPage(0, 10).total).toBe(1);
  small.close();
});

test('two processes share a file, and only one of them gets the lease', async () => {
  const store = await openOrFail(path);
  const program = `
    import { openStore } from ${JSON.stringify(new URL('../../../src/main/store/open.ts', import.meta.url).href)};
    import { createSystemClock } from ${JSON.stringify(new URL('../../../src/main/platform/system-clock.ts', import.meta.url).href)};
    const log = { info() {}, warn() {}, error() {} };
    const opened = await openStore({ path: process.argv[1], clock: createSystemClock(), log });
    if (!opened.ok) throw new Error(opened.error.message);
    const now = Date.now();
    const held = opened.value.deliveries.acquireRunnerLease({ pid: process.pid, id: 'child' }, { nowMs: now, untilMs: now + 60_000 }, () => true);
    process.stdout.write(held === null ? 'none' : 'held');
    process.stdin.resume();
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program, path], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const [answer] = (await once(child.stdout, 'data')) as [Buffer];
  expect(answer.toString()).toBe('held');
  const mine = () =>
    store.deliveries.acquireRunnerLease(
      { pid: process.pid, id: 'parent' },
      { nowMs: Date.now(), untilMs: Date.now() + 1_000 },
      isAlive,
    );
  expect(store.deliveries.isRunnerElsewhere(process.pid, Date.now(), isAlive)).toBe(true);
  expect(mine()).toBe(null);
  child.kill('SIGKILL');
  await exited;
  // The holder is gone: its lease is worth nothing, however long it would have run.
  expect(store.deliveries.isRunnerElsewhere(process.pid, Date.now(), isAlive)).toBe(false);
  expect(mine()?.fence).toBe(2);
  store.close();
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

// Migrations: all steps and the version mark in one transaction, a verified backup before, nothing half-done.

import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSystemClock } from '../../../src/main/platform/system-clock.ts';
import { migrations } from '../../../src/main/store/migrations/all.ts';
import { copiesFolder, listCopies } from '../../../src/main/store/copies.ts';
import { openStore } from '../../../src/main/store/open.ts';
import { importBatch, openOrFail, rows, silentLog, temporaryFolder } from '../../support/store-workspace.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let path: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  path = `${folder.path}/utskick.db`;
  const store = await openOrFail(path);
  importBatch(store, 'batch-0001', { rows: rows(20) });
  store.close();
});

afterEach(() => folder.dispose());

const openWith = (steps: readonly { name: string; sql: string }[]) =>
  openStore({ path, clock: createSystemClock(), log: silentLog, migrations: [...migrations, ...steps] });

function raw<T>(file: string, look: (db: Database.Database) => T): T {
  const db = new Database(file, { readonly: true });
  try {
    return look(db);
  } finally {
    db.close();
  }
}

const version = (file: string) => raw(file, (db) => db.pragma('user_version', { simple: true }));

test('the version is the number of steps, and the files are named in order', () => {
  expect(version(path)).toBe(migrations.length);
  const numbers = migrations.map(({ name }) => Number(name.slice(0, 3)));
  expect(numbers).toEqual([...new Set(numbers)].toSorted((one, other) => one - other));
});

test('a later step runs once, keeps what is there, and leaves a checked backup of the version before', async () => {
  const step = { name: '002-note', sql: "ALTER TABLE batches ADD COLUMN note TEXT NOT NULL DEFAULT 'old'" };
  const opened = await openWith([step]);
  if (!opened.ok) throw new Error(opened.error.message);
  expect(opened.value.reads.batch('batch-0001')?.read).toBe(20);
  opened.value.close();
  expect(version(path)).toBe(migrations.length + 1);
  const [backup] = listCopies(copiesFolder(path));
  if (backup === undefined) throw new Error('there is no copy');
  expect(backup.kind).toBe('migration');
  expect(version(backup.path)).toBe(migrations.length);
  expect(raw(backup.path, (db) => db.prepare('SELECT count(*) FROM invoices').pluck().get())).toBe(20);
  expect((await openWith([step])).ok).toBe(true);
});

test('a step that fails leaves the file at its version, with none of its changes', async () => {
  const half = { name: '002-half', sql: 'CREATE TABLE half (a TEXT) STRICT; INSERT INTO nowhere VALUES (1)' };
  await expect(openWith([half])).rejects.toThrow('nowhere');
  expect(version(path)).toBe(migrations.length);
  expect(raw(path, (db) => db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").pluck().get())).toBe(0);
  (await openOrFail(path)).close();
});

test('a file of the version that was migrated is then refused by the older program', async () => {
  const opened = await openWith([{ name: '002-note', sql: 'ALTER TABLE batches ADD COLUMN note TEXT' }]);
  if (opened.ok) opened.value.close();
  expect(await openStore({ path, clock: createSystemClock(), log: silentLog })).toMatchObject({
    ok: false,
    error: { code: 'STORE_NEWER' },
  });
});

test('all tables are STRICT, and every index says which query it serves', () => {
  const loose = raw(path, (db) =>
    db
      .prepare(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
      )
      .pluck()
      .all(),
  );
  expect(loose).toEqual([]);
  for (const { name, sql } of migrations) {
    const lines = sql.split('\n');
    const bare = lines.filter(
      (line, at) => /^CREATE (UNIQUE )?INDEX/u.test(line) && !/^-- .*Serves: /u.test(lines[at - 1] ?? ''),
    );
    expect(bare, name).toEqual([]);
  }
});

// The audit log: chained entry by entry, broken links named, what is in it masked, older logs chained by the migration.

import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../src/main/ports/store.ts';
import { applicationId } from '../../../src/main/store/migrate.ts';
import { migrations } from '../../../src/main/store/migrations/all.ts';
import { verifyDatabase } from '../../../src/main/store/verify.ts';
import {
  act,
  connection,
  importBatch,
  openOrFail,
  releaseAll,
  rows,
  temporaryFolder,
} from '../../support/store-workspace.ts';

const everything = { search: '', actions: [], fromMs: null, beforeMs: null };
const mail = connection('mail', 'email');
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let path: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  path = `${folder.path}/utskick.db`;
});

afterEach(() => folder.dispose());

async function filled(): Promise<Store> {
  const store = await openOrFail(path);
  store.config.saveConnection(mail, act());
  importBatch(store, 'batch-0001', { rows: rows(5) });
  store.invoices.setHeld('batch-0001', { ids: [1, 2] }, { isHeld: true }, act());
  releaseAll(store, 'batch-0001', mail);
  store.config.saveSetting('look', { theme: 'dark' }, act());
  return store;
}

/** As somebody with a database tool would: the triggers are no hindrance to them. */
function tamper(sql: string): void {
  const db = new Database(path);
  for (const name of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all() as string[])
    db.exec(`DROP TRIGGER ${name}`);
  db.exec('PRAGMA foreign_keys = OFF');
  db.exec(sql);
  db.close();
}

test('every act is sealed, and anybody can compute the hashes from the export', async () => {
  const store = await filled();
  const entries = store.audit.after(0, everything, 100);
  store.close();
  expect(entries.map(({ action }) => action)).toEqual(['saveConnection', 'import', 'hold', 'release', 'saveSetting']);
  let before = '0'.repeat(64);
  for (const { sealed, hash } of entries) {
    expect((JSON.parse(sealed) as unknown[])[1]).toBe(before);
    expect(createHash('sha256').update(sealed).digest('hex')).toBe(hash);
    before = hash;
  }
  const report = verifyDatabase(path);
  expect(report.findings).toEqual([]);
  expect(report.auditHead).toEqual({ id: 5, hash: before });
});

describe('a log that was changed is found out, and its first broken entry is named:', () => {
  test.each([
    ['who', "UPDATE audit SET actor = 'somebody else' WHERE id = 3", 'entry 3 (hold)'],
    ['what', `UPDATE audit SET facts_json = '{"count":1}' WHERE id = 3`, 'entry 3 (hold)'],
    ['when', 'UPDATE audit SET at_ms = at_ms - 1 WHERE id = 2', 'entry 2 (import)'],
    ['which invoices', 'DELETE FROM audit_invoices WHERE invoice_id = 2', 'entry 3 (hold)'],
    ['an entry in the middle', 'DELETE FROM audit WHERE id = 3', 'entry 3 is missing'],
    ['the last entry', 'DELETE FROM audit WHERE id = 5', '1 entries after 4 are missing'],
    ['a hash', 'UPDATE audit_chain SET hash = lower(hex(zeroblob(32))) WHERE audit_id = 2', 'entry 2 (import)'],
    [
      'an entry put in',
      'INSERT INTO audit SELECT 6, at_ms, actor, action, batch_no, facts_json FROM audit WHERE id = 5',
      'entry 6 has no seal',
    ],
  ])('%s', async (_what, sql, words) => {
    (await filled()).close();
    tamper(sql);
    const broken = verifyDatabase(path).findings.filter(({ part }) => part === 'auditLog');
    expect(broken).toHaveLength(1);
    expect(broken[0]?.detail).toContain(words);
  });
});

test('the store itself refuses to change, shorten or add to what is sealed', async () => {
  (await filled()).close();
  const db = new Database(path);
  for (const sql of [
    "UPDATE audit SET actor = 'x'",
    'DELETE FROM audit',
    'UPDATE audit_chain SET hash = hash',
    'DELETE FROM audit_chain',
    'INSERT INTO audit_invoices (invoice_id, audit_id) VALUES (4, 3)',
  ])
    expect(() => db.exec(sql), sql).toThrow(/audit log/u);
  db.close();
});

test('a log from before the chain is chained by the migration', async () => {
  const before = migrations.findIndex(({ name }) => name.endsWith('-audit-chain'));
  const db = new Database(path);
  for (const { sql } of migrations.slice(0, before)) db.exec(sql);
  db.pragma(`application_id = ${String(applicationId)}`);
  db.pragma(`user_version = ${String(before)}`);
  for (const action of ['saveSetting', 'hold'])
    db.exec(`INSERT INTO audit (at_ms, actor, action, facts_json) VALUES (1, 'anna', '${action}', '{}')`);
  db.close();
  (await openOrFail(path)).close();
  expect(verifyDatabase(path)).toMatchObject({ findings: [], auditHead: { id: 2 } });
});

test('before and after are kept, secrets and personal numbers are not', async () => {
  const store = await openOrFail(path);
  store.config.saveConnection(mail, act());
  const { config } = mail;
  if (config.channel !== 'email') throw new Error('mail is an e-mail connection');
  store.config.saveConnection({ ...mail, config: { ...config, host: 'smtp.example.com' } }, act());
  store.config.saveConnection({ ...mail, config: { ...config, host: 'smtp.example.com' } }, act());
  store.config.saveSetting('x', { password: 'geheim', note: 'Kund 19811218-9876 ringde' }, act());
  store.deliveries.setLaneBlock('mail', { blockedBy: 'paused', detail: '' }, 1, act());
  const entries = store.audit.after(0, everything, 100);
  expect(entries.map(({ action }) => action)).toEqual([
    'saveConnection',
    'saveConnection',
    'saveSetting',
    'pauseConnection',
  ]);
  expect(entries[1]?.facts).toEqual({
    connectionId: 'mail',
    name: 'name of mail',
    'before.config.host': '127.0.0.1',
    'after.config.host': 'smtp.example.com',
  });
  expect(entries[2]?.facts).toMatchObject({ 'after.password': '[left out]', 'after.note': 'Kund 811218-**** ringde' });
  expect(JSON.stringify(entries)).not.toContain('geheim');
  store.close();
});

test('pages are newest first, and a search looks at who, what and the facts', async () => {
  const store = await filled();
  expect(store.audit.page(everything, 0, 2)).toMatchObject({
    total: 5,
    entries: [{ action: 'saveSetting' }, { action: 'release', batchId: 'batch-0001', batchName: 'batch-0001.xml' }],
  });
  expect(store.audit.page({ ...everything, search: 'DARK' }, 0, 10).total).toBe(1);
  expect(store.audit.page({ ...everything, actions: ['hold', 'import'] }, 0, 10)).toMatchObject({
    total: 2,
    entries: [{ concerned: 2 }, {}],
  });
  store.close();
});

// The step that brings data channels writes two tables anew: rows, columns, indexes and triggers of the version before stay, and the new channels fit.

import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { applicationId } from '../../../src/main/store/migrate.ts';
import { migrations } from '../../../src/main/store/migrations/all.ts';
import { act, openOrFail, sha256, temporaryFolder } from '../../support/store-workspace.ts';

const objects = (db: Database.Database) =>
  db.prepare("SELECT type || ' ' || name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").pluck().all();
const columns = (db: Database.Database, table: string) =>
  (db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);

test('deliveries and connections are there as they were, each a single step, with every index and trigger', async () => {
  const folder = await temporaryFolder();
  const path = `${folder.path}/utskick.db`;
  const before = migrations.findIndex(({ name }) => name.endsWith('-data-channels'));
  const old = new Database(path);
  for (const { sql } of migrations.slice(0, before)) old.exec(sql);
  old.pragma(`application_id = ${String(applicationId)}`);
  old.pragma(`user_version = ${String(before)}`);
  const hash = sha256('old');
  old.exec(`
    INSERT INTO batches (no, id, state, mode, owner_pid, begun_after_order, visible_order, begun_at_ms, imported_at_ms, imported_by, format, read_count)
    VALUES (1, 'old-batch', 'imported', 'lenient', 1, 0, 1, 1, 2, 'somebody', 'GASEL', 1);
    INSERT INTO invoices (id, batch_no, ordinal, file_ordinal, byte_offset, byte_length, source_line, source_column, kind, invoice_number, seller_key, customer_name, city,
      currency, payable_minor, channel, state, error_count, warning_count, content_sha256, customer_key, city_key, search_text)
    VALUES (7, 1, 0, 0, 0, 10, 3, 1, 'invoice', '1001', 'seller', 'Kund', 'Umeå', 'SEK', 100, 'sftp', 'waiting', 0, 0, '${hash}', 'kund', 'umea', '1001');
    INSERT INTO connections (id, name, channel, endpoint, config_json, secret_json, created_at_ms, limits_json) VALUES ('c', 'Print', 'sftp', 'test',
      '{"channel":"sftp","host":"127.0.0.1","port":22,"user":"u","privateKeyPath":null,"hostKey":null,"path":"/","parallel":1}', '{"kind":"none"}', 1, '{"parallel":3}');
    INSERT INTO deliveries (id, batch_no, invoice_id, connection_id, channel, target, state, generation, idempotency_key, document_sha256, document_size_bytes, document_file_name,
      released_at_ms, released_by, due_at_ms, updated_at_ms, hold, not_before_ms)
    VALUES (3, 1, 7, 'c', 'sftp', '1001.pdf', 'queued', 0, '${hash}', '${hash}', 9, 'f.pdf', 3, 'somebody', 3, 4, 'operator', 99);
  `);
  const [objectsBefore, rowBefore] = [objects(old), old.prepare('SELECT * FROM deliveries').get()];
  const columnsBefore = ['deliveries', 'connections'].map((table) => columns(old, table));
  const limitsBefore = old.prepare('SELECT limits_json FROM connections').pluck().get();
  old.close();

  const store = await openOrFail(path);
  expect(store.reads.delivery(3)).toMatchObject({ state: 'queued', hold: 'operator', step: 1, steps: 1 });
  // The counting trigger came along, and the count was not written twice.
  expect(store.deliveries.cancel({ batchId: null, connectionId: null, states: [], search: '' }, act())).toBe(1);
  expect(store.reads.lanes('old-batch', 1)[0]?.counts).toMatchObject({ queued: 0, cancelled: 1 });
  store.close();

  const now = new Database(path);
  expect(objects(now)).toEqual(expect.arrayContaining(objectsBefore));
  expect(['deliveries', 'connections'].map((table) => columns(now, table))).toEqual(
    columnsBefore.map((names) => expect.arrayContaining(names) as unknown),
  );
  expect(now.prepare('SELECT limits_json FROM connections').pluck().get()).toBe(limitsBefore);
  expect(rowBefore).toMatchObject({ not_before_ms: 99 });
  expect(now.prepare('SELECT not_before_ms, previous_id FROM deliveries').get()).toEqual({
    not_before_ms: 99,
    previous_id: null,
  });
  expect(() => now.exec('UPDATE deliveries SET step = 2, steps = 2')).toThrow('never changed');
  expect(() => now.exec('DELETE FROM deliveries')).toThrow('never removed');
  expect(now.pragma('foreign_key_check')).toEqual([]);
  expect(now.pragma('integrity_check', { simple: true })).toBe('ok');
  now.close();
  await folder.dispose();
});

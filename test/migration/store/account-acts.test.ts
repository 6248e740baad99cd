// The step that brings dunnings writes the list of acts anew: what was done to orders stays as it was, still can't be changed, and dunnings fit.

import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { applicationId } from '../../../src/main/store/migrate.ts';
import { migrations } from '../../../src/main/store/migrations/all.ts';
import { openOrFail, sha256, temporaryFolder } from '../../support/store-workspace.ts';

test('acts on orders are there as they were, with their indexes and triggers, and a dunning is an act too', async () => {
  const folder = await temporaryFolder();
  const path = `${folder.path}/utskick.db`;
  const before = migrations.findIndex(({ name }) => name.endsWith('-account-acts'));
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
    VALUES (7, 1, 0, 0, 0, 10, 3, 1, 'invoice', '1001', 'seller', 'Kund', 'Umeå', 'SEK', 100, 'sftp', 'sent', 0, 0, '${hash}', 'kund', 'umea', '1001');
    INSERT INTO connections (id, name, channel, endpoint, config_json, secret_json, created_at_ms, limits_json) VALUES ('c', 'Svea', 'svea', 'test', '{}', '{}', 1, '{}');
    INSERT INTO deliveries (id, batch_no, invoice_id, connection_id, channel, target, state, generation, idempotency_key, document_sha256, document_size_bytes, document_file_name,
      released_at_ms, released_by, due_at_ms, updated_at_ms)
    VALUES (3, 1, 7, 'c', 'svea', 'SE', 'accepted', 0, '${hash}', '${hash}', 9, 'f.json', 3, 'somebody', 3, 4);
    INSERT INTO order_acts (id, delivery_id, invoice_id, kind, peer_order_id, started_at_ms, actor, reason, owner_pid, amount_minor, currency, positions_json, state, settled_by,
      ended_at_ms, code, detail, receipt_json)
    VALUES (5, 3, 7, 'credit', '8000', 10, 'somebody', 'why', 1, 100, 'SEK', '[0,2]', 'done', 'reply', 11, NULL, NULL, '{"creditInvoiceId":"9"}'),
      (6, 3, 7, 'close', '8000', 12, 'somebody', 'why', 1, NULL, NULL, NULL, 'unknown', NULL, 13, 'net.timed-out', '', NULL);
  `);
  const kept = old.prepare('SELECT * FROM order_acts ORDER BY id').all() as object[];
  old.close();

  const store = await openOrFail(path);
  expect(store.orders.actsOf(7)).toMatchObject([
    { id: 5, kind: 'credit', positions: [0, 2], wish: {}, receipt: { creditInvoiceId: '9' } },
    { id: 6, kind: 'close', state: 'unknown', code: 'net.timed-out' },
  ]);
  store.close();

  const now = new Database(path);
  expect(now.prepare('SELECT * FROM order_acts ORDER BY id').all()).toEqual(
    kept.map((row) => ({ ...row, wish_json: null })),
  );
  expect(() => now.exec('DELETE FROM order_acts')).toThrow('are kept');
  expect(() => now.exec("UPDATE order_acts SET state = 'unknown' WHERE id = 5")).toThrow('stands');
  const dun = (delivery: number, order: string) =>
    now.exec(`INSERT INTO order_acts (delivery_id, invoice_id, kind, peer_order_id, started_at_ms, actor, reason, owner_pid, wish_json, state)
      VALUES (${String(delivery)}, 7, 'dun', '${order}', 14, 'somebody', '', 1, '{}', 'sending')`);
  expect(() => dun(3, '8000')).toThrow('UNIQUE');
  dun(3, '8001');
  expect(now.pragma('foreign_key_check')).toEqual([]);
  expect(now.pragma('integrity_check', { simple: true })).toBe('ok');
  now.close();
  await folder.dispose();
});

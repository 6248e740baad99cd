// The step that brings proofs: invoices keep their rows, states and deliveries, and what came in before has its sums frozen.

import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applicationId } from '../../../src/main/store/migrate.ts';
import { migrations } from '../../../src/main/store/migrations/all.ts';
import { act, openOrFail, sha256, temporaryFolder } from '../../support/store-workspace.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeEach(async () => {
  folder = await temporaryFolder();
});

afterEach(() => folder.dispose());

test('a store from before proofs opens with its deliveries and receipts, and its batch adds up', async () => {
  const path = `${folder.path}/utskick.db`;
  const before = migrations.findIndex(({ name }) => name.endsWith('-proof'));
  const db = new Database(path);
  db.pragma('foreign_keys = ON');
  for (const { sql } of migrations.slice(0, before)) db.exec(sql);
  db.pragma(`application_id = ${String(applicationId)}`);
  db.pragma(`user_version = ${String(before)}`);
  const columnsBefore = db.pragma('table_info(invoices)') as { name: string }[];
  const hash = sha256('old');
  db.exec(`
    INSERT INTO batches (no, id, state, mode, owner_pid, begun_after_order, visible_order, begun_at_ms, imported_at_ms, imported_by, format, read_count)
    VALUES (1, 'old-batch', 'imported', 'lenient', 1, 0, 1, 1, 2, 'somebody', 'GASEL', 2);
    INSERT INTO batch_files (batch_no, ordinal, file_name, size_bytes, sha256, is_finished, invoice_count, context_json, line_index_json)
    VALUES (1, 0, 'old.xml', 10, '${hash}', 1, 2, '{"encoding":"utf-8","profileId":"gasel-1.0","namespaces":{}}', '[0]');
    INSERT INTO invoices (id, batch_no, ordinal, file_ordinal, byte_offset, byte_length, source_line, source_column, kind, invoice_number, seller_key, customer_name, city,
      currency, payable_minor, channel, state, error_count, warning_count, content_sha256, customer_key, city_key, search_text)
    VALUES (7, 1, 0, 0, 0, 10, 3, 1, 'invoice', '1001', 'seller', 'Kund', 'Umeå', 'SEK', 100, 'sftp', 'sent', 0, 2, '${hash}', 'kund', 'umea', '1001'),
      (8, 1, 1, 0, 10, 10, 9, 1, 'invoice', '1002', 'seller', 'Kund', 'Umeå', 'SEK', 250, 'sftp', 'held', 0, 0, '${hash}', 'kund', 'umea', '1002');
    INSERT INTO invoice_counts (batch_no, state, currency, invoice_count, amount_minor) VALUES (1, 'sent', 'SEK', 1, 100), (1, 'held', 'SEK', 1, 250);
    INSERT INTO connections (id, name, channel, endpoint, config_json, secret_json, created_at_ms) VALUES ('c', 'Print', 'sftp', 'test',
      '{"channel":"sftp","host":"127.0.0.1","port":22,"user":"u","privateKeyPath":null,"hostKey":null,"path":"/","parallel":1}', '{"kind":"none"}', 1);
    INSERT INTO deliveries (id, batch_no, invoice_id, connection_id, channel, target, state, generation, idempotency_key, document_sha256, document_size_bytes, document_file_name,
      released_at_ms, released_by, attempt, attempt_count, due_at_ms, updated_at_ms) VALUES (3, 1, 7, 'c', 'sftp', '1001.pdf', 'accepted', 0, '${hash}', '${hash}', 9, 'f.pdf', 3, 'somebody', 1, 1, 3, 4);
    INSERT INTO attempts (delivery_id, number, started_at_ms, ended_at_ms, outcome, phase) VALUES (3, 1, 3, 4, 'accepted', 'replySeen');
    INSERT INTO receipts (id, delivery_id, attempt_number, source, at_ms, receipt_json) VALUES (5, 3, 1, 'reply', 4, '{"path":"/1001.pdf"}');
  `);
  db.close();

  const store = await openOrFail(path);
  expect(store.reads.invoice(7)).toMatchObject({ invoiceNumber: '1001', state: 'sent', warningCount: 2 });
  expect(store.reads.invoiceDeliveries(7)).toMatchObject([{ id: 3, state: 'accepted' }]);
  expect(store.receipts.receipt(5)).toMatchObject({ fileSha256: null, receipt: { path: '/1001.pdf' } });
  expect(store.receipts.withoutFile(10)).toEqual([]);
  expect(store.proofs.figures('old-batch')).toMatchObject({
    imported: [{ currency: 'SEK', count: 2, amountMinor: 350 }],
    wrongStates: 0,
    accepted: { count: 1, withReceipt: 1, byWord: 0 },
  });
  // The counting triggers came along: an invoice that is excluded moves from one count to the other.
  const exclude = { isExcluded: true, reason: 'sent on paper' };
  expect(store.invoices.setExcluded('old-batch', { ids: [8] }, exclude, act())).toBe(1);
  expect(store.reads.batch('old-batch')?.counts).toEqual([
    { state: 'excluded', count: 1, sums: [{ currency: 'SEK', amountMinor: 250 }] },
    { state: 'sent', count: 1, sums: [{ currency: 'SEK', amountMinor: 100 }] },
  ]);
  store.close();
  const migrated = new Database(path, { readonly: true });
  // The table was written anew: no column that an earlier step added was left behind.
  const columns = (migrated.pragma('table_info(invoices)') as { name: string }[]).map(({ name }) => name);
  expect(columns).toEqual(expect.arrayContaining(columnsBefore.map(({ name }) => name)));
  expect(migrated.pragma('foreign_key_check')).toEqual([]);
  expect(migrated.pragma('integrity_check', { simple: true })).toBe('ok');
  migrated.close();
});

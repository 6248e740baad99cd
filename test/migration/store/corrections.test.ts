// The step that brings corrections: a store of the first version keeps its invoices and can be corrected afterwards.

import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applicationId } from '../../../src/main/store/migrate.ts';
import { initialSchema } from '../../../src/main/store/migrations/001-initial.ts';
import { openOrFail, temporaryFolder } from '../../support/store-workspace.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeEach(async () => {
  folder = await temporaryFolder();
});

afterEach(() => folder.dispose());

test('a store of the first version opens with its invoices, which have no corrections', async () => {
  const path = `${folder.path}/utskick.db`;
  const db = new Database(path);
  db.exec(initialSchema);
  db.pragma(`application_id = ${String(applicationId)}`);
  db.pragma('user_version = 1');
  db.exec(`
    INSERT INTO batches (no, id, state, mode, owner_pid, begun_after_order, visible_order, begun_at_ms, imported_at_ms, imported_by, format, read_count)
    VALUES (1, 'old-batch', 'imported', 'lenient', 1, 0, 1, 1, 2, 'somebody', 'GASEL', 1);
    INSERT INTO batch_files (batch_no, ordinal, file_name, size_bytes, sha256, is_finished, context_json, line_index_json)
    VALUES (1, 0, 'old.xml', 10, '${'a'.repeat(64)}', 1, '{"encoding":"utf-8","profileId":"gasel-1.0","namespaces":{}}', '[0]');
    INSERT INTO invoices (id, batch_no, ordinal, file_ordinal, byte_offset, byte_length, source_line, source_column, kind, invoice_number, seller_key, customer_name, city,
      currency, payable_minor, channel, state, error_count, warning_count, content_sha256, customer_key, city_key, search_text)
    VALUES (7, 1, 0, 0, 0, 10, 3, 1, 'invoice', '1001', 'seller', 'Kund', 'Umeå', 'SEK', 100, 'sftp', 'ready', 0, 2, '${'b'.repeat(64)}', 'kund', 'umea', '1001');
    INSERT INTO invoice_counts (batch_no, state, currency, invoice_count, amount_minor) VALUES (1, 'ready', 'SEK', 1, 100);
  `);
  db.close();

  const store = await openOrFail(path);
  expect(store.reads.invoice(7)).toMatchObject({ invoiceNumber: '1001', state: 'ready', warningCount: 2 });
  expect(store.reads.invoiceSource(7)?.corrections).toEqual([]);
  expect(store.reads.timeline(7)[1]).toMatchObject({ kind: 'checked', facts: { errors: 0, warnings: 2 } });
  expect(store.corrections.list('old-batch')).toEqual([]);
  expect(store.history.foundIn('old-batch', 'core.history.amount')).toEqual(new Set());
  expect(store.releases.candidates('old-batch', { states: ['ready'], notReleasedTo: null, limit: null })).toMatchObject(
    [{ invoiceId: 7, contentVersion: 0 }],
  );
  store.close();
});

// The step that lets acts on orders come back from the journal: acts that were there stay, one under way still bars another, and several in doubt after a restore can stand.

import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { applicationId } from '../../../src/main/store/migrate.ts';
import { migrations } from '../../../src/main/store/migrations/all.ts';
import { openOrFail, sha256, temporaryFolder } from '../../support/store-workspace.ts';

test('acts stay as they were, and one order still has one act at a time but for those after a restore', async () => {
  const folder = await temporaryFolder();
  const path = `${folder.path}/utskick.db`;
  const before = migrations.findIndex(({ name }) => name.endsWith('-acts-after-copy'));
  const old = new Database(path);
  for (const { sql } of migrations.slice(0, before)) old.exec(sql);
  old.pragma(`application_id = ${String(applicationId)}`);
  old.pragma(`user_version = ${String(before)}`);
  const hash = sha256('old');
  const add = (id: number, state: string, code: string | null): string =>
    `INSERT INTO order_acts (id, delivery_id, invoice_id, kind, peer_order_id, started_at_ms, actor, reason, owner_pid, state, code)
     VALUES (${String(id)}, 3, 7, 'credit', '4711', 1, 'somebody', 'asked', 1, '${state}', ${code === null ? 'NULL' : `'${code}'`});`;
  old.exec(`
    INSERT INTO batches (no, id, state, mode, owner_pid, begun_after_order, visible_order, begun_at_ms, imported_at_ms, imported_by, format, read_count)
    VALUES (1, 'old-batch', 'imported', 'lenient', 1, 0, 1, 1, 2, 'somebody', 'GASEL', 1);
    INSERT INTO invoices (id, batch_no, ordinal, file_ordinal, byte_offset, byte_length, source_line, source_column, kind, invoice_number, seller_key, customer_name, city,
      currency, payable_minor, channel, state, error_count, warning_count, content_sha256, customer_key, city_key, search_text)
    VALUES (7, 1, 0, 0, 0, 10, 3, 1, 'invoice', '1001', 'seller', 'Kund', 'Umeå', 'SEK', 100, 'email', 'sent', 0, 0, '${hash}', 'kund', 'umea', '1001');
    INSERT INTO connections (id, name, channel, endpoint, config_json, secret_json, created_at_ms) VALUES ('c', 'Svea', 'svea', 'test', '{}', '{"kind":"none"}', 1);
    INSERT INTO deliveries (id, batch_no, invoice_id, connection_id, channel, target, state, generation, idempotency_key, document_sha256, document_size_bytes, document_file_name,
      released_at_ms, released_by, due_at_ms, updated_at_ms, step, steps)
    VALUES (3, 1, 7, 'c', 'svea', 'SE', 'accepted', 0, '${hash}', '${hash}', 9, 'f.json', 3, 'somebody', 3, 4, 1, 2);
    ${add(1, 'done', null)} ${add(2, 'unknown', 'svea.no-reply')}`);
  old.close();

  const store = await openOrFail(path);
  expect(store.orders.actsOf(7).map(({ id, state }) => [id, state])).toEqual([
    [1, 'done'],
    [2, 'unknown'],
  ]);
  const order = {
    deliveryId: 3,
    kind: 'credit',
    peerOrderId: '4711',
    reason: 'again',
    ownerPid: 1,
    newestAct: 2,
    credit: null,
  } as const;
  expect(store.orders.begin(order, { actor: 'test', nowMs: 9 })).toBeNull();
  store.close();

  const now = new Database(path);
  expect(() => now.exec(add(3, 'sending', null))).toThrow('UNIQUE');
  now.exec(add(4, 'unknown', 'run.restored') + add(5, 'unknown', 'run.restored'));
  expect(() => now.exec('DELETE FROM order_acts')).toThrow('kept');
  expect(now.pragma('foreign_key_check')).toEqual([]);
  now.close();
  await folder.dispose();
});

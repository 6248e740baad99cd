// Index files for print vendors: which accepted files each one lists, frozen when it is taken, so that writing it again gives the same bytes.

import type { IndexEntry } from '../../ports/channel-adapter.ts';
import type { DeliveryStore } from '../../ports/store.ts';
import type { StoreCore } from '../core.ts';
import { change, column, insert, query } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';
import { createFenceCheck } from './lease.ts';

/** Condition over a row `n` of delivery_counts: files of its batch and connection are still on their way. Held ones come later, in an index of their own. */
export const openToCome = `((n.state IN ('claimed', 'sending') AND n.delivery_count > 0) OR (n.state = 'queued' AND n.delivery_count > (
  SELECT count(*) FROM deliveries h WHERE h.hold IS NOT NULL AND h.batch_no = n.batch_no AND h.connection_id = n.connection_id AND h.state = 'queued')))`;

/** The verbs over index files. */
export function createIndexWrites(core: StoreCore): Pick<DeliveryStore, 'takeIndex' | 'markIndexWritten'> {
  const { db, write } = core;
  const isCurrent = createFenceCheck(db);
  const create = createIndexCreator(db);
  const unwritten = query<{ id: number; name: string }>(
    db,
    'SELECT id, name FROM index_files WHERE connection_id = ? AND written_at_ms IS NULL ORDER BY id',
  );
  const entries = query<IndexEntry>(
    db,
    `SELECT d.target AS fileName, d.document_size_bytes AS sizeBytes, d.document_sha256 AS sha256, i.invoice_number AS invoiceNumber
     FROM deliveries d JOIN invoices i ON i.id = d.invoice_id WHERE d.index_file_id = ? AND d.index_file_id IS NOT NULL ORDER BY d.id`,
  );
  const written = change(db, 'UPDATE index_files SET written_at_ms = ? WHERE id = ? AND written_at_ms IS NULL');
  return {
    takeIndex: (fence, connectionId, nowMs) =>
      write(() => {
        if (!isCurrent(fence)) return [];
        create(connectionId, nowMs);
        return unwritten
          .all(connectionId)
          .map(({ id, name }) => ({ id, connectionId, name, entries: entries.all(id) }));
      }),
    markIndexWritten: (id, nowMs) => {
      write(() => written(nowMs, id));
    },
  };
}

function createIndexCreator(db: Db): (connectionId: string, nowMs: number) => void {
  const unlisted =
    "connection_id = ? AND batch_no = ? AND state = 'accepted' AND channel = 'sftp' AND index_file_id IS NULL";
  const batches = query<{ batch_no: number; id: string }>(
    db,
    `SELECT DISTINCT d.batch_no, b.id FROM deliveries d JOIN batches b ON b.no = d.batch_no
     WHERE d.connection_id = ? AND d.state = 'accepted' AND d.channel = 'sftp' AND d.index_file_id IS NULL
       AND NOT EXISTS (SELECT 1 FROM delivery_counts n WHERE n.batch_no = d.batch_no AND n.connection_id = d.connection_id AND ${openToCome})`,
  );
  const earlier = column<number>(db, 'SELECT count(*) FROM index_files WHERE connection_id = ? AND batch_no = ?');
  const add = insert(db, 'INSERT INTO index_files (connection_id, batch_no, name, created_at_ms) VALUES (?, ?, ?, ?)');
  const list = change(db, `UPDATE deliveries SET index_file_id = ? WHERE ${unlisted}`);
  return (connectionId, nowMs) => {
    for (const { batch_no, id } of batches.all(connectionId)) {
      const number = String((earlier.get(connectionId, batch_no) ?? 0) + 1).padStart(3, '0');
      const indexId = add(connectionId, batch_no, `index-${id.slice(0, 8)}-${number}.csv`, nowMs);
      list(indexId, connectionId, batch_no);
    }
  };
}

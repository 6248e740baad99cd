// The release: candidates, and the one transaction that writes deliveries, invoice states and the audit line.

import type { DeliveryHold } from '../../../shared/schema/delivery.ts';
import type { ReleaseItem } from '../../ports/release-item.ts';
import type { ReleaseCandidate, ReleaseStore } from '../../ports/store.ts';
import type { StoreCore } from '../core.ts';
import { column, query } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';
import { createAuditWriter } from './audit.ts';
import { createSentAfterCopy } from '../sent-after-copy.ts';
import { createInvoiceStateWriter } from './invoice-state.ts';

/** The release verbs. */
export function createReleaseWrites(core: StoreCore): ReleaseStore {
  const { db, write } = core;
  const batchNo = column<number>(db, "SELECT no FROM batches WHERE id = ? AND state = 'imported'");
  const candidates = query<ReleaseCandidate>(
    db,
    `SELECT i.id AS invoiceId, i.ordinal, i.invoice_number AS invoiceNumber, i.seller_key AS sellerKey, i.customer_name AS customerName, i.email, i.channel, i.currency,
       i.payable_minor AS payableMinor, i.state, i.content_version AS contentVersion
     FROM invoices i WHERE i.batch_no = ? AND i.state NOT IN ('held', 'excluded', 'quarantined') AND i.state IN (SELECT value FROM json_each(?))
       AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.invoice_id = i.id AND d.cancelled_no = 0 AND d.connection_id = ?)
     ORDER BY i.ordinal LIMIT ?`,
  );
  const add = createDeliveryAdder(db);
  const audit = createAuditWriter(db);
  const countCorrected = createCorrectedCount(db);
  return {
    candidates: (batchId, { states, notReleasedTo, limit }) => {
      const no = batchNo.get(batchId);
      return no === undefined ? [] : candidates.all(no, JSON.stringify(states), notReleasedTo, limit ?? -1);
    },
    write: (batchId, items, act) =>
      write(() => {
        const no = batchNo.get(batchId);
        if (no === undefined) throw new Error(`batch ${batchId} cannot be released`);
        const added = items.filter((item) => add(item, { batchNo: no, ...act }));
        const written = added.length;
        if (written > 0) {
          const corrected = countCorrected(added.map(({ invoiceId }) => invoiceId));
          audit.log(
            { action: 'release', batchNo: no, facts: { written, left: items.length - written, corrected } },
            act,
          );
        }
        return { written };
      }),
  };
}

/** States in which an invoice is never released. */
const keptBack = ['held', 'excluded', 'quarantined'];

/** Prepares the count of invoices among these on which corrections stand. */
export function createCorrectedCount(db: Db): (invoiceIds: readonly number[]) => number {
  const count = column<number>(
    db,
    'SELECT count(DISTINCT invoice_id) FROM corrections WHERE undone_at_ms IS NULL AND invoice_id IN (SELECT value FROM json_each(?))',
  );
  return (invoiceIds) => count.get(JSON.stringify(invoiceIds)) ?? 0;
}

/** What a new delivery has beside its item: whether it waits for something, and which release it belongs to. */
export interface DeliveryPlace {
  readonly batchNo: number;
  readonly nowMs: number;
  readonly actor: string;
  readonly hold?: DeliveryHold | null;
  readonly runId?: number | null;
  readonly isFirst?: boolean;
}

/** Adds one delivery unless the invoice moved on meanwhile or already has it; true when added. */
export function createDeliveryAdder(db: Db): (item: ReleaseItem, place: DeliveryPlace) => boolean {
  const invoice = query<{ state: string; content_version: number }>(
    db,
    'SELECT state, content_version FROM invoices WHERE id = ? AND batch_no = ?',
  );
  const isThere = column<number>(
    db,
    'SELECT 1 FROM connections WHERE id = ? AND channel = ? AND removed_at_ms IS NULL',
  );
  // Both unique indexes say no to what already stands.
  const add = column<number>(
    db,
    `INSERT INTO deliveries (batch_no, invoice_id, connection_id, channel, target, state, generation, idempotency_key, document_sha256, document_size_bytes, document_file_name,
       message_sha256, released_at_ms, released_by, due_at_ms, updated_at_ms, hold, not_before_ms, release_run_id, is_first, steps)
     VALUES (?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id`,
  );
  const wasSentAfterCopy = createSentAfterCopy(db);
  const updateInvoice = createInvoiceStateWriter(db);
  return (item, { batchNo, nowMs, actor, hold = null, runId = null, isFirst = false }) => {
    const found = invoice.get(item.invoiceId, batchNo);
    if (found === undefined) throw new Error(`invoice ${item.invoiceId} is not in the batch that is released`);
    const now = found.state;
    // Corrected, or a correction undone, while the documents were made: this one shows other values than the operator sees now.
    if (item.contentVersion !== undefined && item.contentVersion !== found.content_version) return false;
    if (keptBack.includes(now) || (item.requires === 'ready' && now !== 'ready')) return false;
    // Rendering takes minutes; the connection may have been removed meanwhile, and nothing would ever be sent through it.
    if (isThere.get(item.connectionId, item.channel) !== 1) return false;
    const deliveryId = add.get(
      batchNo,
      item.invoiceId,
      item.connectionId,
      item.channel,
      item.target,
      item.generation,
      item.idempotencyKey,
      item.documentSha256,
      item.documentSizeBytes,
      item.documentFileName,
      item.messageSha256 ?? null,
      nowMs,
      actor,
      Math.max(nowMs, item.notBeforeMs ?? 0),
      nowMs,
      hold,
      item.notBeforeMs ?? null,
      runId,
      isFirst ? 1 : 0,
      item.steps ?? 1,
    );
    if (deliveryId === undefined) return false;
    // The journal knows what a restored database does not: this invoice may be with its recipient already.
    if (!wasSentAfterCopy({ id: item.invoiceId, deliveryId, nowMs })) updateInvoice(item.invoiceId);
    return true;
  };
}

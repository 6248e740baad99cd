// A delivery in place of another, and a copy beside one that arrived: always a new row with the same frozen document.

import { whyLeft } from '../../domain/delivery-control.ts';
import type { Delivery, DeliveryHold, DeliveryState } from '../../../shared/schema/delivery.ts';
import type { Act } from '../../ports/act.ts';
import type { ControlStore, Replacement } from '../../ports/control-store.ts';
import type { StoreCore } from '../core.ts';
import { createSentAfterCopy } from '../sent-after-copy.ts';
import { change, column, insert, query } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';
import { searchText } from '../text-keys.ts';
import { createAuditWriter } from './audit.ts';
import { createInvoiceStateWriter } from './invoice-state.ts';
import { createTakeBack } from './operator.ts';

interface OldRow {
  readonly id: number;
  readonly invoice_id: number;
  readonly batch_no: number;
  readonly state: DeliveryState;
  readonly attempt: number;
  readonly hold: DeliveryHold | null;
  readonly generation: number;
  readonly target: string;
}

/** The verbs. `read` gives a delivery as a window sees it. */
export function createReplaceWrites(
  core: StoreCore,
  read: (deliveryId: number) => Delivery | null,
): Pick<ControlStore, 'replace' | 'copy' | 'copyOf' | 'lastGeneration'> {
  const { db, write } = core;
  const replaceOne = createReplacer(db);
  const readdress = createAddressWriter(db);
  const audit = createAuditWriter(db);
  const updateInvoice = createInvoiceStateWriter(db);
  const touchBatch = change(db, 'UPDATE batches SET content_version = content_version + 1 WHERE no = ?');
  const copy = createCopier(db);
  const copyOf = column<number>(
    db,
    'SELECT id FROM deliveries WHERE copy_request_id = ? AND copy_request_id IS NOT NULL',
  );
  const lastGeneration = column<number>(db, 'SELECT coalesce(max(generation), 0) FROM deliveries WHERE invoice_id = ?');
  return {
    replace: (items, { as, reason }, act) =>
      write(() => {
        const done = items.flatMap((item) => {
          const old = replaceOne(as, item, act);
          return old === null ? [] : [{ ...old, item }];
        });
        for (const [batchNo, ofBatch] of Map.groupBy(done, ({ batch_no }) => batch_no)) {
          const connections = [...new Set(ofBatch.map(({ item }) => item.connectionId))];
          const facts = {
            count: ofBatch.length,
            reason,
            connectionId: connections.length === 1 ? (connections[0] ?? null) : null,
          };
          const entry = audit.log({ action: as, batchNo, facts }, act);
          for (const { invoice_id, newId, item, target } of ofBatch) {
            audit.concerns(entry, invoice_id, newId);
            if (as === 'readdress')
              readdress({ invoiceId: invoice_id, before: target, after: item.target, reason }, act);
            updateInvoice(invoice_id);
          }
          if (as === 'readdress') touchBatch(batchNo);
        }
        return done.length;
      }),
    lastGeneration: (invoiceId) => lastGeneration.get(invoiceId) ?? 0,
    copy: (order, act) => write(() => copyOf.get(order.requestId) ?? copy(order, act)),
    copyOf: (requestId) => {
      const id = copyOf.get(requestId);
      return id === undefined ? null : read(id);
    },
  };
}

/** Takes one back and writes the other; null, with nothing changed, when it moved on meanwhile or the other can't be there. */
function createReplacer(db: Db) {
  const find = query<OldRow>(
    db,
    'SELECT id, invoice_id, batch_no, state, attempt, hold, generation, target FROM deliveries WHERE id = ? AND step = 1',
  );
  const mayGo = column<number>(
    db,
    `SELECT 1 FROM connections c WHERE c.id = ? AND c.channel = ? AND c.removed_at_ms IS NULL
       AND NOT EXISTS (SELECT 1 FROM deliveries o WHERE o.invoice_id = ? AND o.cancelled_no = 0 AND o.connection_id = c.id AND o.generation = ? AND o.id <> ?)
       AND NOT EXISTS (SELECT 1 FROM deliveries k WHERE k.idempotency_key = ? AND k.cancelled_no = 0 AND k.id <> ?)`,
  );
  const takeBack = createTakeBack(db);
  // What waits for something goes on waiting for it: the hold, the wished time and the trial are the old one's.
  const add = insert(
    db,
    `INSERT INTO deliveries (batch_no, invoice_id, connection_id, channel, target, state, generation, idempotency_key, document_sha256, document_size_bytes, document_file_name, message_sha256,
       released_at_ms, released_by, due_at_ms, updated_at_ms, hold, not_before_ms, release_run_id, is_first)
     SELECT batch_no, invoice_id, ?, ?, ?, 'queued', generation, ?, document_sha256, document_size_bytes, document_file_name, message_sha256, ?, ?, max(?, coalesce(not_before_ms, 0)), ?, ?, not_before_ms, release_run_id, is_first
     FROM deliveries WHERE id = ?`,
  );
  return (as: 'reroute' | 'readdress', item: Replacement, act: Act): (OldRow & { readonly newId: number }) | null => {
    const old = find.get(item.deliveryId);
    if (old === undefined || whyLeft(as, old.state, old.hold) !== null) return null;
    const { connectionId, channel, target, idempotencyKey } = item;
    const isFree =
      mayGo.get(connectionId, channel, old.invoice_id, old.generation, old.id, idempotencyKey, old.id) === 1;
    if (!isFree || !takeBack(old, act.nowMs)) return null;
    const { nowMs, actor } = act;
    const newId = add(connectionId, channel, target, idempotencyKey, nowMs, actor, nowMs, nowMs, old.hold, old.id);
    return { ...old, newId };
  };
}

/** The address an invoice has from now on; the source stays as it came. */
function createAddressWriter(db: Db) {
  const add = insert(
    db,
    'INSERT INTO address_changes (invoice_id, before_text, after_text, reason, actor, at_ms) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const find = query<{ number: string; name: string; city: string }>(
    db,
    'SELECT invoice_number AS number, customer_name AS name, city FROM invoices WHERE id = ?',
  );
  const save = change(
    db,
    'UPDATE invoices SET email = ?, search_text = ?, content_version = content_version + 1 WHERE id = ?',
  );
  return (
    {
      invoiceId,
      before,
      after,
      reason,
    }: { readonly invoiceId: number; readonly before: string; readonly after: string; readonly reason: string },
    act: Act,
  ): void => {
    add(invoiceId, before, after, reason, act.actor, act.nowMs);
    const row = find.get(invoiceId);
    if (row !== undefined) save(after, searchText([row.number, row.name, row.city, after]), invoiceId);
  };
}

function createCopier(db: Db): ControlStore['copy'] {
  const add = query<{ id: number; invoice_id: number; batch_no: number }>(
    db,
    `INSERT INTO deliveries (batch_no, invoice_id, connection_id, channel, target, state, generation, idempotency_key, document_sha256, document_size_bytes, document_file_name, message_sha256,
       released_at_ms, released_by, due_at_ms, updated_at_ms, copy_request_id, steps)
     SELECT d.batch_no, d.invoice_id, c.id, c.channel, ?, 'queued', ?, ?, d.document_sha256, d.document_size_bytes, d.document_file_name, d.message_sha256, ?, ?, ?, ?, ?, d.steps
     FROM deliveries d JOIN connections c ON c.id = ? AND c.channel = ? AND c.removed_at_ms IS NULL WHERE d.id = ? AND d.state = 'accepted'
     ON CONFLICT DO NOTHING RETURNING id, invoice_id, batch_no`,
  );
  const audit = createAuditWriter(db);
  const wasSentAfterCopy = createSentAfterCopy(db);
  const updateInvoice = createInvoiceStateWriter(db);
  return (order, act) => {
    const { deliveryId, connectionId, channel, target, generation, idempotencyKey, reason, requestId } = order;
    const { nowMs, actor } = act;
    const added = add.get(
      target,
      generation,
      idempotencyKey,
      nowMs,
      actor,
      nowMs,
      nowMs,
      requestId,
      connectionId,
      channel,
      deliveryId,
    );
    if (added === undefined) return null;
    const entry = audit.log(
      { action: 'copy', batchNo: added.batch_no, facts: { reason, generation, connectionId, of: deliveryId } },
      act,
    );
    audit.concerns(entry, added.invoice_id, added.id);
    // A restored database does not know that this copy was ordered before; the journal knows that it was sent.
    if (!wasSentAfterCopy({ id: added.invoice_id, deliveryId: added.id, nowMs })) updateInvoice(added.invoice_id);
    return added.id;
  };
}

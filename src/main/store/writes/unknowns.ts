// Deliveries whose outcome is not known: found, noted upon, and settled by a look-up or the operator's word. Nothing here sends.

import { lookUpNoteSchema } from '../../../shared/schema/delivery.ts';
import type { LookUpNote } from '../../../shared/schema/delivery.ts';
import type { DeliveryStore } from '../../ports/store.ts';
import type { UnknownDelivery, UnknownStore } from '../../ports/unknown-store.ts';
import type { StoreCore } from '../core.ts';
import { jsonColumns } from '../json.ts';
import { change, column, query } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';
import { createAuditWriter } from './audit.ts';
import { createFollowUp } from './follow-up.ts';
import { createInvoiceStateWriter } from './invoice-state.ts';
import { createReceiptAdder } from './receipts.ts';

interface Target {
  readonly id: number;
  readonly invoice_id: number;
  readonly batch_no: number;
  readonly attempt: number;
}

/** Finds, notes and settles many. */
export function createUnknownStore(core: StoreCore): UnknownStore {
  const { db, write } = core;
  const columns = 'id, connection_id AS connectionId, channel, attempt';
  const byIds = query<UnknownDelivery>(
    db,
    `SELECT ${columns} FROM deliveries WHERE state = 'unknown' AND id IN (SELECT value FROM json_each(?)) ORDER BY id`,
  );
  // Where the counts say that nothing is unknown, nothing is searched.
  const anyUnknown = column<number>(
    db,
    "SELECT coalesce(sum(delivery_count), 0) FROM delivery_counts WHERE state = 'unknown'",
  );
  const all = query<UnknownDelivery>(
    db,
    `SELECT ${columns} FROM deliveries WHERE state = 'unknown' AND (? IS NULL OR batch_no = (SELECT no FROM batches WHERE id = ?)) ORDER BY id`,
  );
  const target = createTargetFinder(db);
  const audit = createAuditWriter(db);
  const settle = createSettler(db);
  return {
    find: (selection) => {
      if ((anyUnknown.get() ?? 0) === 0) return [];
      if ('ids' in selection) return byIds.all(JSON.stringify(selection.ids));
      return all.all(selection.all.batchId, selection.all.batchId);
    },
    lastLookUps: createNoteReader(db),
    noteLookUp: (deliveryId, { answer, code, detail }, act) =>
      write(() => {
        const found = target(deliveryId);
        if (found === undefined) return false;
        const facts = { answer, code, detail, attempt: found.attempt };
        audit.concerns(
          audit.log({ action: 'lookUp', batchNo: found.batch_no, facts }, act),
          found.invoice_id,
          found.id,
        );
        return true;
      }),
    settle: (deliveryIds, { toState, reason }, act) => write(() => settle(deliveryIds, { toState, reason }, act)),
  };
}

/** Settles one, with the receipt of a look-up where there is one; for the port's `resolveUnknown`, inside its transaction. */
export function createResolver(db: Db): DeliveryStore['resolveUnknown'] {
  const find = createTargetFinder(db);
  const move = createMover(db);
  const addReceipt = createReceiptAdder(db);
  const audit = createAuditWriter(db);
  const follow = createFollowUp(db);
  const updateInvoice = createInvoiceStateWriter(db);
  return (deliveryId, { toState, by, reason, receipt }, act) => {
    const target = find(deliveryId);
    if (target === undefined || !move(target, toState, act.nowMs)) return false;
    const { attempt } = target;
    if (receipt !== null) addReceipt({ deliveryId, attempt, source: 'lookUp', atMs: act.nowMs, receipt });
    const entry = audit.log(
      { action: 'resolve', batchNo: target.batch_no, facts: { by, toState, reason, attempt } },
      act,
    );
    audit.concerns(entry, target.invoice_id, deliveryId);
    if (toState === 'accepted') follow(deliveryId, act.nowMs);
    updateInvoice(target.invoice_id);
    return true;
  };
}

function createSettler(db: Db): UnknownStore['settle'] {
  const find = createTargetFinder(db);
  const move = createMover(db);
  const audit = createAuditWriter(db);
  const follow = createFollowUp(db);
  const updateInvoice = createInvoiceStateWriter(db);
  return (deliveryIds, { toState, reason }, act) => {
    const settled = [...new Set(deliveryIds)].flatMap((id) => {
      const target = find(id);
      return target !== undefined && move(target, toState, act.nowMs) ? [target] : [];
    });
    for (const [batchNo, targets] of Map.groupBy(settled, ({ batch_no }) => batch_no)) {
      const facts = { by: 'operator', toState, reason, count: targets.length };
      const entry = audit.log({ action: 'resolve', batchNo, facts }, act);
      for (const { id, invoice_id } of targets) {
        audit.concerns(entry, invoice_id, id);
        if (toState === 'accepted') follow(id, act.nowMs);
        updateInvoice(invoice_id);
      }
    }
    return settled.length;
  };
}

function createTargetFinder(db: Db): (deliveryId: number) => Target | undefined {
  const find = query<Target>(
    db,
    "SELECT id, invoice_id, batch_no, attempt FROM deliveries WHERE id = ? AND state = 'unknown'",
  );
  return (deliveryId) => find.get(deliveryId);
}

/** The doubt is over: its cause stays with the attempt and no longer stands beside the delivery. Nothing is queued while its request is being repeated. */
function createMover(db: Db): (target: Target, toState: 'accepted' | 'queued', nowMs: number) => boolean {
  const move = change(
    db,
    `UPDATE deliveries SET state = ?, queue_rank = 0, due_at_ms = ?, tries = 0, budget_from_ms = NULL, updated_at_ms = ?, last_code = NULL, last_detail = NULL, last_phase = NULL
     WHERE id = ? AND attempt = ? AND state = 'unknown' AND (? <> 'queued' OR NOT EXISTS (
       SELECT 1 FROM grouped_deliveries g JOIN grouped_sends s ON s.id = g.group_id WHERE g.delivery_id = deliveries.id AND s.repeating_since_ms IS NOT NULL))`,
  );
  return ({ id, attempt }, toState, nowMs) => move(toState, nowMs, nowMs, id, attempt, toState) === 1;
}

/** Notes on the attempt that ended in doubt; an earlier attempt's say nothing about it. */
function createNoteReader(db: Db): UnknownStore['lastLookUps'] {
  const notes = query<{ deliveryId: number; atMs: number; facts_json: string }>(
    db,
    `SELECT d.id AS deliveryId, a.at_ms AS atMs, a.facts_json FROM json_each(?) wanted JOIN deliveries d ON d.id = wanted.value
     JOIN audit_invoices n ON n.invoice_id = d.invoice_id AND n.delivery_id = d.id JOIN audit a ON a.id = n.audit_id
     WHERE a.action = 'lookUp' AND json_extract(a.facts_json, '$.attempt') = d.attempt ORDER BY a.id`,
  );
  return (deliveryIds) =>
    new Map(
      notes.all(JSON.stringify(deliveryIds)).flatMap(({ deliveryId, atMs, facts_json }) => {
        const note = lookUpNoteSchema.safeParse({ ...jsonColumns.facts(facts_json), atMs });
        return note.success ? [[deliveryId, note.data] as [number, LookUpNote]] : [];
      }),
    );
}

// Reads over deliveries, their attempts, and what is due.

import type { Attempt, Delivery } from '../../../shared/schema/delivery.ts';
import type { DeliveryFilter } from '../../../shared/contract/methods.ts';
import type { DueConnection } from '../../ports/lane-store.ts';
import type { DeliveryStore, Reads } from '../../ports/store.ts';
import type { StoreCore } from '../core.ts';
import { createIdLists } from '../id-lists.ts';
import { jsonColumns } from '../json.ts';
import { column, query } from '../sqlite.ts';
import { searchNeedle } from '../text-keys.ts';
import { passingList } from '../writes/lanes.ts';
import { openToCome } from '../writes/index-files.ts';
import { deliveryConditions, prepareConditions } from './delivery-conditions.ts';
import { createPreviousReader } from './previous-step.ts';

const deliveryColumns = `d.id, b.id AS batchId, d.invoice_id AS invoiceId, i.invoice_number AS invoiceNumber, i.customer_name AS customerName, i.currency, coalesce(i.payable_minor, 0) AS payableMinor,
  d.connection_id AS connectionId, c.name AS connectionName, d.channel, d.target, d.state, d.generation, d.attempt_count AS attemptCount, d.due_at_ms AS dueAtMs, d.hold, d.not_before_ms AS notBeforeMs, d.last_code AS lastCode,
  d.last_detail AS lastDetail, d.last_phase AS lastPhase, d.updated_at_ms AS updatedAtMs, d.document_sha256 AS documentSha256, d.step, d.steps`;
const deliveryJoins =
  'JOIN invoices i ON i.id = d.invoice_id JOIN batches b ON b.no = d.batch_no JOIN connections c ON c.id = d.connection_id';

interface AttemptRow extends Omit<Attempt, 'receipt'> {
  readonly receipt_json: string | null;
}

/** The delivery reads. */
export function createDeliveryReads(
  core: StoreCore,
): Pick<Reads, 'invoiceDeliveries' | 'attempts' | 'deliveryPage' | 'delivery' | 'deliveryIdentity'> {
  const { db } = core;
  const one = query<Delivery>(db, `SELECT ${deliveryColumns} FROM deliveries d ${deliveryJoins} WHERE d.id = ?`);
  const ofInvoice = query<Delivery>(
    db,
    `SELECT ${deliveryColumns} FROM deliveries d ${deliveryJoins} WHERE d.invoice_id = ? ORDER BY d.id`,
  );
  const rows = query<Delivery>(
    db,
    `SELECT ${deliveryColumns} FROM json_each(?) wanted JOIN deliveries d ON d.id = wanted.value ${deliveryJoins} ORDER BY wanted.key`,
  );
  const attempts = query<AttemptRow>(
    db,
    `SELECT a.number, a.started_at_ms AS startedAtMs, a.ended_at_ms AS endedAtMs, a.outcome, a.phase, a.code, a.detail,
       (SELECT r.receipt_json FROM receipts r WHERE r.delivery_id = a.delivery_id AND r.attempt_number = a.number ORDER BY r.id DESC LIMIT 1) AS receipt_json
     FROM attempts a WHERE a.delivery_id = ? ORDER BY a.number`,
  );
  const previousOf = createPreviousReader(db);
  const identity = query<{ idempotencyKey: string; attempt: number; documentFileName: string; step: number }>(
    db,
    'SELECT idempotency_key AS idempotencyKey, attempt, document_file_name AS documentFileName, step FROM deliveries WHERE id = ?',
  );
  const idsOf = createFinder(core);
  return {
    delivery: (deliveryId) => one.get(deliveryId) ?? null,
    deliveryIdentity: (deliveryId) => {
      const found = identity.get(deliveryId);
      return found === undefined ? null : { ...found, previous: found.step === 1 ? null : previousOf(deliveryId) };
    },
    invoiceDeliveries: (invoiceId) => ofInvoice.all(invoiceId),
    deliveryPage: (filter, offset, limit) => {
      const ids = idsOf(filter);
      return { total: ids.length, deliveries: rows.all(JSON.stringify(ids.slice(offset, offset + limit))) };
    },
    attempts: (deliveryId) =>
      attempts.all(deliveryId).map(({ receipt_json, ...attempt }) => ({
        ...attempt,
        receipt: receipt_json === null ? null : jsonColumns.receipt(receipt_json),
      })),
  };
}

/** All ids a filter means, oldest first. Where the counts say that nothing is there, nothing is searched. */
function createFinder(core: StoreCore): (filter: DeliveryFilter) => readonly number[] {
  const { db } = core;
  const lists = createIdLists(core);
  prepareConditions(db);
  const batchNo = column<number>(db, 'SELECT no FROM batches WHERE id = ?');
  const counted = column<number>(
    db,
    `SELECT coalesce(sum(delivery_count), 0) FROM delivery_counts WHERE (? IS NULL OR batch_no = ?) AND (? IS NULL OR connection_id = ?)
     AND (json_array_length(?) = 0 OR state IN (SELECT value FROM json_each(?)))`,
  );
  return (filter) => {
    const no = filter.batchId === null ? null : (batchNo.get(filter.batchId) ?? -1);
    const states = JSON.stringify(filter.states);
    const count = counted.get(no, no, filter.connectionId, filter.connectionId, states, states) ?? 0;
    if (count === 0) return [];
    const needle = searchNeedle(filter.search);
    return lists.get({
      // Deliveries are never removed: as long as their number is the same, so are they; only their states move.
      key: JSON.stringify([
        no,
        filter.connectionId,
        filter.states,
        needle,
        filter.ids ?? null,
        filter.causes ?? null,
        filter.isHeld ?? null,
        count,
      ]),
      isChanging: filter.states.length > 0 || filter.causes !== undefined || filter.isHeld !== undefined,
      find: () => {
        const { sql, values } = deliveryConditions(filter, no);
        return column<number>(db, `SELECT d.id ${sql} ORDER BY d.id`).all(...values);
      },
    });
  };
}

/** What the runner asks again and again: who has something to do, and when. */
export function createDueReads({ db }: StoreCore): Pick<DeliveryStore, 'dueConnections'> {
  const running = query<Pick<DueConnection, 'connectionId' | 'blockedBy' | 'nextTryAtMs'>>(
    db,
    `SELECT c.id AS connectionId, l.blocked_by AS blockedBy, l.next_try_at_ms AS nextTryAtMs FROM connections c LEFT JOIN lanes l ON l.connection_id = c.id
     WHERE c.removed_at_ms IS NULL AND (l.blocked_by IS NULL OR l.blocked_by IN (${passingList})) ORDER BY c.id`,
  );
  const hasIndexWork = column<number>(
    db,
    `SELECT EXISTS (SELECT 1 FROM index_files WHERE connection_id = ? AND written_at_ms IS NULL) OR EXISTS (
       SELECT 1 FROM (SELECT DISTINCT batch_no, connection_id FROM deliveries WHERE connection_id = ? AND state = 'accepted' AND channel = 'sftp' AND index_file_id IS NULL) d
       WHERE NOT EXISTS (SELECT 1 FROM delivery_counts n WHERE n.batch_no = d.batch_no AND n.connection_id = d.connection_id AND ${openToCome}))`,
  );
  const nextDue = createNextDue(db);
  return {
    dueConnections: (nowMs) =>
      running.all().flatMap((lane) => {
        const { connectionId } = lane;
        const due = nextDue(connectionId);
        if (due !== null && due <= nowMs) return [{ ...lane, nextDueAtMs: due }];
        if (hasIndexWork.get(connectionId, connectionId) === 1) return [{ ...lane, nextDueAtMs: nowMs }];
        return due === null ? [] : [{ ...lane, nextDueAtMs: due }];
      }),
  };
}

/** Earliest due time of a connection: the first entry of each rank in the index. */
export function createNextDue(db: StoreCore['db']): (connectionId: string) => number | null {
  const first = column<number>(
    db,
    "SELECT due_at_ms FROM deliveries WHERE connection_id = ? AND queue_rank = ? AND state IN ('queued', 'waiting') AND hold IS NULL ORDER BY due_at_ms LIMIT 1",
  );
  return (connectionId) => {
    const found = [0, 1].flatMap((rank) => first.all(connectionId, rank));
    return found.length === 0 ? null : Math.min(...found);
  };
}

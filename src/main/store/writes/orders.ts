// Orders at a peer: what was done to them beside their deliveries, chosen addresses, campaigns as listed. Nothing here sends.

import type { ExpiringOrder, OrderAct, OrderActKind } from '../../../shared/schema/orders.ts';
import type { AttemptOutcome } from '../../ports/channel-adapter.ts';
import type { KnownOrder, OrderStore } from '../../ports/order-store.ts';
import type { StoreCore } from '../core.ts';
import { jsonColumns } from '../json.ts';
import { change, column, insert, query } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';
import { createAuditWriter } from './audit.ts';
import { createInvoiceStateWriter } from './invoice-state.ts';
import { createTakeBack } from './operator.ts';
import type { ActTarget } from './operator.ts';

/** The verbs and reads. */
export function createOrderStore(core: StoreCore): OrderStore {
  return {
    ...createOrderReads(core),
    ...createActs(core),
    ...createVerdicts(core),
    ...createAddresses(core),
    ...createCampaigns(core),
  };
}

/** What was queued within a day is under way and no news. */
const justQueuedMs = 24 * 3_600_000;

type ActRow = Omit<OrderAct, 'positions' | 'receipt' | 'wish'> & {
  readonly positions_json: string | null;
  readonly wish_json: string | null;
  readonly receipt_json: string | null;
};
type OrderRow = Omit<KnownOrder, 'created' | 'delivered'> & {
  readonly created_json: string | null;
  readonly delivered_json: string | null;
};

const lastReceipt = (delivery: string): string =>
  `(SELECT r.receipt_json FROM receipts r WHERE r.delivery_id = ${delivery}.id ORDER BY r.id DESC LIMIT 1)`;

function createOrderReads({ db }: StoreCore): Pick<OrderStore, 'ordersOf' | 'actsOf' | 'undelivered'> {
  const orders = query<OrderRow>(
    db,
    `SELECT d.id AS deliveryId, n.id AS secondId, d.invoice_id AS invoiceId, d.connection_id AS connectionId, d.idempotency_key AS idempotencyKey,
       d.document_sha256 AS documentSha256, ${lastReceipt('d')} AS created_json, ${lastReceipt('n')} AS delivered_json
     FROM deliveries d LEFT JOIN deliveries n ON n.id = (SELECT max(id) FROM deliveries WHERE previous_id = d.id)
     WHERE d.invoice_id = ? AND d.channel = 'svea' AND d.step = 1 AND d.state <> 'cancelled' ORDER BY d.id DESC`,
  );
  const acts = query<ActRow>(
    db,
    `SELECT id, delivery_id AS deliveryId, kind, peer_order_id AS peerOrderId, started_at_ms AS startedAtMs, ended_at_ms AS endedAtMs, actor, reason, state,
       settled_by AS settledBy, amount_minor AS amountMinor, currency, positions_json, wish_json, code, detail, receipt_json
     FROM order_acts WHERE invoice_id = ? ORDER BY id`,
  );
  const undelivered = query<ExpiringOrder>(
    db,
    `SELECT d.invoice_id AS invoiceId, b.id AS batchId, i.invoice_number AS invoiceNumber, c.name AS connectionName, json_extract(r.receipt_json, '$.expires') AS expires
     FROM deliveries n JOIN deliveries d ON d.id = n.previous_id JOIN receipts r ON r.id = (SELECT max(id) FROM receipts WHERE delivery_id = d.id)
     JOIN invoices i ON i.id = d.invoice_id JOIN batches b ON b.no = d.batch_no JOIN connections c ON c.id = d.connection_id
     WHERE (n.state IN ('waiting', 'rejected', 'failed') OR (n.state = 'queued' AND n.updated_at_ms < ?)) AND n.channel = 'svea' AND n.step = 2
       AND json_extract(r.receipt_json, '$.expires') IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM order_acts a WHERE a.delivery_id = d.id AND a.kind = 'close' AND a.state = 'done')
     ORDER BY expires LIMIT 500`,
  );
  return {
    ordersOf: (invoiceId) =>
      orders.all(invoiceId).map(({ created_json, delivered_json, ...order }) => ({
        ...order,
        created: created_json === null ? null : jsonColumns.receipt(created_json),
        delivered: delivered_json === null ? null : jsonColumns.receipt(delivered_json),
      })),
    actsOf: (invoiceId) =>
      acts.all(invoiceId).map(({ positions_json, wish_json, receipt_json, ...act }) => ({
        ...act,
        positions: positions_json === null ? [] : jsonColumns.positions(positions_json),
        wish: wish_json === null ? {} : jsonColumns.receipt(wish_json),
        receipt: receipt_json === null ? {} : jsonColumns.receipt(receipt_json),
      })),
    undelivered: (nowMs) => undelivered.all(nowMs - justQueuedMs),
  };
}

/** How an attempt's outcome is kept. What was put off counts as not sent: it is the operator's to try again. */
function stateOf(outcome: AttemptOutcome): 'done' | 'refused' | 'notSent' | 'unknown' {
  switch (outcome.kind) {
    case 'accepted':
      return 'done';
    case 'refused':
      return 'refused';
    case 'notSent':
    case 'throttled':
      return 'notSent';
    case 'unknown':
      return 'unknown';
  }
}

const actionOf = {
  credit: 'creditOrder',
  close: 'closeOrder',
  dun: 'dunInvoice',
} as const satisfies Readonly<Record<OrderActKind, string>>;

/** The peer's number under the name the audit log has for it. */
function numberFact(kind: OrderActKind, number: string): Readonly<Record<string, string>> {
  return kind === 'dun' ? { invoiceNo: number } : { sveaOrderId: number };
}

interface Place {
  readonly invoiceId: number;
  readonly batchNo: number;
  readonly connection: string;
}

function placesOf(db: Db) {
  return query<Place>(
    db,
    'SELECT d.invoice_id AS invoiceId, d.batch_no AS batchNo, c.name AS connection FROM deliveries d JOIN connections c ON c.id = d.connection_id WHERE d.id = ?',
  );
}

function createActs({ db, write }: StoreCore): Pick<OrderStore, 'begin' | 'end' | 'settleLeft'> {
  const audit = createAuditWriter(db);
  const place = placesOf(db);
  const isOpen = column<number>(
    db,
    "SELECT id FROM order_acts WHERE delivery_id = ? AND peer_order_id = ? AND state IN ('sending', 'unknown')",
  );
  const add = insert(
    db,
    `INSERT INTO order_acts (delivery_id, invoice_id, kind, peer_order_id, started_at_ms, actor, reason, owner_pid, amount_minor, currency, positions_json, wish_json, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'sending')`,
  );
  const end = change(
    db,
    `UPDATE order_acts SET state = ?, settled_by = ?, ended_at_ms = ?, code = ?, detail = ?, receipt_json = ? WHERE id = ? AND state = 'sending'`,
  );
  const sending = query<{ id: number; ownerPid: number }>(
    db,
    "SELECT id, owner_pid AS ownerPid FROM order_acts WHERE state = 'sending'",
  );
  return {
    begin: ({ deliveryId, kind, peerOrderId, reason, ownerPid, credit, wish = null }, act) =>
      write(() => {
        const found = place.get(deliveryId);
        if (found === undefined || isOpen.get(deliveryId, peerOrderId) !== undefined) return null;
        const { invoiceId, batchNo, connection } = found;
        const facts = {
          ...numberFact(kind, peerOrderId),
          connection,
          reason,
          ...wish,
          ...(credit === null ? {} : { amountMinor: credit.amountMinor, currency: credit.currency }),
        };
        const entry = audit.log({ action: actionOf[kind], batchNo, facts }, act);
        audit.concerns(entry, invoiceId, deliveryId);
        return add(
          deliveryId,
          invoiceId,
          kind,
          peerOrderId,
          act.nowMs,
          act.actor,
          reason,
          ownerPid,
          credit?.amountMinor ?? null,
          credit?.currency ?? null,
          credit === null ? null : JSON.stringify(credit.positions),
          wish === null ? null : JSON.stringify(wish),
        );
      }),
    end: (actId, outcome, nowMs) =>
      write(() => {
        const [code, detail] =
          outcome.kind === 'accepted' ? [null, null] : [outcome.code, outcome.detail.slice(0, 500)];
        const receipt = outcome.kind === 'accepted' ? JSON.stringify(outcome.receipt) : null;
        const state = stateOf(outcome);
        return end(state, state === 'unknown' ? null : 'reply', nowMs, code, detail, receipt, actId) === 1;
      }),
    settleLeft: (isOwnerAlive, nowMs) => {
      const left = sending.all().filter(({ ownerPid }) => !isOwnerAlive(ownerPid));
      if (left.length === 0) return 0;
      return write(() =>
        left.reduce((sum, { id }) => sum + end('unknown', null, nowMs, 'run.interrupted', null, null, id), 0),
      );
    },
  };
}

function createVerdicts({ db, write }: StoreCore): Pick<OrderStore, 'settle' | 'giveUpDelivery'> {
  const audit = createAuditWriter(db);
  const place = placesOf(db);
  const settle = change(
    db,
    "UPDATE order_acts SET state = ?, settled_by = ?, ended_at_ms = ? WHERE id = ? AND state = 'unknown'",
  );
  const one = query<{ deliveryId: number; kind: OrderActKind; peerOrderId: string }>(
    db,
    'SELECT delivery_id AS deliveryId, kind, peer_order_id AS peerOrderId FROM order_acts WHERE id = ?',
  );
  const target = query<ActTarget>(
    db,
    "SELECT id, invoice_id, batch_no, state, attempt, hold FROM deliveries WHERE id = ? AND step = 2 AND state IN ('queued', 'waiting', 'rejected', 'failed')",
  );
  const takeBack = createTakeBack(db);
  const updateInvoice = createInvoiceStateWriter(db);
  return {
    settle: (actId, { isDone, by, reason }, act) =>
      write(() => {
        const found = one.get(actId);
        const where = found === undefined ? undefined : place.get(found.deliveryId);
        if (found === undefined || where === undefined) return false;
        if (settle(isDone ? 'done' : 'notSent', by, act.nowMs, actId) === 0) return false;
        const facts = {
          act: found.kind,
          ...numberFact(found.kind, found.peerOrderId),
          verdict: isDone ? 'done' : 'notDone',
          by,
          reason,
        };
        audit.concerns(
          audit.log({ action: 'settleOrder', batchNo: where.batchNo, facts }, act),
          where.invoiceId,
          found.deliveryId,
        );
        return true;
      }),
    giveUpDelivery: (deliveryId, act) =>
      write(() => {
        const found = target.get(deliveryId);
        if (found === undefined || !takeBack(found, act.nowMs)) return false;
        const entry = audit.log({ action: 'cancel', batchNo: found.batch_no, facts: { count: 1 } }, act);
        audit.concerns(entry, found.invoice_id, deliveryId);
        updateInvoice(found.invoice_id);
        return true;
      }),
  };
}

function createAddresses({ db, write }: StoreCore): Pick<OrderStore, 'chosenAddress' | 'chooseAddress'> {
  const audit = createAuditWriter(db);
  const chosen = query<{ selector: string; text: string }>(
    db,
    'SELECT selector, address_text AS text FROM order_addresses WHERE invoice_id = ? AND connection_id = ?',
  );
  const forget = change(db, 'DELETE FROM order_addresses WHERE invoice_id = ? AND connection_id = ?');
  const add = change(
    db,
    'INSERT INTO order_addresses (invoice_id, connection_id, selector, address_text, at_ms, actor) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const batchNo = column<number>(db, 'SELECT batch_no FROM invoices WHERE id = ?');
  return {
    chosenAddress: (invoiceId, connectionId) => chosen.get(invoiceId, connectionId) ?? null,
    chooseAddress: ({ invoiceId, connectionId }, address, act) => {
      write(() => {
        forget(invoiceId, connectionId);
        if (address !== null) add(invoiceId, connectionId, address.selector, address.text, act.nowMs, act.actor);
        const facts = { connectionId, address: address?.text ?? null };
        const entry = audit.log({ action: 'chooseAddress', batchNo: batchNo.get(invoiceId) ?? null, facts }, act);
        audit.concerns(entry, invoiceId, null);
      });
    },
  };
}

function createCampaigns({ db, write }: StoreCore): Pick<OrderStore, 'campaigns' | 'keepCampaigns'> {
  const find = query<{ fetchedAtMs: number; lists_json: string }>(
    db,
    'SELECT fetched_at_ms AS fetchedAtMs, lists_json FROM campaign_lists WHERE connection_id = ?',
  );
  const keep = change(
    db,
    `INSERT INTO campaign_lists (connection_id, fetched_at_ms, lists_json) VALUES (?, ?, ?)
     ON CONFLICT (connection_id) DO UPDATE SET fetched_at_ms = excluded.fetched_at_ms, lists_json = excluded.lists_json`,
  );
  return {
    campaigns: (connectionId) => {
      const found = find.get(connectionId);
      return found === undefined
        ? null
        : { fetchedAtMs: found.fetchedAtMs, ...jsonColumns.campaigns(found.lists_json) };
    },
    keepCampaigns: (connectionId, lists, nowMs) => {
      write(() => keep(connectionId, nowMs, JSON.stringify(lists)));
    },
  };
}

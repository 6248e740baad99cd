// Orders at a peer: as their deliveries know them, chosen addresses, campaigns as listed. What is done to them is in order-acts.ts. Nothing here sends.

import type { ExpiringOrder, OrderAct, OrderActInDoubt } from '../../../shared/schema/orders.ts';
import type { KnownOrder, OrderStore } from '../../ports/order-store.ts';
import type { StoreCore } from '../core.ts';
import { jsonColumns } from '../json.ts';
import { change, column, query } from '../sqlite.ts';
import { createAuditWriter } from './audit.ts';
import { createOrderActs } from './order-acts.ts';

/** The verbs and reads. */
export function createOrderStore(core: StoreCore): OrderStore {
  return {
    ...createOrderReads(core),
    ...createOrderActs(core),
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

function createOrderReads({ db }: StoreCore): Pick<OrderStore, 'ordersOf' | 'actsOf' | 'actsInDoubt' | 'undelivered'> {
  const orders = query<OrderRow>(
    db,
    `SELECT d.id AS deliveryId, n.id AS secondId, d.invoice_id AS invoiceId, d.connection_id AS connectionId, d.idempotency_key AS idempotencyKey,
       d.document_sha256 AS documentSha256, d.released_at_ms AS releasedAtMs, ${lastReceipt('d')} AS created_json, ${lastReceipt('n')} AS delivered_json
     FROM deliveries d LEFT JOIN deliveries n ON n.id = (SELECT max(id) FROM deliveries WHERE previous_id = d.id)
     WHERE d.invoice_id = ? AND d.channel = 'svea' AND d.step = 1 AND d.state <> 'cancelled' ORDER BY d.id DESC`,
  );
  const acts = query<ActRow>(
    db,
    `SELECT id, delivery_id AS deliveryId, kind, peer_order_id AS peerOrderId, started_at_ms AS startedAtMs, ended_at_ms AS endedAtMs, actor, reason, state,
       settled_by AS settledBy, amount_minor AS amountMinor, currency, positions_json, wish_json, code, detail, receipt_json
     FROM order_acts WHERE invoice_id = ? ORDER BY id`,
  );
  const inDoubt = query<OrderActInDoubt>(
    db,
    `SELECT a.invoice_id AS invoiceId, b.id AS batchId, i.invoice_number AS invoiceNumber, a.kind
     FROM order_acts a JOIN invoices i ON i.id = a.invoice_id JOIN batches b ON b.no = i.batch_no WHERE a.state = 'unknown' ORDER BY a.id LIMIT 500`,
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
    actsInDoubt: () => inDoubt.all(),
    undelivered: (nowMs) => undelivered.all(nowMs - justQueuedMs),
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

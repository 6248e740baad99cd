// Credits, closings and dunnings: begun in the database and in the journal before anything is sent, ended once, settled by a look-up or a person. Nothing here sends.

import type { OrderAct, OrderActKind } from '../../../shared/schema/orders.ts';
import type { Act } from '../../ports/act.ts';
import type { AttemptOutcome } from '../../ports/channel-adapter.ts';
import type { NewOrderAct, OrderStore } from '../../ports/order-store.ts';
import { isStoreFailure } from '../../ports/store.ts';
import type { StoreCore } from '../core.ts';
import { businessKeySql, hashOfKey } from '../sent-after-copy.ts';
import type { SentLine } from '../sent-journal.ts';
import { change, column, insert, query } from '../sqlite.ts';
import type { Db } from '../sqlite.ts';
import { createAuditWriter } from './audit.ts';
import { createInvoiceStateWriter } from './invoice-state.ts';
import { createTakeBack } from './operator.ts';
import type { ActTarget } from './operator.ts';

/** The verbs. */
export function createOrderActs(
  core: StoreCore,
): Pick<OrderStore, 'begin' | 'end' | 'settleLeft' | 'settle' | 'giveUpDelivery'> {
  return { begin: createBeginner(core), ...createEnds(core), ...createVerdicts(core) };
}

/** Longest text of a peer that is kept with an act, in UTF-16 units. */
const longestDetail = 500;

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
  readonly idempotencyKey: string;
  /** Seller and number: what the journal has a hash of. */
  readonly invoice: string;
}

function placesOf(db: Db) {
  return query<Place>(
    db,
    `SELECT d.invoice_id AS invoiceId, d.batch_no AS batchNo, c.name AS connection, d.idempotency_key AS idempotencyKey,
       (SELECT ${businessKeySql} FROM invoices WHERE id = d.invoice_id) AS invoice
     FROM deliveries d JOIN connections c ON c.id = d.connection_id WHERE d.id = ?`,
  );
}

/** Writes the act down, then its line in the journal: both are on the disk before anybody may send. */
function createBeginner(core: StoreCore): OrderStore['begin'] {
  const { db, write, journal, log } = core;
  const begin = createActAdder(db);
  const giveUp = createEnder(db);
  return (order, act) => {
    const begun = write(() => begin(order, act));
    if (begun === null) return null;
    try {
      journal.append([begun.line]);
      core.noteJournal(null);
    } catch (error) {
      if (isStoreFailure(error)) core.noteJournal(error.code);
      try {
        write(() => giveUp(begun.actId, { state: 'notSent', nowMs: act.nowMs, code: 'run.not-journaled' }));
      } catch (second) {
        // Left as sending it is unknown at the next start: a look-up more, but nothing is done twice.
        log.warn('an act that was not sent could not be ended', { error: String(second) });
      }
      throw error;
    }
    return begun.actId;
  };
}

function createActAdder(db: Db) {
  const audit = createAuditWriter(db);
  const place = placesOf(db);
  const standsInTheWay = column<number>(
    db,
    "SELECT id FROM order_acts WHERE invoice_id = ? AND delivery_id = ? AND peer_order_id = ? AND (state IN ('sending', 'unknown') OR id > ?) LIMIT 1",
  );
  const add = insert(
    db,
    `INSERT INTO order_acts (delivery_id, invoice_id, kind, peer_order_id, started_at_ms, actor, reason, owner_pid, amount_minor, currency, positions_json, wish_json, state)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'sending')`,
  );
  const count = column<number>(db, 'UPDATE sent_mark SET seq = seq + 1 WHERE id = 1 RETURNING seq');
  return (order: NewOrderAct, act: Act): { readonly actId: number; readonly line: SentLine } | null => {
    const { deliveryId, kind, peerOrderId, reason, ownerPid, newestAct, credit, wish = null } = order;
    const found = place.get(deliveryId);
    if (found === undefined) return null;
    const { invoiceId, batchNo, connection } = found;
    if (standsInTheWay.get(invoiceId, deliveryId, peerOrderId, newestAct) !== undefined) return null;
    const { amountMinor, currency, positions } = credit ?? { amountMinor: null, currency: null, positions: null };
    const facts = {
      ...numberFact(kind, peerOrderId),
      connection,
      reason,
      ...wish,
      ...(credit === null ? {} : { amountMinor: credit.amountMinor, currency: credit.currency }),
    };
    const entry = audit.log({ action: actionOf[kind], batchNo, facts }, act);
    audit.concerns(entry, invoiceId, deliveryId);
    const rows = positions === null ? null : JSON.stringify(positions);
    const wished = wish === null ? null : JSON.stringify(wish);
    const made = [act.nowMs, act.actor, reason, ownerPid, amountMinor, currency, rows, wished] as const;
    const actId = add(deliveryId, invoiceId, kind, peerOrderId, ...made);
    const line = {
      seq: count.get() ?? 0,
      atMs: act.nowMs,
      idempotencyKey: found.idempotencyKey,
      businessKey: hashOfKey(found.invoice),
      act: { kind, peerOrderId, amountMinor, currency, positions: positions === null ? null : [...positions] },
    };
    return { actId, line };
  };
}

interface End {
  readonly state: OrderAct['state'];
  readonly settledBy?: 'reply' | null;
  readonly nowMs: number;
  readonly code?: string | null;
  readonly detail?: string | null;
  readonly receipt?: string | null;
}

/** True when it was still under way. */
function createEnder(db: Db): (actId: number, end: End) => boolean {
  const end = change(
    db,
    `UPDATE order_acts SET state = ?, settled_by = ?, ended_at_ms = ?, code = ?, detail = ?, receipt_json = ? WHERE id = ? AND state = 'sending'`,
  );
  return (actId, { state, settledBy = null, nowMs, code = null, detail = null, receipt = null }) =>
    end(state, settledBy, nowMs, code, detail, receipt, actId) === 1;
}

function createEnds({ db, write }: StoreCore): Pick<OrderStore, 'end' | 'settleLeft'> {
  const end = createEnder(db);
  const sending = query<{ id: number; ownerPid: number }>(
    db,
    "SELECT id, owner_pid AS ownerPid FROM order_acts WHERE state = 'sending'",
  );
  return {
    end: (actId, outcome, nowMs) =>
      write(() => {
        const told =
          outcome.kind === 'accepted'
            ? { receipt: JSON.stringify(outcome.receipt) }
            : { code: outcome.code, detail: outcome.detail.slice(0, longestDetail) };
        const state = stateOf(outcome);
        return end(actId, { state, settledBy: state === 'unknown' ? null : 'reply', nowMs, ...told });
      }),
    settleLeft: (isOwnerAlive, nowMs) => {
      const left = sending.all().filter(({ ownerPid }) => !isOwnerAlive(ownerPid));
      if (left.length === 0) return 0;
      return write(() => left.filter(({ id }) => end(id, { state: 'unknown', nowMs, code: 'run.interrupted' })).length);
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

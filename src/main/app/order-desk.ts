// Orders at a peer as an invoice knows them, and the way to the peer that keeps them. Looks and asks; changes nothing at the peer.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Connection } from '../../shared/schema/connection.ts';
import type { DeliveryState } from '../../shared/schema/delivery.ts';
import type { ExpiringOrder, InvoiceOrder, OrderAct, OrderBar } from '../../shared/schema/orders.ts';
import type { Receipt } from '../ports/channel-adapter.ts';
import type { OrderDesk, OrderRowView, OrderService, PeerAnswerTo } from '../ports/order-service.ts';
import type { KnownOrder } from '../ports/order-store.ts';
import type { AppContext } from './context.ts';

/** A desk with its connection. */
export interface OpenDesk {
  readonly connection: Connection;
  readonly desk: OrderDesk;
  readonly service: OrderService;
}

/** Opens the desk of a connection, by name or id. Errors: NOT_FOUND, NOT_ALLOWED (a channel without orders), SECRET_MISSING, KEYCHAIN_UNAVAILABLE. */
export async function openDesk(context: AppContext, connectionId: string): Promise<Result<OpenDesk>> {
  const connection = context.store.config.connection(connectionId);
  if (connection === null)
    return fail('NOT_FOUND', `There is no connection ${connectionId}. "utskick connection list" lists them.`, {
      connection: connectionId,
    });
  const desk = context.adapters[connection.channel].orders;
  if (desk === undefined)
    return fail('NOT_ALLOWED', `${connection.name} is no connection to Svea.`, { connection: connectionId });
  const secret = await context.secrets.read(connection.id, connection.secret);
  if (!secret.ok) return secret;
  const target = { connectionId: connection.id, config: connection.config, secret: secret.value };
  return ok({ connection, desk, service: await desk.open(target) });
}

/** A peer's answer as a result. Errors: CONNECTION_FAILED with the cause's code and the peer's words in `details`. */
export function resultOf<T>(answer: PeerAnswerTo<T>): Result<T> {
  if (answer.ok) return ok(answer.value);
  const { code, detail } = answer;
  return fail('CONNECTION_FAILED', `Svea could not be asked (${code}). ${detail}`.trim(), { cause: code, detail });
}

/** Orders of an invoice, the newest first. Errors: NOT_FOUND, and those of the kept documents. */
export async function ordersOfInvoice(context: AppContext, invoiceId: number): Promise<Result<InvoiceOrder[]>> {
  const invoice = context.store.reads.invoice(invoiceId);
  if (invoice === null) return fail('NOT_FOUND', 'There is no such invoice.', { invoiceId });
  const acts = context.store.orders.actsOf(invoiceId);
  const views: InvoiceOrder[] = [];
  for (const order of context.store.orders.ordersOf(invoiceId)) {
    const view = await viewOf(context, order, { acts, currency: invoice.currency });
    if (!view.ok) return view;
    if (view.value !== null) views.push(view.value);
  }
  return ok(views);
}

async function viewOf(
  context: AppContext,
  order: KnownOrder,
  { acts, currency }: { readonly acts: readonly OrderAct[]; readonly currency: string },
): Promise<Result<InvoiceOrder | null>> {
  const connection = context.store.config.connection(order.connectionId);
  const delivery = context.store.reads.delivery(order.deliveryId);
  const desk = delivery === null ? undefined : context.adapters[delivery.channel].orders;
  if (delivery === null || desk === undefined) return ok(null);
  const document = await context.documents.read(order.documentSha256);
  if (!document.ok) return document;
  const own = acts.filter(({ deliveryId }) => deliveryId === order.deliveryId);
  const secondState = order.secondId === null ? null : (context.store.reads.delivery(order.secondId)?.state ?? null);
  const text = (receipt: Receipt | null, name: string): string | null => {
    const value = receipt?.[name];
    return value === undefined ? null : String(value);
  };
  const { created, delivered } = order;
  const rows = rowsOf(desk.rowsOf(document.value), own);
  const orderId = text(created, 'sveaOrderId') ?? text(delivered, 'sveaOrderId');
  const isDelivered = secondState === 'accepted';
  const contractNumber = text(delivered, 'contractNumber');
  return ok({
    deliveryId: order.deliveryId,
    secondId: order.secondId,
    connectionId: order.connectionId,
    connectionName: connection?.name ?? delivery.connectionName,
    ownNumber: desk.ownNumberOf(order.idempotencyKey),
    orderId,
    expires: text(created, 'expires'),
    pendingReasons: (text(created, 'pendingReasons') ?? '').split(', ').filter((reason) => reason !== ''),
    isBought: created?.sveaBuys === undefined ? null : created.sveaBuys === 'yes',
    invoiceId: text(delivered, 'invoiceId'),
    invoiceDate: text(delivered, 'invoiceDate'),
    dueDate: text(delivered, 'dueDate'),
    ocr: text(delivered, 'ocr'),
    distribution: text(delivered, 'distribution'),
    contractNumber,
    isDelivered,
    currency,
    rows,
    acts: [...own],
    bars: {
      credit: creditBar({ isDelivered, isInvoice: contractNumber === null, rows, acts: own }),
      close: closeBar({ orderId, secondState, acts: own }),
    },
  });
}

function rowsOf(rows: readonly OrderRowView[], acts: readonly OrderAct[]): InvoiceOrder['rows'] {
  const credited = new Set(
    acts.filter(({ kind, state }) => kind === 'credit' && state === 'done').flatMap(({ positions }) => positions),
  );
  return rows.map((row) => ({ ...row, isCredited: credited.has(row.position) }));
}

/** While an act is under way or in doubt nothing more is done to an order. */
export function openBar(acts: readonly OrderAct[]): OrderBar | null {
  if (acts.some(({ state }) => state === 'sending')) return 'underWay';
  return acts.some(({ state }) => state === 'unknown') ? 'inDoubt' : null;
}

function creditBar({
  isDelivered,
  isInvoice,
  rows,
  acts,
}: {
  readonly isDelivered: boolean;
  readonly isInvoice: boolean;
  readonly rows: InvoiceOrder['rows'];
  readonly acts: readonly OrderAct[];
}): OrderBar | null {
  if (!isDelivered) return 'notDelivered';
  if (!isInvoice) return 'notInvoice';
  return openBar(acts) ?? (rows.every(({ isCredited }) => isCredited) ? 'credited' : null);
}

function closeBar({
  orderId,
  secondState,
  acts,
}: {
  readonly orderId: string | null;
  readonly secondState: DeliveryState | null;
  readonly acts: readonly OrderAct[];
}): OrderBar | null {
  if (orderId === null) return 'inDoubt';
  const isClosed = acts.some(
    ({ kind, state, peerOrderId }) => kind === 'close' && state === 'done' && peerOrderId === orderId,
  );
  if (isClosed) return 'closed';
  if (secondState === 'accepted') return 'delivered';
  if (secondState === 'claimed' || secondState === 'sending') return 'underWay';
  return secondState === 'unknown' ? 'inDoubt' : openBar(acts);
}

/** How long before its end an order is a person's matter. */
const noticeMs = 7 * 24 * 3_600_000;

/** Orders that are not delivered and end within a week, or have ended; the nearest first. */
export function expiringOrders(context: AppContext): ExpiringOrder[] {
  const nowMs = context.clock.nowMs();
  const untilMs = nowMs + noticeMs;
  // Where no connection keeps orders, nothing is searched.
  if (!context.store.config.connections().some(({ channel }) => context.adapters[channel].orders !== undefined))
    return [];
  return context.store.orders
    .undelivered(nowMs)
    .filter(({ expires }) => Date.parse(expires) <= untilMs)
    .sort((one, other) => Date.parse(one.expires) - Date.parse(other.expires));
}

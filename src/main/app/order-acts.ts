// Credits and closes orders at a peer: written down before they are sent, sent once, never repeated by themselves. What got no answer is shown and settled by a look-up or a person.

import type { MethodInput, MethodOutput } from '../../shared/contract/methods.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { InvoiceOrder, OrderAct, OrderBar } from '../../shared/schema/orders.ts';
import type { AttemptOutcome } from '../ports/channel-adapter.ts';
import type { PeerOrder } from '../ports/order-service.ts';
import type { NewOrderAct } from '../ports/order-store.ts';
import { ordersUnsureSetting } from '../ports/restore-note.ts';
import { actNow } from './context.ts';
import type { AppContext } from './context.ts';
import { openBar, openDesk, ordersOfInvoice, resultOf } from './order-desk.ts';
import type { OpenDesk } from './order-desk.ts';

/** Who settles an act by a look-up. */
const selfActor = 'utskick';

/** Which order of an invoice. */
interface OrderPlace {
  readonly invoiceId: number;
  readonly deliveryId: number;
}

/**
 * Credits rows of a delivered invoice: all that are not credited yet, or those at `positions`. Errors: NOT_FOUND, CONFLICT (not delivered, credited
 * before, something under way or in doubt; `bar` in the details), VALIDATION_ERROR (no row), those of openDesk and of the kept documents, CONNECTION_FAILED
 * (the invoice's number at the peer had to be asked for). What the credit itself came to is in the act.
 */
export async function creditOrder(
  context: AppContext,
  {
    positions,
    reason,
    ...place
  }: OrderPlace & { readonly positions: readonly number[] | null; readonly reason: string },
  signal: AbortSignal,
): Promise<Result<OrderAct>> {
  const found = await findOrder(context, place);
  if (!found.ok) return found;
  const order = found.value;
  const { bars, rows, orderId, currency } = order;
  if (bars.credit !== null || orderId === null) return barred(bars.credit ?? 'inDoubt');
  const left = rows.filter(({ isCredited }) => !isCredited);
  const wanted = positions === null ? left : left.filter(({ position }) => positions.includes(position));
  const amountMinor = wanted.reduce((sum, { grossMinor }) => sum + grossMinor, 0);
  if (amountMinor <= 0)
    return fail('VALIDATION_ERROR', 'Choose rows that come to more than nothing.', { field: 'positions' });
  // Rows that take something off can make one row larger than the whole.
  const mostMinor = left.reduce((sum, { grossMinor }) => sum + grossMinor, 0);
  if (amountMinor > mostMinor)
    return fail('VALIDATION_ERROR', 'The rows come to more than is left of the invoice.', { field: 'positions' });
  const opened = await openDesk(context, order.connectionId);
  if (!opened.ok) return opened;
  const { service } = opened.value;
  const known = context.store.orders
    .ordersOf(place.invoiceId)
    .find(({ deliveryId }) => deliveryId === place.deliveryId);
  if (isUnsure(context, known?.releasedAtMs ?? 0)) {
    const explained = await areCreditsKnown(opened.value, order, signal);
    if (!explained.ok) return explained;
  }
  const document = await context.documents.read(known?.documentSha256 ?? '');
  if (!document.ok) return document;
  const invoiceId = order.invoiceId === null ? await invoiceAtPeer(opened.value, order, signal) : ok(order.invoiceId);
  if (!invoiceId.ok) return invoiceId;
  const chosen = wanted.map(({ position }) => position);
  // In full means every row of the order, those that are only text too.
  const isWhole = wanted.length === rows.length;
  return carryOut(
    context,
    {
      deliveryId: place.deliveryId,
      kind: 'credit',
      peerOrderId: orderId,
      reason,
      ownerPid: context.pid,
      newestAct: newestOf(order),
      credit: { amountMinor, currency, positions: chosen },
    },
    () =>
      service.credit(
        {
          orderId,
          invoiceId: invoiceId.value,
          document: document.value,
          positions: isWhole ? null : chosen,
        },
        signal,
      ),
  );
}

/** After a restore whose journal did not tell all, orders from before it may have been credited without anybody knowing here. */
function isUnsure({ store }: AppContext, releasedAtMs: number): boolean {
  const unsureBeforeMs = store.config.setting(ordersUnsureSetting);
  return typeof unsureBeforeMs === 'number' && releasedAtMs <= unsureBeforeMs;
}

/** What the peer has beyond the credits that are known here bars another one. */
async function areCreditsKnown(
  { service }: OpenDesk,
  { ownNumber, acts }: InvoiceOrder,
  signal: AbortSignal,
): Promise<Result<null>> {
  const asked = resultOf(await service.orders({ ownNumber }, signal));
  if (!asked.ok) return asked;
  return asked.value.every((order) => creditsBeyond(order, acts) <= 0)
    ? ok(null)
    : fail(
        'CONFLICT',
        'Svea has a credit invoice for this order that is not known here. Look it up in Svea’s administration.',
        { bar: 'inDoubt' },
      );
}

/** An order that was settled by the operator's word has no receipt: its invoice is asked for. */
async function invoiceAtPeer(
  { service }: OpenDesk,
  { ownNumber }: InvoiceOrder,
  signal: AbortSignal,
): Promise<Result<string>> {
  const asked = resultOf(await service.orders({ ownNumber }, signal));
  if (!asked.ok) return asked;
  const invoices = asked.value.flatMap(({ invoices: all }) => all).filter(({ isCredit }) => isCredit !== true);
  const [invoice] = invoices;
  if (invoice === undefined || invoices.length > 1)
    return fail('CONFLICT', 'Svea has no single invoice for this order. Credit it in Svea’s administration.', {
      bar: 'notDelivered',
    });
  return ok(invoice.number);
}

/**
 * Closes an order that is not delivered, or a surplus one with our number. Its own delivery is held meanwhile and taken back when it is closed. Errors: as
 * creditOrder; CONFLICT also where `orderId` is neither this order nor one the peer has under our number.
 */
export async function closeOrder(
  context: AppContext,
  { orderId, reason, ...place }: OrderPlace & { readonly orderId: string; readonly reason: string },
  signal: AbortSignal,
): Promise<Result<OrderAct>> {
  const found = await findOrder(context, place);
  if (!found.ok) return found;
  const opened = await openDesk(context, found.value.connectionId);
  if (!opened.ok) return opened;
  const { service } = opened.value;
  const actAfter = (order: InvoiceOrder): NewOrderAct => ({
    deliveryId: place.deliveryId,
    kind: 'close',
    peerOrderId: orderId,
    reason,
    ownerPid: context.pid,
    newestAct: newestOf(order),
    credit: null,
  });
  const close = (): Promise<AttemptOutcome> => service.close(orderId, signal);
  if (orderId !== found.value.orderId) {
    const isSurplus = await isSurplusOrder(opened.value, found.value, { orderId, signal });
    if (!isSurplus.ok) return isSurplus;
    return carryOut(context, actAfter(found.value), close);
  }
  const { secondId } = found.value;
  if (found.value.bars.close !== null) return barred(found.value.bars.close);
  const isHeld = secondId !== null && context.store.control.hold([secondId], reason, actNow(context)) > 0;
  const letGo = (): void => {
    if (isHeld) context.store.control.letGo([secondId], actNow(context));
    tellChanged(context);
  };
  // Held, it can't be taken any more; what the runner took just before stands in its state.
  const again = await findOrder(context, place);
  if (!again.ok || again.value.bars.close !== null) letGo();
  if (!again.ok) return again;
  if (again.value.bars.close !== null) return barred(again.value.bars.close);
  const done = await carryOut(context, actAfter(again.value), close).catch((error: unknown) => {
    // What may have been sent stays held until it is settled.
    const acts = context.store.orders
      .actsOf(place.invoiceId)
      .filter(({ deliveryId }) => deliveryId === place.deliveryId);
    if (!acts.some(isOpen)) letGo();
    throw error;
  });
  if (done.ok && done.value.state === 'done') giveUpDelivery(context, secondId);
  if (done.ok && (done.value.state === 'done' || done.value.state === 'unknown')) tellChanged(context);
  else letGo();
  return done;
}

function isOpen({ state }: OrderAct): boolean {
  return state === 'sending' || state === 'unknown';
}

async function isSurplusOrder(
  { service }: OpenDesk,
  { ownNumber }: InvoiceOrder,
  { orderId, signal }: { readonly orderId: string; readonly signal: AbortSignal },
): Promise<Result<null>> {
  const asked = resultOf(await service.orders({ ownNumber }, signal));
  if (!asked.ok) return asked;
  const isOurs = asked.value.some((order) => order.orderId === orderId && order.ownNumber === ownNumber);
  return isOurs
    ? ok(null)
    : fail('CONFLICT', `Svea has no order ${orderId} under this invoice’s number.`, { bar: 'closed' });
}

/** The operator's word on an act without an answer. Errors: NOT_FOUND, CONFLICT (it is settled already). */
export function settleOrderAct(
  context: AppContext,
  { invoiceId, actId, isDone, reason }: MethodInput<'order.settle'>,
): Result<OrderAct> {
  const act = context.store.orders.actsOf(invoiceId).find(({ id }) => id === actId);
  if (act === undefined) return fail('NOT_FOUND', 'There is no such act.', { actId });
  if (!context.store.orders.settle(actId, { isDone, by: 'operator', reason }, actNow(context)))
    return fail('CONFLICT', 'It has been settled already.', { actId });
  follow(context, act, isDone);
  tellChanged(context);
  return actOf(context, invoiceId, actId);
}

/**
 * What the peer has under our number, with what it says about acts in doubt: those it shows are settled, what it does not show stays in doubt. Errors: as
 * openDesk, NOT_FOUND, CONNECTION_FAILED.
 */
export async function lookUpOrder(
  context: AppContext,
  place: OrderPlace,
  signal: AbortSignal,
): Promise<Result<MethodOutput<'order.lookUp'>>> {
  const found = await findOrder(context, place);
  if (!found.ok) return found;
  const opened = await openDesk(context, found.value.connectionId);
  if (!opened.ok) return opened;
  const asked = resultOf(await opened.value.service.orders({ ownNumber: found.value.ownNumber }, signal));
  if (!asked.ok) return asked;
  const { acts, orderId } = found.value;
  const shown = asked.value.flatMap((order) => actsShownDone(order, acts));
  const by = { isDone: true, by: 'lookUp', reason: '' } as const;
  const settled = shown.filter((act) => {
    const isSettled = context.store.orders.settle(act.id, by, { ...actNow(context), actor: selfActor });
    if (isSettled) follow(context, act, true);
    return isSettled;
  }).length;
  if (settled > 0) tellChanged(context);
  const isSurplus = (order: PeerOrder): boolean =>
    orderId !== null && order.orderId !== orderId && order.isActive && order.invoices.length === 0;
  return ok({
    orders: asked.value.map((order) => ({ ...order, invoices: [...order.invoices], isSurplus: isSurplus(order) })),
    settled,
  });
}

/**
 * Acts in doubt that an order at the peer shows to be done: its closing, where it is closed and was not delivered; its credits, where it has a credit
 * invoice for each of them that no other act has. With fewer, nobody can say which of them was done.
 */
function actsShownDone(order: PeerOrder, acts: readonly OrderAct[]): readonly OrderAct[] {
  const own = acts.filter(({ peerOrderId }) => peerOrderId === order.orderId);
  const doubted = own.filter(({ state }) => state === 'unknown');
  const isClosed = !order.isActive && order.invoices.length === 0;
  const closings = isClosed ? doubted.filter(({ kind }) => kind === 'close') : [];
  const credits = doubted.filter(({ kind }) => kind === 'credit');
  return credits.length > 0 && creditsBeyond(order, own) >= credits.length ? [...closings, ...credits] : closings;
}

/** Credit invoices that an order has at the peer beyond those of the acts that are known to be done. */
function creditsBeyond(order: PeerOrder, acts: readonly OrderAct[]): number {
  const known = new Set(acts.flatMap(({ receipt }) => Object.values(receipt).map(String)));
  const fresh = order.invoices.filter(({ isCredit, number }) => isCredit === true && !known.has(number));
  const nameless = acts.filter(
    ({ kind, state, receipt }) => kind === 'credit' && state === 'done' && receipt.creditInvoiceId === undefined,
  );
  return fresh.length - nameless.length;
}

async function findOrder(context: AppContext, { invoiceId, deliveryId }: OrderPlace): Promise<Result<InvoiceOrder>> {
  const orders = await ordersOfInvoice(context, invoiceId);
  if (!orders.ok) return orders;
  const order = orders.value.find((each) => each.deliveryId === deliveryId);
  return order === undefined ? fail('NOT_FOUND', 'There is no such order.', { invoiceId, deliveryId }) : ok(order);
}

/** The newest act of those that a decision is made with; what begins after it stands in the way of what is decided. */
export function newestOf({ acts }: { readonly acts: readonly OrderAct[] }): number {
  return acts.at(-1)?.id ?? 0;
}

/**
 * Marks, sends once, and writes down what it came to: in doubt at once where the adapter fails on the way. Errors: CONFLICT (another act on the same order or
 * invoice is under way or in doubt, or was done since this one was decided on: `actedOn`; `bar` in the details).
 */
export async function carryOut(
  context: AppContext,
  order: NewOrderAct,
  send: () => Promise<AttemptOutcome>,
): Promise<Result<OrderAct>> {
  const actId = context.store.orders.begin(order, actNow(context));
  if (actId === null) return barred(barOfAct(context, order));
  tellChanged(context);
  const outcome = await send().catch((error: unknown): AttemptOutcome => {
    context.log.error('an act on an order failed after an effect was possible', { actId, error: String(error) });
    return { kind: 'unknown', phase: 'effect', code: 'run.adapter-failed', detail: '' };
  });
  context.store.orders.end(actId, outcome, context.clock.nowMs());
  tellChanged(context);
  const invoiceId = context.store.reads.delivery(order.deliveryId)?.invoiceId ?? 0;
  return actOf(context, invoiceId, actId);
}

function actOf({ store }: AppContext, invoiceId: number, actId: number): Result<OrderAct> {
  const act = store.orders.actsOf(invoiceId).find(({ id }) => id === actId);
  return act === undefined ? fail('NOT_FOUND', 'There is no such act.', { actId }) : ok(act);
}

/** A close that turns out to have been done takes the delivery back; one that was not lets it go. */
function follow(context: AppContext, act: OrderAct, isDone: boolean): void {
  if (act.kind !== 'close') return;
  const invoiceId = context.store.reads.delivery(act.deliveryId)?.invoiceId ?? 0;
  const order = context.store.orders.ordersOf(invoiceId).find(({ deliveryId }) => deliveryId === act.deliveryId);
  if (order?.created?.sveaOrderId !== act.peerOrderId) return;
  if (isDone) giveUpDelivery(context, order.secondId);
  else if (order.secondId !== null) context.store.control.letGo([order.secondId], actNow(context));
}

function giveUpDelivery(context: AppContext, secondId: number | null): void {
  if (secondId !== null) context.store.orders.giveUpDelivery(secondId, actNow(context));
}

/** Why an act could not begin. Where nothing is under way or in doubt any more, something was done since it was decided on. */
function barOfAct({ store }: AppContext, { deliveryId, peerOrderId }: NewOrderAct): OrderBar | 'actedOn' {
  const invoiceId = store.reads.delivery(deliveryId)?.invoiceId ?? 0;
  const acts = store.orders
    .actsOf(invoiceId)
    .filter((act) => act.deliveryId === deliveryId && act.peerOrderId === peerOrderId);
  return openBar(acts) ?? 'actedOn';
}

function barred(bar: OrderBar | 'actedOn'): Result<never> {
  return bar === 'actedOn'
    ? fail('CONFLICT', 'Something else was done meanwhile, and nothing more was sent. Look at it again.', { bar })
    : fail('CONFLICT', `The order does not allow that now (${bar}).`, { bar });
}

function tellChanged(context: AppContext): void {
  context.publish({ topic: 'deliveries', batchId: null });
  context.publish({ topic: 'batches', batchId: null });
  context.runner.wake();
}

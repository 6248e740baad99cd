// One delivery at Svea: the order, or its delivery, each marked before it is sent; and how a lost answer is asked about.

import type { AttemptOutcome, DeliveryItem, LookUpAnswer, Receipt, SendContext } from '../../ports/channel-adapter.ts';
import type { SveaConfig } from '../../../shared/schema/connection.ts';
import { classifyFailure, classifyRefusal } from './classify.ts';
import type { FrozenOrder, OrderRow } from './order.ts';
import { readOrder } from './order.ts';
import type { ResultOf } from './results.ts';
import type { SveaClient } from './soap-client.ts';
import { amountText, hundredthsOf, onOtherBasis } from './totals.ts';

/** Our own order number at Svea: the first 32 of the key's 64 characters, which is as long as theirs may be. */
export function clientOrderNumber(idempotencyKey: string): string {
  return idempotencyKey.slice(0, 32);
}

/** Makes the step that the item is. */
export function deliver(
  client: SveaClient,
  config: SveaConfig,
  [item, context]: readonly [DeliveryItem, SendContext],
): Promise<AttemptOutcome> {
  const order = readOrder(item.document);
  return item.step === 1
    ? createOrder(client, order, [item, context])
    : deliverOrder(client, { order, config }, [item, context]);
}

async function createOrder(
  client: SveaClient,
  { order, totalMinor }: FrozenOrder,
  [item, context]: readonly [DeliveryItem, SendContext],
): Promise<AttemptOutcome> {
  const number = clientOrderNumber(item.idempotencyKey);
  const reply = await client.call(
    'CreateOrderEu',
    { CreateOrderInformation: { ClientOrderNumber: number, ...order } },
    { signal: context.signal, beforeSend: sending(context) },
  );
  if (reply.kind !== 'result') return classifyFailure(reply, { isEffective: true });
  context.onPhase('replySeen');
  const { Accepted, ResultCode, ErrorMessage, CreateOrderResult: made } = reply.result;
  // Our number is this delivery's alone: an order that has it is this one, created by an attempt whose answer was lost.
  if (!Accepted && ResultCode === '20019') return createdBefore(client, number, context.signal);
  if (!Accepted) return classifyRefusal(ResultCode, ErrorMessage);
  const sveaOrderId = made?.SveaOrderId ?? null;
  if (made === null || made === undefined || sveaOrderId === null)
    return { kind: 'unknown', phase: 'replySeen', code: 'svea.no-order-id', detail: ErrorMessage ?? '' };
  return {
    kind: 'accepted',
    receipt: receiptOf({
      sveaOrderId,
      clientOrderNumber: number,
      amount: made.Amount,
      expectedAmount: amountText(totalMinor),
      expires: made.ExpirationDate,
      sveaBuys: made.SveaWillBuyOrder ? 'yes' : 'no',
      pendingReasons: made.PendingReasons.join(', '),
    }),
  };
}

async function createdBefore(client: SveaClient, number: string, signal: AbortSignal): Promise<AttemptOutcome> {
  const found = await findOrder(client, number, signal);
  return found.kind === 'found'
    ? { kind: 'accepted', receipt: orderReceipt(found.order, number) }
    : { kind: 'unknown', phase: 'replySeen', code: 'svea.created-before', detail: number };
}

async function deliverOrder(
  client: SveaClient,
  { order: frozen, config }: { readonly order: FrozenOrder; readonly config: SveaConfig },
  [item, context]: readonly [DeliveryItem, SendContext],
): Promise<AttemptOutcome> {
  const known = await orderToDeliver(client, [item, amountText(frozen.totalMinor)], context.signal);
  if ('outcome' in known) return known.outcome;
  const { sveaOrderId } = known;
  const rows = frozen.order.OrderRows.OrderRow;
  const outcome = await sendDelivery(client, { frozen, config, sveaOrderId, rows }, context);
  if (outcome.kind !== 'refused' || outcome.code !== 'svea.50036') return outcome;
  // The order's rows have the other basis by now. The same amounts are put on it, once; the answer to that stands.
  const flipped = onOtherBasis(rows);
  return flipped === null || context.signal.aborted
    ? outcome
    : sendDelivery(client, { frozen, config, sveaOrderId, rows: flipped }, context);
}

interface DeliveryCall {
  readonly frozen: FrozenOrder;
  readonly config: SveaConfig;
  readonly sveaOrderId: string;
  readonly rows: readonly OrderRow[];
}

async function sendDelivery(
  client: SveaClient,
  { frozen, config, sveaOrderId, rows }: DeliveryCall,
  context: SendContext,
): Promise<AttemptOutcome> {
  const reply = await client.call(
    'DeliverOrderEu',
    { DeliverOrderInformation: { SveaOrderId: sveaOrderId, OrderType: config.orderType, ...detailsOf(frozen, rows) } },
    { signal: context.signal, beforeSend: sending(context) },
  );
  if (reply.kind !== 'result') return classifyFailure(reply, { isEffective: true });
  context.onPhase('replySeen');
  const { Accepted, ResultCode, ErrorMessage, DeliverOrderResult: done } = reply.result;
  if (!Accepted) return classifyRefusal(ResultCode, ErrorMessage);
  const invoice = done?.InvoiceResultDetails;
  return {
    kind: 'accepted',
    receipt: receiptOf({
      sveaOrderId,
      amount: done?.Amount ?? null,
      invoiceId: invoice?.InvoiceId ?? null,
      invoiceDate: invoice?.InvoiceDate ?? null,
      dueDate: invoice?.DueDate ?? null,
      ocr: invoice?.Ocr ?? null,
      distribution: invoice?.InvoiceDistributionType ?? null,
      contractNumber:
        done?.PaymentPlanResultDetails?.ContractNumber ?? done?.AccountCreditResultDetails?.ContractNumber ?? null,
      accountCreditId: done?.AccountCreditResultDetails?.AccountCreditId ?? null,
    }),
  };
}

function detailsOf({ delivery, order }: FrozenOrder, rows: readonly OrderRow[]): object {
  switch (order.OrderType) {
    case 'Invoice':
      return {
        DeliverInvoiceDetails: {
          ...delivery,
          IsCreditInvoice: false,
          InvoiceIdToCredit: null,
          OrderRows: { OrderRow: rows },
          PrintType: null,
        },
      };
    case 'AccountCredit':
      return { DeliverAccountCreditDetails: { OrderRows: { OrderRow: rows } } };
    case 'PaymentPlan':
      // Always delivered whole; rows would be ignored.
      return {};
  }
}

/** The mark, committed when the connection stands and nothing has been sent. */
function sending(context: SendContext): () => Promise<void> {
  return async () => {
    context.onPhase('connected');
    await context.markSending();
  };
}

type Known = { readonly sveaOrderId: string } | { readonly outcome: AttemptOutcome };

/** Svea's id of the order, from the first step's receipt or, where the operator's word stands in its place, asked for. */
async function orderToDeliver(
  client: SveaClient,
  [{ previous }, released]: readonly [item: DeliveryItem, released: string],
  signal: AbortSignal,
): Promise<Known> {
  if (previous === null) throw new TypeError('a second step has a first one');
  const checked = ({ amount, sveaOrderId }: Receipt): Known =>
    typeof amount === 'string' && !isSameAmount(amount, released)
      ? notDelivered('svea.amount-differs', `${amount} ≠ ${released}`)
      : { sveaOrderId: String(sveaOrderId) };
  const { receipt } = previous;
  if (typeof receipt?.sveaOrderId === 'string') return checked(receipt);
  const number = clientOrderNumber(previous.idempotencyKey);
  const found = await findOrder(client, number, signal);
  if (found.kind === 'found') return checked(orderReceipt(found.order, number));
  if (found.kind === 'failed') return { outcome: found.outcome };
  return notDelivered('svea.order-not-found', number);
}

function notDelivered(code: string, detail: string): Known {
  return { outcome: { kind: 'notSent', code, detail, scope: 'delivery', isPermanent: true } };
}

/** An amount that cannot be read is another one: a person's matter. */
function isSameAmount(seen: string, released: string): boolean {
  return /^-?\d+(?:\.\d+)?$/u.test(seen) && hundredthsOf(seen) === hundredthsOf(released);
}

type OrderStatus = ResultOf<'GetOrders'>['Orders'][number];
type FoundOrder =
  | { readonly kind: 'found'; readonly order: OrderStatus }
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly outcome: AttemptOutcome };

/** The one order with our number. More than one is no answer: accounts may take a number twice. */
export async function findOrder(client: SveaClient, number: string, signal: AbortSignal): Promise<FoundOrder> {
  const reply = await client.call(
    'GetOrders',
    { ClientOrderNr: number, ClientOrderNrIncluded: true, SveaOrderNr: '0', SveaOrderNrIncluded: false },
    { signal },
  );
  if (reply.kind !== 'result') return { kind: 'failed', outcome: classifyFailure(reply, { isEffective: false }) };
  const { Accepted, RejectionCode, ErrorMessage, Orders } = reply.result;
  const ours = Orders.filter(({ ClientOrderNr }) => ClientOrderNr === number);
  const [order] = ours;
  if (Accepted && ours.length === 1 && typeof order?.SveaOrderNr === 'string') return { kind: 'found', order };
  if (RejectionCode === 'OrderDoesNotExist' || (Accepted && ours.length === 0)) return { kind: 'none' };
  const detail = ErrorMessage ?? (ours.length > 1 ? `${String(ours.length)} orders` : '');
  return {
    kind: 'failed',
    outcome: { kind: 'notSent', code: 'svea.look-up-refused', detail, scope: 'delivery', isPermanent: false },
  };
}

/**
 * Whether a step that ended in doubt is there. "Not there" is no proof that it never will be (the service may still be at work, and a second
 * order or invoice cannot be taken back), so it is left to a person.
 */
export async function lookUp(
  client: SveaClient,
  item: Pick<DeliveryItem, 'step' | 'idempotencyKey' | 'previous'>,
  signal: AbortSignal,
): Promise<LookUpAnswer> {
  const key = item.step === 1 ? item.idempotencyKey : (item.previous?.idempotencyKey ?? '');
  const number = clientOrderNumber(key);
  const found = await findOrder(client, number, signal);
  if (found.kind === 'none') return { kind: 'unclear', code: 'gone', detail: '' };
  if (found.kind === 'failed') {
    const detail = found.outcome.kind === 'accepted' ? '' : found.outcome.detail;
    return { kind: 'unclear', code: 'noAnswer', detail };
  }
  if (item.step === 1) return { kind: 'found', receipt: orderReceipt(found.order, number) };
  const [invoice] = found.order.Invoices;
  if (invoice === undefined) return { kind: 'unclear', code: 'gone', detail: '' };
  return {
    kind: 'found',
    receipt: receiptOf({
      sveaOrderId: found.order.SveaOrderNr,
      invoiceId: invoice.InvoiceNumber,
      invoiceDate: invoice.InvoiceDate,
      dueDate: invoice.DueDate,
    }),
  };
}

function orderReceipt(order: OrderStatus, number: string): Receipt {
  return receiptOf({
    sveaOrderId: order.SveaOrderNr,
    clientOrderNumber: number,
    amount: order.CurrentAmount,
    expires: order.ExpirationDate,
    sveaBuys: order.WillBuyInvoices ? 'yes' : 'no',
  });
}

/** What there is of it; nothing empty. */
function receiptOf(facts: Readonly<Record<string, string | null>>): Receipt {
  return Object.fromEntries(
    Object.entries(facts).filter((fact): fact is [string, string] => fact[1] !== null && fact[1] !== ''),
  );
}

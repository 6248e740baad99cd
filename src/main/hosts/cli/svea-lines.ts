// What Svea says, and what is known of an invoice's order, as lines for the command line. No calls, no decisions.

import type { InvoiceOrder, OrderAct } from '../../../shared/schema/orders.ts';
import { wordsForCause } from '../../../shared/words/cause-words.ts';
import type { CampaignCosts, PeerAddress, PeerOrder } from '../../engine/svea-desk.ts';

/** One line an address, with its selector. */
export function addressLines(addresses: readonly PeerAddress[]): readonly string[] {
  return addresses.map(
    ({ selector, name, lines, postalCode, city }) =>
      `${[name, ...lines, `${postalCode} ${city}`].join(', ')}  [${selector}]`,
  );
}

/** Campaigns with what they cost; "–" where the amount is outside a campaign's limits, or none was given. */
export function campaignLines({ currency, plans, credits }: CampaignCosts): readonly string[] {
  return [
    ...plans.map(({ code, description, contractLengthInMonths: months, fromAmount, toAmount, cost, isCheapest }) =>
      [
        `${code}  ${description}  ${String(months)} months, ${fromAmount}–${toAmount} ${currency}`,
        cost === null
          ? '–'
          : `${amount(cost.monthlyMinor)} a month, ${amount(cost.totalMinor)} in all, effective interest ${String(cost.effectiveInterestPercent)} %${isCheapest ? '  ← cheapest month' : ''}`,
      ].join('  '),
    ),
    ...credits.map(
      ({ code, description, lowestOrderAmount, lowestMonthlyMinor }) =>
        `${code}  ${description}  account credit from ${lowestOrderAmount} ${currency}  ${lowestMonthlyMinor === null ? '–' : `at least ${amount(lowestMonthlyMinor)} a month`}`,
    ),
  ];
}

/** An invoice's order as its deliveries know it, its rows, and what was done to it. */
export function orderLines(order: InvoiceOrder): readonly string[] {
  const { orderId, ownNumber, isDelivered, invoiceId, dueDate, ocr, expires, pendingReasons, rows, acts } = order;
  return [
    `Order ${orderId ?? '(id not known)'}  own number ${ownNumber}  ${order.connectionName}`,
    isDelivered
      ? `  Delivered: invoice ${invoiceId ?? '–'}, due ${dueDate?.slice(0, 10) ?? '–'}, OCR ${ocr ?? '–'}. It may await approval in Svea’s administration.`
      : `  Not delivered${expires === null ? '' : `; expires ${expires}`}`,
    ...(pendingReasons.length === 0 ? [] : [`  Pending when it was made: ${pendingReasons.join(', ')}`]),
    ...rows.map(
      ({ text, grossMinor, vatPercent, isCredited }, at) =>
        `  ${String(at + 1).padStart(3)}  ${amount(grossMinor)}  ${text} (VAT ${vatPercent} %)${isCredited ? '  credited' : ''}`,
    ),
    ...actLines(acts),
  ];
}

/** Orders as Svea has them now. */
export function peerOrderLines(orders: readonly PeerOrder[]): readonly string[] {
  return orders.flatMap((order) => [
    `${order.orderId}  ${order.isActive ? 'active' : 'not active'}  ${order.amount ?? '–'}  own number ${order.ownNumber ?? '–'}  expires ${order.expiresAt ?? '–'}${order.closedAt === null ? '' : `  closed ${order.closedAt}`}`,
    ...order.invoices.map(
      ({ number, invoiceDate, dueDate, isCredit }) =>
        `  ${isCredit === true ? 'credit invoice' : 'invoice'} ${number}  ${invoiceDate ?? ''}  due ${dueDate ?? ''}`,
    ),
  ]);
}

const ends = {
  sending: 'is under way',
  done: 'was done',
  refused: 'was refused',
  notSent: 'was not done',
  unknown:
    'may have been done: no answer came. Look the order up before anything else; it is never done again by itself',
} as const satisfies Readonly<Record<OrderAct['state'], string>>;

/** What was done to an order, and what it came to. */
export function actLines(acts: readonly OrderAct[]): readonly string[] {
  return acts.map(({ id, kind, peerOrderId, amountMinor, state, code, detail, receipt }) => {
    const what = kind === 'credit' ? `Credit of ${amount(amountMinor ?? 0)} on` : 'Closing of';
    const cause = code === null ? '' : ` ${wordsForCause({ code, detail, isRetried: false }, 'en').title} (${code})`;
    const made = receipt.creditInvoiceId === undefined ? '' : ` Credit invoice ${String(receipt.creditInvoiceId)}.`;
    return `  [${String(id)}] ${what} order ${peerOrderId} ${ends[state]}.${made}${cause}`;
  });
}

function amount(minor: number): string {
  const size = Math.abs(minor);
  return `${minor < 0 ? '-' : ''}${String(Math.floor(size / 100))}.${String(size % 100).padStart(2, '0')}`;
}

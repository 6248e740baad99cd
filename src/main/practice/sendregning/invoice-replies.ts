// What is told of invoices: the invoice itself as `send` and `select` give it back, and its status with payments, history and dunnings.

import { constants, originator } from './constants.ts';
import type { BookInvoice } from './invoice-book.ts';
import type { SwsLine } from './ledger-entries.ts';
import { leaf } from './reply-writer.ts';
import type { SwsNode } from './reply-writer.ts';
import { writtenDay, writtenMoment } from './values.ts';

/** What a reply to `send` has and one to `select` has not: the client's own marks. */
export interface Marks {
  readonly batchId: string | null;
  readonly hasClientIds: boolean;
  /** Added to every total, in hundredths: a server that counts otherwise. */
  readonly deviation: bigint;
}

/** No marks. */
export const unmarked: Marks = { batchId: null, hasClientIds: false, deviation: 0n };

/** `<invoices>`. */
export function invoicesNode(invoices: readonly BookInvoice[], marks: Marks): SwsNode {
  return {
    name: 'invoices',
    ...(marks.batchId === null ? {} : { attributes: { batchId: marks.batchId } }),
    children: invoices.map((invoice) => invoiceNode(invoice, marks)),
  };
}

function invoiceNode(invoice: BookInvoice, marks: Marks): SwsNode {
  const hasClientId = marks.hasClientIds && invoice.clientId !== null;
  return {
    name: 'invoice',
    ...(hasClientId ? { attributes: { clientId: invoice.clientId ?? '' } } : {}),
    children: [
      ...leaf('name', invoice.name),
      ...leaf('zip', invoice.zip),
      ...leaf('city', invoice.city),
      { name: 'lines', children: invoice.lines.map(lineNode) },
      { name: 'optional', children: optionalNodes(invoice, marks.deviation) },
      shipmentNode(invoice),
    ],
  };
}

function lineNode(line: SwsLine): SwsNode {
  return {
    name: 'line',
    children: [
      ...leaf('itemNo', String(line.itemNo)),
      ...leaf('qty', line.qty),
      ...leaf('prodCode', line.prodCode),
      ...leaf('desc', line.desc),
      ...leaf('unitPrice', line.unitPrice),
      ...leaf('discount', line.discount),
      ...leaf('tax', line.tax),
      ...leaf('lineTaxAmount', line.tax === null ? null : line.lineTaxAmount),
      ...leaf('lineTotal', line.tax === null ? null : line.lineTotal),
    ],
  };
}

function optionalNodes(invoice: BookInvoice, deviation: bigint): readonly SwsNode[] {
  const isCredit = invoice.invoiceType === 'credit';
  const dunning = invoice.dunnings.at(-1);
  return [
    ...leaf('invoiceNo', invoice.invoiceNo),
    ...leaf('state', invoice.state),
    ...leaf('invoiceType', invoice.invoiceType),
    ...leaf('creditedId', invoice.creditedId),
    ...leaf('orderNo', invoice.orderNo),
    ...leaf('invoiceDate', writtenDay(invoice.invoiceDate)),
    ...leaf('dueDate', isCredit ? '-- -- --' : writtenDay(invoice.dueDate)),
    ...leaf('orderDate', invoice.orderDate === null ? null : writtenDay(invoice.orderDate)),
    ...leaf('recipientNo', invoice.recipientNo),
    ...leaf('recipientOrgNo', invoice.recipientOrgNo),
    ...leaf('address1', invoice.address1),
    ...leaf('address2', invoice.address2),
    ...leaf('country', invoice.country),
    ...leaf('email', invoice.email),
    ...leaf('mobile', invoice.mobile),
    ...leaf('phone', invoice.phone),
    ...leaf('fax', invoice.fax),
    ...leaf('ourRef', invoice.ourRef),
    ...leaf('yourRef', invoice.yourRef),
    ...leaf('comment', invoice.comment),
    ...leaf('invoiceText', invoice.invoiceText),
    ...leaf('printDunningInfo', String(invoice.printDunningInfo)),
    ...leaf('itemTaxInclude', String(invoice.itemTaxInclude)),
    ...leaf('tax', invoice.tax),
    ...leaf('total', plus(invoice.total, deviation)),
    ...leaf('kid', isCredit ? null : invoice.kid),
    ...leaf('accountNo', originator.accountNo),
    ...leaf('orgNo', originator.orgNo),
    ...leaf('dunningFee', constants.dunningFee),
    ...leaf('interestRate', constants.interestRate),
    ...leaf('dunningType', dunning?.dunningType ?? null),
  ];
}

function shipmentNode(invoice: BookInvoice): SwsNode {
  const addresses = (name: string, all: readonly string[]): readonly SwsNode[] =>
    all.length === 0 ? [] : [{ name, children: all.map((text) => ({ name: 'email', text })) }];
  return {
    name: 'shipment',
    text: invoice.shipment,
    children: [...addresses('emailaddresses', invoice.emails), ...addresses('copyaddresses', invoice.copies)],
  };
}

/** `<invoice-status>`. */
export function statusNode(invoices: readonly BookInvoice[]): SwsNode {
  return {
    name: 'invoice-status',
    children: invoices.map((invoice) => ({
      name: 'invoice',
      attributes: { number: invoice.invoiceNo },
      children: [
        ...leaf('state', invoice.state),
        ...list('payments', invoice.payments.map(paymentNode)),
        ...list('history', invoice.history.map(historyNode)),
        ...list('dunnings', invoice.dunnings.map(dunningNode)),
      ],
    })),
  };
}

/** Absent when empty. */
function list(name: string, children: readonly SwsNode[]): readonly SwsNode[] {
  return children.length === 0 ? [] : [{ name, children }];
}

function paymentNode(payment: BookInvoice['payments'][number], index: number): SwsNode {
  return {
    name: 'payment',
    attributes: { id: String(index + 1) },
    children: [
      ...leaf('paymentDate', writtenDay(payment.paymentDate)),
      ...leaf('amount', payment.amount),
      ...leaf('paymentType', payment.paymentType),
    ],
  };
}

function historyNode(entry: BookInvoice['history'][number]): SwsNode {
  return {
    name: 'entry',
    children: [
      ...leaf('timestamp', writtenMoment(entry.at)),
      ...leaf('fromState', entry.fromState),
      ...leaf('toState', entry.toState),
      ...leaf('event', entry.event),
      ...leaf('eventParams', entry.eventParams),
      ...leaf('action', entry.event),
    ],
  };
}

function dunningNode(dunning: BookInvoice['dunnings'][number], index: number): SwsNode {
  return {
    name: 'dunning',
    attributes: { dunningNo: String(index + 1) },
    children: [
      ...leaf('dunningDate', writtenDay(dunning.date)),
      ...leaf('dunningType', dunning.dunningType),
      ...leaf('dunningText', dunning.dunningText),
      ...leaf('dunningFeeValue', dunning.hasFee ? constants.dunningFee : '0.00'),
      ...leaf('interestRate', dunning.hasInterest ? constants.interestRate : '0.00'),
      ...leaf('dunningDays', String(dunning.dunningDays)),
    ],
  };
}

function plus(total: string, deviation: bigint): string {
  if (deviation === 0n) return total;
  const hundredths = BigInt(total.replace('.', '')) + deviation;
  const digits = hundredths.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

// Replies with invoices (send, dunning, select) and with their states. Read by path, everything may be missing, nothing unknown disturbs.

import { readAmountMinor, readDecimal } from './decimals.ts';
import { readDate } from './dates.ts';
import type { ReplyDate } from './dates.ts';
import { attributeOf, nodesAt, textAt } from './reply-tree.ts';
import type { ReplyNode } from './reply-tree.ts';

/** A line as the service counted it. */
export interface ReplyLine {
  readonly itemNo: string | null;
  readonly desc: string | null;
  readonly qty: string | null;
  readonly unitPrice: string | null;
  readonly discount: string | null;
  /** Percent; in `optional` the same name is the amount. */
  readonly tax: string | null;
  readonly lineTaxMinor: number | null;
  readonly lineTotalMinor: number | null;
}

/** An invoice as the service has it. Numbers with leading zeros stay text. */
export interface ReplyInvoice {
  readonly clientId: string | null;
  readonly invoiceNo: string | null;
  /** `sent`, `paid` … an open list. */
  readonly state: string | null;
  readonly orderNo: string | null;
  readonly recipientNo: string | null;
  readonly invoiceType: string | null;
  readonly creditedId: string | null;
  readonly invoiceDate: ReplyDate | null;
  readonly dueDate: ReplyDate | null;
  readonly kid: string | null;
  readonly accountNo: string | null;
  /** VAT in all. */
  readonly taxMinor: number | null;
  readonly totalMinor: number | null;
  readonly dunningType: string | null;
  readonly dunningFeeMinor: number | null;
  readonly interestRate: string | null;
  readonly lines: readonly ReplyLine[];
}

/** A reply with invoices. */
export interface InvoicesReply {
  readonly batchId: string | null;
  readonly invoices: readonly ReplyInvoice[];
}

/** Reads `<invoices>`; null when the root is another. */
export function readInvoices(root: ReplyNode): InvoicesReply | null {
  if (!isRoot(root, 'invoices')) return null;
  return { batchId: attributeOf(root, 'batchId'), invoices: nodesAt(root, 'invoice').map(readInvoice) };
}

function readInvoice(node: ReplyNode): ReplyInvoice {
  const optional = (name: string): string | null => textAt(node, `optional/${name}`);
  return {
    clientId: attributeOf(node, 'clientId'),
    invoiceNo: optional('invoiceNo'),
    state: optional('state'),
    orderNo: optional('orderNo'),
    recipientNo: optional('recipientNo'),
    invoiceType: optional('invoiceType'),
    creditedId: optional('creditedId'),
    invoiceDate: dateAt(node, 'optional/invoiceDate'),
    dueDate: dateAt(node, 'optional/dueDate'),
    kid: optional('kid'),
    accountNo: optional('accountNo'),
    taxMinor: amountAt(node, 'optional/tax'),
    totalMinor: amountAt(node, 'optional/total'),
    dunningType: optional('dunningType'),
    dunningFeeMinor: amountAt(node, 'optional/dunningFee'),
    interestRate: decimalAt(node, 'optional/interestRate'),
    lines: nodesAt(node, 'lines/line').map(readLine),
  };
}

function readLine(node: ReplyNode): ReplyLine {
  return {
    itemNo: textAt(node, 'itemNo'),
    desc: textAt(node, 'desc'),
    qty: decimalAt(node, 'qty'),
    unitPrice: decimalAt(node, 'unitPrice'),
    discount: decimalAt(node, 'discount'),
    tax: decimalAt(node, 'tax'),
    lineTaxMinor: amountAt(node, 'lineTaxAmount'),
    lineTotalMinor: amountAt(node, 'lineTotal'),
  };
}

/** One payment. `CRED` is a credit note's, not money in. */
export interface ReplyPayment {
  readonly id: string | null;
  readonly paymentDate: ReplyDate | null;
  readonly amountMinor: number | null;
  /** `PMTM` manual, `PMTA` automatic, `CRED` credit note; an open list. */
  readonly paymentType: string | null;
}

/** One change of state. */
export interface ReplyHistoryEntry {
  readonly timestamp: ReplyDate | null;
  readonly fromState: string | null;
  readonly toState: string | null;
  readonly event: string | null;
  readonly eventParams: string | null;
  readonly action: string | null;
}

/** One dunning that was sent. */
export interface ReplyDunning {
  readonly dunningNo: string | null;
  readonly dunningDate: ReplyDate | null;
  readonly dunningType: string | null;
  readonly dunningText: string | null;
  readonly dunningFeeMinor: number | null;
  readonly interestRate: string | null;
  readonly dunningDays: string | null;
}

/** What became of one invoice; history by time, dunnings by number. */
export interface ReplyStatus {
  readonly invoiceNo: string;
  readonly state: string | null;
  readonly payments: readonly ReplyPayment[];
  readonly history: readonly ReplyHistoryEntry[];
  readonly dunnings: readonly ReplyDunning[];
}

/** Reads `<invoice-status>`; null when the root is another. An invoice without a number says nothing about any and is left out. */
export function readStatuses(root: ReplyNode): readonly ReplyStatus[] | null {
  // The guide's table has `invoices-status`; its own client wants the other.
  if (!isRoot(root, 'invoice-status') && !isRoot(root, 'invoices-status')) return null;
  return nodesAt(root, 'invoice').flatMap((node) => {
    const invoiceNo = attributeOf(node, 'number');
    return invoiceNo === null ? [] : [readStatus(node, invoiceNo)];
  });
}

function readStatus(node: ReplyNode, invoiceNo: string): ReplyStatus {
  return {
    invoiceNo,
    state: textAt(node, 'state'),
    payments: nodesAt(node, 'payments/payment').map((payment) => ({
      id: attributeOf(payment, 'id'),
      paymentDate: dateAt(payment, 'paymentDate'),
      amountMinor: amountAt(payment, 'amount'),
      paymentType: textAt(payment, 'paymentType'),
    })),
    history: nodesAt(node, 'history/entry')
      .map((entry) => ({
        timestamp: dateAt(entry, 'timestamp'),
        fromState: textAt(entry, 'fromState'),
        toState: textAt(entry, 'toState'),
        event: textAt(entry, 'event'),
        eventParams: textAt(entry, 'eventParams'),
        action: textAt(entry, 'action'),
      }))
      .sort((one, other) => compareTexts(one.timestamp?.iso, other.timestamp?.iso)),
    // Either name has been seen for a list's own elements.
    dunnings: [...nodesAt(node, 'dunnings/entry'), ...nodesAt(node, 'dunnings/dunning')]
      .map((entry) => ({
        dunningNo: attributeOf(entry, 'dunningNo'),
        dunningDate: dateAt(entry, 'dunningDate'),
        dunningType: textAt(entry, 'dunningType'),
        dunningText: textAt(entry, 'dunningText'),
        dunningFeeMinor: amountAt(entry, 'dunningFeeValue'),
        interestRate: decimalAt(entry, 'interestRate'),
        dunningDays: textAt(entry, 'dunningDays'),
      }))
      .sort((one, other) => compareTexts(one.dunningNo?.padStart(20, '0'), other.dunningNo?.padStart(20, '0'))),
  };
}

/** Money that really came in for an invoice, and what was credited, in minor units. */
export function paidAndCredited(status: Pick<ReplyStatus, 'payments'>): {
  readonly paidMinor: number;
  readonly creditedMinor: number;
} {
  const sum = (isCredit: boolean): number =>
    status.payments
      .filter(({ paymentType }) => (paymentType === 'CRED') === isCredit)
      .reduce((minor, { amountMinor }) => minor + (amountMinor ?? 0), 0);
  return { paidMinor: sum(false), creditedMinor: sum(true) };
}

/** Whether the root is the wanted one; JSON may come without a name of the root. */
export function isRoot(root: ReplyNode, name: string): boolean {
  return root.name === name || root.name === '';
}

/** An amount at a path, in minor units. */
export function amountAt(node: ReplyNode, path: string): number | null {
  const text = textAt(node, path);
  return text === null ? null : readAmountMinor(text);
}

/** A decimal number at a path, with a point. */
export function decimalAt(node: ReplyNode, path: string): string | null {
  const text = textAt(node, path);
  return text === null ? null : readDecimal(text);
}

/** A date at a path, with the text as it came. */
export function dateAt(node: ReplyNode, path: string): ReplyDate | null {
  const text = textAt(node, path);
  return text === null ? null : readDate(text);
}

function compareTexts(one: string | null | undefined, other: string | null | undefined): number {
  const [left, right] = [one ?? '', other ?? ''];
  return left < right ? -1 : Number(left > right);
}

// DeliverOrderEu: an order becomes invoices, a contract, or is credited. Matching of rows by the rules of the specification.

import { decimalText } from '../decimal.ts';
import { netAmount, rowsAmount } from './amounts.ts';
import { orderTypes } from './ledger-entries.ts';
import type { LedgerRow, OrderType } from './ledger-entries.ts';
import type { Desk, Outcome } from './desk.ts';
import type { Fields } from './fields.ts';
import { stateOf } from './order-book.ts';
import type { BookInvoice, BookOrder } from './order-book.ts';
import { isSameRow, kept, priced, pricedAgain, readRows, rowsFault, tooLong } from './order-rows.ts';
import type { SentRow } from './order-rows.ts';
import { rejection } from './result-codes.ts';
import type { Rejection, SveaCode } from './result-codes.ts';
import { amountText, localDay } from './soap-text.ts';

/** The client's agreement; more is ignored. */
const agreedCreditDays = 30;
const notesSize = 200;
const distributions = [
  'NotDefined',
  'Post',
  'Email',
  'EInvoiceB2B',
  'Peppol',
  'Omni',
  'Omni20',
  'Omni21',
  'Omni22',
  'Omni23',
  'Omni24',
] as const;

interface InvoiceDetails {
  readonly creditDays: number;
  readonly distribution: (typeof distributions)[number] | null;
  readonly isCredit: boolean;
  readonly invoiceIdToCredit: string | null;
  readonly printType: number | null;
  readonly notes: string;
  readonly rows: readonly SentRow[] | null;
}

/** What a request would have delivered. */
interface Delivery {
  readonly order: BookOrder;
  readonly rows: readonly LedgerRow[];
  readonly amount: bigint;
}

/** The operation. */
export async function deliverOrder(desk: Desk, request: Fields): Promise<Outcome> {
  const information = request.part('DeliverOrderInformation');
  if (information === null) return rejection(50012);
  const id = information.long('SveaOrderId');
  const orderType = information.one('OrderType', 'OrderType', [...orderTypes, 'Loan']);
  const details = information.part('DeliverInvoiceDetails');
  const invoice = details === null ? null : readDetails(details);
  const creditRows = readRows(information.part('DeliverAccountCreditDetails'));
  const order = findOrder(desk, id);
  if ('code' in order) return order;
  if (orderType === null) return rejection(50001);
  if (orderType !== order.orderType) return rejection(20005);
  switch (order.orderType) {
    case 'Invoice':
      if (invoice === null) return rejection(50009);
      return invoice.isCredit ? creditInvoice(desk, order, invoice) : deliverInvoice(desk, order, invoice);
    case 'PaymentPlan':
      return deliverPlan(desk, order);
    case 'AccountCredit':
      return deliverCredit(desk, order, creditRows);
  }
}

/** The order, if it is this client's. */
export function findOrder(desk: Desk, id: string | null): BookOrder | Rejection {
  const order = desk.book.order(id ?? '');
  if (order === null) return rejection(20004);
  return order.clientNumber === desk.client.clientNumber ? order : rejection(50016);
}

function readDetails(details: Fields): InvoiceDetails {
  return {
    creditDays: details.int('NumberOfCreditDays') ?? 0,
    distribution: details.one('InvoiceDistributionType', 'InvoiceDistributionType', distributions),
    isCredit: details.boolean('IsCreditInvoice') ?? false,
    invoiceIdToCredit: details.long('InvoiceIdToCredit', 'nillable'),
    printType: details.int('PrintType', 'nillable'),
    notes: details.text('Notes') ?? '',
    rows: readRows(details),
  };
}

/** Why an order in its state can not be delivered; null: it can. */
function stateFault(order: BookOrder): Rejection | null {
  const codes = { closed: 20000, delivered: 20000, denied: 20001, expired: 20003, pending: 20013 } as const;
  const state = stateOf(order);
  return state === 'open' || state === 'partly' ? null : rejection(codes[state]);
}

function detailsFault(desk: Desk, order: BookOrder, details: InvoiceDetails): Rejection | null {
  const { distribution, printType } = details;
  if (distribution === null || distribution === 'NotDefined') return rejection(50008);
  if (distribution.startsWith('Omni')) return rejection(50038);
  if (distribution === 'EInvoiceB2B' && desk.client.country !== 'NO') return rejection(50039);
  if (distribution === 'Peppol' && order.peppolId === null) return rejection(50038);
  if (printType !== null && printType !== 0 && printType !== 1) return rejection(50037);
  if (details.notes.length > notesSize) return tooLong('Notes', notesSize);
  if (details.rows === null || details.rows.length === 0) return rejection(20021);
  return rowsFault(details.rows, order.rows);
}

async function deliverInvoice(desk: Desk, order: BookOrder, details: InvoiceDetails): Promise<Outcome> {
  if (details.invoiceIdToCredit !== null) return rejection(50010);
  const fault = stateFault(order) ?? detailsFault(desk, order, details);
  if (fault !== null) return fault;
  const delivery = deliveryOf(order, details.rows ?? []);
  const tooMuch = sumFault(delivery, 24000);
  if (tooMuch !== null) return tooMuch;
  const { creditDays, distribution } = details;
  const days = creditDays > 0 && creditDays <= agreedCreditDays ? creditDays : agreedCreditDays;
  const invoiceId = desk.book.takeInvoiceId();
  const ocr = withCheckDigit(invoiceId);
  const dates = { invoiceDate: localDay(new Date()), dueDate: localDay(new Date(), days) };
  await desk.book.record({
    event: 'delivered',
    ...written(delivery),
    ...dates,
    invoiceId,
    contractNumber: null,
    distributionType: distribution,
    ocr,
    isApproved: desk.settings.isApprovingInvoices,
  });
  return invoiceAnswer(delivery.amount, { id: invoiceId, ...dates, distribution, ocr });
}

async function creditInvoice(desk: Desk, order: BookOrder, details: InvoiceDetails): Promise<Outcome> {
  const invoice = invoiceToCredit(desk, order, details.invoiceIdToCredit);
  if ('code' in invoice) return invoice;
  if (stateOf(order) === 'denied') return rejection(20001);
  const fault = detailsFault(desk, order, details);
  if (fault !== null) return fault;
  const rows = (details.rows ?? []).map(kept);
  const amount = rowsAmount(rows.map(pricedAgain));
  if (amount <= 0n) return rejection(20006);
  if (invoice.credited + amount > invoice.amount) return rejection(24502);
  const invoiceId = desk.book.takeInvoiceId();
  const dates = { invoiceDate: localDay(new Date()), dueDate: localDay(new Date()) };
  await desk.book.record({
    event: 'credited',
    ...written({ order, rows, amount }),
    ...dates,
    matched: [],
    invoiceId,
    creditedInvoiceId: invoice.id,
  });
  const ocr = withCheckDigit(invoiceId);
  return invoiceAnswer(amount, { id: invoiceId, ...dates, distribution: details.distribution, ocr });
}

function invoiceToCredit(desk: Desk, order: BookOrder, id: string | null): BookInvoice | Rejection {
  if (id === null) return rejection(50011);
  const invoice = order.invoices.find((one) => one.id === id);
  if (invoice !== undefined && !invoice.isCredit) return invoice.isApproved ? invoice : rejection(24503);
  const isOfAnother = desk.book.all().some(({ invoices }) => invoices.some((one) => one.id === id && !one.isCredit));
  return rejection(isOfAnother ? 24501 : 24500);
}

/** The whole order, whatever rows come along. */
async function deliverPlan(desk: Desk, order: BookOrder): Promise<Outcome> {
  const fault = stateFault(order);
  if (fault !== null) return fault;
  const contractNumber = desk.book.takeInvoiceId();
  const delivery = { order, rows: order.rows, amount: order.amount };
  await recordContract(desk, delivery, contractNumber);
  return contractAnswer(delivery, [['PaymentPlanResultDetails', [['ContractNumber', contractNumber]]]]);
}

async function deliverCredit(desk: Desk, order: BookOrder, sent: readonly SentRow[] | null): Promise<Outcome> {
  if (sent === null || sent.length === 0) return rejection(20021);
  const fault = stateFault(order) ?? rowsFault(sent, order.rows);
  if (fault !== null) return fault;
  const delivery = deliveryOf(order, sent);
  const tooMuch = sumFault(delivery, 70006);
  if (tooMuch !== null) return tooMuch;
  const contractNumber = desk.book.takeInvoiceId();
  await recordContract(desk, delivery, contractNumber);
  return contractAnswer(delivery, [
    [
      'AccountCreditResultDetails',
      [
        ['ContractNumber', contractNumber],
        // Unique to the client, not in the service: a number of its own.
        ['AccountCreditId', `${contractNumber}1`],
      ],
    ],
  ]);
}

async function recordContract(desk: Desk, delivery: Delivery, contractNumber: string): Promise<void> {
  await desk.book.record({
    event: 'delivered',
    ...written(delivery),
    invoiceId: null,
    invoiceDate: localDay(new Date()),
    dueDate: localDay(new Date(), agreedCreditDays),
    contractNumber,
    distributionType: null,
    ocr: null,
    isApproved: true,
  });
}

function deliveryOf(order: BookOrder, sent: readonly SentRow[]): Delivery {
  return { order, rows: sent.map(kept), amount: rowsAmount(sent.map(priced)) };
}

/** Nothing to deliver, or more than the order has left. */
function sumFault({ order, amount }: Delivery, code: SveaCode): Rejection | null {
  if (amount <= 0n) return rejection(20006);
  return order.delivered + amount > order.amount ? rejection(code) : null;
}

/** Rows that are the order's and not delivered yet; any other calls off what is left of the order. */
function written({ order, rows, amount }: Delivery): {
  readonly sveaOrderId: string;
  readonly clientOrderNumber: string | null;
  readonly matched: number[];
  readonly isRestCancelled: boolean;
  readonly amount: string;
  readonly net: string;
} {
  const matched: number[] = [];
  for (const row of rows) {
    const position = order.rows.findIndex(
      (known, index) => !matched.includes(index) && !order.deliveredRows.has(index) && isSameRow(known, row),
    );
    if (position !== -1) matched.push(position);
  }
  return {
    sveaOrderId: order.id,
    clientOrderNumber: order.clientOrderNumber,
    matched,
    isRestCancelled: matched.length < rows.length,
    amount: decimalText(amount, 2),
    net: decimalText(
      rows.reduce((sum, row) => sum + netAmount(pricedAgain(row)), 0n),
      2,
    ),
  };
}

function invoiceAnswer(
  amount: bigint,
  invoice: {
    readonly id: string;
    readonly dueDate: string;
    readonly invoiceDate: string;
    readonly distribution: string | null;
    readonly ocr: string;
  },
): Outcome {
  return [
    [
      'DeliverOrderResult',
      [
        ['Amount', amountText(amount)],
        ['OrderType', 'Invoice'],
        [
          'InvoiceResultDetails',
          [
            ['InvoiceId', invoice.id],
            ['DueDate', invoice.dueDate],
            ['InvoiceDate', invoice.invoiceDate],
            ['InvoiceDistributionType', invoice.distribution],
            ['Ocr', invoice.ocr],
            ['LowestAmountToPay', 0],
          ],
        ],
      ],
    ],
  ];
}

function contractAnswer({ order, amount }: Delivery, details: Outcome): Outcome {
  if ('code' in details) return details;
  const type: OrderType = order.orderType;
  return [['DeliverOrderResult', [['Amount', amountText(amount)], ['OrderType', type], ...details]]];
}

/** A payment reference: the number with its check digit by the Luhn rule. */
function withCheckDigit(number: string): string {
  let sum = 0;
  for (let index = 0; index < number.length; index += 1) {
    const twice = Number(number[number.length - 1 - index]) * (index % 2 === 0 ? 2 : 1);
    sum += twice > 9 ? twice - 9 : twice;
  }
  return `${number}${String((10 - (sum % 10)) % 10)}`;
}

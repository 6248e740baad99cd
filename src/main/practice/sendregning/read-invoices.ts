// `send invoice`: the request's document held against the guide's tables, every line counted. All of it is right, or nothing is taken.

import { roundTo } from '../decimal.ts';
import type { XmlElement } from '../xml-tree.ts';
import { constants, countryOf } from './constants.ts';
import { incorrect } from './fault.ts';
import type { SwsInvoice, SwsLine } from './ledger-entries.ts';
import { boolean, child, children, day, decimal, email, integer, needed, point, text, today } from './values.ts';

const mostLines = 18;
const daysToPay = 14;
const textSizes = { address1: 42, address2: 42, ourRef: 30, yourRef: 30, comment: 254, invoiceText: 105 } as const;
const shipments = ['PAPER', 'EMAIL', 'PAPER_AND_EMAIL'] as const;

/** An invoice that was read; numbers are given when it is taken. */
export type ReadInvoice = Omit<SwsInvoice, 'invoiceNo' | 'kid' | 'recipientNo' | 'batchId' | 'sentAs'> & {
  /** Null: a new recipient comes about. */
  readonly recipientNo: string | null;
};

/** A whole batch. */
export interface ReadBatch {
  readonly batchId: string | null;
  readonly invoices: readonly ReadInvoice[];
}

/** Reads the document's root. Faults with 400. */
export function readInvoices(root: XmlElement): ReadBatch {
  if (root.name !== 'invoices') throw incorrect('The root element must be invoices');
  const batchId = attribute(root, 'batchId');
  if (batchId !== null && (batchId === '' || batchId.length > 256))
    throw incorrect('batchId must have 1 to 256 characters');
  const invoices = children(root, 'invoice').map(readInvoice);
  if (invoices.length === 0) throw incorrect('There must be at least one invoice');
  return { batchId, invoices };
}

function attribute(element: XmlElement, name: string): string | null {
  return element.attributes.find((one) => one.name === name)?.value ?? null;
}

function readInvoice(invoice: XmlElement): ReadInvoice {
  const optional = child(invoice, 'optional');
  const itemTaxInclude = boolean(optional, 'itemTaxInclude') ?? true;
  const lines = readLines(child(invoice, 'lines'), itemTaxInclude);
  const type = text(optional, 'invoiceType', 20) ?? 'ordinary';
  if (type !== 'ordinary' && type !== 'credit') throw incorrect('invoiceType must be ordinary or credit');
  const creditedId = integer(optional, 'creditedId', 15);
  if (type === 'credit' && creditedId === null) throw incorrect("creditedId can't be omitted");
  if (type === 'ordinary' && creditedId !== null) throw incorrect('creditedId is for credit invoices only');
  return {
    clientId: attribute(invoice, 'clientId'),
    name: needed(invoice, 'name', 42),
    zip: needed(invoice, 'zip', 8),
    city: needed(invoice, 'city', 36),
    lines: lines.map(({ line }) => line),
    invoiceType: type,
    creditedId,
    ...readDays(optional),
    ...readRecipient(optional),
    orderNo: text(optional, 'orderNo', 30),
    ourRef: text(optional, 'ourRef', textSizes.ourRef),
    yourRef: text(optional, 'yourRef', textSizes.yourRef),
    comment: text(optional, 'comment', textSizes.comment),
    invoiceText: text(optional, 'invoiceText', textSizes.invoiceText),
    printDunningInfo: boolean(optional, 'printDunningInfo') ?? true,
    itemTaxInclude,
    ...readShipment(child(invoice, 'shipment')),
    tax: point(lines.reduce((sum, { tax }) => sum + tax, 0n)),
    total: point(lines.reduce((sum, { tax, net }) => sum + tax + net, 0n)),
  };
}

function readDays(optional: XmlElement | null): Pick<SwsInvoice, 'invoiceDate' | 'dueDate' | 'orderDate'> {
  const invoiceDate = day(optional, 'invoiceDate') ?? today();
  return {
    invoiceDate,
    dueDate: day(optional, 'dueDate') ?? today(daysToPay),
    orderDate: day(optional, 'orderDate'),
  };
}

function readRecipient(
  optional: XmlElement | null,
): Pick<
  ReadInvoice,
  'recipientNo' | 'recipientOrgNo' | 'address1' | 'address2' | 'country' | 'email' | 'mobile' | 'phone' | 'fax'
> {
  const recipientOrgNo = integer(optional, 'recipientOrgNo', 9);
  if (recipientOrgNo !== null && recipientOrgNo.length !== 9) throw incorrect('recipientOrgNo must have 9 digits');
  const country = countryOf(text(optional, 'country', 42));
  if (country === null) throw incorrect('Invalid country');
  const address = text(optional, 'email', 64);
  return {
    recipientNo: text(optional, 'recipientNo', 32),
    recipientOrgNo,
    address1: text(optional, 'address1', textSizes.address1),
    address2: text(optional, 'address2', textSizes.address2),
    country,
    email: address === null ? null : email(address, 'email'),
    mobile: text(optional, 'mobile', 32),
    phone: text(optional, 'phone', 32),
    fax: text(optional, 'fax', 32),
  };
}

/** Mixed content: the word beside the addresses. Without one it is printed. */
function readShipment(shipment: XmlElement | null): Pick<SwsInvoice, 'shipment' | 'emails' | 'copies'> {
  const word = shipment?.text.trim() ?? '';
  const kind = word === '' ? 'PAPER' : shipments.find((known) => known === word);
  if (kind === undefined) throw incorrect('shipment must be PAPER, EMAIL or PAPER_AND_EMAIL');
  const addresses = (list: string): string[] =>
    children(child(shipment, list), 'email').map((one) => email(one.text.trim(), list));
  const emails = addresses('emailaddresses');
  if (kind !== 'PAPER' && emails.length === 0) throw incorrect("emailaddresses can't be omitted");
  return { shipment: kind, emails, copies: addresses('copyaddresses') };
}

interface CountedLine {
  readonly line: SwsLine;
  readonly net: bigint;
  readonly tax: bigint;
}

function readLines(lines: XmlElement | null, itemTaxInclude: boolean): readonly CountedLine[] {
  const found = children(lines, 'line');
  if (found.length === 0) throw incorrect("lines can't be omitted");
  if (found.length > mostLines) throw incorrect(`There can be at most ${mostLines} lines`);
  const numbers = found.map((line) => integer(line, 'itemNo', 2)).filter((number) => number !== null);
  if (numbers.length > 0 && numbers.length < found.length) throw incorrect('itemNo must be on all lines or on none');
  if (new Set(numbers.map(Number)).size < numbers.length) throw incorrect('itemNo must be unique');
  if (numbers.some((number) => Number(number) < 1 || Number(number) > mostLines))
    throw incorrect(`itemNo must be 1 to ${mostLines}`);
  return found.map((line, index) => countLine(line, { itemNo: Number(numbers[index] ?? index + 1), itemTaxInclude }));
}

/** Quantity times price, less the discount, half up; VAT of that, half up. The real order of roundings is not public. */
function countLine(
  line: XmlElement,
  { itemNo, itemTaxInclude }: { itemNo: number; itemTaxInclude: boolean },
): CountedLine {
  const qty = decimal(line, 'qty', 6);
  const unitPrice = decimal(line, 'unitPrice', 9);
  const discount = decimal(line, 'discount', 5);
  if (discount !== null && (discount < 0n || discount > 10_000n)) throw incorrect('discount must be 0 to 100');
  const rate = integer(line, 'tax', 2);
  if (rate !== null && !constants.taxRates.some((known) => Number(known) === Number(rate)))
    throw incorrect(`tax must be one of ${constants.taxRates.join(', ')}`);
  const product = (qty ?? 0n) * (unitPrice ?? 0n) * (10_000n - (discount ?? 0n));
  const net = roundTo({ digits: product, scale: 8 }, 2, 'halfUp');
  const percent = BigInt(rate ?? constants.defaultTaxRate);
  const tax = roundTo({ digits: net * percent, scale: 4 }, 2, 'halfUp');
  const isText = qty === null && unitPrice === null;
  return {
    net,
    tax,
    line: {
      itemNo,
      qty: qty === null ? null : point(qty),
      prodCode: text(line, 'prodCode', 9),
      desc: text(line, 'desc', 75),
      unitPrice: unitPrice === null ? null : point(unitPrice),
      discount: discount === null ? null : point(discount),
      tax: isText ? null : percent.toString(),
      lineTaxAmount: point(tax),
      lineTotal: point(itemTaxInclude ? net + tax : net),
    },
  };
}

// `select invoice` and `select invoice-status`: which invoices are meant, and in which form they are to come.

import type { XmlElement } from '../xml-tree.ts';
import { incorrect } from './fault.ts';
import type { BookInvoice, InvoiceBook } from './invoice-book.ts';
import { child, children, text } from './values.ts';

const formats = ['XML', 'PDF', 'JPG'] as const;
/** A form of the reply. */
export type InvoiceFormat = (typeof formats)[number];

/** What was asked for. */
export interface Selection {
  readonly invoices: readonly BookInvoice[];
  readonly format: InvoiceFormat;
}

/** Reads the document and finds the invoices. Faults with 400. */
export function selectInvoices(book: InvoiceBook, root: XmlElement, rootName: 'select' | 'select-status'): Selection {
  if (root.name !== rootName) throw incorrect(`The root element must be ${rootName}`);
  const word = root.text.trim().replace(/\s+/gu, ' ');
  const list = child(root, 'invoiceNumbers');
  const numbers = children(list, 'invoiceNumber').map((one) => one.text.trim());
  if (word === '' && numbers.length === 0) throw incorrect('ALL, FIRST, LAST or invoiceNumbers must be given');
  if (word !== '' && list !== null) throw incorrect('invoiceNumbers can not be combined with ALL, FIRST or LAST');
  if (word === '' && child(root, 'where') !== null) throw incorrect('where can not be combined with invoiceNumbers');
  const format = rootName === 'select' ? formatOf(root) : 'XML';
  if (format === 'JPG' && numbers.length !== 1) throw incorrect('JPG is for exactly one invoiceNumber');
  if (child(root, 'dunningType') !== null && numbers.length !== 1)
    throw incorrect('dunningType is for exactly one invoiceNumber');
  const invoices =
    word === ''
      ? [...new Set(numbers)].map((number) => book.invoice(number)).filter((invoice) => invoice !== null)
      : counted(filtered(book.invoices(), child(root, 'where')), word);
  return { invoices, format };
}

function formatOf(root: XmlElement): InvoiceFormat {
  const written = text(root, 'format', 20)?.toUpperCase() ?? 'XML';
  const format = formats.find((known) => known === written);
  if (format === undefined) throw incorrect('format must be XML, PDF or JPG');
  return format;
}

function filtered(invoices: readonly BookInvoice[], where: XmlElement | null): readonly BookInvoice[] {
  const wanted = (list: string, item: string, max: number): ReadonlySet<string> | null => {
    const values = children(child(where, list), item).map((one) => one.text.trim());
    if (values.some((value) => value.length > max)) throw incorrect(`${item} can have at most ${max} characters`);
    return values.length === 0 ? null : new Set(values);
  };
  const recipients = wanted('recipientNumbers', 'recipientNumber', 32);
  const states = wanted('states', 'state', 20);
  return invoices.filter(
    ({ recipientNo, state }) => (recipients?.has(recipientNo) ?? true) && (states?.has(state) ?? true),
  );
}

function counted(invoices: readonly BookInvoice[], word: string): readonly BookInvoice[] {
  const [, end, digits] = /^(ALL|FIRST|LAST)(?: (\d+))?$/u.exec(word) ?? [];
  if (end === undefined || (end === 'ALL' && digits !== undefined))
    throw incorrect('ALL, FIRST n or LAST n must be given');
  if (end === 'ALL') return invoices;
  const count = Number(digits ?? 1);
  if (count === 0) return [];
  return end === 'FIRST' ? invoices.slice(0, count) : invoices.slice(-count);
}

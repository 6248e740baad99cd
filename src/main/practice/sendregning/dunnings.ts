// `send dunning`: the guide's rules of sequence, state and days. What a fee or interest lacks is ignored in silence, as the guide says.

import type { XmlElement } from '../xml-tree.ts';
import { incorrect } from './fault.ts';
import type { BookInvoice, InvoiceBook } from './invoice-book.ts';
import type { SwsEntry } from './ledger-entries.ts';
import { boolean, children, integer, text, today } from './values.ts';

const notice = 'deptCollectionNotice';
const fewestDays = 14;
const mostFees = 2;

/** Reads and takes all dunnings, or none. There is no protection against sending them again but the state. */
export async function takeDunnings(book: InvoiceBook, root: XmlElement): Promise<readonly BookInvoice[]> {
  const entries = readDunnings(book, root);
  await book.record(...entries);
  return entries.map(({ invoiceNo }) => book.invoice(invoiceNo)).filter((invoice) => invoice !== null);
}

/** What would be taken. Faults with 400. */
export function readDunnings(book: InvoiceBook, root: XmlElement): Extract<SwsEntry, { event: 'dunned' }>[] {
  if (root.name !== 'dunnings') throw incorrect('The root element must be dunnings');
  const dunnings = children(root, 'dunning');
  if (dunnings.length === 0) throw incorrect('There must be at least one dunning');
  const entries = dunnings.map((dunning) => readDunning(book, dunning));
  if (new Set(entries.map(({ invoiceNo }) => invoiceNo)).size < entries.length)
    throw incorrect('invoiceNo must be unique');
  return entries;
}

function readDunning(book: InvoiceBook, dunning: XmlElement): Extract<SwsEntry, { event: 'dunned' }> {
  const invoiceNo = integer(dunning, 'invoiceNo', 15);
  const invoice = book.invoice(invoiceNo ?? '');
  if (invoice === null) throw incorrect('invoiceNo does not exist');
  if (invoice.state !== 'dueDecide') throw incorrect('The invoice must be in the state dueDecide');
  const days = Number(integer(dunning, 'dunningDays', 4) ?? fewestDays);
  if (days < fewestDays) throw incorrect(`dunningDays must be at least ${fewestDays}`);
  const maySurcharge = invoice.printDunningInfo && daysPast(invoice.dueDate) >= fewestDays;
  const fees = invoice.dunnings.filter(({ hasFee }) => hasFee).length;
  return {
    event: 'dunned',
    invoiceNo: invoice.invoiceNo,
    orderNo: invoice.orderNo,
    dunningType: nextType(invoice, text(dunning, 'dunningType', 20)),
    dunningText: text(dunning, 'dunningText', 105),
    dunningDays: days,
    hasFee: (boolean(dunning, 'dunningFee') ?? false) && maySurcharge && fees < mostFees,
    hasInterest: (boolean(dunning, 'interest') ?? false) && maySurcharge,
  };
}

/** Days since an ISO day. */
function daysPast(day: string): number {
  return Math.floor((Date.parse(today()) - Date.parse(day)) / 86_400_000);
}

/** First, second, notice unless another was asked for; a notice any time, nothing after it. */
function nextType(invoice: BookInvoice, asked: string | null): string {
  const sent = invoice.dunnings.map(({ dunningType }) => dunningType);
  if (sent.includes(notice)) throw incorrect('Nothing can be sent after a deptCollectionNotice');
  if (asked === notice) return notice;
  const next = `${String(sent.length + 1)}Dunning`;
  if (asked === null) return sent.length < 2 ? next : notice;
  if (!/^[1-9]Dunning$/u.test(asked))
    throw incorrect('dunningType must be 1Dunning to 9Dunning or deptCollectionNotice');
  if (asked !== next) throw incorrect('The sequence of dunnings must be kept');
  return next;
}

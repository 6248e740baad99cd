// What is told of the account: constants, countries, recipients and their categories, sales ledger and balance.

import { constants, countries } from './constants.ts';
import { hundredths } from './invoice-book.ts';
import type { BookInvoice, BookRecipient, InvoiceBook } from './invoice-book.ts';
import { leaf } from './reply-writer.ts';
import type { SwsNode } from './reply-writer.ts';
import { comma, writtenDay } from './values.ts';

const categories = { person: 'Privat', company: 'Bedrift' } as const;

/** `<constants>`. */
export function constantsNode(): SwsNode {
  const { from, to } = constants;
  return {
    name: 'constants',
    children: [
      ...leaf('dunningFee', constants.dunningFee),
      ...leaf('interestRate', constants.interestRate),
      ...leaf('firstInvoiceNo', String(constants.firstInvoiceNo)),
      {
        name: 'taxRates',
        children: [
          ...constants.taxRates.map((text) => ({
            name: 'taxRate',
            attributes: { fromDate: from, toDate: to },
            text,
          })),
          ...leaf('defaultTaxRate', constants.defaultTaxRate),
        ],
      },
    ],
  };
}

/** `<countries>`; the order of this one is its own. */
export function countriesNode(): SwsNode {
  return { name: 'countries', children: countries().map((text) => ({ name: 'country', text })) };
}

/** What recipients are asked for. */
export interface RecipientQuestion {
  readonly recipientNo: string | null;
  readonly query: string | null;
  readonly category: string | null;
}

/** `<recipients>`; null: nobody. */
export function recipientsNode(book: InvoiceBook, asked: RecipientQuestion): SwsNode | null {
  const found = book
    .recipients()
    .filter(({ recipientNo }) => asked.recipientNo === null || recipientNo === asked.recipientNo)
    .filter(({ newest }) => asked.query === null || newest.name.toLowerCase().includes(asked.query.toLowerCase()))
    .filter((recipient) => asked.category === null || categoryOf(recipient) === asked.category);
  return found.length === 0 ? null : { name: 'recipients', children: found.map(recipientNode) };
}

function categoryOf({ newest }: BookRecipient): string {
  return newest.recipientOrgNo === null ? categories.person : categories.company;
}

function recipientNode(recipient: BookRecipient, index: number): SwsNode {
  const { newest } = recipient;
  const category = categoryOf(recipient);
  return {
    name: 'recipient',
    children: [
      ...leaf('name', newest.name),
      ...leaf('zip', newest.zip),
      ...leaf('city', newest.city),
      {
        name: 'optional',
        children: [
          ...leaf('recipientNo', recipient.recipientNo),
          ...leaf('address1', newest.address1),
          ...leaf('address2', newest.address2),
          ...leaf('country', newest.country),
          ...leaf('email', newest.email),
          ...leaf('phone', newest.phone),
          ...leaf('mobile', newest.mobile),
          ...leaf('fax', newest.fax),
          ...leaf('creditDays', '14'),
          // Documents say orgNo, the vendor's client reads recipientOrgNo: each of them in turn.
          ...leaf(index % 2 === 0 ? 'orgNo' : 'recipientOrgNo', newest.recipientOrgNo),
          ...leaf('preferredShipment', newest.shipment === 'PAPER' ? 'snail' : 'email_html'),
          ...leaf('attachPdf', 'true'),
          ...leaf('category', category),
          { name: 'categories', children: leaf('category', category) },
        ],
      },
    ],
  };
}

/** `<categories>`; null: there are no recipients. */
export function categoriesNode(book: InvoiceBook): SwsNode | null {
  const found = [...Map.groupBy(book.recipients(), categoryOf)];
  if (found.length === 0) return null;
  return {
    name: 'categories',
    children: found.map(([name, recipients]) => ({
      name: 'category',
      children: [...leaf('name', name), ...leaf('recipientCount', String(recipients.length))],
    })),
  };
}

interface LedgerLine {
  readonly type: string;
  readonly amount: bigint;
  readonly date: string;
  readonly invoiceNo: string | null;
  readonly creditedInvoiceNo: string | null;
}

/** `<salesledger>` of one recipient, amounts with a comma; null: nobody. */
export function salesLedgerNode(book: InvoiceBook, recipientNo: string): SwsNode | null {
  const lines = linesOf(book, recipientNo);
  if (lines.length === 0) return null;
  const entries = lines.map((line, index) => ({
    name: 'entry',
    attributes: { id: String(index + 1) },
    children: [
      ...leaf('type', line.type),
      ...leaf('amount', comma(line.amount)),
      ...leaf('date', writtenDay(line.date)),
      ...leaf('invoiceNo', line.invoiceNo),
      ...(line.invoiceNo === null ? [] : [invoiceUrl(line.invoiceNo)]),
      ...leaf('creditedInvoiceNo', line.creditedInvoiceNo),
    ],
  }));
  return inRecipients('salesledger', [
    { name: 'recipient', attributes: { no: recipientNo }, children: [{ name: 'entries', children: entries }] },
  ]);
}

/** Opens without login at the real service. */
function invoiceUrl(invoiceNo: string): SwsNode {
  return { name: 'invoiceUrl', text: `http://practice.invalid/invoice?no=${invoiceNo}&key=practice`, isCdata: true };
}

/** `<balance>` of one recipient or all; positive: they owe. Null: nobody. */
export function balanceNode(book: InvoiceBook, recipientNo: string | null): SwsNode | null {
  const asked = book.recipients().filter((one) => recipientNo === null || one.recipientNo === recipientNo);
  if (asked.length === 0) return null;
  return inRecipients(
    'balance',
    asked.map(({ recipientNo: no }) => ({
      name: 'recipient',
      attributes: { no },
      children: leaf('balance', comma(linesOf(book, no).reduce((sum, { amount }) => sum + amount, 0n))),
    })),
  );
}

function inRecipients(name: string, children: readonly SwsNode[]): SwsNode {
  return { name, children: [{ name: 'recipients', children }] };
}

/** Debits are positive, credits negative. What a credit note pays is the credit note itself. */
function linesOf(book: InvoiceBook, recipientNo: string): readonly LedgerLine[] {
  const own = book.invoices().filter((invoice) => invoice.recipientNo === recipientNo);
  return own.flatMap((invoice) => [invoiceLine(invoice), ...paymentLines(invoice), ...feeLines(invoice)]);
}

function invoiceLine(invoice: BookInvoice): LedgerLine {
  const isCredit = invoice.invoiceType === 'credit';
  const amount = hundredths(invoice.total);
  return {
    type: isCredit ? 'credit' : 'invoice',
    amount: isCredit ? -amount : amount,
    date: invoice.invoiceDate,
    invoiceNo: invoice.invoiceNo,
    creditedInvoiceNo: invoice.creditedId,
  };
}

function paymentLines(invoice: BookInvoice): readonly LedgerLine[] {
  return invoice.payments
    .filter(({ paymentType }) => paymentType !== 'CRED')
    .map(({ paymentType, amount, paymentDate }) => ({
      type: paymentType === 'PMTM' ? 'manualPayment' : 'automaticPayment',
      amount: -hundredths(amount),
      date: paymentDate,
      // A payment need not say which invoice it is for.
      invoiceNo: paymentType === 'PMTM' ? invoice.invoiceNo : null,
      creditedInvoiceNo: null,
    }));
}

function feeLines(invoice: BookInvoice): readonly LedgerLine[] {
  return invoice.dunnings
    .filter(({ hasFee }) => hasFee)
    .map(({ date }) => ({
      type: 'dunningFee',
      amount: hundredths(constants.dunningFee),
      date,
      invoiceNo: invoice.invoiceNo,
      creditedInvoiceNo: null,
    }));
}

// Replies about the account: constants, countries, recipients, categories, sales ledger, balances. Read by path, like the invoices.

import { readDate } from './dates.ts';
import type { ReplyDate } from './dates.ts';
import { readDecimal } from './decimals.ts';
import { amountAt, dateAt, decimalAt, isRoot } from './read-invoices.ts';
import { attributeOf, nodesAt, textAt } from './reply-tree.ts';
import type { ReplyNode } from './reply-tree.ts';

/** A VAT rate and when it holds; open ends are null. */
export interface TaxRate {
  readonly percent: string;
  readonly from: ReplyDate | null;
  readonly to: ReplyDate | null;
}

/** The account's constants. */
export interface Constants {
  readonly dunningFeeMinor: number | null;
  readonly interestRate: string | null;
  readonly firstInvoiceNo: string | null;
  readonly defaultTaxRate: string | null;
  readonly taxRates: readonly TaxRate[];
}

/** Reads `<constants>`; null when the root is another. */
export function readConstants(root: ReplyNode): Constants | null {
  if (!isRoot(root, 'constants')) return null;
  return {
    dunningFeeMinor: amountAt(root, 'dunningFee'),
    interestRate: decimalAt(root, 'interestRate'),
    firstInvoiceNo: textAt(root, 'firstInvoiceNo'),
    defaultTaxRate: decimalAt(root, 'taxRates/defaultTaxRate'),
    taxRates: nodesAt(root, 'taxRates/taxRate').flatMap((node) => {
      const percent = readDecimal(node.text);
      return percent === null
        ? []
        : [{ percent, from: attributeDate(node, 'fromDate'), to: attributeDate(node, 'toDate') }];
    }),
  };
}

/** Reads `<countries>` in the service's own order; null when the root is another. */
export function readCountries(root: ReplyNode): readonly string[] | null {
  if (!isRoot(root, 'countries')) return null;
  return nodesAt(root, 'country').flatMap(({ text }) => (text.trim() === '' ? [] : [text.trim()]));
}

/** A recipient as registered. Numbers stay text. */
export interface Recipient {
  readonly recipientNo: string | null;
  readonly name: string | null;
  readonly address1: string | null;
  readonly address2: string | null;
  readonly zip: string | null;
  readonly city: string | null;
  readonly country: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly mobile: string | null;
  readonly orgNo: string | null;
  readonly creditDays: string | null;
  readonly preferredShipment: string | null;
  readonly comment: string | null;
  readonly categories: readonly string[];
}

/** Reads `<recipients>`; null when the root is another. */
export function readRecipients(root: ReplyNode): readonly Recipient[] | null {
  if (!isRoot(root, 'recipients')) return null;
  return nodesAt(root, 'recipient').map((node) => {
    const optional = (name: string): string | null => textAt(node, `optional/${name}`);
    const categories = nodesAt(node, 'optional/categories/category').map(({ text }) => text.trim());
    const oldCategory = optional('category');
    return {
      recipientNo: optional('recipientNo'),
      name: textAt(node, 'name'),
      address1: optional('address1'),
      address2: optional('address2'),
      zip: textAt(node, 'zip'),
      city: textAt(node, 'city'),
      country: optional('country'),
      email: optional('email'),
      phone: optional('phone'),
      mobile: optional('mobile'),
      // The guide says orgNo; the vendor's client reads the other since 2012.
      orgNo: optional('recipientOrgNo') ?? optional('orgNo'),
      creditDays: optional('creditDays'),
      preferredShipment: optional('preferredShipment'),
      comment: optional('comment'),
      categories:
        categories.length > 0 || oldCategory === null ? categories.filter((name) => name !== '') : [oldCategory],
    };
  });
}

/** A category of recipients. */
export interface RecipientCategory {
  readonly name: string;
  readonly recipientCount: string | null;
}

/** Reads `<categories>`; null when the root is another. */
export function readCategories(root: ReplyNode): readonly RecipientCategory[] | null {
  if (!isRoot(root, 'categories')) return null;
  return nodesAt(root, 'category').flatMap((node) => {
    const name = textAt(node, 'name');
    return name === null ? [] : [{ name, recipientCount: textAt(node, 'recipientCount') }];
  });
}

/** One posting of the sales ledger. */
export interface LedgerEntry {
  readonly id: string | null;
  /** `invoice`, `manualPayment` …; an open list. */
  readonly type: string | null;
  readonly amountMinor: number | null;
  readonly date: ReplyDate | null;
  readonly invoiceNo: string | null;
  readonly creditedInvoiceNo: string | null;
  /** Opens without a login: to be shown to no one else. */
  readonly invoiceUrl: string | null;
}

/** A recipient's postings, in the order they came. */
export interface LedgerAccount {
  readonly recipientNo: string | null;
  readonly entries: readonly LedgerEntry[];
}

/** Reads `<salesledger>`; null when the root is another. */
export function readLedger(root: ReplyNode): readonly LedgerAccount[] | null {
  if (!isRoot(root, 'salesledger')) return null;
  return nodesAt(root, 'recipients/recipient').map((recipient) => ({
    recipientNo: attributeOf(recipient, 'no'),
    entries: nodesAt(recipient, 'entries/entry').map((entry) => ({
      id: attributeOf(entry, 'id'),
      type: textAt(entry, 'type'),
      amountMinor: amountAt(entry, 'amount'),
      date: dateAt(entry, 'date'),
      invoiceNo: textAt(entry, 'invoiceNo'),
      creditedInvoiceNo: textAt(entry, 'creditedInvoiceNo'),
      invoiceUrl: textAt(entry, 'invoiceUrl'),
    })),
  }));
}

/** What a recipient owes (above zero) or has too much paid (below). */
export interface RecipientBalance {
  readonly recipientNo: string | null;
  readonly balanceMinor: number | null;
}

/** Reads `<balance>`; null when the root is another. */
export function readBalances(root: ReplyNode): readonly RecipientBalance[] | null {
  if (!isRoot(root, 'balance')) return null;
  return nodesAt(root, 'recipients/recipient').map((recipient) => ({
    recipientNo: attributeOf(recipient, 'no'),
    balanceMinor: amountAt(recipient, 'balance'),
  }));
}

function attributeDate(node: ReplyNode, name: string): ReplyDate | null {
  const text = attributeOf(node, name);
  return text === null ? null : readDate(text);
}

// What of an invoice is compared with the customer's earlier ones: who the customer is, the main VAT rate, the accounts. No judgement here.

import type { Invoice } from '../../../../shared/schema/invoice.ts';

/** The compared parts of one invoice, small enough for a row of its own. */
export interface InvoiceTerms {
  /** Tells a seller's customers apart; empty when the source names none. Not for showing: it may be a personal number. */
  readonly customerRef: string;
  /** The VAT rate on most of the amount, without needless zeros (`25`); null when there is none. */
  readonly vatRate: string | null;
  /** Accounts to pay to as `kind:number` parted by spaces, numbers bare and in one order; empty when there are none. */
  readonly payeeAccounts: string;
}

/** Kinds of payee accounts, by the names they have in {@link InvoiceTerms.payeeAccounts}. */
export const accountKinds = ['bankgiro', 'plusgiro', 'iban', 'account'] as const;
/** One of {@link accountKinds}. */
export type AccountKind = (typeof accountKinds)[number];

/** An account to pay to. */
export interface PayeeAccount {
  readonly kind: AccountKind;
  /** Letters and digits only. */
  readonly number: string;
}

/** The compared parts. */
export function invoiceTerms(invoice: Invoice): InvoiceTerms {
  return {
    customerRef: customerRef(invoice),
    vatRate: mainVatRate(invoice)?.rate ?? null,
    payeeAccounts: accountsText(invoice),
  };
}

/** The VAT rate on most of the amount, and the canonical field it stands in; null when no rate is stated. */
export function mainVatRate({ vat, lines }: Invoice): { readonly rate: string; readonly field: string } | null {
  let main: { rate: string; field: string } | null = null;
  let largest = -1;
  for (let index = 0; index < vat.length; index++) {
    const subtotal = vat[index];
    if (subtotal === undefined || subtotal.rate === null || Math.abs(subtotal.taxableMinor) <= largest) continue;
    largest = Math.abs(subtotal.taxableMinor);
    main = { rate: plainRate(subtotal.rate), field: `vat[${index}].rate` };
  }
  if (main !== null) return main;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (line === undefined || line.vatRate === null || Math.abs(line.netMinor) <= largest) continue;
    largest = Math.abs(line.netMinor);
    main = { rate: plainRate(line.vatRate), field: `lines[${index}].vatRate` };
  }
  return main;
}

/** The accounts in {@link InvoiceTerms.payeeAccounts}. */
export function readAccounts(text: string): PayeeAccount[] {
  return text === ''
    ? []
    : text.split(' ').flatMap((each) => {
        const [name, number = ''] = each.split(':');
        const kind = accountKinds.find((known) => known === name);
        return kind === undefined ? [] : [{ kind, number }];
      });
}

/** As people write it: `5402-9681`, `12345-6`; others bare. */
export function shownAccount({ kind, number }: PayeeAccount): string {
  if (kind === 'bankgiro' && number.length > 4) return `${number.slice(0, -4)}-${number.slice(-4)}`;
  return kind === 'plusgiro' && number.length > 1 ? `${number.slice(0, -1)}-${number.slice(-1)}` : number;
}

function customerRef({ customerId, buyer }: Invoice): string {
  const id = (customerId ?? '').trim();
  if (id !== '') return id;
  const number = bare(buyer.registrationNumber);
  if (number !== '') return number;
  const name = (buyer.name ?? '').trim();
  // A name alone is shared by too many people.
  return name === '' || buyer.address.postalCode === null
    ? ''
    : [name, buyer.address.postalCode, buyer.address.street ?? ''].join('|').toLowerCase();
}

function accountsText({ payment }: Invoice): string {
  let text = '';
  for (const kind of accountKinds) {
    const number = bare(payment[kind]);
    if (number !== '') text += `${text === '' ? '' : ' '}${kind}:${number}`;
  }
  return text;
}

/** Letters and digits alone, in capitals. */
function bare(text: string | null): string {
  if (text === null) return '';
  let kept = '';
  let from = 0;
  let hasSmall = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const isSmall = code >= 97 && code <= 122;
    if (isSmall) hasSmall = true;
    if (isSmall || (code >= 48 && code <= 57) || (code >= 65 && code <= 90)) continue;
    kept += text.slice(from, index);
    from = index + 1;
  }
  kept += text.slice(from);
  return hasSmall ? kept.toUpperCase() : kept;
}

/** `25`: two digits without a needless zero, as nearly every rate is written. */
function isPlainWhole(rate: string): boolean {
  const first = rate.charCodeAt(0);
  const second = rate.charCodeAt(1);
  return rate.length === 2 && first >= 49 && first <= 57 && second >= 48 && second <= 57;
}

/** `25.00` and `025` are 25; what is no plain number stays as it is. */
function plainRate(rate: string): string {
  if (isPlainWhole(rate) || !/^\d+(?:\.\d+)?$/.test(rate)) return rate;
  return (rate.includes('.') ? rate.replace(/\.?0+$/, '') : rate).replace(/^0+(?=\d)/, '');
}

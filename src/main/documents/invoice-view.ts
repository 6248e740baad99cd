// An invoice as it is to be read: every value already text in the document's language, cleaned, masked and in order. No places, no drawing.

import type { Invoice } from '../../shared/schema/invoice.ts';
import type { Language } from '../../shared/schema/settings.ts';
import { maskPersonalNumber } from '../domain/masking.ts';
import type { DocumentInput } from '../ports/documents.ts';
import type { CleanText } from './clean-text.ts';
import { energyView } from './energy-view.ts';
import type { EnergyView } from './energy-view.ts';
import { currencyLabel, formatPeriod } from './format-values.ts';
import { addressLines, effectiveSeller, recipientLines } from './party-view.ts';
import type { EffectiveSeller } from './party-view.ts';
import { paymentView } from './payment-view.ts';
import type { PaymentView } from './payment-view.ts';
import { rowSectionsOf, vatRowsOf } from './row-view.ts';
import type { RowSectionView, VatRowView } from './row-view.ts';
import { viewTools } from './view-tools.ts';
import type { LabelledText, ViewTools } from './view-tools.ts';
import type { DocumentWords } from './words.ts';

/** The invoice in words. */
export interface InvoiceView {
  readonly language: Language;
  readonly words: DocumentWords;
  /** `Faktura` or `Kreditfaktura`. */
  readonly title: string;
  readonly number: string;
  readonly isCredit: boolean;
  readonly currency: string;
  readonly seller: SellerView;
  /** On which side of the page the envelope's window is. */
  readonly windowSide: 'left' | 'right';
  readonly recipient: readonly string[];
  readonly recipientName: string;
  readonly facts: readonly LabelledText[];
  readonly amount: LabelledText;
  readonly dueDate: LabelledText | null;
  readonly payment: PaymentView;
  /** True where money is asked for and there is somewhere to pay it. */
  readonly hasSlip: boolean;
  readonly energy: EnergyView | null;
  readonly sections: readonly RowSectionView[];
  readonly vatRows: readonly VatRowView[];
  readonly sums: readonly LabelledText[];
  readonly notes: readonly string[];
}

/** The seller in words. */
export interface SellerView {
  readonly name: string;
  readonly address: readonly string[];
  readonly facts: readonly LabelledText[];
}

/** Long enough for terms and messages, short enough for the page they stand on. */
const noteLimit = 1200;

/** Builds the view. Pure: same input, same view. */
export function invoiceView(input: DocumentInput, clean: CleanText): InvoiceView {
  const { invoice, language } = input;
  const tools = viewTools(invoice.currency ?? '', language, clean);
  const { words } = tools;
  const seller = effectiveSeller(input);
  const isCredit = invoice.kind === 'creditNote';
  const payment = paymentView(invoice.payment, tools);
  const payable = invoice.totals.payableMinor;
  const isOwed = !isCredit && payable !== null && payable > 0;
  return {
    language,
    words,
    title: isCredit ? words.creditNote : words.invoice,
    number: clean(invoice.invoiceNumber ?? '', 60),
    isCredit,
    currency: currencyLabel(clean(invoice.currency ?? '', 3), language),
    seller: sellerView(seller, tools),
    windowSide: (seller.address.country ?? (language === 'nb' ? 'NO' : 'SE')) === 'NO' ? 'left' : 'right',
    recipient: recipientLines(invoice.buyer, seller.address.country, tools),
    recipientName: clean(invoice.buyer.name ?? '', 120),
    facts: factsOf(invoice, tools),
    amount: amountOf(invoice, tools),
    dueDate: isCredit ? null : (tools.fact(words.dueDate, invoice.dueDate && tools.date(invoice.dueDate))[0] ?? null),
    payment,
    hasSlip: isOwed && payment.accounts.length > 0,
    energy: energyView(invoice, tools),
    sections: rowSectionsOf(invoice, tools),
    vatRows: vatRowsOf(invoice, tools),
    sums: sumsOf(invoice, tools),
    notes: invoice.notes.map((note) => clean(note, noteLimit)).filter((note) => note !== ''),
  };
}

function sellerView(seller: EffectiveSeller, tools: ViewTools): SellerView {
  const { words, fact, clean } = tools;
  return {
    name: clean(seller.name, 90),
    address: addressLines(seller.address, null, tools),
    facts: [
      // Not masked: a sole trader's organisation number is a public business identity that the customer needs.
      ...fact(words.organisationNumber, seller.registrationNumber),
      ...fact(words.vatNumber, seller.vatNumber),
      ...fact(words.phone, seller.phone),
      ...fact(words.email, seller.email),
      ...fact(words.website, seller.website),
    ],
  };
}

function factsOf(invoice: Invoice, tools: ViewTools): LabelledText[] {
  const { words, fact, language } = tools;
  const registration = invoice.buyer.registrationNumber;
  const masked = registration === null ? null : maskPersonalNumber(registration);
  const isPerson = masked !== registration;
  return [
    ...fact(invoice.kind === 'creditNote' ? words.creditNoteNumber : words.invoiceNumber, invoice.invoiceNumber),
    ...fact(words.creditedInvoice, cutTo(invoice.creditedInvoiceNumber ?? null, 40, tools)),
    ...fact(words.customerNumber, invoice.customerId),
    ...fact(
      invoice.kind === 'creditNote' ? words.creditNoteDate : words.invoiceDate,
      invoice.invoiceDate && tools.date(invoice.invoiceDate),
    ),
    ...(invoice.kind === 'creditNote' ? [] : fact(words.dueDate, invoice.dueDate && tools.date(invoice.dueDate))),
    ...fact(words.period, formatPeriod(invoice.periodStart, invoice.periodEnd, language)),
    ...fact(isPerson ? words.personalNumber : words.organisationNumber, masked),
    ...fact(words.buyerVatNumber, invoice.buyer.vatNumber),
    ...fact(words.buyerReference, cutTo(invoice.buyerReference ?? invoice.buyer.contactName, 40, tools)),
    ...fact(words.orderReference, cutTo(invoice.orderReference, 40, tools)),
    ...(invoice.kind === 'creditNote' ? [] : fact(words.terms, cutTo(invoice.payment.terms, 60, tools))),
  ];
}

function cutTo(text: string | null, limit: number, tools: ViewTools): string | null {
  return text === null ? null : tools.clean(text, limit);
}

function amountOf(invoice: Invoice, tools: ViewTools): LabelledText {
  const { words, money } = tools;
  const payable = invoice.totals.payableMinor;
  if (payable === null) return { label: words.toPay, text: '–' };
  if (invoice.kind === 'creditNote') return { label: words.creditAmount, text: money(payable) };
  if (payable > 0) return { label: words.toPay, text: money(payable) };
  return { label: payable === 0 ? words.nothingToPay : words.creditBalance, text: money(Math.abs(payable)) };
}

/** The sums as the source states them, in the order an accountant adds them. */
function sumsOf(invoice: Invoice, tools: ViewTools): LabelledText[] {
  const { words, money } = tools;
  const { netMinor, vatMinor, grossMinor, roundingMinor, prepaidMinor, payableMinor } = invoice.totals;
  const row = (label: string, amountMinor: number | null): LabelledText[] =>
    amountMinor === null ? [] : [{ label, text: money(amountMinor) }];
  const isGrossApart = grossMinor !== payableMinor;
  return [
    ...row(words.net, netMinor),
    ...row(words.vatTotal, vatMinor),
    ...(isGrossApart ? row(words.gross, grossMinor) : []),
    ...(roundingMinor === 0 ? [] : row(words.rounding, roundingMinor)),
    ...(prepaidMinor === 0 || prepaidMinor === null ? [] : row(words.prepaid, -prepaidMinor)),
  ];
}

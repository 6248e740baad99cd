// Two invoices field by field: what they have, and where they differ. Values only, no words and no places.

import type { Address, Invoice, InvoiceLine, Party } from '../../shared/schema/invoice.ts';

/** One field's value on both sides. */
export interface ComparedValue {
  /** Canonical name in full, as places know it (`lines[3].netMinor`). */
  readonly path: string;
  /** The same without row number and list name, as field names know it (`netMinor`). */
  readonly field: string;
  /** 1-based; null for a field of the whole invoice. */
  readonly row: number | null;
  readonly kind: 'text' | 'date' | 'decimal' | 'money';
  readonly own: string | number | null;
  readonly other: string | number | null;
  readonly isDifferent: boolean;
}

interface Value {
  readonly kind: ComparedValue['kind'];
  readonly value: string | number | null;
}

/** Every field that at least one side has, in the order of an invoice. Amounts in different currencies differ. */
export function compareInvoices(own: Invoice, other: Invoice): readonly ComparedValue[] {
  const ownFields = fieldsOf(own);
  const otherFields = fieldsOf(other);
  const isSameCurrency = own.currency === other.currency;
  const longer = Math.max(own.lines.length, other.lines.length);
  const heads = compared(ownFields, otherFields, { row: null, prefix: '', isSameCurrency });
  const rows = Array.from({ length: longer }, (_, index) =>
    compared(rowFields(own.lines[index]), rowFields(other.lines[index]), {
      row: index + 1,
      prefix: `lines[${String(index)}].`,
      isSameCurrency,
    }),
  );
  return [...heads, ...rows.flat()];
}

function compared(
  own: Readonly<Record<string, Value>>,
  other: Readonly<Record<string, Value>>,
  place: { readonly row: number | null; readonly prefix: string; readonly isSameCurrency: boolean },
): readonly ComparedValue[] {
  return Object.keys({ ...own, ...other }).flatMap((field): ComparedValue[] => {
    const one = own[field]?.value ?? null;
    const two = other[field]?.value ?? null;
    if (one === null && two === null) return [];
    const kind = own[field]?.kind ?? other[field]?.kind ?? 'text';
    const isDifferent = one !== two || (kind === 'money' && !place.isSameCurrency);
    return [{ path: place.prefix + field, field, row: place.row, kind, own: one, other: two, isDifferent }];
  });
}

const text = (value: string | null): Value => ({ kind: 'text', value });
const date = (value: string | null): Value => ({ kind: 'date', value });
const decimal = (value: string | null): Value => ({ kind: 'decimal', value });
const money = (value: number | null): Value => ({ kind: 'money', value });

function fieldsOf(invoice: Invoice): Readonly<Record<string, Value>> {
  const { totals, payment, metering } = invoice;
  return {
    invoiceNumber: text(invoice.invoiceNumber),
    invoiceDate: date(invoice.invoiceDate),
    dueDate: date(invoice.dueDate),
    periodStart: date(invoice.periodStart),
    periodEnd: date(invoice.periodEnd),
    currency: text(invoice.currency),
    'totals.payableMinor': money(totals.payableMinor),
    'totals.netMinor': money(totals.netMinor),
    'totals.vatMinor': money(totals.vatMinor),
    'totals.grossMinor': money(totals.grossMinor),
    'totals.roundingMinor': money(totals.roundingMinor),
    'totals.prepaidMinor': money(totals.prepaidMinor),
    'payment.reference': text(payment.reference),
    'payment.bankgiro': text(payment.bankgiro),
    'payment.plusgiro': text(payment.plusgiro),
    'payment.iban': text(payment.iban),
    'payment.account': text(payment.account),
    customerId: text(invoice.customerId),
    ...partyFields('buyer', invoice.buyer),
    preferredChannel: text(invoice.preferredChannel),
    orderReference: text(invoice.orderReference),
    buyerReference: text(invoice.buyerReference),
    creditedInvoiceNumber: text(invoice.creditedInvoiceNumber ?? null),
    'metering.meteringPointId': text(metering?.meteringPointId ?? null),
    'metering.meterNumber': text(metering?.meterNumber ?? null),
    'metering.readingStart': decimal(metering?.readingStart ?? null),
    'metering.readingEnd': decimal(metering?.readingEnd ?? null),
    'metering.consumptionKwh': decimal(metering?.consumptionKwh ?? null),
    ...partyFields('seller', invoice.seller),
  };
}

function partyFields(name: 'buyer' | 'seller', party: Party): Readonly<Record<string, Value>> {
  return {
    [`${name}.name`]: text(party.name),
    [`${name}.registrationNumber`]: text(party.registrationNumber),
    [`${name}.vatNumber`]: text(party.vatNumber),
    [`${name}.email`]: text(party.email),
    [`${name}.phone`]: text(party.phone),
    [`${name}.contactName`]: text(party.contactName),
    ...addressFields(`${name}.address`, party.address),
  };
}

function addressFields(name: string, address: Address): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    (['street', 'street2', 'postalCode', 'city', 'country'] as const).map((part) => [
      `${name}.${part}`,
      text(address[part]),
    ]),
  );
}

function rowFields(line: InvoiceLine | undefined): Readonly<Record<string, Value>> {
  if (line === undefined) return {};
  return {
    description: text(line.description),
    quantity: decimal(line.quantity),
    unitPrice: decimal(line.unitPrice),
    vatRate: decimal(line.vatRate),
    netMinor: money(line.netMinor),
  };
}

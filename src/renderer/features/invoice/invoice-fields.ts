// An invoice's values by group, each with its canonical field name, so that the screen can show them beside their place in the source. No drawing.

import type { Address, Invoice, Party } from '../../../shared/schema/invoice.ts';

/** A value and how it is to be written. `name` is the word's key in the invoice area. */
export type FieldValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'date'; readonly isoDate: string }
  | { readonly kind: 'money'; readonly amountMinor: number };

/** Groups in the order of the screen. */
export const fieldGroups = ['document', 'buyer', 'totals', 'payment', 'vat', 'metering', 'seller'] as const;
/** One of {@link fieldGroups}. */
export type FieldGroupName = (typeof fieldGroups)[number];

/** Names of the fields, as keys of words. */
export type FieldName =
  | 'invoiceNumber'
  | 'invoiceDate'
  | 'creditDate'
  | 'dueDate'
  | 'period'
  | 'currency'
  | 'customerId'
  | 'preferredChannel'
  | 'orderReference'
  | 'buyerReference'
  | 'creditedInvoiceNumber'
  | 'name'
  | 'registrationNumber'
  | 'vatNumber'
  | 'address'
  | 'email'
  | 'phone'
  | 'contactName'
  | 'lineNet'
  | 'allowance'
  | 'charge'
  | 'net'
  | 'vat'
  | 'gross'
  | 'rounding'
  | 'prepaid'
  | 'payable'
  | 'credited'
  | 'reference'
  | 'bankgiro'
  | 'plusgiro'
  | 'iban'
  | 'bic'
  | 'account'
  | 'terms'
  | 'vatOf'
  | 'taxable'
  | 'meteringPointId'
  | 'area'
  | 'gridArea'
  | 'siteAddress'
  | 'meterNumber'
  | 'readings'
  | 'consumption';

/** One field. `fields` are the canonical names whose place is shown: the first that has one. */
export interface InvoiceField {
  readonly key: string;
  readonly name: FieldName;
  /** For names with a value in them (the VAT rate). */
  readonly detail: string | null;
  readonly value: FieldValue;
  readonly fields: readonly string[];
}

/** One group of fields; groups without values are left out. */
export interface FieldGroup {
  readonly name: FieldGroupName;
  readonly fields: readonly InvoiceField[];
}

/** All values of an invoice that are there, by group. Rows are not part of it. */
export function fieldsOf(invoice: Invoice): readonly FieldGroup[] {
  const byGroup = {
    document: documentFields(invoice),
    buyer: partyFields('buyer', invoice.buyer),
    totals: totalFields(invoice),
    payment: paymentFields(invoice),
    vat: vatFields(invoice),
    metering: meteringFields(invoice),
    seller: partyFields('seller', invoice.seller),
  } satisfies Record<FieldGroupName, readonly (InvoiceField | null)[]>;
  return fieldGroups.flatMap((name) => {
    const fields = byGroup[name].filter((field) => field !== null);
    return fields.length === 0 ? [] : [{ name, fields }];
  });
}

/** An address as on an envelope: lines parted by line feeds. */
export function addressText(address: Address | null): string | null {
  if (address === null) return null;
  const town = [address.postalCode, address.city].filter(Boolean).join(' ');
  const text = [address.street, address.street2, town, address.country]
    .filter((part) => part !== null && part !== '')
    .join('\n');
  return text === '' ? null : text;
}

function documentFields(invoice: Invoice): readonly (InvoiceField | null)[] {
  const period = [invoice.periodStart, invoice.periodEnd].filter((date) => date !== null);
  return [
    text('invoiceNumber', invoice.invoiceNumber, 'invoiceNumber'),
    date(invoice.kind === 'creditNote' ? 'creditDate' : 'invoiceDate', invoice.invoiceDate, 'invoiceDate'),
    date('dueDate', invoice.dueDate, 'dueDate'),
    text('period', period.length === 0 ? null : period.join(' –\n'), 'periodStart', 'periodEnd'),
    text('currency', invoice.currency, 'currency'),
    text('customerId', invoice.customerId, 'customerId'),
    text('preferredChannel', invoice.preferredChannel, 'preferredChannel'),
    text('orderReference', invoice.orderReference, 'orderReference'),
    text('buyerReference', invoice.buyerReference, 'buyerReference'),
    text('creditedInvoiceNumber', invoice.creditedInvoiceNumber ?? null, 'creditedInvoiceNumber'),
  ];
}

function partyFields(side: 'buyer' | 'seller', party: Party): readonly (InvoiceField | null)[] {
  return [
    text('name', party.name, `${side}.name`),
    text('registrationNumber', party.registrationNumber, `${side}.registrationNumber`),
    text('vatNumber', party.vatNumber, `${side}.vatNumber`),
    text(
      'address',
      addressText(party.address),
      `${side}.address.street`,
      `${side}.address.postalCode`,
      `${side}.address.city`,
    ),
    text('email', party.email, `${side}.email`),
    text('phone', party.phone, `${side}.phone`),
    text('contactName', party.contactName, `${side}.contactName`),
  ];
}

function totalFields({ kind, totals }: Invoice): readonly (InvoiceField | null)[] {
  return [
    money('lineNet', totals.lineNetMinor, 'totals.lineNetMinor'),
    money('allowance', totals.allowanceMinor, 'totals.allowanceMinor'),
    money('charge', totals.chargeMinor, 'totals.chargeMinor'),
    money('net', totals.netMinor, 'totals.netMinor'),
    money('vat', totals.vatMinor, 'totals.vatMinor'),
    money('gross', totals.grossMinor, 'totals.grossMinor'),
    money('rounding', totals.roundingMinor, 'totals.roundingMinor'),
    money('prepaid', totals.prepaidMinor, 'totals.prepaidMinor'),
    money(kind === 'creditNote' ? 'credited' : 'payable', totals.payableMinor, 'totals.payableMinor'),
  ];
}

function paymentFields({ payment }: Invoice): readonly (InvoiceField | null)[] {
  return [
    text('reference', payment.reference, 'payment.reference'),
    text('bankgiro', payment.bankgiro, 'payment.bankgiro'),
    text('plusgiro', payment.plusgiro, 'payment.plusgiro'),
    text('iban', payment.iban, 'payment.iban'),
    text('bic', payment.bic, 'payment.bic'),
    text('account', payment.account, 'payment.account'),
    text('terms', payment.terms, 'payment.terms'),
  ];
}

function vatFields({ vat }: Invoice): readonly (InvoiceField | null)[] {
  return vat.flatMap((subtotal, index) => {
    const detail = subtotal.rate ?? subtotal.category ?? '';
    return [
      {
        key: `taxable ${index}`,
        name: 'taxable' as const,
        detail,
        value: { kind: 'money' as const, amountMinor: subtotal.taxableMinor },
        fields: [`vat[${index}].taxableMinor`],
      },
      {
        key: `vatOf ${index}`,
        name: 'vatOf' as const,
        detail,
        value: { kind: 'money' as const, amountMinor: subtotal.taxMinor },
        fields: [`vat[${index}].taxMinor`],
      },
    ];
  });
}

function meteringFields({ metering }: Invoice): readonly (InvoiceField | null)[] {
  if (metering === null) return [];
  const readings = [metering.readingStart, metering.readingEnd].filter((reading) => reading !== null);
  return [
    text('meteringPointId', metering.meteringPointId, 'metering.meteringPointId'),
    text('area', metering.area, 'metering.area'),
    text('gridArea', metering.gridArea, 'metering.gridArea'),
    text('siteAddress', addressText(metering.siteAddress), 'metering.siteAddress.street', 'metering.siteAddress.city'),
    text('meterNumber', metering.meterNumber, 'metering.meterNumber'),
    text(
      'readings',
      readings.length === 0 ? null : readings.join(' → '),
      'metering.readingStart',
      'metering.readingEnd',
    ),
    text(
      'consumption',
      metering.consumptionKwh === null ? null : `${metering.consumptionKwh} kWh`,
      'metering.consumptionKwh',
    ),
  ];
}

function text(name: FieldName, value: string | null, ...fields: readonly string[]): InvoiceField | null {
  return value === null || value === ''
    ? null
    : { key: name, name, detail: null, value: { kind: 'text', text: value }, fields };
}

function date(name: FieldName, isoDate: string | null, field: string): InvoiceField | null {
  return isoDate === null ? null : { key: name, name, detail: null, value: { kind: 'date', isoDate }, fields: [field] };
}

function money(name: FieldName, amountMinor: number | null, field: string): InvoiceField | null {
  return amountMinor === null
    ? null
    : { key: name, name, detail: null, value: { kind: 'money', amountMinor }, fields: [field] };
}

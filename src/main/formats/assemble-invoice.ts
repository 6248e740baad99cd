// Builds the canonical invoice from a raw record, with findings for what is missing or does not parse. No rules, no places.

import { daysInMonth } from '../domain/dates.ts';
import type { Finding } from '../domain/rules/rule.ts';
import type {
  Address,
  DocumentAdjustment,
  Invoice,
  Metering,
  Party,
  Payment,
  Totals,
  VatSubtotal,
} from '../../shared/schema/invoice.ts';
import { dialectOf } from './compile-dialects.ts';
import type { CompiledProfile } from './compile-profile.ts';
import { deriveTotals } from './derive-totals.ts';
import {
  checkRequired,
  readAmount,
  readBoolean,
  readCurrency,
  readDate,
  readDecimal,
  readMonth,
  readText,
  silently,
} from './field-values.ts';
import type { FieldReader, FieldTrace } from './field-values.ts';
import { accountField, isBic } from './payment-account.ts';
import { items, readItems } from './read-items.ts';
import { readFixedRows, readLines } from './read-lines.ts';
import { followsStandard, readAdjustedAmount, readStandardTerms } from './standard-terms.ts';
import type { RawRecord } from './record.ts';

/** The invoice and what is wrong with its values. */
export interface AssembledInvoice {
  readonly invoice: Invoice;
  readonly findings: readonly Finding[];
}

/** UNCL1001: credit note. */
const creditNoteCode = '381';

// Names are made once: joining them for every invoice would cost more than reading the values.
const addressNames = (prefix: string) => ({
  street: `${prefix}.street`,
  street2: `${prefix}.street2`,
  buildingNumber: `${prefix}.buildingNumber`,
  postalCode: `${prefix}.postalCode`,
  city: `${prefix}.city`,
  country: `${prefix}.country`,
});
type AddressNames = ReturnType<typeof addressNames>;
const namesOfParty = (who: string) => ({
  name: `${who}.name`,
  registrationNumber: `${who}.registrationNumber`,
  vatNumber: `${who}.vatNumber`,
  email: `${who}.email`,
  phone: `${who}.phone`,
  contactName: `${who}.contactName`,
  address: addressNames(`${who}.address`),
  taxSchemes: `${who}TaxSchemes`,
});
const partyNames = { seller: namesOfParty('seller'), buyer: namesOfParty('buyer') };
const siteNames = addressNames('metering.siteAddress');

/** Assembles one invoice. With a trace, tells it where every field came from; the result is the same with and without. */
export function assembleInvoice(
  record: RawRecord,
  profile: CompiledProfile,
  trace: FieldTrace | null,
): AssembledInvoice {
  const dialect = profile.dialects.length === 0 ? null : dialectOf(record, profile.dialects);
  const isStandard = followsStandard(record);
  const longAmounts: string[] | null = isStandard ? [] : null;
  const reader: FieldReader = {
    findings: [],
    trace,
    dialect,
    longAmounts,
    currency: null,
    list: '',
    index: 0,
    name: '',
  };
  if (profile.missingFields.length > 0) reader.findings.push(incompleteFormat(profile));
  checkRequired(reader, record);
  reader.currency = readCurrency(reader, record, 'currency');
  const typeCode = readText(reader, record, 'typeCode');
  const paymentMeans = items(record, 'paymentMeans');
  const lines = profile.rows.length > 0 ? readFixedRows(reader, record, profile) : readLines(reader, record);
  const vat = readVat(reader, record);
  const creditedInvoiceNumber = readText(reader, record, 'creditedInvoiceNumber');
  const invoiceNumber = readText(reader, record, 'invoiceNumber');
  const invoiceDate = readDate(reader, record, 'invoiceDate');
  const dueDate = readDate(reader, record, 'dueDate') ?? dueDateOf(reader, paymentMeans);
  const { periodStart, periodEnd } = readPeriod(reader, record);
  // Spelt out, here and in the rows: spreading parts into an object takes longer than reading them.
  const invoice: Invoice = {
    kind: typeCode === creditNoteCode ? 'creditNote' : profile.profile.kind,
    invoiceNumber,
    invoiceDate,
    dueDate,
    periodStart,
    periodEnd,
    currency: reader.currency,
    seller: readParty(reader, record, 'seller'),
    buyer: readParty(reader, record, 'buyer'),
    customerId: readText(reader, record, 'customerId'),
    preferredChannel: readText(reader, record, 'preferredChannel')?.toLowerCase() ?? null,
    orderReference: readText(reader, record, 'orderReference'),
    buyerReference: readText(reader, record, 'buyerReference'),
    lines,
    adjustments: readAdjustments(reader, record),
    vat: vat.vat,
    totals: deriveTotals(vat.totals, { profile: profile.profile, dialect, lines, record, trace }),
    payment: readPayment(reader, record, paymentMeans),
    metering: readMetering(reader, record),
    notes: readItems(reader, items(record, 'notes'), { list: 'notes', read: (item) => readText(reader, item, 'text') }),
  };
  if (creditedInvoiceNumber !== null) invoice.creditedInvoiceNumber = creditedInvoiceNumber;
  if (isStandard) invoice.standard = readStandardTerms(reader, record, typeCode);
  return { invoice, findings: reader.findings };
}

/** Said once for each invoice: what the format leaves out can't be mended in the file. */
function incompleteFormat({ profile, missingFields }: CompiledProfile): Finding {
  return {
    ruleId: 'core.format.incomplete',
    severity: 'error',
    field: '',
    found: null,
    expected: null,
    params: { format: `${profile.format} ${profile.version}`, fields: missingFields.join(', ') },
  };
}

/** First and last day; a format may state the month instead. */
function readPeriod(reader: FieldReader, record: RawRecord): Pick<Invoice, 'periodStart' | 'periodEnd'> {
  const month = readMonth(reader, record, 'periodMonth');
  const lastDay = month === null ? 0 : daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5)));
  return {
    periodStart: readDate(reader, record, 'periodStart') ?? (month === null ? null : `${month}-01`),
    periodEnd: readDate(reader, record, 'periodEnd') ?? (month === null ? null : `${month}-${String(lastDay)}`),
  };
}

function readParty(reader: FieldReader, record: RawRecord, who: 'seller' | 'buyer'): Party {
  const names = partyNames[who];
  return {
    name: readText(reader, record, names.name),
    registrationNumber:
      readText(reader, record, names.registrationNumber) ??
      numberOfScheme(reader, record, { who, field: 'registrationNumber', isWanted: (scheme) => scheme === 'SWT' }),
    vatNumber:
      readText(reader, record, names.vatNumber) ??
      numberOfScheme(reader, record, {
        who,
        field: 'vatNumber',
        isWanted: (scheme) => scheme !== 'TAX' && scheme !== 'SWT',
      }),
    address: readAddress(reader, record, names.address),
    email: readText(reader, record, names.email),
    phone: readText(reader, record, names.phone),
    contactName: readText(reader, record, names.contactName),
  };
}

/** A number by its tax scheme: VAT's own; beside it stand F-skatt (`TAX`) and, in Svefaktura, the organisation number (`SWT`). */
function numberOfScheme(
  reader: FieldReader,
  record: RawRecord,
  wanted: {
    readonly who: 'seller' | 'buyer';
    readonly field: 'vatNumber' | 'registrationNumber';
    readonly isWanted: (scheme: string | null) => boolean;
  },
): string | null {
  const schemes = items(record, partyNames[wanted.who].taxSchemes);
  if (schemes.length === 0) return null;
  const silent = silently(reader);
  for (const item of schemes) {
    const number = wanted.isWanted(readText(silent, item, 'scheme')) ? readText(silent, item, 'id') : null;
    if (number === null) continue;
    const slot = item.plan.fields.get('id')?.slots[0];
    if (slot !== undefined) reader.trace?.field(`${wanted.who}.${wanted.field}`, item, slot);
    return number;
  }
  return null;
}

function readAddress(reader: FieldReader, record: RawRecord, names: AddressNames): Address {
  const street = readText(reader, record, names.street);
  const buildingNumber = readText(reader, record, names.buildingNumber);
  return {
    street: street === null || buildingNumber === null ? street : `${street} ${buildingNumber}`,
    street2: readText(reader, record, names.street2),
    postalCode: readText(reader, record, names.postalCode),
    city: readText(reader, record, names.city),
    country: readText(reader, record, names.country)?.toUpperCase() ?? null,
  };
}

function readAdjustments(reader: FieldReader, record: RawRecord): DocumentAdjustment[] {
  return readItems(reader, items(record, 'adjustments'), {
    list: 'adjustments',
    read: (item) => {
      const isCharge = readBoolean(reader, item, 'isCharge') ?? false;
      return {
        isCharge,
        reason: readText(reader, item, 'reason'),
        amountMinor: readAdjustedAmount(reader, item, isCharge),
        vatRate: readDecimal(reader, item, 'vatRate'),
        vatCategory: readText(reader, item, 'vatCategory'),
      };
    },
  });
}

/** VAT per rate and the sums. Of several VAT totals the one in the document's currency counts. */
function readVat(reader: FieldReader, record: RawRecord): { readonly vat: VatSubtotal[]; readonly totals: Totals } {
  const totals = items(record, 'taxTotals');
  const total = totals.length === 0 ? null : taxTotalOf(reader, totals);
  const subtotals = total === null ? items(record, 'vat') : items(total, 'vat');
  const vat = readItems(reader, subtotals, {
    list: 'vat',
    read: (item) => readSubtotal(reader, item),
  });
  return { vat, totals: readTotals(reader, record, total) };
}

function readSubtotal(reader: FieldReader, item: RawRecord): VatSubtotal {
  const rate = readDecimal(reader, item, 'rate');
  const category = readText(reader, item, 'category');
  const exemptionReason = reader.longAmounts === null ? null : readText(reader, item, 'exemptionReason');
  const taxableMinor = readAmount(reader, item, 'taxableMinor') ?? 0;
  const taxMinor = readAmount(reader, item, 'taxMinor') ?? 0;
  return reader.longAmounts === null
    ? { rate, category, taxableMinor, taxMinor }
    : { rate, category, exemptionReason, taxableMinor, taxMinor };
}

function taxTotalOf(reader: FieldReader, totals: readonly RawRecord[]): RawRecord | null {
  const silent = silently(reader);
  return (
    totals.find((item) => [null, reader.currency].includes(readText(silent, item, 'currency'))) ?? totals[0] ?? null
  );
}

function readTotals(reader: FieldReader, record: RawRecord, taxTotal: RawRecord | null): Totals {
  const amount = (name: string): number | null => readAmount(reader, record, name);
  return {
    lineNetMinor: amount('totals.lineNetMinor'),
    allowanceMinor: amount('totals.allowanceMinor'),
    chargeMinor: amount('totals.chargeMinor'),
    netMinor: amount('totals.netMinor'),
    vatMinor: amount('totals.vatMinor') ?? (taxTotal === null ? null : readTaxTotal(reader, taxTotal)),
    grossMinor: amount('totals.grossMinor'),
    roundingMinor: amount('totals.roundingMinor'),
    prepaidMinor: amount('totals.prepaidMinor'),
    payableMinor: amount('totals.payableMinor'),
  };
}

function readTaxTotal(reader: FieldReader, total: RawRecord): number | null {
  const slot = total.plan.fields.get('amountMinor')?.slots[0];
  if (slot !== undefined) reader.trace?.field('totals.vatMinor', total, slot);
  const [amount = null] = readItems(reader, [total], {
    list: 'taxTotals',
    read: (item) => readAmount(reader, item, 'amountMinor'),
  });
  return amount;
}

function dueDateOf(reader: FieldReader, paymentMeans: readonly RawRecord[]): string | null {
  const [first = null] = readItems(reader, paymentMeans, {
    list: 'paymentMeans',
    read: (item) => {
      const date = readDate(reader, item, 'dueDate');
      const slot = item.plan.fields.get('dueDate')?.slots[0];
      if (date !== null && slot !== undefined) reader.trace?.field('dueDate', item, slot);
      return date;
    },
  });
  return first;
}

function readPayment(reader: FieldReader, record: RawRecord, paymentMeans: readonly RawRecord[]): Payment {
  const payment: Payment = {
    reference: readText(reader, record, 'payment.reference'),
    bankgiro: readText(reader, record, 'payment.bankgiro'),
    plusgiro: readText(reader, record, 'payment.plusgiro'),
    iban: readText(reader, record, 'payment.iban'),
    bic: readText(reader, record, 'payment.bic'),
    account: readText(reader, record, 'payment.account'),
    terms: readText(reader, record, 'payment.terms'),
  };
  if (paymentMeans.length === 0) return payment;
  const silent = silently(reader);
  const fill = (
    name: keyof Payment,
    value: string | null,
    source: { readonly item: RawRecord; readonly fields: readonly string[] },
  ): void => {
    if (value === null || payment[name] !== null) return;
    payment[name] = value;
    if (reader.trace === null) return;
    const slots = source.fields.flatMap((field) => source.item.plan.fields.get(field)?.slots ?? []);
    const slot = slots.find((each) => source.item.values[each] === value);
    if (slot !== undefined) reader.trace.field(`payment.${name}`, source.item, slot);
  };
  for (const item of paymentMeans) {
    const institution = readText(silent, item, 'institution');
    const account = readText(silent, item, 'account');
    fill('reference', readText(silent, item, 'reference'), {
      item,
      fields: ['reference', 'instruction'],
    });
    const kind = account === null ? null : accountField(account, institution);
    if (kind !== null) fill(kind, account, { item, fields: ['account'] });
    // Of a giro number the institution only says which giro it is (BGABSESS).
    const isBank = kind !== 'bankgiro' && kind !== 'plusgiro';
    if (isBank && institution !== null && isBic(institution))
      fill('bic', institution, { item, fields: ['institution'] });
  }
  return payment;
}

function readMetering(reader: FieldReader, record: RawRecord): Metering | null {
  const history = readItems(reader, items(record, 'metering.history'), {
    list: 'metering.history',
    read: (item) => {
      const month = readMonth(reader, item, 'month');
      const kwh = readDecimal(reader, item, 'kwh');
      return month === null || kwh === null ? null : { month, kwh };
    },
  });
  const metering: Metering = {
    meteringPointId: readText(reader, record, 'metering.meteringPointId') ?? referencedPoint(reader, record),
    area: readText(reader, record, 'metering.area'),
    gridArea: readText(reader, record, 'metering.gridArea'),
    siteAddress: null,
    meterNumber: readText(reader, record, 'metering.meterNumber'),
    readingStart: readDecimal(reader, record, 'metering.readingStart'),
    readingEnd: readDecimal(reader, record, 'metering.readingEnd'),
    consumptionKwh: readDecimal(reader, record, 'metering.consumptionKwh'),
    history,
  };
  const isEmpty =
    metering.meteringPointId === null &&
    metering.area === null &&
    metering.meterNumber === null &&
    metering.consumptionKwh === null &&
    metering.gridArea === null &&
    metering.readingStart === null &&
    metering.readingEnd === null &&
    history.length === 0;
  if (isEmpty) return null;
  const site = readAddress(reader, record, siteNames);
  return site.street === null && site.city === null && site.postalCode === null && site.street2 === null
    ? metering
    : { ...metering, siteAddress: site };
}

/** Metering point as a document reference: scheme AUV in Sweden, AVE in Norway (UNCL1153). */
function referencedPoint(reader: FieldReader, record: RawRecord): string | null {
  const silent = silently(reader);
  for (const item of items(record, 'references')) {
    const scheme = readText(silent, item, 'scheme');
    const id = readText(silent, item, 'id');
    const slot = item.plan.fields.get('id')?.slots[0];
    if (id === null || slot === undefined || (scheme !== 'AUV' && scheme !== 'AVE')) continue;
    reader.trace?.field('metering.meteringPointId', item, slot);
    return id;
  }
  return null;
}

// An order's rows: read from a request, checked against the sizes of the specification, and brought into the form that the ledger keeps.

import { decimalText, fitsScale, parseDecimal, roundTo, zero } from '../decimal.ts';
import type { Decimal } from '../decimal.ts';
import type { PricedRow } from './amounts.ts';
import type { Fields } from './fields.ts';
import type { LedgerRow } from './ledger-entries.ts';
import { rejection } from './result-codes.ts';
import type { Rejection } from './result-codes.ts';

/** A row as it was sent. */
export interface SentRow extends Omit<PricedRow, 'vatPercent' | 'discountPercent'> {
  readonly articleNumber: string;
  readonly description: string;
  readonly unit: string;
  readonly vatPercent: Decimal;
  readonly discountPercent: Decimal;
}

const rowTypes = ['Default', 'AdjustmentRow', 'GiftCard', 'InvoiceFee'] as const;
/** Largest values of Decimal(5,2) and Decimal(9,2), in hundredths. */
const mostUnits = 99_999n;
const mostPrice = 999_999_999n;
const rowFields = [
  'articleNumber',
  'description',
  'unit',
  'units',
  'price',
  'isIncludingVat',
  'vatPercent',
  'discountPercent',
  'discountAmount',
  'isDiscountIncludingVat',
] as const satisfies readonly (keyof LedgerRow)[];
const sizes = { articleNumber: 10, description: 40, unit: 3 } as const;

/** Null when the list is absent. */
export function readRows(holder: Fields | null): readonly SentRow[] | null {
  return holder?.list('OrderRows', 'OrderRow')?.map(readRow) ?? null;
}

function readRow(fields: Fields): SentRow {
  fields.one('RowType', 'RowType', rowTypes);
  return {
    articleNumber: fields.text('ArticleNumber') ?? '',
    description: fields.text('Description') ?? '',
    price: fields.decimal('PricePerUnit') ?? zero,
    isIncludingVat: fields.boolean('PriceIncludingVat', 'nillable') ?? false,
    units: fields.decimal('NumberOfUnits') ?? zero,
    unit: fields.text('Unit') ?? '',
    vatPercent: fields.decimal('VatPercent') ?? zero,
    discountPercent: fields.decimal('DiscountPercent') ?? zero,
    discountAmount: fields.decimal('DiscountAmount', 'nillable'),
    isDiscountIncludingVat: fields.boolean('DiscountAmountIncludingVat', 'nillable') ?? false,
  };
}

/** What is wrong with the rows of one request, or with them beside those the order has; null: nothing. */
export function rowsFault(rows: readonly SentRow[], earlier: readonly LedgerRow[]): Rejection | null {
  for (const row of rows) {
    const fault = rowFault(row);
    if (fault !== null) return fault;
  }
  const bases = new Set([...rows, ...earlier].map(({ isIncludingVat }) => isIncludingVat));
  return bases.size > 1 ? rejection(50036) : null;
}

function rowFault(row: SentRow): Rejection | null {
  for (const field of ['articleNumber', 'description', 'unit'] as const) {
    const name = `${field.charAt(0).toUpperCase()}${field.slice(1)}`;
    if (row[field].length > sizes[field]) return tooLong(name, sizes[field]);
  }
  if (isBeyond(row.units, mostUnits)) return rejection(20028);
  if (isBeyond(row.price, mostPrice)) return rejection(20032);
  if (row.discountAmount !== null && isBeyond(row.discountAmount, mostPrice)) return rejection(20032);
  if (!isPercent(row.vatPercent, 99n)) return rejection(20024);
  return isPercent(row.discountPercent, 100n) ? null : rejection(20023);
}

/** A text beyond its size. */
export function tooLong(name: string, size: number): Rejection {
  return rejection(50014, `${name} can be at most ${size} characters.`);
}

function isBeyond(value: Decimal, most: bigint): boolean {
  const hundredths = roundTo(value, 2, 'halfEven');
  return hundredths > most || hundredths < -most;
}

function isPercent(value: Decimal, most: bigint): boolean {
  const whole = roundTo(value, 0, 'halfEven');
  return fitsScale(value, 0) && whole >= 0n && whole <= most;
}

/** A checked row as it is counted. */
export function priced(row: SentRow): PricedRow {
  return {
    ...row,
    vatPercent: roundTo(row.vatPercent, 0, 'halfEven'),
    discountPercent: roundTo(row.discountPercent, 0, 'halfEven'),
  };
}

/** The row as it is kept: two requests with the same values have the same row, however the numbers were written. */
export function kept(row: SentRow): LedgerRow {
  return {
    articleNumber: row.articleNumber,
    description: row.description,
    unit: row.unit,
    units: plain(row.units),
    price: plain(row.price),
    isIncludingVat: row.isIncludingVat,
    vatPercent: plain(row.vatPercent),
    discountPercent: plain(row.discountPercent),
    discountAmount: row.discountAmount === null ? null : plain(row.discountAmount),
    isDiscountIncludingVat: row.isDiscountIncludingVat,
  };
}

/** A kept row as it is counted. */
export function pricedAgain(row: LedgerRow): PricedRow {
  const number = (text: string): Decimal => parseDecimal(text) ?? zero;
  return {
    price: number(row.price),
    isIncludingVat: row.isIncludingVat,
    units: number(row.units),
    vatPercent: roundTo(number(row.vatPercent), 0, 'halfEven'),
    discountPercent: roundTo(number(row.discountPercent), 0, 'halfEven'),
    discountAmount: row.discountAmount === null ? null : number(row.discountAmount),
    isDiscountIncludingVat: row.isDiscountIncludingVat,
  };
}

/** Same article, text, unit, price, VAT and discount in the same number; the real service's key is not public. */
export function isSameRow(one: LedgerRow, other: LedgerRow): boolean {
  return rowFields.every((field) => one[field] === other[field]);
}

function plain(value: Decimal): string {
  return decimalText(roundTo(value, 2, 'halfEven'), 2);
}

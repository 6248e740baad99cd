// What an order's rows come to, as the service counts: inputs to two decimals, per row half to even, then the sum. Hundredths throughout.

import { roundTo } from '../decimal.ts';
import type { Decimal } from '../decimal.ts';

/** A row as it is counted. */
export interface PricedRow {
  readonly price: Decimal;
  readonly isIncludingVat: boolean;
  readonly units: Decimal;
  /** Whole percent. */
  readonly vatPercent: bigint;
  /** Whole percent. */
  readonly discountPercent: bigint;
  readonly discountAmount: Decimal | null;
  readonly isDiscountIncludingVat: boolean;
}

/** The row's amount including VAT, in hundredths. */
export function rowAmount(row: PricedRow): bigint {
  const rest = 100n - row.discountPercent;
  const product = roundTo(row.units, 2, 'halfEven') * roundTo(row.price, 2, 'halfEven') * rest;
  const base = roundTo({ digits: product, scale: 6 }, 2, 'halfEven');
  const discount = row.discountAmount === null ? 0n : roundTo(row.discountAmount, 2, 'halfEven');
  if (row.isIncludingVat)
    return base - (row.isDiscountIncludingVat ? discount : discount + vatOn(discount, row.vatPercent));
  const net = row.isDiscountIncludingVat ? base : base - discount;
  return net + vatOn(net, row.vatPercent) - (row.isDiscountIncludingVat ? discount : 0n);
}

/** All rows, in hundredths. */
export function rowsAmount(rows: readonly PricedRow[]): bigint {
  return rows.reduce((sum, row) => sum + rowAmount(row), 0n);
}

/** The amount without VAT, in hundredths; what is told of invoices beside their VAT. */
export function netAmount(row: PricedRow): bigint {
  const amount = rowAmount(row);
  const percent = 100n + row.vatPercent;
  // Thousandths of thousandths, so that the division loses nothing that the rounding sees.
  return roundTo({ digits: (amount * 100n * 10_000n) / percent, scale: 4 }, 0, 'halfEven');
}

function vatOn(net: bigint, percent: bigint): bigint {
  return roundTo({ digits: net * percent, scale: 4 }, 2, 'halfEven');
}

// What an order comes to as Svea computes it: each row rounded by itself, half to even, then summed. Integers only; no mapping of invoices.

import type { OrderRow } from './order.ts';

/** A row's share of the order: excluding VAT where it is known, and what the customer pays. */
export interface RowAmount {
  readonly vatMinor: number;
  readonly grossMinor: number;
}

/** `dividend / divisor` as an integer, halves to the even neighbour (.NET's Math.Round). The divisor is positive. */
export function roundHalfEven(dividend: bigint, divisor: bigint): bigint {
  const isNegative = dividend < 0n;
  const size = isNegative ? -dividend : dividend;
  const whole = size / divisor;
  const twice = (size % divisor) * 2n;
  const isUp = twice > divisor || (twice === divisor && whole % 2n === 1n);
  const rounded = isUp ? whole + 1n : whole;
  return isNegative ? -rounded : rounded;
}

/** Decimal text as hundredths, more decimals rounded half to even. Throws for text that is no decimal. */
export function hundredthsOf(text: string): bigint {
  // Most numbers of a row are one of these, and every invoice of an import is asked.
  if (text === '0') return 0n;
  if (text === '1') return 100n;
  const found = /^(-?)(\d+)(?:\.(\d+))?$/u.exec(text);
  if (found === null) throw new TypeError('not a decimal');
  const [, sign, whole = '0', fraction = ''] = found;
  const digits = BigInt(`${whole}${fraction}`);
  const value = roundHalfEven(digits * 100n, 10n ** BigInt(fraction.length));
  return sign === '-' ? -value : value;
}

/** One row: units and price to two decimals, multiplied, less the discount, rounded; VAT on top of a price without it. */
export function rowAmount(row: OrderRow): RowAmount {
  const kept = 100n - hundredthsOf(row.DiscountPercent) / 100n;
  const value = roundHalfEven(hundredthsOf(row.PricePerUnit) * hundredthsOf(row.NumberOfUnits) * kept, 10_000n);
  const percent = hundredthsOf(row.VatPercent) / 100n;
  const vat = row.PriceIncludingVat
    ? value - roundHalfEven(value * 100n, 100n + percent)
    : roundHalfEven(value * percent, 100n);
  return { vatMinor: Number(vat), grossMinor: Number(row.PriceIncludingVat ? value : value + vat) };
}

/** The order's total in minor units. */
export function orderTotal(rows: readonly OrderRow[]): number {
  return rows.reduce((sum, row) => sum + rowAmount(row).grossMinor, 0);
}

/** Minor units as the wire's decimal text with two decimals. */
export function amountText(amountMinor: number): string {
  const size = Math.abs(amountMinor);
  return `${amountMinor < 0 ? '-' : ''}${String(Math.floor(size / 100))}.${String(size % 100).padStart(2, '0')}`;
}

/**
 * The same rows with prices on the other basis, or null where that would change the total: asked for by result code 50036, and never
 * bought with another amount.
 */
export function onOtherBasis(rows: readonly OrderRow[]): OrderRow[] | null {
  const flipped = rows.map((row): OrderRow => {
    const price = hundredthsOf(row.PricePerUnit);
    const percent = hundredthsOf(row.VatPercent) / 100n;
    const other = row.PriceIncludingVat
      ? roundHalfEven(price * 100n, 100n + percent)
      : roundHalfEven(price * (100n + percent), 100n);
    return { ...row, PricePerUnit: amountText(Number(other)), PriceIncludingVat: !row.PriceIncludingVat };
  });
  return orderTotal(flipped) === orderTotal(rows) ? flipped : null;
}

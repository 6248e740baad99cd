// Money as integer minor units: reading, writing and multiplying it exactly. No floats, no formatting for people.

import { minorDigits } from '../../shared/currency.ts';
import { err, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { decimalToText, divideDecimals, isDecimalText, multiplyDecimals, parseDecimal } from './decimal.ts';

export { isKnownCurrency, minorDigits } from '../../shared/currency.ts';

/** Why a text is no amount: nothing there, not digits with a point, more decimals than the currency has, beyond ±2^53 minor units. */
export type AmountFault = 'empty' | 'notDecimal' | 'tooManyDecimals' | 'tooLarge';

const maxSafeDigits = 15;
const codeOfZero = 48;

/**
 * Reads an amount such as `1234.50` into minor units, exactly. A comma, a space, a plus sign or an exponent is `notDecimal`. Decimals
 * beyond the currency's own are `tooManyDecimals` unless they are zeros (`100.00 JPY` is an exact amount). Never -0.
 */
export function parseAmount(text: string, currency: string): Result<number, AmountFault> {
  if (text === '') return err('empty');
  if (!isDecimalText(text)) return err('notDecimal');
  const digits = minorDigits(currency);
  const point = text.indexOf('.');
  const end = point < 0 ? text.length : Math.min(text.length, point + 1 + digits);
  for (let index = end; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code !== codeOfZero && code !== 46) return err('tooManyDecimals');
  }
  return readMinor(text, { end, missing: point < 0 ? digits : digits - Math.max(0, end - point - 1) });
}

/** Neutral text of an amount, `1250.00`; the currency decides the decimals. */
export function formatAmount(amountMinor: number, currency: string): string {
  return decimalToText({ digits: BigInt(amountMinor), scale: minorDigits(currency) });
}

/** A price times a quantity. */
export interface Multiplication {
  /** Decimal text. */
  readonly quantity: string;
  /** Decimal text in whole currency units for `baseQuantity` units. */
  readonly price: string;
  /** Decimal text; null means 1. */
  readonly baseQuantity: string | null;
  readonly currency: string;
}

/**
 * quantity × price ÷ base in minor units, rounded once at the end, half away from zero. Null when a text is no decimal number, the base
 * is zero or the result is beyond ±2^53.
 */
export function multiplyToMinor({ quantity, price, baseQuantity, currency }: Multiplication): number | null {
  const quick = baseQuantity === null ? quickProduct(quantity, price, minorDigits(currency)) : null;
  if (quick !== null) return quick;
  const factor = parseDecimal(quantity);
  const unitPrice = parseDecimal(price);
  const base = parseDecimal(baseQuantity ?? '1');
  if (factor === null || unitPrice === null || base === null) return null;
  const amount = divideDecimals(multiplyDecimals(factor, unitPrice), base, minorDigits(currency));
  return amount === null ? null : safeNumber(amount.digits);
}

/** Percent of an amount in minor units, rounded half away from zero. Null when the percentage is no decimal number. */
export function percentOfMinor(amountMinor: number, percent: string): number | null {
  const quick = quickPercent(amountMinor, percent);
  if (quick !== null) return quick;
  const rate = parseDecimal(percent);
  if (rate === null) return null;
  const product = { digits: BigInt(amountMinor) * rate.digits, scale: rate.scale };
  const share = divideDecimals(product, { digits: 100n, scale: 0 }, 0);
  return share === null ? null : safeNumber(share.digits);
}

/** Whether two amounts differ by at most `toleranceMinor`. */
export function isWithin(oneMinor: number, otherMinor: number, toleranceMinor: number): boolean {
  return Math.abs(oneMinor - otherMinor) <= toleranceMinor;
}

/** Hundredths of a currency unit as minor units, at least 1: a tolerance of 0.02 is 2 öre, 20 fils, 1 yen. */
export function toleranceMinor(hundredths: number, currency: string): number {
  const digits = minorDigits(currency);
  if (digits === 2) return hundredths;
  return Math.max(1, Math.floor(hundredths * 10 ** (digits - 2)));
}

/** Digits up to `end`, then `missing` zeros. */
function readMinor(
  text: string,
  { end, missing }: { readonly end: number; readonly missing: number },
): Result<number, AmountFault> {
  if (end + missing > maxSafeDigits) return readLongMinor(text, end, missing);
  let value = 0;
  for (let index = 0; index < end; index += 1) {
    const digit = text.charCodeAt(index) - codeOfZero;
    if (digit >= 0) value = value * 10 + digit;
  }
  for (let zeros = missing; zeros > 0; zeros -= 1) value *= 10;
  return ok(text.startsWith('-') && value !== 0 ? -value : value);
}

function readLongMinor(text: string, end: number, missing: number): Result<number, AmountFault> {
  const value = safeNumber(BigInt(text.slice(0, end).replace('.', '')) * 10n ** BigInt(missing));
  return value === null ? err('tooLarge') : ok(value);
}

function safeNumber(digits: bigint): number | null {
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : null;
}

/** The product by integer arithmetic below 2^53, where that is exact; null otherwise. Saves the big integers for nearly every row. */
function quickProduct(quantity: string, price: string, digits: number): number | null {
  if (quantity.length + price.length > maxSafeDigits || !isDecimalText(quantity) || !isDecimalText(price)) return null;
  const scale = decimalsOf(quantity) + decimalsOf(price) - digits;
  const product = integerOf(quantity) * integerOf(price);
  if (scale <= 0) {
    const amount = product * 10 ** -scale;
    return Number.isSafeInteger(amount) ? noMinusZero(amount) : null;
  }
  return divideExactly(product, 10 ** scale);
}

/** The percentage by integer arithmetic below 2^53, where that is exact; null otherwise. */
function quickPercent(amountMinor: number, percent: string): number | null {
  if (percent.length > maxSafeDigits || !isDecimalText(percent)) return null;
  const product = amountMinor * integerOf(percent);
  const unit = 100 * 10 ** decimalsOf(percent);
  return Number.isSafeInteger(product) && unit < 2 ** 50 ? divideExactly(product, unit) : null;
}

/** Quotient of two integers below 2^53, rounded half away from zero. */
function divideExactly(product: number, unit: number): number {
  const size = Math.abs(product);
  const rest = size % unit;
  const rounded = (size - rest) / unit + (rest * 2 >= unit ? 1 : 0);
  return noMinusZero(product < 0 ? -rounded : rounded);
}

function noMinusZero(value: number): number {
  return value === 0 ? 0 : value;
}

function decimalsOf(text: string): number {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}

/** The digits as an integer, the point left out. */
function integerOf(text: string): number {
  let value = 0;
  for (let index = 0; index < text.length; index += 1) {
    const digit = text.charCodeAt(index) - codeOfZero;
    if (digit >= 0) value = value * 10 + digit;
  }
  return text.startsWith('-') ? -value : value;
}

// Exact arithmetic on decimal text. No floats, no currencies, no formatting for people.

/** An exact decimal number: `digits` × 10^-`scale`. */
export interface Decimal {
  readonly digits: bigint;
  /** Number of decimals, 0 or more. */
  readonly scale: number;
}

/** Longest text that is still read; anything longer is no amount or quantity of an invoice. */
const maxLength = 60;
const codeOfZero = 48;
const codeOfNine = 57;

/** Reads `-1234.50`: an optional minus, digits, optionally a point and digits. Null for a comma, spaces, a plus, an exponent or nothing. */
export function parseDecimal(text: string): Decimal | null {
  if (!isDecimalText(text)) return null;
  const point = text.indexOf('.');
  if (point < 0) return { digits: BigInt(text), scale: 0 };
  return { digits: BigInt(text.slice(0, point) + text.slice(point + 1)), scale: text.length - point - 1 };
}

/** Whether {@link parseDecimal} reads the text. */
export function isDecimalText(text: string): boolean {
  if (text.length > maxLength) return false;
  const start = text.startsWith('-') ? 1 : 0;
  let point = -1;
  for (let index = start; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= codeOfZero && code <= codeOfNine) continue;
    if (code !== 46 || point >= 0) return false;
    point = index;
  }
  return text.length > start && point !== start && point !== text.length - 1;
}

/** Exact sum. */
export function addDecimals(one: Decimal, other: Decimal): Decimal {
  const scale = Math.max(one.scale, other.scale);
  return { digits: digitsAt(one, scale) + digitsAt(other, scale), scale };
}

/** Exact product. */
export function multiplyDecimals(one: Decimal, other: Decimal): Decimal {
  return { digits: one.digits * other.digits, scale: one.scale + other.scale };
}

/** Negative, zero or positive as `one` is less than, equal to or greater than `other`. */
export function compareDecimals(one: Decimal, other: Decimal): number {
  const scale = Math.max(one.scale, other.scale);
  const difference = digitsAt(one, scale) - digitsAt(other, scale);
  return difference < 0n ? -1 : Number(difference > 0n);
}

/** Quotient rounded to `scale` decimals, half away from zero; null when dividing by zero. */
export function divideDecimals(dividend: Decimal, divisor: Decimal, scale: number): Decimal | null {
  if (divisor.digits === 0n) return null;
  const shift = scale + divisor.scale - dividend.scale;
  const numerator = shift > 0 ? dividend.digits * 10n ** BigInt(shift) : dividend.digits;
  const denominator = shift < 0 ? divisor.digits * 10n ** BigInt(-shift) : divisor.digits;
  return { digits: divideHalfAway(numerator, denominator), scale };
}

/** Rounded to `scale` decimals, half away from zero (as Swedish and Norwegian invoices do). */
export function roundDecimal(value: Decimal, scale: number): Decimal {
  if (value.scale <= scale) return { digits: digitsAt(value, scale), scale };
  return { digits: divideHalfAway(value.digits, 10n ** BigInt(value.scale - scale)), scale };
}

/** Canonical text with a point and exactly `scale` decimals; never `-0`. */
export function decimalToText({ digits, scale }: Decimal): string {
  const isNegative = digits < 0n;
  const text = (isNegative ? -digits : digits).toString().padStart(scale + 1, '0');
  const sign = isNegative ? '-' : '';
  return scale === 0 ? sign + text : `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`;
}

function digitsAt(value: Decimal, scale: number): bigint {
  return value.scale === scale ? value.digits : value.digits * 10n ** BigInt(scale - value.scale);
}

function divideHalfAway(numerator: bigint, denominator: bigint): bigint {
  const isNegative = numerator < 0n !== denominator < 0n;
  const top = numerator < 0n ? -numerator : numerator;
  const bottom = denominator < 0n ? -denominator : denominator;
  const rounded = (2n * top + bottom) / (2n * bottom);
  return isNegative ? -rounded : rounded;
}

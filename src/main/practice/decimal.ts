// Decimal numbers as whole numbers with a scale, and the two ways of rounding that the providers use. No float anywhere.

/** `digits` × 10^-`scale`. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** How a tie is rounded: to the even neighbour (.NET), or away from zero (Java's HALF_UP). */
export type Rounding = 'halfEven' | 'halfUp';

/** Zero. */
export const zero: Decimal = { digits: 0n, scale: 0 };

/** Sign, digits and at most one point; no exponent. Null for anything else. */
export function parseDecimal(text: string): Decimal | null {
  const found = /^([+-]?)(\d*)(?:\.(\d*))?$/u.exec(text);
  const whole = found?.[2] ?? '';
  const fraction = found?.[3] ?? '';
  if (found === null || whole + fraction === '') return null;
  const digits = BigInt(whole + fraction);
  return { digits: found[1] === '-' ? -digits : digits, scale: fraction.length };
}

/** The digits at another scale. */
export function roundTo(value: Decimal, scale: number, rounding: Rounding): bigint {
  if (value.scale <= scale) return value.digits * 10n ** BigInt(scale - value.scale);
  const divisor = 10n ** BigInt(value.scale - scale);
  const isNegative = value.digits < 0n;
  const size = isNegative ? -value.digits : value.digits;
  const quotient = size / divisor;
  const twice = (size % divisor) * 2n;
  const isUp = twice > divisor || (twice === divisor && (rounding === 'halfUp' || quotient % 2n === 1n));
  const rounded = isUp ? quotient + 1n : quotient;
  return isNegative ? -rounded : rounded;
}

/** `1234` at scale 2 is `12.34`. */
export function decimalText(digits: bigint, scale: number): string {
  const size = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  const sign = digits < 0n ? '-' : '';
  return scale === 0 ? `${sign}${size}` : `${sign}${size.slice(0, -scale)}.${size.slice(-scale)}`;
}

/** True when nothing is lost at this scale. */
export function fitsScale(value: Decimal, scale: number): boolean {
  return value.scale <= scale || value.digits % 10n ** BigInt(value.scale - scale) === 0n;
}

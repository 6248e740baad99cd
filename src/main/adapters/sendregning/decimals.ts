// Decimal numbers as SendRegning reads and writes them: text in, text out, rounded half up. No floats, no XML.

import {
  addDecimals,
  compareDecimals,
  divideDecimals,
  decimalToText,
  multiplyDecimals,
  parseDecimal,
  roundDecimal,
} from '../../domain/decimal.ts';
import type { Decimal } from '../../domain/decimal.ts';

/** Decimals that the service keeps of any number (guide, Data types). */
const keptDecimals = 2;
const hundred: Decimal = { digits: 100n, scale: 0 };
const one: Decimal = { digits: 1n, scale: 0 };

/** Reads `1 234,50`, `-435,00` or `125.00` as decimal text with a point; null for anything else. Replies use both separators, even blanks. */
export function readDecimal(text: string): string | null {
  const plain = text
    .replace(/[\s\u00A0\u202F]+/gu, '')
    .replace(/^\+/u, '')
    .replace(',', '.');
  const value = parseDecimal(plain);
  return value === null ? null : decimalToText(value);
}

/** An amount of a reply in minor units (two decimals, half up); null when it is none or beyond ±2^53. */
export function readAmountMinor(text: string): number | null {
  const value = parsed(text);
  if (value === null) return null;
  const minor = Number(roundDecimal(value, keptDecimals).digits);
  return Number.isSafeInteger(minor) ? minor : null;
}

/** Rounded to two decimals, half up (away from zero), always with both: 15.4561212 gives 15.46, -1.005 gives -1.01. Null when it is no number. */
export function roundHalfUp(text: string): string | null {
  const value = parsed(text);
  return value === null ? null : decimalToText(roundDecimal(value, keptDecimals));
}

/**
 * The shortest text of the same number after the service's own rounding: 1000.00 gives `1000`, 7.50 gives `7.5`. The service's longest
 * lengths count sign and separator, so that a fixed two decimals would be refused. Null when it is no number.
 */
export function shortDecimal(text: string): string | null {
  const rounded = roundHalfUp(text);
  return rounded === null ? null : rounded.replace(/\.?0+$/u, '');
}

/** {@link shortDecimal} when it has at most `maxLength` characters, else null. */
export function fitDecimal(text: string, maxLength: number): string | null {
  const short = shortDecimal(text);
  return short !== null && short.length <= maxLength ? short : null;
}

/** Minor units of a currency with two decimals, as the shortest decimal text. */
export function minorToShort(amountMinor: number): string {
  return decimalToText({ digits: BigInt(amountMinor), scale: 2 }).replace(/\.?0+$/u, '');
}

/** A line's figures as they are sent; left out ones are null. */
export interface LineFigures {
  readonly qty: string | null;
  readonly unitPrice: string | null;
  readonly discount: string | null;
  readonly tax: string | null;
}

/** A line's amounts in minor units. */
export interface LineEstimate {
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
  /** The amount before VAT needs no rounding: then the total is the same whatever the order of the service's roundings. */
  readonly isExact: boolean;
}

/**
 * What the service will make of a line in minor units: quantity × price − discount % + VAT %, each rounded once, half up. An estimate: the order of
 * the service's own roundings is published nowhere. Null when a figure is no number.
 */
export function estimateLine(line: LineFigures): LineEstimate | null {
  const qty = parsed(line.qty ?? '0');
  const price = parsed(line.unitPrice ?? '0');
  const discount = parsed(line.discount ?? '0');
  const tax = parsed(line.tax ?? '0');
  if (qty === null || price === null || discount === null || tax === null) return null;
  const gross = multiplyDecimals(qty, price);
  const part = addDecimals(one, negative(percent(discount)));
  const net = multiplyDecimals(gross, part);
  const taxAmount = multiplyDecimals(net, percent(tax));
  const minor = [net, taxAmount, addDecimals(net, taxAmount)].map((value) =>
    Number(roundDecimal(value, keptDecimals).digits),
  );
  const [netMinor = 0, taxMinor = 0, totalMinor = 0] = minor;
  const isExact = compareDecimals(net, { digits: BigInt(netMinor), scale: keptDecimals }) === 0;
  return minor.every((value) => Number.isSafeInteger(value)) ? { netMinor, taxMinor, totalMinor, isExact } : null;
}

function parsed(text: string): Decimal | null {
  const plain = readDecimal(text);
  return plain === null ? null : parseDecimal(plain);
}

function percent(value: Decimal): Decimal {
  // Two more decimals hold the quotient exactly.
  return divideDecimals(value, hundred, value.scale + 2) ?? value;
}

function negative({ digits, scale }: Decimal): Decimal {
  return { digits: -digits, scale };
}

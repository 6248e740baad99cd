// How a format writes dates and numbers, and the way from there to the canonical form. No fields, no findings.

import { isCalendarDate } from '../domain/dates.ts';
import { isDecimalText } from '../domain/decimal.ts';
import { parseAmount } from '../domain/money.ts';

/** Ways of writing a date. `DD.MM.YY` is always in this century (SendRegning's rule). */
export const dateForms = ['YYYY-MM-DD', 'YYYYMMDD', 'DD.MM.YYYY', 'DD.MM.YY'] as const;
/** One of {@link dateForms}. */
export type DateForm = (typeof dateForms)[number];

/** Ways of writing the decimals of a number. There are no thousands separators in any of them. */
export const decimalForms = ['point', 'comma', 'pointOrComma'] as const;
/** One of {@link decimalForms}. */
export type DecimalForm = (typeof decimalForms)[number];

/** A type of value: made once for each format, since a file has millions of values. */
export interface ValueType<T> {
  readonly ruleId: string;
  /** As shown to people: `YYYY-MM-DD`, `1234.50`. */
  readonly expected: string;
  /** Null for anything that is not written so. The currency counts for amounts only; null while it is unknown. */
  readonly parse: (text: string, currency: string | null) => T | null;
}

/** How one format writes its values. */
export interface ValueForms {
  /** ISO date. */
  readonly date: ValueType<string>;
  /** Decimal text with a point. */
  readonly decimal: ValueType<string>;
  /** Minor units, of two decimals while the currency is unknown. */
  readonly amount: ValueType<number>;
}

/** The forms of a format. */
export function valueForms(dates: DateForm, decimals: DecimalForm): ValueForms {
  const number = { ruleId: 'core.type.decimal', expected: decimals === 'comma' ? '1234,50' : '1234.50' };
  const decimal = decimalReaders[decimals];
  return {
    date: { ruleId: 'core.type.date', expected: dates, parse: dateReaders[dates] },
    decimal: { ...number, parse: decimal },
    amount: {
      ...number,
      parse: decimals === 'point' ? amountOf : (text, currency) => amountOf(decimal(text) ?? '', currency),
    },
  };
}

function amountOf(text: string, currency: string | null): number | null {
  const amount = parseAmount(text, currency ?? 'SEK');
  return amount.ok ? amount.value : null;
}

const isoDate = (text: string): string | null => (isCalendarDate(text) ? text : null);

const dateReaders: Readonly<Record<DateForm, (text: string) => string | null>> = {
  'YYYY-MM-DD': isoDate,
  YYYYMMDD: (text) => fromParts(/^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/u, text),
  'DD.MM.YYYY': (text) => fromParts(/^(?<day>\d{2})\.(?<month>\d{2})\.(?<year>\d{4})$/u, text),
  'DD.MM.YY': (text) => fromParts(/^(?<day>\d{2})\.(?<month>\d{2})\.(?<year>\d{2})$/u, text),
};

function fromParts(pattern: RegExp, text: string): string | null {
  const { year = '', month = '', day = '' } = pattern.exec(text)?.groups ?? {};
  return isoDate(`${year.length === 2 ? '20' : ''}${year}-${month}-${day}`);
}

const withPoint = (text: string): string | null => (isDecimalText(text) ? text : null);
const withComma = (text: string): string | null =>
  text.includes('.') ? null : withPoint(text.includes(',') ? text.replace(',', '.') : text);

const decimalReaders: Readonly<Record<DecimalForm, (text: string) => string | null>> = {
  point: withPoint,
  comma: withComma,
  pointOrComma: (text) => withPoint(text) ?? withComma(text),
};

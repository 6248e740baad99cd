// How a format writes dates and numbers, and the way from there to the canonical form. No fields, no findings.

import { isCalendarDate } from '../domain/dates.ts';
import { isDecimalText } from '../domain/decimal.ts';

/** Ways of writing a date. `DD.MM.YY` is always in this century (SendRegning's rule). */
export const dateForms = ['YYYY-MM-DD', 'YYYYMMDD', 'DD.MM.YYYY', 'DD.MM.YY'] as const;
/** One of {@link dateForms}. */
export type DateForm = (typeof dateForms)[number];

/** Ways of writing the decimals of a number. There are no thousands separators in any of them. */
export const decimalForms = ['point', 'comma', 'pointOrComma'] as const;
/** One of {@link decimalForms}. */
export type DecimalForm = (typeof decimalForms)[number];

/** How one format writes its values. Both functions give null for anything that is not written so. */
export interface ValueForms {
  /** ISO date. */
  date(text: string): string | null;
  /** Decimal text with a point. */
  decimal(text: string): string | null;
  /** The forms as shown to people: `YYYY-MM-DD`, `1234.50`. */
  readonly dateExample: string;
  readonly decimalExample: string;
}

/** The forms of a format. */
export function valueForms(dates: DateForm, decimals: DecimalForm): ValueForms {
  return {
    date: dateReaders[dates],
    decimal: decimalReaders[decimals],
    dateExample: dates,
    decimalExample: decimals === 'comma' ? '1234,50' : '1234.50',
  };
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

// Corrections that need no judgement: for each rule a pure function from what stands in the source to what was meant, or null. No I/O, no invoices.

import { isCalendarDate } from '../dates.ts';
import { isDecimalText } from '../decimal.ts';
import { isEmailAddress } from '../identifiers/email-address.ts';
import { parseAmount } from '../money.ts';
import { isFixableRule } from '../../../shared/schema/fix.ts';
import type { FixableRule } from '../../../shared/schema/fix.ts';
import { repairEncoding } from './repair-encoding.ts';

/** A value of the source as a fix sees it. */
export interface FixableValue {
  /** Canonical name, with row numbers (`buyer.name`, `lines[3].description`). */
  readonly field: string;
  /** Type the format gives the field. */
  readonly type: 'text' | 'date' | 'month' | 'amount' | 'decimal' | 'integer' | 'currency' | 'boolean';
  /** As it stands, trimmed; never empty. */
  readonly text: string;
  /** Of the invoice, for the number of decimals; null when it can't be read. */
  readonly currency: string | null;
}

/** The new text; null when the value is sound, or when what was meant can't be told for certain. */
export type Mend = (value: FixableValue) => string | null;

/** The fix for a rule, null when its cause needs a person. */
export function fixForRule(ruleId: string): Mend | null {
  return isFixableRule(ruleId) ? fixes[ruleId] : null;
}

const fixes: Readonly<Record<FixableRule, Mend>> = {
  'core.text.encoding': mendEncoding,
  'core.text.control': mendInvisible,
  'core.email.syntax': mendEmail,
  'core.type.currency': mendCurrency,
  'core.type.date': mendDate,
  'core.type.decimal': mendDecimal,
};

/** Fields with words in them: names, addresses, descriptions, notes. Numbers, references and addresses of machines are not among them. */
export function isWordField(field: string): boolean {
  return /(?:^|\.)(?:name|contactName|street|street2|city|description|reason|notes\[\d+\]\.text|area|terms)$/u.test(
    field,
  );
}

/** The fields the rule on invisible characters looks at. */
const controlFields: readonly string[] = ['invoiceNumber', 'buyer.name', 'seller.name'];
/** Zero-width, direction and word-joining marks, and the byte order mark: nothing is lost with them. */
const invisible = /[\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/gu;

function mendEncoding({ field, type, text }: FixableValue): string | null {
  return type === 'text' && isWordField(field) ? repairEncoding(text) : null;
}

function mendInvisible({ field, type, text }: FixableValue): string | null {
  if (type !== 'text' || !controlFields.includes(field)) return null;
  const clean = spacesForBreaks(text.replace(invisible, '')).replace(/ {2,}/gu, ' ').trim();
  // An invoice number with a break inside may be two numbers.
  if (field === 'invoiceNumber' && clean.includes(' ') && !text.includes(' ')) return null;
  return changed(text, clean);
}

/** Controls and line separators stood for a break. C1 controls are left to the encoding doctor. */
function spacesForBreaks(text: string): string {
  return Array.from(text, (character) => {
    const code = character.charCodeAt(0);
    return code < 32 || code === 127 || code === 0x2028 || code === 0x2029 ? ' ' : character;
  }).join('');
}

/** Space and marks around an address, and what programs put around it; only when an address comes out. */
function mendEmail({ field, type, text }: FixableValue): string | null {
  if (type !== 'text' || !/(?:^|\.)email$/u.test(field) || isEmailAddress(text)) return null;
  const clean = text
    .replace(invisible, '')
    .replace(/^mailto:/iu, '')
    .replace(/^[\s<("']+|[\s>)"';,.]+$/gu, '')
    .replace(/\s*([@.])\s*/gu, '$1');
  return isEmailAddress(clean) ? changed(text, clean) : null;
}

function mendCurrency({ type, text }: FixableValue): string | null {
  return type === 'currency' && /^[A-Za-z]{3}$/u.test(text) ? changed(text, text.toUpperCase()) : null;
}

function mendDate({ type, text }: FixableValue): string | null {
  if (type === 'month') return changed(text, isoMonth(text));
  return type === 'date' ? changed(text, isoDate(text)) : null;
}

/** ISO date; null where day and month could be exchanged, or the century is missing. */
function isoDate(text: string): string | null {
  if (isCalendarDate(text)) return null;
  // A time, or an offset after the bare date, does not move the day. A time with an offset may.
  const bare = /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?|Z|[+-]\d{2}:\d{2})$/u.exec(text);
  if (bare !== null) return calendarDate(bare[1] ?? '');
  const yearFirst =
    /^(?<y>\d{4})(?<sign>[-/.])(?<m>\d{1,2})\k<sign>(?<d>\d{1,2})$/u.exec(text) ??
    /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})$/u.exec(text);
  if (yearFirst !== null) return dateOf(yearFirst.groups);
  // With points the day stands first, in Sweden and Norway and wherever dates have points.
  const dayFirst = /^(?<d>\d{1,2})\.\s?(?<m>\d{1,2})\.\s?(?<y>\d{4})$/u.exec(text);
  if (dayFirst !== null) return dateOf(dayFirst.groups);
  const either = /^(\d{1,2})([/-])(\d{1,2})\2(\d{4})$/u.exec(text);
  if (either === null) return null;
  const [, one = '', , other = '', y = ''] = either;
  if (Number(one) === Number(other) || Number(one) > 12) return dateOf({ y, m: other, d: one });
  return Number(other) > 12 ? dateOf({ y, m: one, d: other }) : null;
}

function dateOf(parts: Readonly<Record<string, string>> | undefined): string | null {
  const { y = '', m = '', d = '' } = parts ?? {};
  return calendarDate(`${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`);
}

function calendarDate(text: string): string | null {
  return isCalendarDate(text) ? text : null;
}

function isoMonth(text: string): string | null {
  const found =
    /^(?<y>\d{4})[-/.]?(?<m>\d{2})$/u.exec(text) ??
    /^(?<y>\d{4})[-/.](?<m>\d)$/u.exec(text) ??
    /^(?<m>\d{1,2})[./](?<y>\d{4})$/u.exec(text);
  const { y = '', m = '' } = found?.groups ?? {};
  const first = calendarDate(`${y}-${m.padStart(2, '0')}-01`);
  return first === null ? null : first.slice(0, 7);
}

function mendDecimal({ type, text, currency }: FixableValue): string | null {
  if ((type !== 'amount' && type !== 'decimal') || isDecimalText(text)) return null;
  const clean = plainDecimal(text);
  if (clean === null || !isDecimalText(clean)) return null;
  return type === 'amount' && !parseAmount(clean, currency ?? 'SEK').ok ? null : clean;
}

/** `1 234,50`, `1.234,50`, `1,234.50`, `1234,50-`, `−12,5` → a plain decimal; null where a comma may be either sign (`1,234`). */
function plainDecimal(text: string): string | null {
  const signed = /^([+\u2212-]?)\s?(.*?)\s?(-?)$/u.exec(text);
  if (signed === null) return null;
  const [, sign = '', body = '', trailing = ''] = signed;
  if (sign !== '' && trailing !== '') return null;
  const digits = unsignedDecimal(body);
  if (digits === null) return null;
  const isNegative = trailing === '-' || (sign !== '' && sign !== '+');
  return isNegative ? `-${digits}` : digits;
}

function unsignedDecimal(text: string): string | null {
  // Spaces count as a sign between thousands only where thousands are.
  const grouped = /^\d{1,3}(?:[ \u00A0\u2009\u202F]\d{3})+(?=[.,]|$)/u.exec(text);
  const compact = grouped === null ? text : grouped[0].replace(/\D/gu, '') + text.slice(grouped[0].length);
  if (/^\d+(?:\.\d+)?$/u.test(compact)) return compact;
  if (/^\d{1,3}(?:\.\d{3})+,\d+$/u.test(compact)) return compact.replaceAll('.', '').replace(',', '.');
  if (/^\d{1,3}(?:,\d{3})+\.\d+$/u.test(compact)) return compact.replaceAll(',', '');
  // Three digits after one comma may be thousands, unless spaces or a leading zero say otherwise.
  if (grouped === null && /^[1-9]\d{0,2},\d{3}$/u.test(compact)) return null;
  return /^\d+,\d+$/u.test(compact) ? compact.replace(',', '.') : null;
}

function changed(before: string, after: string | null): string | null {
  return after === null || after === '' || after === before ? null : after;
}

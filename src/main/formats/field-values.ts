// Reads single values out of raw records by canonical name and type. A value that does not parse gives a finding and null, never a default.

import { isCalendarDate } from '../domain/dates.ts';
import { isDecimalText } from '../domain/decimal.ts';
import { parseAmount } from '../domain/money.ts';
import type { Finding } from '../domain/rules/rule.ts';
import type { FieldPlan } from './compile-profile.ts';
import type { RawRecord } from './record.ts';

/** Remembers which slot a canonical field was read from; only kept when places are asked for. */
export interface FieldTrace {
  field(name: string, record: RawRecord, slot: number): void;
  item(list: string, index: number, record: RawRecord): void;
}

/** Reading state of one invoice. `list` and `index` name the row being read, '' for the invoice itself. */
export interface FieldReader {
  readonly findings: Finding[];
  readonly trace: FieldTrace | null;
  /** Fields that this dialect uses for something else. */
  readonly absent: ReadonlySet<string> | null;
  /** Names of amounts with more than two decimals, where a standard asks; null where nobody does. */
  readonly longAmounts: string[] | null;
  currency: string | null;
  list: string;
  index: number;
}

const monthPattern = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Text of a field, null when absent or empty. Reports `core.type.value` when the profile closes the list of values. */
export function readText(reader: FieldReader, record: RawRecord, name: string): string | null {
  const plan = record.plan.fields.get(name);
  if (plan === undefined) return null;
  const text = rawText(reader, record, plan);
  if (text === null || plan.values === null) return text;
  const value = plan.values[text];
  if (value !== undefined) return value;
  if (!plan.isClosed) return text;
  report(reader, plan, { ruleId: 'core.type.value', found: text, expected: Object.keys(plan.values).join(', ') });
  return null;
}

/** ISO date; `core.type.date` for anything that is not a day of the calendar. */
export function readDate(reader: FieldReader, record: RawRecord, name: string): string | null {
  return parsed(reader, record, {
    name,
    ruleId: 'core.type.date',
    expected: 'YYYY-MM-DD',
    parse: (text) => (isCalendarDate(text) ? text : null),
  });
}

/** Month as `YYYY-MM`; `core.type.date` for anything else. */
export function readMonth(reader: FieldReader, record: RawRecord, name: string): string | null {
  return parsed(reader, record, {
    name,
    ruleId: 'core.type.date',
    expected: 'YYYY-MM',
    parse: (text) => (monthPattern.test(text) ? text : null),
  });
}

/** Exact decimal text; `core.type.decimal` for anything with a comma, spaces or an exponent. */
export function readDecimal(reader: FieldReader, record: RawRecord, name: string): string | null {
  return parsed(reader, record, {
    name,
    ruleId: 'core.type.decimal',
    expected: '1234.50',
    parse: (text) => (isDecimalText(text) ? text : null),
  });
}

/** Minor units of the invoice's currency (of two decimals while that is unknown); `core.type.decimal` when it is no exact amount. */
export function readAmount(reader: FieldReader, record: RawRecord, name: string): number | null {
  return parsed(reader, record, {
    name,
    ruleId: 'core.type.decimal',
    expected: '1234.50',
    parse: (text) => {
      if (reader.longAmounts !== null) noteLongAmount(reader, name, text);
      return amountIn(text, reader.currency);
    },
  });
}

/** Decimal text of an amount that is not computed with; counts as an amount for {@link FieldReader.longAmounts}. */
export function readAmountText(reader: FieldReader, record: RawRecord, name: string): string | null {
  const text = readDecimal(reader, record, name);
  if (text !== null) noteLongAmount(reader, name, text);
  return text;
}

/** Three capital letters; `core.type.currency` otherwise. Whether the currency exists is a rule's question. */
export function readCurrency(reader: FieldReader, record: RawRecord, name: string): string | null {
  return parsed(reader, record, {
    name,
    ruleId: 'core.type.currency',
    expected: 'SEK',
    parse: (text) => (/^[A-Z]{3}$/.test(text) ? text : null),
  });
}

/** `true`, `false`, `1` or `0`; `core.type.value` otherwise. */
export function readBoolean(reader: FieldReader, record: RawRecord, name: string): boolean | null {
  return parsed(reader, record, { name, ruleId: 'core.type.value', expected: 'true, false', parse: booleanOf });
}

/** Reports `core.required` for every required field of a record that is absent or empty. */
export function checkRequired(reader: FieldReader, record: RawRecord): void {
  for (const plan of record.plan.requiredFields) {
    if (plan.slots.some((slot) => isFilled(record.values[slot])) || reader.absent?.has(plan.name) === true) continue;
    report(reader, plan, { ruleId: 'core.required', found: null, expected: null });
  }
}

/** Canonical name of a field of the row being read. */
export function canonicalName(reader: Pick<FieldReader, 'list' | 'index'>, name: string): string {
  return reader.list === '' ? name : `${reader.list}[${reader.index}].${name}`;
}

/** The element or attribute a field's first path names, as the source writes it: `DueDate`, `@period`. */
export function sourceName(plan: FieldPlan): string {
  const attribute = plan.attributes[0];
  return attribute === null || attribute === undefined ? (plan.nodes[0]?.name ?? plan.name) : `@${attribute}`;
}

/** Amount text in a currency, null when it is not exact. */
export function amountIn(text: string, currency: string | null): number | null {
  const amount = parseAmount(text, currency ?? 'SEK');
  return amount.ok ? amount.value : null;
}

function noteLongAmount(reader: FieldReader, name: string, text: string): void {
  const point = text.indexOf('.');
  if (point >= 0 && text.length - point > 3 && isDecimalText(text))
    reader.longAmounts?.push(canonicalName(reader, name));
}

interface Parse<T> {
  readonly name: string;
  readonly ruleId: string;
  readonly expected: string;
  readonly parse: (text: string) => T | null;
}

function parsed<T>(reader: FieldReader, record: RawRecord, how: Parse<T>): T | null {
  const plan = record.plan.fields.get(how.name);
  if (plan === undefined) return null;
  const text = rawText(reader, record, plan);
  if (text === null) return null;
  const value = how.parse(text);
  if (value === null) report(reader, plan, { ruleId: how.ruleId, found: text, expected: how.expected });
  return value;
}

/** The first slot with text; an empty one is remembered for its place, but counts as absent. */
function rawText(reader: FieldReader, record: RawRecord, plan: FieldPlan): string | null {
  if (reader.absent?.has(plan.name) === true) return null;
  for (const slot of plan.slots) {
    const text = record.values[slot];
    if (!isFilled(text)) continue;
    reader.trace?.field(canonicalName(reader, plan.name), record, slot);
    return text;
  }
  return null;
}

function isFilled(text: string | null | undefined): text is string {
  return text !== null && text !== undefined && text !== '';
}

function report(
  reader: FieldReader,
  plan: FieldPlan,
  what: { readonly ruleId: string; readonly found: string | null; readonly expected: string | null },
): void {
  const field = canonicalName(reader, plan.name);
  reader.findings.push({ ...what, severity: 'error', field, params: { field: plan.name, element: sourceName(plan) } });
}

function booleanOf(text: string): boolean | null {
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : null;
}

// Reads single values out of raw records by canonical name and type. A value that does not parse gives a finding and null, never a default.

import { isDecimalText } from '../domain/decimal.ts';
import type { Finding } from '../domain/rules/rule.ts';
import type { CompiledDialect } from './compile-dialects.ts';
import type { FieldPlan } from './profile-plan.ts';
import type { RawRecord } from './record.ts';
import type { ValueType } from './value-forms.ts';

/** Remembers which slot a canonical field was read from; only kept when places are asked for. */
export interface FieldTrace {
  field(name: string, record: RawRecord, slot: number): void;
  item(list: string, index: number, record: RawRecord): void;
}

/** Reading state of one invoice. `list` and `index` name the row being read, '' for the invoice itself. */
export interface FieldReader {
  readonly findings: Finding[];
  readonly trace: FieldTrace | null;
  /** What the document says it follows, when it uses fields in its own way. */
  readonly dialect: CompiledDialect | null;
  /** Names of amounts with more than two decimals, where a standard asks; null where nobody does. */
  readonly longAmounts: string[] | null;
  currency: string | null;
  list: string;
  index: number;
  /** Canonical name of the field being read, which differs from the plan's in some dialects. */
  name: string;
}

/** Text of a field, null when absent or empty. Reports `core.type.value` when the profile closes the list of values. */
export function readText(reader: FieldReader, record: RawRecord, name: string): string | null {
  reader.name = name;
  const plan = planOf(reader, record, name);
  if (plan === null) return null;
  const text = rawText(reader, record, plan);
  if (text === null || plan.values === null) return text;
  const value = plan.values[text];
  if (value !== undefined) return value;
  if (!plan.isClosed) return text;
  report(reader, plan, { ruleId: 'core.type.value', found: text, expected: Object.keys(plan.values).join(', ') });
  return null;
}

/** A reader without a trace, the same one where there is none: for values that lead to another one, whose place is told by whoever reads it. */
export function silently(reader: FieldReader): FieldReader {
  return reader.trace === null ? reader : { ...reader, trace: null };
}

/** ISO date; `core.type.date` for anything that is not a day of the calendar written as the format writes it. */
export function readDate(reader: FieldReader, record: RawRecord, name: string): string | null {
  reader.name = name;
  return parsed(reader, record, record.plan.forms.date);
}

/** Month as `YYYY-MM`; `core.type.date` for anything else. */
export function readMonth(reader: FieldReader, record: RawRecord, name: string): string | null {
  reader.name = name;
  return parsed(reader, record, month);
}

/** Exact decimal text with a point; `core.type.decimal` for spaces, an exponent, or a decimal mark that is not the format's. */
export function readDecimal(reader: FieldReader, record: RawRecord, name: string): string | null {
  reader.name = name;
  return parsed(reader, record, record.plan.forms.decimal);
}

/** Minor units of the invoice's currency (of two decimals while that is unknown); `core.type.decimal` when it is no exact amount. */
export function readAmount(reader: FieldReader, record: RawRecord, name: string): number | null {
  if (reader.longAmounts !== null) noteLongAmount(reader, record, name);
  reader.name = name;
  return parsed(reader, record, record.plan.forms.amount);
}

/** Decimal text of an amount that is not computed with; counts as an amount for {@link FieldReader.longAmounts}. */
export function readAmountText(reader: FieldReader, record: RawRecord, name: string): string | null {
  const text = readDecimal(reader, record, name);
  noteLongAmount(reader, record, name);
  return text;
}

/** Three capital letters; `core.type.currency` otherwise. Whether the currency exists is a rule's question. */
export function readCurrency(reader: FieldReader, record: RawRecord, name: string): string | null {
  reader.name = name;
  return parsed(reader, record, currency);
}

/** `true`, `false`, `1` or `0`; `core.type.value` otherwise. */
export function readBoolean(reader: FieldReader, record: RawRecord, name: string): boolean | null {
  reader.name = name;
  return parsed(reader, record, truth);
}

/** Reports `core.required` for every required field of a record that is absent or empty. */
export function checkRequired(reader: FieldReader, record: RawRecord): void {
  for (const own of record.plan.requiredFields) {
    const { name } = own;
    const plan = planOf(reader, record, name);
    if (plan === null || plan.slots.some((slot) => isFilled(record.values[slot]))) continue;
    reader.name = name;
    report(reader, plan, { ruleId: 'core.required', found: null, expected: null });
  }
}

/** Where a field is read from: as the profile says unless the dialect says otherwise; null when it is not there at all. */
function planOf({ dialect }: FieldReader, { plan }: RawRecord, name: string): FieldPlan | null {
  const fields = (dialect === null ? undefined : dialect.sources.get(plan)) ?? plan.fields;
  return fields.get(name) ?? null;
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

const monthPattern = /^\d{4}-(0[1-9]|1[0-2])$/;
const month: ValueType<string> = {
  ruleId: 'core.type.date',
  expected: 'YYYY-MM',
  parse: (text) => (monthPattern.test(text) ? text : null),
};
const currency: ValueType<string> = {
  ruleId: 'core.type.currency',
  expected: 'SEK',
  parse: (text) => (/^[A-Z]{3}$/.test(text) ? text : null),
};
const truth: ValueType<boolean> = { ruleId: 'core.type.value', expected: 'true, false', parse: booleanOf };

function noteLongAmount(reader: FieldReader, record: RawRecord, name: string): void {
  const plan = planOf(reader, record, name);
  const text = plan === null ? null : (filledText(record, plan) ?? plan.defaultText);
  const point = text === null ? -1 : text.indexOf('.');
  if (text !== null && point >= 0 && text.length - point > 3 && isDecimalText(text))
    reader.longAmounts?.push(canonicalName(reader, name));
}

function parsed<T>(reader: FieldReader, record: RawRecord, how: ValueType<T>): T | null {
  const plan = planOf(reader, record, reader.name);
  if (plan === null) return null;
  const text = rawText(reader, record, plan);
  if (text === null) return null;
  const value = how.parse(text, reader.currency);
  if (value === null) report(reader, plan, { ruleId: how.ruleId, found: text, expected: how.expected });
  return value;
}

/** The first slot with text; an empty one is remembered for its place, but counts as absent. A default has no place. */
function rawText(reader: FieldReader, record: RawRecord, plan: FieldPlan): string | null {
  for (const slot of plan.slots) {
    const text = record.values[slot];
    if (!isFilled(text)) continue;
    reader.trace?.field(canonicalName(reader, reader.name), record, slot);
    return text;
  }
  return plan.defaultText;
}

function filledText({ values }: RawRecord, plan: FieldPlan): string | null {
  for (const slot of plan.slots) {
    const text = values[slot];
    if (isFilled(text)) return text;
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
  const { name } = reader;
  const field = canonicalName(reader, name);
  // A fixed row's field carries its row (`lines[0].netMinor`); people are told the field's own name.
  const label = name.slice(name.lastIndexOf('].') + 1).replace(/^\./u, '');
  reader.findings.push({ ...what, severity: 'error', field, params: { field: label, element: sourceName(plan) } });
}

function booleanOf(text: string): boolean | null {
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : null;
}

// Reads single values out of raw records by canonical name and type. A value that does not parse gives a finding and null, never a default.

import { parseAmount } from '../domain/money.ts';
import type { Finding } from '../domain/rules/rule.ts';
import type { CompiledDialect } from './compile-dialects.ts';
import type { FieldPlan } from './compile-profile.ts';
import type { RawRecord } from './record.ts';
import type { ValueForms } from './value-forms.ts';

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
  currency: string | null;
  list: string;
  index: number;
}

const monthPattern = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Text of a field, null when absent or empty. Reports `core.type.value` when the profile closes the list of values. */
export function readText(reader: FieldReader, record: RawRecord, name: string): string | null {
  const plan = planOf(reader, record, name);
  if (plan === null) return null;
  const text = rawText(reader, record, { plan, name });
  if (text === null || plan.values === null) return text;
  const value = plan.values[text];
  if (value !== undefined) return value;
  if (!plan.isClosed) return text;
  report(
    reader,
    { plan, name },
    { ruleId: 'core.type.value', found: text, expected: Object.keys(plan.values).join(', ') },
  );
  return null;
}

/** ISO date; `core.type.date` for anything that is not a day of the calendar written as the format writes it. */
export function readDate(reader: FieldReader, record: RawRecord, name: string): string | null {
  const { date, dateExample } = record.plan.forms;
  return parsed(reader, record, { name, ruleId: 'core.type.date', expected: dateExample, parse: date });
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

/** Exact decimal text with a point; `core.type.decimal` for spaces, an exponent, or a decimal mark that is not the format's. */
export function readDecimal(reader: FieldReader, record: RawRecord, name: string): string | null {
  const { decimal, decimalExample } = record.plan.forms;
  return parsed(reader, record, { name, ruleId: 'core.type.decimal', expected: decimalExample, parse: decimal });
}

/** Minor units of the invoice's currency (of two decimals while that is unknown); `core.type.decimal` when it is no exact amount. */
export function readAmount(reader: FieldReader, record: RawRecord, name: string): number | null {
  const { forms } = record.plan;
  return parsed(reader, record, {
    name,
    ruleId: 'core.type.decimal',
    expected: forms.decimalExample,
    parse: (text) => amountIn(text, { currency: reader.currency, forms }),
  });
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
  for (const own of record.plan.requiredFields) {
    const { name } = own;
    const plan = planOf(reader, record, name);
    if (plan === null || plan.slots.some((slot) => isFilled(record.values[slot]))) continue;
    report(reader, { plan, name }, { ruleId: 'core.required', found: null, expected: null });
  }
}

/** Where a field is read from: as the profile says unless the dialect says otherwise; null when it is not there at all. */
function planOf(reader: FieldReader, record: RawRecord, name: string): FieldPlan | null {
  const source = reader.dialect?.sources.get(record.plan)?.get(name);
  return source === undefined ? (record.plan.fields.get(name) ?? null) : source;
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

/** Amount text in a currency (of two decimals while that is unknown), null when it is not exact. */
export function amountIn(
  text: string,
  how: { readonly currency: string | null; readonly forms: ValueForms },
): number | null {
  const decimal = how.forms.decimal(text);
  if (decimal === null) return null;
  const amount = parseAmount(decimal, how.currency ?? 'SEK');
  return amount.ok ? amount.value : null;
}

interface Parse<T> {
  readonly name: string;
  readonly ruleId: string;
  readonly expected: string;
  readonly parse: (text: string) => T | null;
}

/** A field under its canonical name, which differs from the plan's in some dialects. */
interface NamedPlan {
  readonly plan: FieldPlan;
  readonly name: string;
}

function parsed<T>(reader: FieldReader, record: RawRecord, how: Parse<T>): T | null {
  const plan = planOf(reader, record, how.name);
  if (plan === null) return null;
  const named = { plan, name: how.name };
  const text = rawText(reader, record, named);
  if (text === null) return null;
  const value = how.parse(text);
  if (value === null) report(reader, named, { ruleId: how.ruleId, found: text, expected: how.expected });
  return value;
}

/** The first slot with text; an empty one is remembered for its place, but counts as absent. A default has no place. */
function rawText(reader: FieldReader, record: RawRecord, { plan, name }: NamedPlan): string | null {
  for (const slot of plan.slots) {
    const text = record.values[slot];
    if (!isFilled(text)) continue;
    reader.trace?.field(canonicalName(reader, name), record, slot);
    return text;
  }
  return plan.defaultText;
}

function isFilled(text: string | null | undefined): text is string {
  return text !== null && text !== undefined && text !== '';
}

function report(
  reader: FieldReader,
  { plan, name }: NamedPlan,
  what: { readonly ruleId: string; readonly found: string | null; readonly expected: string | null },
): void {
  const field = canonicalName(reader, name);
  // A fixed row's field carries its row (`lines[0].netMinor`); people are told the field's own name.
  const label = name.slice(name.lastIndexOf('].') + 1).replace(/^\./u, '');
  reader.findings.push({ ...what, severity: 'error', field, params: { field: label, element: sourceName(plan) } });
}

function booleanOf(text: string): boolean | null {
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : null;
}

// The batch's own header: what it declares, checked against what was read.

import type { Problem } from '../../shared/schema/problem.ts';
import type { BatchCollector } from './collect-batch.ts';
import type { FieldPlan, RecordPlan } from './profile-plan.ts';
import { sourceName } from './field-values.ts';
import { problemOfFile } from './problem-of.ts';
import type { HeaderValue } from './record-reader.ts';
import type { TextPlace } from './text-place.ts';
import type { ValueForms } from './value-forms.ts';

/** A header as read. */
export interface BatchHeader {
  readonly plan: RecordPlan;
  readonly values: ReadonlyMap<number, HeaderValue>;
  readonly rootPlace: TextPlace;
}

/** Text of a header field, null when absent or empty. */
export function headerText(header: BatchHeader, field: string): string | null {
  return valueOf(header, field)?.text ?? header.plan.fields.get(field)?.defaultText ?? null;
}

/** Problems of the header: missing fields, types, and declared counts and sums that differ from what was read. */
export function checkHeader(
  header: BatchHeader,
  read: { readonly invoiceCount: number; readonly batch: BatchCollector },
): Problem[] {
  const problems: Problem[] = [];
  for (const plan of header.plan.fields.values()) {
    const value = valueOf(header, plan.name);
    const problem = value === null ? missing(header, plan) : wrongType(header, plan, value);
    if (problem !== null) problems.push(problem);
  }
  return [...problems, ...checkCount(header, read.invoiceCount), ...checkTotal(header, read.batch)];
}

function checkCount(header: BatchHeader, actual: number): Problem[] {
  const value = valueOf(header, 'invoiceCount');
  if (value === null || !isInteger(value.text) || Number(value.text) === actual) return [];
  const params = { declared: Number(value.text), actual };
  return [
    at(header, { field: 'invoiceCount', value }, { ruleId: 'core.batch.count', expected: String(actual), params }),
  ];
}

/** With credit notes in the batch two sums are sound: as written, and what is owed. No public source says which one a vendor means. */
function checkTotal(header: BatchHeader, batch: BatchCollector): Problem[] {
  const value = valueOf(header, 'totalMinor');
  const currency = headerText(header, 'currency') ?? batch.currency;
  const declaredMinor = value === null ? null : header.plan.forms.amount.parse(value.text, currency);
  const actualMinor = batch.owedMinor;
  if (
    value === null ||
    declaredMinor === null ||
    actualMinor === null ||
    declaredMinor === actualMinor ||
    declaredMinor === batch.payableMinor ||
    currency !== batch.currency
  )
    return [];
  const params = { declaredMinor, actualMinor, currency: currency ?? '' };
  return [at(header, { field: 'totalMinor', value }, { ruleId: 'core.batch.total', expected: null, params })];
}

function missing(header: BatchHeader, plan: FieldPlan): Problem | null {
  if (!plan.isRequired) return null;
  const params = { field: plan.name, element: sourceName(plan) };
  return problemOfFile(
    { ruleId: 'core.required', severity: 'error', found: null, expected: null, params },
    { path: pathOf(header, plan), ...header.rootPlace, length: header.plan.node.local.length + 1 },
  );
}

function wrongType(header: BatchHeader, plan: FieldPlan, value: HeaderValue): Problem | null {
  const how = { currency: headerText(header, 'currency'), forms: header.plan.forms };
  const check = typeChecks[plan.type];
  if (check === undefined || check.accepts(value.text, how)) return null;
  return at(
    header,
    { field: plan.name, value },
    {
      ruleId: check.ruleId,
      expected: check.expected(how.forms),
      params: { field: plan.name, element: sourceName(plan) },
    },
  );
}

interface TypeCheck {
  readonly ruleId: string;
  readonly expected: (forms: ValueForms) => string;
  readonly accepts: (text: string, how: { readonly currency: string | null; readonly forms: ValueForms }) => boolean;
}

const typeChecks: Readonly<Partial<Record<FieldPlan['type'], TypeCheck>>> = {
  date: {
    ruleId: 'core.type.date',
    expected: (forms) => forms.date.expected,
    accepts: (text, { forms }) => forms.date.parse(text, null) !== null,
  },
  integer: { ruleId: 'core.type.integer', expected: () => '12', accepts: isInteger },
  amount: {
    ruleId: 'core.type.decimal',
    expected: (forms) => forms.amount.expected,
    accepts: (text, { currency, forms }) => forms.amount.parse(text, currency) !== null,
  },
  currency: { ruleId: 'core.type.currency', expected: () => 'SEK', accepts: (text) => /^[A-Z]{3}$/.test(text) },
};

function isInteger(text: string): boolean {
  return /^\d{1,15}$/.test(text);
}

function valueOf(header: BatchHeader, field: string): HeaderValue | null {
  for (const slot of header.plan.fields.get(field)?.slots ?? []) {
    const value = header.values.get(slot);
    if (value !== undefined && value.text !== '') return value;
  }
  return null;
}

function at(
  header: BatchHeader,
  where: { readonly field: string; readonly value: HeaderValue },
  what: {
    readonly ruleId: string;
    readonly expected: string | null;
    readonly params: Readonly<Record<string, string | number>>;
  },
): Problem {
  const plan = header.plan.fields.get(where.field);
  const path = plan === undefined ? null : pathOf(header, plan);
  return problemOfFile(
    { ...what, severity: 'error', found: where.value.text },
    { path, ...where.value.start, length: Array.from(where.value.text).length },
  );
}

/** Path from the root: `InvoiceBatch/InvoiceCount`. */
function pathOf(header: BatchHeader, plan: FieldPlan): string {
  const attribute = plan.attributes[0] ?? null;
  const steps = attribute === null ? [] : [`@${attribute}`];
  for (let node = plan.nodes[0] ?? null; node !== null && node !== header.plan.node; node = node.parent)
    steps.unshift(node.name);
  return [header.plan.node.name, ...steps].join('/');
}

/** Where a header field's value stands; null when it is not there. */
export function headerPlace(header: BatchHeader, field: string): HeaderValue['start'] | null {
  return valueOf(header, field)?.start ?? null;
}

// Checks one read invoice: values, rules, and places for whatever was found. Pure apart from memory of the current invoice.

import { sumRuleIds } from '../domain/rules/all.ts';
import { standIn } from '../domain/rules/en16931/stand-in.ts';
import type { CustomerHistory } from '../domain/rules/history/customer-history.ts';
import { withOwnSeverities } from '../domain/rules/own-severities.ts';
import type { OwnSeverities } from '../domain/rules/own-severities.ts';
import type { Finding, InvoiceCheck, RuleContext } from '../domain/rules/rule.ts';
import type { FieldPlace, Invoice } from '../../shared/schema/invoice.ts';
import type { Problem } from '../../shared/schema/problem.ts';
import { assembleInvoice } from './assemble-invoice.ts';
import type { CompiledProfile } from './compile-profile.ts';
import { createFieldMap } from './field-places.ts';
import type { FieldMap } from './field-places.ts';
import { problemOf } from './problem-of.ts';
import type { ReadInvoice } from './record-reader.ts';

/** An invoice that has been checked. */
export interface CheckedInvoice {
  readonly invoice: Invoice;
  readonly problems: readonly Problem[];
}

/** What a check needs beside the invoice. */
export interface CheckOptions {
  readonly rules: readonly InvoiceCheck[];
  readonly today: string;
  /** The organisation's own severities; absent when it has set none. */
  readonly severities?: OwnSeverities;
  /** The customer's earlier invoices, where they are at hand. */
  readonly history?: CustomerHistory;
}

/** A read invoice with a way to its text, decoded only when a place is needed. */
export interface InvoiceSource {
  readonly read: ReadInvoice;
  readonly profile: CompiledProfile;
  readonly text: () => string;
  /** Makes the places of a format that is not XML. */
  readonly fieldMap?: () => FieldMap;
}

/** Assembles and checks. `extra` adds findings that need more than one invoice (duplicates). */
export function checkInvoice(
  source: InvoiceSource,
  options: CheckOptions,
  extra: (invoice: Invoice) => Finding | null,
): CheckedInvoice {
  const { read, profile } = source;
  const { invoice, findings } = assembleInvoice(read.record, profile, null);
  let map: FieldMap | null = null;
  const fieldMap = (): FieldMap => (map ??= mapFields(source));
  const own = {
    today: options.today,
    textOf: (field: string) => fieldMap().textOf(field),
    format: profile.profile.format,
  };
  const context: RuleContext = options.history === undefined ? own : { ...own, history: options.history };
  const all: Finding[] = findings.slice();
  const areSumsUnreadable = findings.some(isAmountFinding);
  const { skippedRules } = profile;
  for (const rule of options.rules) {
    const found = rule.check(invoice, context);
    if (found.length === 0) continue;
    for (const finding of found) {
      if (skippedRules.has(finding.ruleId) || (areSumsUnreadable && isSumFinding(finding))) continue;
      all.push(finding);
    }
  }
  const extraFinding = extra(invoice);
  if (extraFinding !== null) all.push(extraFinding);
  if (all.length === 0) return { invoice, problems: noProblems };
  const owner = { ordinal: read.record.index, invoiceNumber: invoice.invoiceNumber };
  const once = invoice.standard === undefined ? all : standIn(all, invoice.standard.longAmounts);
  const judged = withOwnSeverities(once, options.severities);
  return { invoice, problems: judged.map((finding) => problemOf(finding, fieldMap().spanOf(finding.field), owner)) };
}

/** The invoice and the place of every field that is there. */
export function invoiceWithPlaces(source: InvoiceSource): {
  readonly invoice: Invoice;
  readonly places: readonly FieldPlace[];
} {
  const map = newFieldMap(source);
  const { invoice } = assembleInvoice(source.read.record, source.profile, map);
  return { invoice, places: map.places() };
}

const noProblems: readonly Problem[] = [];

function newFieldMap(source: InvoiceSource): FieldMap {
  return source.fieldMap?.() ?? createFieldMap(source.read, source.text());
}

function mapFields(source: InvoiceSource): FieldMap {
  const map = newFieldMap(source);
  assembleInvoice(source.read.record, source.profile, map);
  return map;
}

/** An amount that could not be read stands as 0 in its row: sums over it would only repeat the cause. */
function isAmountFinding(finding: Finding): boolean {
  return (
    finding.field.endsWith('Minor') && (finding.ruleId === 'core.type.decimal' || finding.ruleId === 'core.required')
  );
}

function isSumFinding(finding: Finding): boolean {
  return sumRuleIds.has(finding.ruleId);
}

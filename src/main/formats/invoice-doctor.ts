// Fixes and checks single invoices: a rule's fix over every value the invoice is read from, and the rules over what comes of it.

import { hash } from 'node:crypto';
import { ok } from '../../shared/result.ts';
import { fixKindOfRule } from '../../shared/schema/fix.ts';
import { isCalendarDate } from '../domain/dates.ts';
import { isDecimalText } from '../domain/decimal.ts';
import { fixForRule } from '../domain/doctor/mechanical-fixes.ts';
import type { Mend } from '../domain/doctor/mechanical-fixes.ts';
import type { OwnSeverities } from '../domain/rules/own-severities.ts';
import type { InvoiceCheck } from '../domain/rules/rule.ts';
import type { FieldChange, InvoiceDoctor } from '../ports/invoice-doctor.ts';
import { checkInvoice } from './check-invoice.ts';
import type { InvoiceSource } from './check-invoice.ts';
import { BatchCollector } from './collect-batch.ts';
import { readValues } from './correct-record.ts';
import type { ReadValue } from './correct-record.ts';
import { createFieldMap } from './field-places.ts';
import { createOpenSlice } from './read-invoice-slice.ts';
import type { SliceReaderOptions } from './read-invoice-slice.ts';

/** Makes the doctor over the same profiles and rules as the import. */
export function createInvoiceDoctor(
  options: SliceReaderOptions & {
    readonly rules: () => readonly InvoiceCheck[];
    readonly severities: () => OwnSeverities;
  },
): InvoiceDoctor {
  const open = createOpenSlice(options);
  return {
    kindOf: fixKindOfRule,
    changesFor(slice, ruleId) {
      const opened = open(slice);
      return opened.ok ? ok(changesIn(opened.value.source, ruleId)) : opened;
    },
    check(slice, today, history) {
      const opened = open(slice);
      if (!opened.ok) return opened;
      const { invoice, problems } = checkInvoice(
        opened.value.source,
        {
          rules: options.rules(),
          today,
          severities: options.severities(),
          ...(history === undefined ? {} : { history }),
        },
        () => null,
      );
      const { place, bytes } = slice;
      const row = new BatchCollector().add(invoice, problems, {
        ...place,
        contentSha256: hash('sha256', bytes, 'hex'),
      });
      return ok({ problems, row });
    },
  };
}

function changesIn(source: InvoiceSource, ruleId: string): readonly FieldChange[] {
  const mend = fixForRule(ruleId);
  if (mend === null) return [];
  const values = readValues(source);
  const currency = values.find(({ names }) => names.includes('currency'))?.text.toUpperCase() ?? null;
  const map = createFieldMap(source.read, source.text());
  return values.flatMap((value) => {
    const { field, names, text, record, slot } = value;
    const after = mendedText(value, { mend, currency });
    if (after === null) return [];
    map.field(field, record, slot);
    return [{ field, names, before: text, after, line: map.spanOf(field).start.line }];
  });
}

/** What the value is corrected to, written as its format writes it; null when it is sound there, or can't be mended. */
function mendedText(
  { names, type, text, record }: ReadValue,
  { mend, currency }: { readonly mend: Mend; readonly currency: string | null },
): string | null {
  const canonical = mend({ field: names.at(-1) ?? '', type, text, currency });
  const { date, decimal, amount } = record.plan.forms;
  if (type === 'date') {
    if (date.parse(text, currency) !== null) return null;
    const iso = canonical ?? (isCalendarDate(text) ? text : null);
    return iso === null ? null : (datesAs(iso).find((each) => date.parse(each, currency) === iso) ?? null);
  }
  if (type !== 'amount' && type !== 'decimal') return canonical;
  const form = type === 'amount' ? amount : decimal;
  // Where a comma is the decimal sign, a point before three digits may part thousands.
  if (form.parse(text, currency) !== null || /^-?[1-9]\d{0,2}\.\d{3}$/u.test(text)) return null;
  const plain = canonical ?? (isDecimalText(text) ? text : null);
  if (plain === null) return null;
  const written = [plain, plain.replace('.', ',')].find((each) => decimal.parse(each, currency) === plain) ?? null;
  return written === null || form.parse(written, currency) === null ? null : written;
}

/** An ISO date in every form a format may want. */
function datesAs(iso: string): readonly string[] {
  const [year = '', month = '', day = ''] = iso.split('-');
  return [iso, `${year}${month}${day}`, `${day}.${month}.${year}`, `${day}.${month}.${year.slice(2)}`];
}

// Fixes and checks single invoices: a rule's fix over every value the invoice is read from, and the rules over what comes of it.

import { hash } from 'node:crypto';
import { ok } from '../../shared/result.ts';
import { fixKindOfRule } from '../../shared/schema/fix.ts';
import { fixForRule } from '../domain/doctor/mechanical-fixes.ts';
import type { Rule } from '../domain/rules/rule.ts';
import type { FieldChange, InvoiceDoctor } from '../ports/invoice-doctor.ts';
import { checkInvoice } from './check-invoice.ts';
import type { InvoiceSource } from './check-invoice.ts';
import { BatchCollector } from './collect-batch.ts';
import { readValues } from './correct-record.ts';
import { createFieldMap } from './field-places.ts';
import { createOpenSlice } from './read-invoice-slice.ts';

/** Makes the doctor over the same profiles and rules as the import. */
export function createInvoiceDoctor(options: {
  readonly resourcesDir: string;
  readonly rules: readonly Rule[];
}): InvoiceDoctor {
  const open = createOpenSlice(options);
  return {
    kindOf: fixKindOfRule,
    changesFor(slice, ruleId) {
      const opened = open(slice);
      return opened.ok ? ok(changesIn(opened.value.source, ruleId)) : opened;
    },
    check(slice, today) {
      const opened = open(slice);
      if (!opened.ok) return opened;
      const { invoice, problems } = checkInvoice(opened.value.source, { rules: options.rules, today }, () => null);
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
  const fix = fixForRule(ruleId);
  if (fix === null) return [];
  const values = readValues(source);
  const currency = values.find(({ field }) => field === 'currency')?.text.toUpperCase() ?? null;
  const map = createFieldMap(source.read, source.text());
  return values.flatMap(({ field, names, type, text, record, slot }) => {
    const after = fix({ field, type, text, currency });
    if (after === null) return [];
    map.field(field, record, slot);
    return [{ field, names, before: text, after, line: map.spanOf(field).start.line }];
  });
}

// Rule: an invoice with something to pay says when.

import { defineRule, finding, noFindings } from './define-rule.ts';

/** `core.duedate.missing`. Payment terms in words are enough (EN 16931, BR-CO-25); a due date that did not parse is the reader's to report. */
export const dueDateMissing = defineRule('core.duedate.missing', (invoice, context) => {
  if (invoice.dueDate !== null || invoice.kind === 'creditNote' || (invoice.totals.payableMinor ?? 1) <= 0)
    return noFindings;
  if (invoice.payment.terms !== null || context.textOf('dueDate') !== null) return noFindings;
  return [finding('core.duedate.missing', { field: 'dueDate', expected: 'YYYY-MM-DD' })];
});

// Rule: the customer still has time to pay.

import { defineRule, finding, noFindings } from './define-rule.ts';

/** `core.duedate.past`: the due date is before today. Credit notes are not judged; nor is a date before the invoice date, which has its own rule. */
export const dueDatePast = defineRule('core.duedate.past', ({ dueDate, invoiceDate, kind }, { today }) => {
  if (dueDate === null || kind === 'creditNote' || dueDate >= today || dueDate < (invoiceDate ?? '')) return noFindings;
  return [
    finding('core.duedate.past', {
      field: 'dueDate',
      found: dueDate,
      expected: `≥ ${today}`,
      params: { dueDate, today },
    }),
  ];
});

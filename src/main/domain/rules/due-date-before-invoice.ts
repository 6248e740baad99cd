// Rule: the due date is not before the invoice date.

import { defineRule, finding, noFindings } from './define-rule.ts';

/** `core.duedate.beforeInvoice`. */
export const dueDateBeforeInvoice = defineRule('core.duedate.beforeInvoice', ({ dueDate, invoiceDate }) => {
  if (dueDate === null || invoiceDate === null || dueDate >= invoiceDate) return noFindings;
  return [
    finding('core.duedate.beforeInvoice', {
      field: 'dueDate',
      found: dueDate,
      expected: `≥ ${invoiceDate}`,
      params: { dueDate, invoiceDate },
    }),
  ];
});

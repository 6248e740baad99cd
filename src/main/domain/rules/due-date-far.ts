// Rule: the due date is within a year of the invoice date.

import { daysBetween } from '../dates.ts';
import { defineRule, finding, noFindings } from './define-rule.ts';

const maxDays = 366;

/** `core.duedate.far`. The year is compared first, so that dates are only counted when it can matter. */
export const dueDateFar = defineRule('core.duedate.far', ({ dueDate, invoiceDate }) => {
  if (dueDate === null || invoiceDate === null || dueDate.startsWith(invoiceDate.slice(0, 4))) return noFindings;
  const days = daysBetween(invoiceDate, dueDate);
  if (days <= maxDays) return noFindings;
  return [finding('core.duedate.far', { field: 'dueDate', found: dueDate, params: { dueDate, invoiceDate, days } })];
});

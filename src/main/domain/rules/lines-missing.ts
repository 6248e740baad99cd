// Rule: an invoice has at least one row. An invoice without rows can't be explained to the customer.

import { defineRule, finding, noFindings } from './define-rule.ts';

/** `core.lines.missing`. */
export const linesMissing = defineRule('core.lines.missing', (invoice) =>
  invoice.lines.length > 0 ? noFindings : [finding('core.lines.missing', { field: 'lines' })],
);

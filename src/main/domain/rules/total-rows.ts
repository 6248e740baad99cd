// Rule: the rows add up to the stated sum of rows.

import { amountFinding, currencyOf, defineRule, noFindings } from './define-rule.ts';

/** `core.total.rows`, exact. Silent without a stated sum or without rows (that has its own rule). */
export const totalRows = defineRule('core.total.rows', (invoice) => {
  const statedMinor = invoice.totals.lineNetMinor;
  if (statedMinor === null || invoice.lines.length === 0) return noFindings;
  let expectedMinor = 0;
  for (const line of invoice.lines) expectedMinor += line.netMinor;
  if (expectedMinor === statedMinor) return noFindings;
  const params = { rows: invoice.lines.length };
  return [
    amountFinding('core.total.rows', {
      field: 'totals.lineNetMinor',
      statedMinor,
      expectedMinor,
      currency: currencyOf(invoice),
      params,
    }),
  ];
});

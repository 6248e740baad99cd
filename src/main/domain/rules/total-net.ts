// Rule: rows less allowances plus charges give the total without VAT.

import { amountFinding, currencyOf, defineRule, noFindings } from './define-rule.ts';
import { netFromRows } from './expected-totals.ts';

/** `core.total.net`, exact. Silent when one of the sums is missing. */
export const totalNet = defineRule('core.total.net', (invoice) => {
  const statedMinor = invoice.totals.netMinor;
  const expectedMinor = netFromRows(invoice);
  if (statedMinor === null || expectedMinor === null || expectedMinor === statedMinor) return noFindings;
  return [
    amountFinding('core.total.net', {
      field: 'totals.netMinor',
      statedMinor,
      expectedMinor,
      currency: currencyOf(invoice),
    }),
  ];
});

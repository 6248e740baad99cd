// Rule: the VAT of all rates adds up to the stated VAT.

import { amountFinding, currencyOf, defineRule, noFindings } from './define-rule.ts';

/** `core.vat.sum`, exact. Silent when the source states no VAT or does not split it by rate. */
export const vatSum = defineRule('core.vat.sum', (invoice) => {
  const statedMinor = invoice.totals.vatMinor;
  if (statedMinor === null || invoice.vat.length === 0) return noFindings;
  let expectedMinor = 0;
  for (const { taxMinor } of invoice.vat) expectedMinor += taxMinor;
  if (expectedMinor === statedMinor) return noFindings;
  return [
    amountFinding('core.vat.sum', {
      field: 'totals.vatMinor',
      statedMinor,
      expectedMinor,
      currency: currencyOf(invoice),
    }),
  ];
});

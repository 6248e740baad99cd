// Rule: total with VAT plus rounding less prepayments gives what is to be paid.

import { amountFinding, currencyOf, defineRule, noFindings } from './define-rule.ts';

/** `core.total.payable`, exact. Where a format has the rounding inside the total with VAT (EHF 2, Svefaktura), the reader has taken it out. */
export const totalPayable = defineRule('core.total.payable', (invoice) => {
  const { grossMinor, roundingMinor, prepaidMinor, payableMinor: statedMinor } = invoice.totals;
  if (grossMinor === null || statedMinor === null) return noFindings;
  const expectedMinor = grossMinor + (roundingMinor ?? 0) - (prepaidMinor ?? 0);
  if (expectedMinor === statedMinor) return noFindings;
  const params = { grossMinor, roundingMinor: roundingMinor ?? 0, prepaidMinor: prepaidMinor ?? 0 };
  return [
    amountFinding('core.total.payable', {
      field: 'totals.payableMinor',
      statedMinor,
      expectedMinor,
      currency: currencyOf(invoice),
      params,
    }),
  ];
});

// Rule: total with VAT plus rounding less prepayments gives what is to be paid.

import { amountFinding, currencyOf, defineRule, noFindings } from './define-rule.ts';
import { hasRoundingInGross } from './expected-totals.ts';

/** `core.total.payable`, exact; rounding inside the total (EHF 2) is accepted. */
export const totalPayable = defineRule('core.total.payable', (invoice) => {
  const { grossMinor, roundingMinor, prepaidMinor, payableMinor: statedMinor } = invoice.totals;
  if (grossMinor === null || statedMinor === null) return noFindings;
  const expectedMinor = grossMinor + (roundingMinor ?? 0) - (prepaidMinor ?? 0);
  if (expectedMinor === statedMinor || hasRoundingInGross(invoice)) return noFindings;
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

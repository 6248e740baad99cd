// Rule: rounding takes away or adds at most half a krona.

import { formatAmount, toleranceMinor } from '../money.ts';
import { currencyOf, defineRule, finding, noFindings } from './define-rule.ts';

/** `core.rounding.size`: rounding to whole kronor (lag 1970:1029) moves the sum by 0.50 at most. */
export const roundingSize = defineRule('core.rounding.size', (invoice) => {
  const rounding = invoice.totals.roundingMinor;
  if (rounding === null || rounding === 0) return noFindings;
  const currency = currencyOf(invoice);
  const limitMinor = toleranceMinor(50, currency);
  if (Math.abs(rounding) <= limitMinor) return noFindings;
  return [
    finding('core.rounding.size', {
      field: 'totals.roundingMinor',
      found: formatAmount(rounding, currency),
      expected: `${formatAmount(-limitMinor, currency)} … ${formatAmount(limitMinor, currency)} ${currency}`,
      params: { roundingMinor: rounding, limitMinor, currency },
    }),
  ];
});

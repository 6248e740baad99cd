// Rule: an invoice rounded to whole kronor asks for whole kronor.

import { formatAmount } from '../money.ts';
import { defineRule, finding, noFindings } from './define-rule.ts';

/** `core.rounding.payable`: SEK and NOK only, since other currencies round to other steps. A prepayment may leave a part of a krona. */
export const roundingPayable = defineRule('core.rounding.payable', (invoice) => {
  const { roundingMinor, payableMinor, prepaidMinor } = invoice.totals;
  const { currency } = invoice;
  if (
    roundingMinor === null ||
    roundingMinor === 0 ||
    payableMinor === null ||
    (currency !== 'SEK' && currency !== 'NOK')
  )
    return noFindings;
  if ((payableMinor + (prepaidMinor ?? 0)) % 100 === 0 || payableMinor % 100 === 0) return noFindings;
  const wholeMinor = Math.sign(payableMinor) * Math.round(Math.abs(payableMinor) / 100) * 100;
  return [
    finding('core.rounding.payable', {
      field: 'totals.payableMinor',
      found: formatAmount(payableMinor, currency),
      expected: `${formatAmount(wholeMinor, currency)} ${currency}`,
      params: { payableMinor, currency },
    }),
  ];
});

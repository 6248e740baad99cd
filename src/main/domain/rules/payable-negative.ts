// Rule: an invoice asks for money; money back belongs on a credit note.

import { formatAmount } from '../money.ts';
import { currencyOf, defineRule, finding, noFindings } from './define-rule.ts';

/** `core.payable.negative`. Credit notes may be written with either sign. */
export const payableNegative = defineRule('core.payable.negative', (invoice) => {
  const { payableMinor } = invoice.totals;
  if (invoice.kind === 'creditNote' || payableMinor === null || payableMinor >= 0) return noFindings;
  const currency = currencyOf(invoice);
  return [
    finding('core.payable.negative', {
      field: 'totals.payableMinor',
      found: formatAmount(payableMinor, currency),
      expected: `≥ ${formatAmount(0, currency)} ${currency}`,
      params: { payableMinor, currency },
    }),
  ];
});

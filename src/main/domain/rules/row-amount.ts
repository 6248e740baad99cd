// Rule: a row's amount is quantity × price ÷ base quantity plus its own allowances and charges.

import type { Finding } from './rule.ts';
import { isWithin, multiplyToMinor, toleranceMinor } from '../money.ts';
import { amountFinding, currencyOf, defineRule, noFindings } from './define-rule.ts';

/** BIS Billing 3, PEPPOL-EN16931-R120: 0.02 of the currency. */
const toleranceHundredths = 2;

/**
 * `core.row.amount`: beyond 0.02. Always a warning: prices are often shown rounded, returned goods stand with a positive quantity, and what
 * the customer is asked to pay is judged exactly by the rules on sums. Rows without quantity or price are not judged.
 */
export const rowAmount = defineRule('core.row.amount', (invoice) => {
  const currency = currencyOf(invoice);
  const tolerance = toleranceMinor(toleranceHundredths, currency);
  let findings: Finding[] | null = null;
  for (const [index, line] of invoice.lines.entries()) {
    if (line.quantity === null || line.unitPrice === null) continue;
    const product = multiplyToMinor({
      quantity: line.quantity,
      price: line.unitPrice,
      baseQuantity: line.priceBaseQuantity,
      currency,
    });
    if (product === null) continue;
    const expectedMinor = product + line.adjustmentMinor;
    if (isWithin(line.netMinor, expectedMinor, tolerance)) continue;
    findings ??= [];
    findings.push(
      amountFinding('core.row.amount', {
        field: `lines[${index}].netMinor`,
        statedMinor: line.netMinor,
        expectedMinor,
        currency,
        params: {
          row: line.id === '' ? String(index + 1) : line.id,
          quantity: line.quantity,
          price: line.unitPrice,
          base: line.priceBaseQuantity ?? '1',
        },
      }),
    );
  }
  return findings ?? noFindings;
});

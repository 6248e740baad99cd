// Rule: the VAT of each rate is its taxable amount times the rate.

import type { Finding } from './rule.ts';
import { isWithin, percentOfMinor, toleranceMinor } from '../money.ts';
import { amountFinding, currencyOf, defineRule, noFindings } from './define-rule.ts';

/** SFTI "Rounded amounts" and the BIS Billing 3 schematron allow 0.99 for VAT computed row by row. */
const toleranceHundredths = 99;

/** `core.vat.amount`: an error beyond 0.99 of the currency. Subtotals without a rate are not judged. */
export const vatAmount = defineRule('core.vat.amount', (invoice) => {
  const currency = currencyOf(invoice);
  let findings: Finding[] | null = null;
  for (const [index, { rate, taxableMinor, taxMinor }] of invoice.vat.entries()) {
    if (rate === null) continue;
    const expectedMinor = percentOfMinor(taxableMinor, rate);
    if (expectedMinor === null || isWithin(taxMinor, expectedMinor, toleranceMinor(toleranceHundredths, currency)))
      continue;
    findings ??= [];
    findings.push(
      amountFinding('core.vat.amount', {
        field: `vat[${index}].taxMinor`,
        statedMinor: taxMinor,
        expectedMinor,
        currency,
        params: { rate, taxableMinor },
      }),
    );
  }
  return findings ?? noFindings;
});

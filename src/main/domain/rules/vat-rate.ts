// Rule: the VAT rates are ones the seller's country has.

import { compareDecimals, parseDecimal } from '../decimal.ts';
import { sellerCountry } from './country.ts';
import { defineRule, finding, noFindings } from './define-rule.ts';
import type { Finding } from './rule.ts';

/** Sweden: Peppol SE-R-006 (25, 12, 6) and 0. Norway: 25, 15, 12, 11.11 (raw fish) and 0. */
const rates: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['SE', new Set(['25', '12', '6', '0'])],
  ['NO', new Set(['25', '15', '12', '11.11', '0'])],
]);

/** `core.vat.rate`: judged for sellers in Sweden and Norway only. */
export const vatRate = defineRule('core.vat.rate', (invoice) => {
  const country = sellerCountry(invoice);
  const known = country === null ? undefined : rates.get(country);
  if (known === undefined) return noFindings;
  let findings: Finding[] | null = null;
  for (const [index, { rate }] of invoice.vat.entries()) {
    if (rate === null || known.has(rate) || isKnownOtherwiseWritten(rate, known)) continue;
    findings ??= [];
    const expected = [...known].join(', ');
    findings.push(
      finding('core.vat.rate', {
        field: `vat[${index}].rate`,
        found: rate,
        expected,
        params: { rate, country: country ?? '', rates: expected },
      }),
    );
  }
  return findings ?? noFindings;
});

/** `25.00` is 25. */
function isKnownOtherwiseWritten(rate: string, known: ReadonlySet<string>): boolean {
  const value = parseDecimal(rate);
  if (value === null) return false;
  for (const each of known) {
    const other = parseDecimal(each);
    if (other !== null && compareDecimals(value, other) === 0) return true;
  }
  return false;
}

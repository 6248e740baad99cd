// Rule: the taxable amount of each rate is the sum of the rows, allowances and charges with that rate.

import type { Invoice } from '../../../shared/schema/invoice.ts';
import { compareDecimals, parseDecimal } from '../decimal.ts';
import { isWithin, toleranceMinor } from '../money.ts';
import { amountFinding, currencyOf, defineRule, noFindings } from './define-rule.ts';
import type { Finding } from './rule.ts';

/** Rows may be rounded one by one. */
const toleranceHundredths = 2;

/** `core.vat.base`: a warning, since the amounts themselves are judged elsewhere. Silent unless every row and adjustment names its rate, and when the rows do not add up (that has its own rule). */
export const vatBase = defineRule('core.vat.base', (invoice) => {
  if (invoice.vat.length === 0 || invoice.lines.length === 0 || !everythingHasRate(invoice) || !areRowsRight(invoice))
    return noFindings;
  const currency = currencyOf(invoice);
  const tolerance = toleranceMinor(toleranceHundredths, currency);
  let findings: Finding[] | null = null;
  for (const [index, { rate, taxableMinor }] of invoice.vat.entries()) {
    if (rate === null || isRateRepeated(invoice, index)) continue;
    const expectedMinor = baseOf(invoice, rate);
    if (isWithin(taxableMinor, expectedMinor, tolerance)) continue;
    findings ??= [];
    findings.push(
      amountFinding('core.vat.base', {
        field: `vat[${index}].taxableMinor`,
        statedMinor: taxableMinor,
        expectedMinor,
        currency,
        params: { rate },
      }),
    );
  }
  return findings ?? noFindings;
});

function areRowsRight({ lines, totals }: Invoice): boolean {
  if (totals.lineNetMinor === null) return true;
  let sum = 0;
  for (const line of lines) sum += line.netMinor;
  return sum === totals.lineNetMinor;
}

function everythingHasRate({ lines, adjustments }: Invoice): boolean {
  for (const line of lines) if (line.vatRate === null) return false;
  for (const adjustment of adjustments) if (adjustment.vatRate === null) return false;
  return true;
}

/** One rate may stand under several categories (zero rated and exempt); then the rate alone does not tell the rows apart. */
function isRateRepeated({ vat }: Invoice, index: number): boolean {
  const rate = vat[index]?.rate ?? null;
  return vat.some(
    (other, position) => position !== index && other.rate !== null && rate !== null && isSameRate(other.rate, rate),
  );
}

function baseOf({ lines, adjustments }: Invoice, rate: string): number {
  let sum = 0;
  for (const line of lines) if (line.vatRate !== null && isSameRate(line.vatRate, rate)) sum += line.netMinor;
  for (const { vatRate, isCharge, amountMinor } of adjustments) {
    if (vatRate !== null && isSameRate(vatRate, rate)) sum += isCharge ? amountMinor : -amountMinor;
  }
  return sum;
}

/** `25` and `25.00` are one rate. */
function isSameRate(one: string, other: string): boolean {
  if (one === other) return true;
  const left = parseDecimal(one);
  const right = parseDecimal(other);
  return left !== null && right !== null && compareDecimals(left, right) === 0;
}

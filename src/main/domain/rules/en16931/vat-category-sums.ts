// EN 16931: taxable amount, VAT and reason of each line of VAT breakdown (rules 08 to 10 of each category).

import type { Invoice } from '../../../../shared/schema/invoice.ts';
import { compareDecimals, parseDecimal } from '../../decimal.ts';
import { isWithin, toleranceMinor } from '../../money.ts';
import { amountFinding, currencyOf, defineRule, finding, noFindings } from '../define-rule.ts';
import type { Finding, Rule } from '../rule.ts';
import { vatMismatch } from './sums.ts';
import type { VatCategory } from './vat-categories.ts';

/** Room of just under 1.00 for standard rated amounts, as the standard's UBL binding has it; the other categories are exact. */
const standardToleranceHundredths = 99;

/** Runs a judgement over the category's lines of VAT breakdown. */
function overBreakdown(
  id: `BR-${VatCategory}-08` | `BR-${VatCategory}-09` | `BR-${VatCategory}-10`,
  category: VatCategory,
  judge: (invoice: Invoice, index: number) => Finding | null,
): Rule {
  return defineRule(id, (invoice) => {
    let findings: Finding[] | null = null;
    for (let index = 0; index < invoice.vat.length; index++) {
      if (invoice.vat[index]?.category !== category) continue;
      const found = judge(invoice, index);
      if (found !== null) (findings ??= []).push(found);
    }
    return findings ?? noFindings;
  });
}

/** 08: the taxable amount is what rows, charges and allowances of the category (and, standard rated, of the rate) add up to. */
export function taxableRule(category: VatCategory): Rule {
  const id = `BR-${category}-08` as const;
  return overBreakdown(id, category, (invoice, index) => {
    const stated = invoice.vat[index];
    if (stated === undefined) return null;
    const currency = currencyOf(invoice);
    const expectedMinor = sumOf(invoice, category, category === 'S' ? stated.rate : null);
    const tolerance = category === 'S' ? toleranceMinor(standardToleranceHundredths, currency) : 0;
    if (isWithin(stated.taxableMinor, expectedMinor, tolerance)) return null;
    const facts = { field: `vat[${index}].taxableMinor`, statedMinor: stated.taxableMinor, expectedMinor, currency };
    return amountFinding(id, { ...facts, params: { category, rate: stated.rate ?? '' } });
  });
}

/** 09: the VAT of the category: taxable amount times rate, or zero. */
export function taxRule(category: VatCategory): Rule {
  const id = `BR-${category}-09` as const;
  return overBreakdown(id, category, (invoice, index) => {
    if (category === 'S') return vatMismatch(invoice, index, id);
    const statedMinor = invoice.vat[index]?.taxMinor ?? 0;
    if (statedMinor === 0) return null;
    const facts = { field: `vat[${index}].taxMinor`, statedMinor, expectedMinor: 0, currency: currencyOf(invoice) };
    return amountFinding(id, { ...facts, params: { category } });
  });
}

/** 10: a reason for charging no VAT stands with exempt, reverse charge and not subject, and nowhere else. */
export function reasonRule(category: VatCategory): Rule {
  const id = `BR-${category}-10` as const;
  const needsReason = category !== 'S' && category !== 'Z';
  return overBreakdown(id, category, ({ vat }, index) => {
    const reason = vat[index]?.exemptionReason ?? null;
    if ((reason !== null) === needsReason) return null;
    return finding(id, { field: `vat[${index}].exemptionReason`, found: reason, params: { category } });
  });
}

function sumOf({ lines, adjustments }: Invoice, category: VatCategory, rate: string | null): number {
  let sum = 0;
  for (const { vatCategory, vatRate, netMinor } of lines)
    if (vatCategory === category && isRate(vatRate, rate)) sum += netMinor;
  for (const { vatCategory, vatRate, isCharge, amountMinor } of adjustments)
    if (vatCategory === category && isRate(vatRate, rate)) sum += isCharge ? amountMinor : -amountMinor;
  return sum;
}

/** `25` and `25.00` are one rate; null asks for none in particular. */
function isRate(text: string | null, rate: string | null): boolean {
  if (rate === null || text === rate) return true;
  const one = text === null ? null : parseDecimal(text);
  const other = parseDecimal(rate);
  return one !== null && other !== null && compareDecimals(one, other) === 0;
}

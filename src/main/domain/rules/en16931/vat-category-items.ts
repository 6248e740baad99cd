// EN 16931: what rows, allowances and charges of a VAT category bring with them (rules 01 to 07 of each category, 11 to 14 of "not subject").

import type { Invoice } from '../../../../shared/schema/invoice.ts';
import { compareDecimals, parseDecimal } from '../../decimal.ts';
import { defineRule, finding, noFindings } from '../define-rule.ts';
import type { Finding, Rule } from '../rule.ts';
import type { VatCategory } from './vat-categories.ts';

/** A row, an allowance or a charge with its VAT category. */
interface Item {
  readonly kind: 'line' | 'allowance' | 'charge';
  /** Canonical name without the part: `lines[2]`, `adjustments[0]`. */
  readonly name: string;
  readonly category: string | null;
  readonly rate: string | null;
}

const zero = { digits: 0n, scale: 0 };

function itemsOf(invoice: Invoice, kind: Item['kind']): Item[] {
  if (kind === 'line')
    return invoice.lines.map(({ vatCategory, vatRate }, index) => ({
      kind,
      name: `lines[${index}]`,
      category: vatCategory,
      rate: vatRate,
    }));
  return invoice.adjustments.flatMap(({ isCharge, vatCategory, vatRate }, index) =>
    isCharge === (kind === 'charge')
      ? [{ kind, name: `adjustments[${index}]`, category: vatCategory, rate: vatRate }]
      : [],
  );
}

function hasCategory({ lines, adjustments }: Invoice, category: VatCategory): boolean {
  for (const each of lines) if (each.vatCategory === category) return true;
  for (const each of adjustments) if (each.vatCategory === category) return true;
  return false;
}

/** 01: what is used in the invoice stands in its VAT breakdown: at least once for standard rated, exactly once for the others. */
export function breakdownRule(category: VatCategory): Rule {
  const id = `BR-${category}-01` as const;
  return defineRule(id, (invoice) => {
    let count = 0;
    for (const each of invoice.vat) if (each.category === category) count++;
    const isUsed = hasCategory(invoice, category);
    const isRight = category === 'S' ? count > 0 || !isUsed : count === (isUsed ? 1 : Math.min(count, 1));
    if (isRight) return noFindings;
    const last = invoice.vat.findLastIndex((each) => each.category === category);
    return [finding(id, { field: last < 0 ? 'vat' : `vat[${last}].category`, params: { category, times: count } })];
  });
}

/** 02 to 04: the VAT numbers the category needs; "not subject to VAT" forbids them. */
export function identifierRule(category: VatCategory, kind: Item['kind']): Rule {
  const id = `BR-${category}-${numberOf(kind, { line: '02', allowance: '03', charge: '04' })}` as const;
  return defineRule(id, (invoice) => {
    if (!itemsOf(invoice, kind).some((item) => item.category === category)) return noFindings;
    const field = category === 'O' ? forbiddenNumber(invoice) : missingNumber(invoice, category);
    if (field === null) return noFindings;
    const found = field === 'buyer.vatNumber' ? invoice.buyer.vatNumber : invoice.seller.vatNumber;
    return [finding(id, { field, found: category === 'O' ? found : null, params: { category, field } })];
  });
}

function missingNumber({ seller, buyer, standard }: Invoice, category: VatCategory): string | null {
  const hasSeller =
    seller.vatNumber !== null ||
    (standard?.sellerTaxRegistration ?? null) !== null ||
    (standard?.taxRepresentativeVatNumber ?? null) !== null;
  if (!hasSeller) return 'seller.vatNumber';
  const hasBuyer = buyer.vatNumber !== null || buyer.registrationNumber !== null;
  return category === 'AE' && !hasBuyer ? 'buyer.vatNumber' : null;
}

function forbiddenNumber({ seller, buyer, standard }: Invoice): string | null {
  if (seller.vatNumber !== null) return 'seller.vatNumber';
  if (buyer.vatNumber !== null) return 'buyer.vatNumber';
  return (standard?.taxRepresentativeVatNumber ?? null) === null ? null : 'taxRepresentative.vatNumber';
}

/** 05 to 07: the rate beside the category: above zero, zero, or none at all. */
export function rateRule(category: VatCategory, kind: Item['kind']): Rule {
  const id = `BR-${category}-${numberOf(kind, { line: '05', allowance: '06', charge: '07' })}` as const;
  return defineRule(id, (invoice) => {
    let findings: Finding[] | null = null;
    for (const item of itemsOf(invoice, kind)) {
      if (item.category !== category || isRateRight(category, item.rate)) continue;
      findings ??= [];
      const facts = { field: `${item.name}.vatRate`, found: item.rate, params: { category, rate: item.rate ?? '' } };
      findings.push(finding(id, facts));
    }
    return findings ?? noFindings;
  });
}

function isRateRight(category: VatCategory, rate: string | null): boolean {
  if (category === 'O') return rate === null;
  const value = rate === null ? null : parseDecimal(rate);
  if (value === null) return false;
  const sign = compareDecimals(value, zero);
  return category === 'S' ? sign > 0 : sign === 0;
}

/** BR-O-11: an invoice that is not subject to VAT has one line of VAT breakdown only. */
const onlyBreakdown = defineRule('BR-O-11', ({ vat }) => {
  if (vat.length < 2 || !vat.some(({ category }) => category === 'O')) return noFindings;
  const other = vat.findIndex(({ category }) => category !== 'O');
  if (other < 0) return noFindings;
  return [finding('BR-O-11', { field: `vat[${other}].category`, found: vat[other]?.category ?? null })];
});

function onlyItems(id: 'BR-O-12' | 'BR-O-13' | 'BR-O-14', kind: Item['kind']): Rule {
  return defineRule(id, (invoice) => {
    if (!invoice.vat.some(({ category }) => category === 'O')) return noFindings;
    return itemsOf(invoice, kind)
      .filter(({ category }) => category !== 'O' && category !== null)
      .map(({ name, category }) => finding(id, { field: `${name}.vatCategory`, found: category }));
  });
}

/** BR-O-11 to BR-O-14: "not subject to VAT" does not mix with other categories. */
export const notSubjectRules: readonly Rule[] = [
  onlyBreakdown,
  onlyItems('BR-O-12', 'line'),
  onlyItems('BR-O-13', 'allowance'),
  onlyItems('BR-O-14', 'charge'),
];

function numberOf<T extends string>(kind: Item['kind'], numbers: Readonly<Record<Item['kind'], T>>): T {
  return numbers[kind];
}

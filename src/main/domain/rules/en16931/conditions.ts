// EN 16931: single conditions between terms (BR-CO-03, 04, 09 and 25).

import { defineRule, finding, noFindings } from '../define-rule.ts';
import type { Finding, Rule } from '../rule.ts';
import { isCountryPrefix } from './country-prefix.ts';

/** Tax point as a date or as a code, not both. */
const taxPoint = defineRule('BR-CO-03', ({ standard }) => {
  if (standard === undefined || standard.taxPointDate === null || standard.taxPointCode === null) return noFindings;
  return [finding('BR-CO-03', { field: 'taxPointCode', found: standard.taxPointCode })];
});

/** Every row has a VAT category. */
const lineCategory = defineRule('BR-CO-04', ({ lines }) => {
  let findings: Finding[] | null = null;
  for (const [index, { id, vatCategory }] of lines.entries()) {
    if (vatCategory !== null) continue;
    findings ??= [];
    findings.push(
      finding('BR-CO-04', {
        field: `lines[${index}].vatCategory`,
        expected: 'S, Z, E, AE, K, G, O, L, M',
        params: { row: id === '' ? String(index + 1) : id },
      }),
    );
  }
  return findings ?? noFindings;
});

/** VAT numbers begin with the country that issued them. */
const vatPrefix = defineRule('BR-CO-09', ({ seller, buyer, standard }) => {
  const numbers = [
    ['seller.vatNumber', seller.vatNumber],
    ['taxRepresentative.vatNumber', standard?.taxRepresentativeVatNumber ?? null],
    ['buyer.vatNumber', buyer.vatNumber],
  ] as const;
  let findings: Finding[] | null = null;
  for (const [field, number] of numbers) {
    if (number === null || isCountryPrefix(number.slice(0, 2))) continue;
    findings ??= [];
    findings.push(finding('BR-CO-09', { field, found: number, expected: 'SE556677889901' }));
  }
  return findings ?? noFindings;
});

/** Something to pay needs a due date or payment terms. */
const dueDate = defineRule('BR-CO-25', ({ dueDate: day, payment, totals, kind }, { textOf }) => {
  if (day !== null || payment.terms !== null || kind === 'creditNote' || (totals.payableMinor ?? 0) <= 0)
    return noFindings;
  if (textOf('dueDate') !== null) return noFindings;
  return [finding('BR-CO-25', { field: 'dueDate', expected: 'YYYY-MM-DD' })];
});

/** Conditions between terms. */
export const conditionRules: readonly Rule[] = [taxPoint, lineCategory, vatPrefix, dueDate];

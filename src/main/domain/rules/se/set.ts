// The Swedish rules of Peppol BIS Billing 3 (SE-R-001 to SE-R-013) and whom they are for.

import type { Invoice } from '../../../../shared/schema/invoice.ts';
import type { StandardRuleId } from '../../../../shared/words/standard-rule-facts.ts';
import { compareDecimals, parseDecimal } from '../../decimal.ts';
import { isLuhnValid } from '../../identifiers/luhn.ts';
import { defineRule, finding, noFindings } from '../define-rule.ts';
import { followsPeppol } from '../en16931/peppol.ts';
import type { Finding, Rule } from '../rule.ts';
import type { RuleSet } from '../rule-set.ts';

const digitsOnly = /^\d+$/u;

/** The seller's VAT number where it is Swedish, null otherwise. */
function swedishVat({ seller: { vatNumber } }: Invoice): string | null {
  return vatNumber?.startsWith('SE') === true ? vatNumber : null;
}

function vatNumber(id: 'SE-R-001' | 'SE-R-002', isRight: (number: string) => boolean): Rule {
  return defineRule(id, (invoice) => {
    const number = swedishVat(invoice);
    if (number === null || isRight(number)) return noFindings;
    return [finding(id, { field: 'seller.vatNumber', found: number, expected: 'SE556677889901' })];
  });
}

function companyNumber(id: 'SE-R-003' | 'SE-R-004' | 'SE-R-013', isRight: (number: string) => boolean): Rule {
  return defineRule(id, ({ seller: { registrationNumber } }) => {
    if (registrationNumber === null || isRight(registrationNumber)) return noFindings;
    return [finding(id, { field: 'seller.registrationNumber', found: registrationNumber, expected: '5566778899' })];
  });
}

const taxApproval = 'GODKÄND FÖR F-SKATT';

/** Beside the VAT number only the approval for F-skatt may stand. */
const fSkatt = defineRule('SE-R-005', ({ seller, standard }) => {
  const text = standard?.sellerTaxRegistration ?? null;
  if (text === null || seller.registrationNumber === null) return noFindings;
  if (text.replace(/\s+/gu, ' ').toUpperCase() === taxApproval) return noFindings;
  return [finding('SE-R-005', { field: 'seller.taxRegistration', found: text, expected: 'Godkänd för F-skatt' })];
});

const swedishRates = ['25', '12', '6'].flatMap((rate) => parseDecimal(rate) ?? []);

/** Standard rated VAT has one of the three Swedish rates. */
const rates = defineRule('SE-R-006', (invoice) => {
  if (swedishVat(invoice) === null) return noFindings;
  const findings: Finding[] = [];
  const judge = (field: string, category: string | null, rate: string | null): void => {
    if (category !== 'S' || isSwedishRate(rate)) return;
    findings.push(finding('SE-R-006', { field, found: rate, expected: '25, 12, 6', params: { rate: rate ?? '' } }));
  };
  for (const [index, { category, rate }] of invoice.vat.entries()) judge(`vat[${index}].rate`, category, rate);
  for (const [index, { vatCategory, vatRate }] of invoice.lines.entries())
    judge(`lines[${index}].vatRate`, vatCategory, vatRate);
  for (const [index, { vatCategory, vatRate }] of invoice.adjustments.entries())
    judge(`adjustments[${index}].vatRate`, vatCategory, vatRate);
  return findings.length === 0 ? noFindings : findings;
});

function isSwedishRate(rate: string | null): boolean {
  const value = rate === null ? null : parseDecimal(rate);
  return value !== null && swedishRates.some((known) => compareDecimals(known, value) === 0);
}

/** Runs over the means of payment of one kind of account. */
function giro(
  id: StandardRuleId,
  institution: 'SE:BANKGIRO' | 'SE:PLUSGIRO',
  isRight: (account: string) => boolean,
): Rule {
  return defineRule(id, ({ standard }) => {
    let findings: Finding[] | null = null;
    for (const [index, means] of (standard?.paymentMeans ?? []).entries()) {
      if (means.code !== '30' || means.institution !== institution || means.account === null || isRight(means.account))
        continue;
      findings ??= [];
      findings.push(finding(id, { field: `paymentMeans[${index}].account`, found: means.account }));
    }
    return findings ?? noFindings;
  });
}

/** Means of payment that are written with another code than 30. */
function meansCode(id: 'SE-R-011' | 'SE-R-012', codes: readonly string[], isFor: (invoice: Invoice) => boolean): Rule {
  return defineRule(id, (invoice) => {
    let findings: Finding[] | null = null;
    for (const [index, { code }] of (invoice.standard?.paymentMeans ?? []).entries()) {
      if (code === null || !codes.includes(code) || !isFor(invoice)) continue;
      findings ??= [];
      findings.push(finding(id, { field: `paymentMeans[${index}].code`, found: code, expected: '30' }));
    }
    return findings ?? noFindings;
  });
}

/** Documents under Peppol BIS Billing 3 whose seller has a Swedish address. Severities as in Peppol BIS Billing 3. */
export const swedishSet: RuleSet = {
  id: 'se',
  version: '3.0',
  scope: 'peppolSellerSE',
  applies: ({ standard, seller }) => followsPeppol(standard) && seller.address.country === 'SE',
  rules: [
    vatNumber('SE-R-001', (number) => number.length === 14),
    vatNumber('SE-R-002', (number) => digitsOnly.test(number.slice(2, 14))),
    companyNumber('SE-R-003', (number) => digitsOnly.test(number)),
    companyNumber('SE-R-004', (number) => number.length === 10),
    fSkatt,
    rates,
    giro('SE-R-007', 'SE:PLUSGIRO', (account) => digitsOnly.test(account)),
    giro('SE-R-008', 'SE:BANKGIRO', (account) => digitsOnly.test(account)),
    giro('SE-R-009', 'SE:BANKGIRO', (account) => account.length === 7 || account.length === 8),
    giro('SE-R-010', 'SE:PLUSGIRO', (account) => account.length >= 2 && account.length <= 8),
    meansCode('SE-R-011', ['50', '56'], () => true),
    meansCode('SE-R-012', ['31'], ({ buyer }) => buyer.address.country === 'SE'),
    // A number that is not ten digits has been reported by the two rules on its form.
    companyNumber('SE-R-013', (number) => !/^\d{10}$/u.test(number) || isLuhnValid(number)),
  ],
};

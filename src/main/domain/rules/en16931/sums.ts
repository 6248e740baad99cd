// EN 16931: how the sums of an invoice follow from each other (BR-CO-10 to BR-CO-18). Exact, apart from the VAT of a category.

import type { Invoice } from '../../../../shared/schema/invoice.ts';
import type { StandardRuleId } from '../../../../shared/words/standard-rule-facts.ts';
import { isWithin, percentOfMinor, toleranceMinor } from '../../money.ts';
import { amountFinding, currencyOf, defineRule, finding, noFindings } from '../define-rule.ts';
import type { Finding, Rule } from '../rule.ts';

interface Sum {
  readonly field: string;
  readonly statedMinor: number | null;
  readonly expectedMinor: number | null;
  readonly params?: Readonly<Record<string, string | number>>;
}

function exact(id: StandardRuleId, sumOf: (invoice: Invoice) => Sum): Rule {
  return defineRule(id, (invoice) => {
    const { field, statedMinor, expectedMinor, params } = sumOf(invoice);
    if (statedMinor === null || expectedMinor === null || statedMinor === expectedMinor) return noFindings;
    const facts = { field, statedMinor, expectedMinor, currency: currencyOf(invoice) };
    return [amountFinding(id, params === undefined ? facts : { ...facts, params })];
  });
}

function adjusted({ adjustments }: Invoice, isCharge: boolean): number | null {
  let sum: number | null = null;
  for (const each of adjustments) if (each.isCharge === isCharge) sum = (sum ?? 0) + each.amountMinor;
  return sum;
}

/** BR-CO-11 and BR-CO-12: where there are allowances (charges), their sum must be stated too. */
function adjustmentSum(id: 'BR-CO-11' | 'BR-CO-12'): Rule {
  const isCharge = id === 'BR-CO-12';
  return exact(id, (invoice) => {
    const stated = isCharge ? invoice.totals.chargeMinor : invoice.totals.allowanceMinor;
    const sum = adjusted(invoice, isCharge);
    const field = isCharge ? 'totals.chargeMinor' : 'totals.allowanceMinor';
    const params = { kind: isCharge ? 'charge' : 'allowance' };
    if (stated === null && sum === null) return { field, statedMinor: null, expectedMinor: null };
    return { field, statedMinor: stated ?? 0, expectedMinor: sum ?? 0, params };
  });
}

/** Room of just under 1.00 for VAT computed row by row, as the standard's UBL binding has it. */
const vatToleranceHundredths = 99;

/** VAT of one category: its taxable amount times its rate. */
export function vatMismatch(invoice: Invoice, index: number, id: StandardRuleId): Finding | null {
  const { rate, taxableMinor, taxMinor } = invoice.vat[index] ?? { rate: null, taxableMinor: 0, taxMinor: 0 };
  const expectedMinor = rate === null ? null : percentOfMinor(taxableMinor, rate);
  const currency = currencyOf(invoice);
  if (expectedMinor === null || isWithin(taxMinor, expectedMinor, toleranceMinor(vatToleranceHundredths, currency)))
    return null;
  return amountFinding(id, {
    field: `vat[${index}].taxMinor`,
    statedMinor: taxMinor,
    expectedMinor,
    currency,
    params: { rate: rate ?? '', taxableMinor },
  });
}

/** The arithmetic rules. */
export const sumRules: readonly Rule[] = [
  exact('BR-CO-10', ({ lines, totals }) => {
    let sum = 0;
    for (const line of lines) sum += line.netMinor;
    return {
      field: 'totals.lineNetMinor',
      statedMinor: totals.lineNetMinor,
      expectedMinor: lines.length === 0 ? null : sum,
      params: { rows: lines.length },
    };
  }),
  adjustmentSum('BR-CO-11'),
  adjustmentSum('BR-CO-12'),
  exact('BR-CO-13', ({ totals: { lineNetMinor, allowanceMinor, chargeMinor, netMinor } }) => ({
    field: 'totals.netMinor',
    statedMinor: netMinor,
    expectedMinor: lineNetMinor === null ? null : lineNetMinor - (allowanceMinor ?? 0) + (chargeMinor ?? 0),
  })),
  exact('BR-CO-14', ({ vat, totals }) => {
    let sum = 0;
    for (const { taxMinor } of vat) sum += taxMinor;
    return { field: 'totals.vatMinor', statedMinor: totals.vatMinor, expectedMinor: vat.length === 0 ? null : sum };
  }),
  exact('BR-CO-15', ({ totals: { netMinor, vatMinor, grossMinor } }) => ({
    field: 'totals.grossMinor',
    statedMinor: grossMinor,
    expectedMinor: netMinor === null ? null : netMinor + (vatMinor ?? 0),
    params: { netMinor: netMinor ?? 0, vatMinor: vatMinor ?? 0 },
  })),
  exact('BR-CO-16', ({ totals: { grossMinor, prepaidMinor, roundingMinor, payableMinor } }) => ({
    field: 'totals.payableMinor',
    statedMinor: payableMinor,
    expectedMinor: grossMinor === null ? null : grossMinor - (prepaidMinor ?? 0) + (roundingMinor ?? 0),
    params: { grossMinor: grossMinor ?? 0, roundingMinor: roundingMinor ?? 0, prepaidMinor: prepaidMinor ?? 0 },
  })),
  defineRule('BR-CO-17', (invoice) => {
    let findings: Finding[] | null = null;
    for (let index = 0; index < invoice.vat.length; index++) {
      const found = vatMismatch(invoice, index, 'BR-CO-17');
      if (found !== null) (findings ??= []).push(found);
    }
    return findings ?? noFindings;
  }),
  defineRule('BR-CO-18', ({ vat }) =>
    vat.length > 0 ? noFindings : [finding('BR-CO-18', { field: 'vat', params: { field: 'vat' } })],
  ),
];

// EN 16931: amounts have two decimals at most (BR-DEC). The reader notes which amounts have more; here they get their rule.

import type { Invoice } from '../../../../shared/schema/invoice.ts';
import type { StandardRuleId } from '../../../../shared/words/standard-rule-facts.ts';
import { defineRule, finding, noFindings } from '../define-rule.ts';
import type { Finding, Rule } from '../rule.ts';

const ruleByName: ReadonlyMap<string, StandardRuleId> = new Map<string, StandardRuleId>([
  ['adjustments.amountMinor', 'BR-DEC-01'],
  ['adjustments.baseAmount', 'BR-DEC-02'],
  ['adjustments.amountMinor+', 'BR-DEC-05'],
  ['adjustments.baseAmount+', 'BR-DEC-06'],
  ['totals.lineNetMinor', 'BR-DEC-09'],
  ['totals.allowanceMinor', 'BR-DEC-10'],
  ['totals.chargeMinor', 'BR-DEC-11'],
  ['totals.netMinor', 'BR-DEC-12'],
  ['taxTotals.amountMinor', 'BR-DEC-13'],
  ['totals.grossMinor', 'BR-DEC-14'],
  ['accountingVat.amountMinor', 'BR-DEC-15'],
  ['totals.prepaidMinor', 'BR-DEC-16'],
  ['totals.roundingMinor', 'BR-DEC-17'],
  ['totals.payableMinor', 'BR-DEC-18'],
  ['vat.taxableMinor', 'BR-DEC-19'],
  ['vat.taxMinor', 'BR-DEC-20'],
  ['lines.netMinor', 'BR-DEC-23'],
  ['lines.adjustments.amountMinor', 'BR-DEC-24'],
  ['lines.adjustments.baseAmount', 'BR-DEC-25'],
  ['lines.adjustments.amountMinor+', 'BR-DEC-27'],
  ['lines.adjustments.baseAmount+', 'BR-DEC-28'],
]);

/** The rule for an amount's canonical name; `+` at its end marks a charge. */
export function decimalRuleOf(name: string): StandardRuleId | null {
  return ruleByName.get(name.replaceAll(/\[\d+\]/gu, '')) ?? null;
}

/** BR-DEC-01 to BR-DEC-28, each for its own amount. */
export const decimalRules: readonly Rule[] = [...new Set(ruleByName.values())].map((id) =>
  defineRule(id, (invoice, { textOf }) => judge(invoice, id, textOf)),
);

function judge(
  { standard }: Invoice,
  id: StandardRuleId,
  textOf: (field: string) => string | null,
): readonly Finding[] {
  if (standard === undefined || standard.longAmounts.length === 0) return noFindings;
  return standard.longAmounts
    .filter((name) => decimalRuleOf(name) === id)
    .map((name) => {
      const field = name.endsWith('+') ? name.slice(0, -1) : name;
      return finding(id, { field, found: textOf(field), expected: '1234.50' });
    });
}

// Rules that share one piece of work: it is done once an invoice and says what all of them find. No rules here.

import type { RuleId } from '../../../shared/words/rule-facts.ts';
import { defineRule, noFindings } from './define-rule.ts';
import type { Finding, InvoiceCheck, Rule, RuleContext } from './rule.ts';
import { totalGross } from './total-gross.ts';
import { totalNet } from './total-net.ts';
import { totalPayable } from './total-payable.ts';
import { totalRows } from './total-rows.ts';
import type { Invoice } from '../../../shared/schema/invoice.ts';

/** Each rule by itself: its part of what the common check finds. */
export function rulesOfCheck(ids: readonly RuleId[], all: InvoiceCheck): readonly Rule[] {
  return ids.map((id) =>
    defineRule(id, (invoice, context) => {
      const own = all.check(invoice, context).filter(({ ruleId }) => ruleId === id);
      return own.length === 0 ? noFindings : own;
    }),
  );
}

/** The findings without all but the first of each rule: a channel's rules name what to look at, the release names everything. */
export function firstOfEachRule(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ ruleId }) => !seen.has(ruleId) && seen.add(ruleId));
}

/** Whether the stated sums follow from each other: where they do not, that has been said, and what a channel makes of them says nothing. */
export function doSumsAddUp(invoice: Invoice, context: RuleContext): boolean {
  return [totalRows, totalNet, totalGross, totalPayable].every((rule) => rule.check(invoice, context).length === 0);
}

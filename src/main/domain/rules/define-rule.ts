// How a rule is written down: its id brings severity and mender from the one list, its check says what it finds.

import type { Invoice } from '../../../shared/schema/invoice.ts';
import { ruleFacts } from '../../../shared/words/rule-facts.ts';
import type { RuleId } from '../../../shared/words/rule-facts.ts';
import { formatAmount } from '../money.ts';
import type { Finding, Rule, RuleContext } from './rule.ts';

/** The one empty answer, so that a clean invoice costs no allocation. */
export const noFindings: readonly Finding[] = Object.freeze([]);

/** Makes a rule from its id and its check. */
export function defineRule(id: RuleId, check: (invoice: Invoice, context: RuleContext) => readonly Finding[]): Rule {
  const { severity, mender } = ruleFacts[id];
  return { id, severity, mender, check };
}

/** What a finding is about, beside its rule. */
export interface FindingFacts {
  readonly field: string;
  readonly found?: string | null;
  readonly expected?: string | null;
  readonly params?: Readonly<Record<string, string | number>>;
  /** Only when it differs from the rule's own. */
  readonly severity?: Finding['severity'];
}

/** A finding with the rule's severity unless the facts say otherwise. */
export function finding(ruleId: RuleId, facts: FindingFacts): Finding {
  return {
    ruleId,
    severity: facts.severity ?? ruleFacts[ruleId].severity,
    field: facts.field,
    found: facts.found ?? null,
    expected: facts.expected ?? null,
    params: facts.params ?? {},
  };
}

/** A stated amount that should have been another. */
export interface AmountMismatch {
  readonly field: string;
  readonly statedMinor: number;
  readonly expectedMinor: number;
  readonly currency: string;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly severity?: Finding['severity'];
}

/** Finding for an amount that does not add up; params: statedMinor, expectedMinor, differenceMinor (stated − expected), currency. */
export function amountFinding(ruleId: RuleId, mismatch: AmountMismatch): Finding {
  const { field, statedMinor, expectedMinor, currency } = mismatch;
  return finding(ruleId, {
    field,
    found: formatAmount(statedMinor, currency),
    expected: `${formatAmount(expectedMinor, currency)} ${currency}`,
    params: { statedMinor, expectedMinor, differenceMinor: statedMinor - expectedMinor, currency, ...mismatch.params },
    ...(mismatch.severity === undefined ? {} : { severity: mismatch.severity }),
  });
}

/** Currency for amounts in findings; SEK's two decimals where the invoice names none (the reader reports that). */
export function currencyOf(invoice: Invoice): string {
  return invoice.currency ?? 'SEK';
}

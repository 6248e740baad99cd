// What a rule set is: rules with a version and a condition. Runs the set as one check, so that a document it is not for costs one comparison.

import type { Invoice } from '../../../shared/schema/invoice.ts';
import { noFindings } from './define-rule.ts';
import type { Finding, InvoiceCheck, Rule, RuleContext } from './rule.ts';

/** Which documents a set is for: every invoice, the energy vendors' own formats, documents under EN 16931, and those under Peppol BIS Billing 3 with a Swedish or Norwegian seller. */
export type RuleScope = 'all' | 'vendorFormats' | 'en16931' | 'peppolSellerSE' | 'peppolSellerNO';

/** A versioned set of rules. Ids of sets and rules are stable for ever; the version changes with what a set demands. */
export interface RuleSet {
  readonly id: 'core' | 'history' | 'channel' | 'vendor' | 'en16931' | 'se' | 'no';
  /** The standard's own version where there is one, else the date of the last change. */
  readonly version: string;
  readonly scope: RuleScope;
  readonly rules: readonly Rule[];
  applies(invoice: Invoice, context: RuleContext): boolean;
  /** All rules at once, where they share work; left out: each is asked. */
  readonly check?: InvoiceCheck['check'];
}

/** The set as one check. */
export function checkOfSet(set: RuleSet): InvoiceCheck {
  return {
    check(invoice, context) {
      if (!set.applies(invoice, context)) return noFindings;
      if (set.check !== undefined) return set.check(invoice, context);
      let all: Finding[] | null = null;
      for (const rule of set.rules) {
        const found = rule.check(invoice, context);
        if (found.length === 0) continue;
        all ??= [];
        for (const finding of found) all.push(finding);
      }
      return all ?? noFindings;
    },
  };
}

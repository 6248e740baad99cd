// The set of EN 16931's rules for UBL, and whom it is for.

import type { RuleSet } from '../rule-set.ts';
import { conditionRules } from './conditions.ts';
import { decimalRules } from './decimals.ts';
import { presenceRules } from './presence.ts';
import { sumRules } from './sums.ts';
import { vatCategories } from './vat-categories.ts';
import { breakdownRule, identifierRule, notSubjectRules, rateRule } from './vat-category-items.ts';
import { reasonRule, taxableRule, taxRule } from './vat-category-sums.ts';

/** Documents that say they follow EN 16931, by CustomizationID or by Peppol's billing process. Not plain UBL, not OIOUBL. */
export const en16931Set: RuleSet = {
  id: 'en16931',
  version: '2017',
  scope: 'en16931',
  applies: ({ standard }) => standard !== undefined,
  rules: [
    ...presenceRules,
    ...conditionRules,
    ...sumRules,
    ...decimalRules,
    ...vatCategories.flatMap((category) => [
      breakdownRule(category),
      identifierRule(category, 'line'),
      identifierRule(category, 'allowance'),
      identifierRule(category, 'charge'),
      rateRule(category, 'line'),
      rateRule(category, 'allowance'),
      rateRule(category, 'charge'),
      taxableRule(category),
      taxRule(category),
      reasonRule(category),
    ]),
    ...notSubjectRules,
  ],
};

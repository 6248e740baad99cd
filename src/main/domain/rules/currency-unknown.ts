// Rule: the currency is one of ISO 4217.

import { isKnownCurrency } from '../money.ts';
import { defineRule, finding, noFindings } from './define-rule.ts';

/** `core.currency.unknown`. A missing or misspelt code (not three capitals) is the reader's to report. */
export const currencyUnknown = defineRule('core.currency.unknown', ({ currency }) => {
  if (currency === null || isKnownCurrency(currency)) return noFindings;
  return [
    finding('core.currency.unknown', {
      field: 'currency',
      found: currency,
      expected: 'SEK, NOK, EUR',
      params: { currency },
    }),
  ];
});

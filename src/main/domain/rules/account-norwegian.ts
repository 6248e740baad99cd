// Rule: a Norwegian account number has 11 digits and its control digit right.

import { isNorwegianAccount } from '../identifiers/norwegian-account.ts';
import { sellerCountry } from './country.ts';
import { defineRule, finding, noFindings } from './define-rule.ts';

/** `core.account.norwegian`: judged for sellers in Norway; elsewhere domestic accounts have other forms. */
export const accountNorwegian = defineRule('core.account.norwegian', (invoice) => {
  const { account } = invoice.payment;
  if (account === null || sellerCountry(invoice) !== 'NO' || isNorwegianAccount(account)) return noFindings;
  return [
    finding('core.account.norwegian', {
      field: 'payment.account',
      found: account,
      expected: 'NNNN NN NNNNN',
      params: { account },
    }),
  ];
});

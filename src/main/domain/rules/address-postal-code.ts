// Rule: the postal code of an invoice that goes by post has its country's form.

import { isPostalCode } from '../identifiers/postal-code.ts';
import { routeChannel } from '../routing.ts';
import { partyCountry } from './country.ts';
import { defineRule, finding, noFindings } from './define-rule.ts';

/** `core.address.postalCode`: Sweden and Norway, only when the invoice goes to the print vendor. */
export const addressPostalCode = defineRule('core.address.postalCode', ({ buyer, preferredChannel, currency }) => {
  const { postalCode } = buyer.address;
  if (postalCode === null || routeChannel(preferredChannel, buyer.email) === 'email') return noFindings;
  const country = partyCountry(buyer, currency);
  if (isPostalCode(postalCode, country)) return noFindings;
  const expected = country === 'NO' ? 'NNNN' : 'NNN NN';
  return [
    finding('core.address.postalCode', {
      field: 'buyer.address.postalCode',
      found: postalCode,
      expected,
      params: { country: country ?? '' },
    }),
  ];
});

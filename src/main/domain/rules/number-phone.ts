// Rule: the customer's telephone number can be called.

import { isPhoneNumber } from '../identifiers/phone-number.ts';
import { partyCountry } from './country.ts';
import { defineRule, finding, noFindings } from './define-rule.ts';

/** `core.number.phone`: the buyer's; Sweden and Norway, and anything written with a country code. */
export const numberPhone = defineRule('core.number.phone', ({ buyer, currency }) => {
  const { phone } = buyer;
  if (phone === null) return noFindings;
  const country = partyCountry(buyer, currency);
  if (isPhoneNumber(phone, country)) return noFindings;
  const expected = country === 'NO' ? '+47 NN NN NN NN' : '+46 NN NNN NN NN';
  return [
    finding('core.number.phone', { field: 'buyer.phone', found: phone, expected, params: { country: country ?? '' } }),
  ];
});

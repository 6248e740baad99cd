// Rule: organisation numbers have their check digit right.

import type { Party } from '../../../shared/schema/invoice.ts';
import { defineRule, finding, noFindings } from './define-rule.ts';
import { judgeRegistrationNumber } from './party-numbers.ts';
import type { Finding } from './rule.ts';

/** `core.number.organisation`, for buyer and seller in Sweden and Norway. */
export const numberOrganisation = defineRule('core.number.organisation', ({ buyer, seller, currency }) => {
  const isBuyerBad = judgeRegistrationNumber(buyer, currency) === 'badOrganisation';
  const isSellerBad = judgeRegistrationNumber(seller, currency) === 'badOrganisation';
  if (!isBuyerBad && !isSellerBad) return noFindings;
  return [...(isBuyerBad ? [about('buyer', buyer)] : []), ...(isSellerBad ? [about('seller', seller)] : [])];
});

function about(who: 'buyer' | 'seller', party: Party): Finding {
  return finding('core.number.organisation', {
    field: `${who}.registrationNumber`,
    found: party.registrationNumber,
    params: { who },
  });
}

// Rule: personal numbers have their check digits right.

import type { Party } from '../../../shared/schema/invoice.ts';
import { maskPersonalNumber } from '../masking.ts';
import { defineRule, finding, noFindings } from './define-rule.ts';
import { judgeRegistrationNumber } from './party-numbers.ts';
import type { Finding } from './rule.ts';

/** `core.number.personal`, for buyer and seller (sole traders); what was found is masked. */
export const numberPersonal = defineRule('core.number.personal', ({ buyer, seller, currency }) => {
  const isBuyerBad = judgeRegistrationNumber(buyer, currency) === 'badPersonal';
  const isSellerBad = judgeRegistrationNumber(seller, currency) === 'badPersonal';
  if (!isBuyerBad && !isSellerBad) return noFindings;
  return [...(isBuyerBad ? [about('buyer', buyer)] : []), ...(isSellerBad ? [about('seller', seller)] : [])];
});

function about(who: 'buyer' | 'seller', party: Party): Finding {
  const found = maskPersonalNumber(party.registrationNumber ?? '');
  return finding('core.number.personal', { field: `${who}.registrationNumber`, found, params: { who } });
}

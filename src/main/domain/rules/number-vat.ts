// Rule: Swedish and Norwegian VAT numbers have their form and check digits.

import type { Party } from '../../../shared/schema/invoice.ts';
import { rememberNewest } from '../remember-newest.ts';
import { isNorwegianOrganisationNumber } from '../identifiers/norwegian-organisation-number.ts';
import { isSwedishOrganisationNumber } from '../identifiers/swedish-organisation-number.ts';
import { isSwedishPersonalNumber } from '../identifiers/swedish-personal-number.ts';
import { defineRule, finding, noFindings } from './define-rule.ts';
import type { Finding } from './rule.ts';

const swedishForm = /^SE(\d{10})\d{2}$/u;
const norwegianForm = /^NO(\d{9})MVA$/u;

/** `core.number.vat`: seller and buyer; SE and twelve digits, NO with nine digits and MVA. Other countries' numbers are not judged. */
export const numberVat = defineRule('core.number.vat', ({ seller, buyer }) => {
  const isSellerRight = seller.vatNumber === null || isVatNumberRight(seller.vatNumber);
  const isBuyerRight = buyer.vatNumber === null || isVatNumberRight(buyer.vatNumber);
  if (isSellerRight && isBuyerRight) return noFindings;
  return [...(isBuyerRight ? [] : [about('buyer', buyer)]), ...(isSellerRight ? [] : [about('seller', seller)])];
});

const isVatNumberRight = rememberNewest((text) => {
  const number = text.replaceAll(/[\s-]/gu, '').toUpperCase();
  if (number.startsWith('SE')) {
    const company = swedishForm.exec(number)?.[1] ?? '';
    return isSwedishOrganisationNumber(company) || isSwedishPersonalNumber(company);
  }
  return !number.startsWith('NO') || isNorwegianOrganisationNumber(norwegianForm.exec(number)?.[1] ?? '');
});

function about(who: 'buyer' | 'seller', { vatNumber }: Party): Finding {
  const expected = vatNumber?.toUpperCase().startsWith('NO') === true ? 'NO923609016MVA' : 'SE556677889901';
  return finding('core.number.vat', { field: `${who}.vatNumber`, found: vatNumber, expected, params: { who } });
}

// The Norwegian rules of Peppol BIS Billing 3 (NO-R-001 and NO-R-002) and whom they are for.

import type { Invoice } from '../../../../shared/schema/invoice.ts';
import { isNorwegianOrganisationNumber } from '../../identifiers/norwegian-organisation-number.ts';
import { defineRule, finding, noFindings } from '../define-rule.ts';
import { followsPeppol } from '../en16931/peppol.ts';
import type { RuleSet } from '../rule-set.ts';

const vatForm = /^NO(\d{9})MVA$/u;

/** A Norwegian VAT number is NO, an organisation number with its control digit right, and MVA. */
const vatNumber = defineRule('NO-R-001', ({ seller: { vatNumber: number } }) => {
  if (number?.startsWith('NO') !== true) return noFindings;
  const digits = vatForm.exec(number)?.[1];
  if (digits !== undefined && isNorwegianOrganisationNumber(digits)) return noFindings;
  return [finding('NO-R-001', { field: 'seller.vatNumber', found: number, expected: 'NO923609016MVA' })];
});

const registerName = 'Foretaksregisteret';

/** Limited companies say that they stand in Foretaksregisteret (foretaksregisterloven § 10-2). */
const register = defineRule('NO-R-002', ({ standard }) => {
  const text = standard?.sellerTaxRegistration ?? null;
  if (text === registerName) return noFindings;
  return [finding('NO-R-002', { field: 'seller.taxRegistration', found: text, expected: registerName })];
});

/** Peppol takes the seller's country from the VAT number first, then from the address. */
function isNorwegian({ seller }: Invoice): boolean {
  const prefix = seller.vatNumber?.slice(0, 2).toUpperCase() ?? seller.address.country;
  return prefix === 'NO';
}

/** Documents under Peppol BIS Billing 3 with a Norwegian seller. Severities as in Peppol BIS Billing 3. */
export const norwegianSet: RuleSet = {
  id: 'no',
  version: '3.0',
  scope: 'peppolSellerNO',
  applies: (invoice) => followsPeppol(invoice.standard) && isNorwegian(invoice),
  rules: [vatNumber, register],
};

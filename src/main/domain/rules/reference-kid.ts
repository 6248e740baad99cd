// Rule: a Norwegian payment reference of digits has its control digit right.

import { isKidReference } from '../identifiers/kid.ts';
import { sellerCountry } from './country.ts';
import { defineRule, finding, noFindings } from './define-rule.ts';

const kidForm = /^[\d ]+-?$/u;

/** `core.reference.kid`: judged for sellers in Norway; mod 10 and mod 11 are both accepted, since the agreement is not in the file. */
export const referenceKid = defineRule('core.reference.kid', (invoice) => {
  const { reference } = invoice.payment;
  if (reference === null || sellerCountry(invoice) !== 'NO' || !kidForm.test(reference) || isKidReference(reference))
    return noFindings;
  return [finding('core.reference.kid', { field: 'payment.reference', found: reference, params: { reference } })];
});

// Rule: a Swedish payment reference of digits has its check digit right.

import { isOcrReference } from '../identifiers/ocr.ts';
import { sellerCountry } from './country.ts';
import { defineRule, finding, noFindings } from './define-rule.ts';

const digitsOnly = /^[\d ]+$/u;

/** `core.reference.ocr`: judged when the seller is Swedish or is paid by bankgiro or plusgiro; a reference with letters is a message, not an OCR number. */
export const referenceOcr = defineRule('core.reference.ocr', (invoice) => {
  const { reference, bankgiro, plusgiro } = invoice.payment;
  if (reference === null || isOcrReference(reference) || !digitsOnly.test(reference)) return noFindings;
  if (bankgiro === null && plusgiro === null && sellerCountry(invoice) !== 'SE') return noFindings;
  return [finding('core.reference.ocr', { field: 'payment.reference', found: reference, params: { reference } })];
});

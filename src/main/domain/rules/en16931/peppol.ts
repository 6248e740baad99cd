// Tells which documents under EN 16931 also follow Peppol BIS Billing 3, whose national rules then count. EHF 3 is one of them.

import type { StandardTerms } from '../../../../shared/schema/invoice.ts';

const billing = 'urn:fdc:peppol.eu:2017:poacc:billing:';

/** By the CustomizationID; a document without one was taken for standard by its Peppol process. */
export function followsPeppol(standard: StandardTerms | undefined): boolean {
  if (standard === undefined) return false;
  return standard.customizationId === null || standard.customizationId.includes(billing);
}

// Which fields an invoice needs before it can be released, and which of them a format does not have. No judgement on single invoices.

import type { Profile } from './profile-schema.ts';

/** Without these nothing can be sent to a customer as an invoice. */
const essentialFields = [
  'invoiceNumber',
  'invoiceDate',
  'currency',
  'seller.name',
  'buyer.name',
  'totals.payableMinor',
] as const;

/** The essential fields for which the profile has neither a path nor a default. */
export function missingEssentials(profile: Profile): readonly string[] {
  return essentialFields.filter((name) => {
    const field = profile.fields[name];
    return field === undefined || (field.path === undefined && field.default === undefined);
  });
}

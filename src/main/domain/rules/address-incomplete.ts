// Rule: an invoice that goes by post has an address a letter arrives at.

import { routeChannel } from '../routing.ts';
import { defineRule, finding, noFindings } from './define-rule.ts';

/** `core.address.incomplete`: street, postal code and town; only when the invoice goes to the print vendor. */
export const addressIncomplete = defineRule('core.address.incomplete', ({ buyer, preferredChannel }) => {
  const { street, street2, postalCode, city } = buyer.address;
  const hasStreet = street !== null || street2 !== null;
  if ((hasStreet && postalCode !== null && city !== null) || routeChannel(preferredChannel, buyer.email) === 'email')
    return noFindings;
  const missing = [
    hasStreet ? null : 'street',
    postalCode === null ? 'postalCode' : null,
    city === null ? 'city' : null,
  ].filter((part) => part !== null);
  return [
    finding('core.address.incomplete', {
      field: `buyer.address.${missing[0] ?? 'street'}`,
      params: { missing: missing.join(',') },
    }),
  ];
});

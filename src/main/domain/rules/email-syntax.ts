// Rule: the customer's e-mail address can be sent to.

import { emailFault } from '../identifiers/email-address.ts';
import { routeChannel } from '../routing.ts';
import { defineRule, finding, noFindings } from './define-rule.ts';

/**
 * `core.email.syntax`: an error when the invoice would go by e-mail, a warning when it goes by post anyway; line breaks and other control
 * characters inside the address are always an error, since they could forge a header.
 */
export const emailSyntax = defineRule('core.email.syntax', (invoice) => {
  const { email } = invoice.buyer;
  if (email === null) return noFindings;
  const reason = emailFault(email);
  if (reason === null) return noFindings;
  const isHarmful = reason === 'controlCharacter' || routeChannel(invoice.preferredChannel, email) === 'email';
  const facts = { field: 'buyer.email', found: email, expected: 'name@example.com', params: { reason } } as const;
  return [finding('core.email.syntax', isHarmful ? facts : { ...facts, severity: 'warning' })];
});

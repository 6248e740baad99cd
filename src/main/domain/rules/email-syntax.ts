// Rule: the customer's e-mail address can be sent to.

import { emailFault } from '../identifiers/email-address.ts';
import type { EmailFault } from '../identifiers/email-address.ts';
import { mostRecipients, recipientsOf } from '../recipients.ts';
import { routeChannel } from '../routing.ts';
import { defineRule, finding, noFindings } from './define-rule.ts';

/**
 * `core.email.syntax`, for one address or several with commas or semicolons between: an error when the invoice would go by e-mail, a warning when it goes by post anyway; line breaks and other control
 * characters inside the address are always an error, since they could forge a header.
 */
export const emailSyntax = defineRule('core.email.syntax', (invoice) => {
  const { email } = invoice.buyer;
  if (email === null) return noFindings;
  const reason = faultOf(email);
  if (reason === null) return noFindings;
  const isHarmful = reason === 'controlCharacter' || routeChannel(invoice.preferredChannel, email) === 'email';
  const facts = { field: 'buyer.email', found: email, expected: 'name@example.com', params: { reason } } as const;
  return [finding('core.email.syntax', isHarmful ? facts : { ...facts, severity: 'warning' })];
});

/** Of several addresses the first that is wrong counts; a list too long to be meant is one address with several @. */
function faultOf(email: string): EmailFault | null {
  const recipients = recipientsOf(email);
  if (recipients.length === 1) return emailFault(email);
  if (recipients.length > mostRecipients) return 'severalAt';
  return recipients.map(emailFault).find((fault) => fault !== null) ?? null;
}

// Rule: says when an invoice goes by post because there is no e-mail address.

import { isPostalChoice } from '../routing.ts';
import { defineRule, finding, noFindings } from './define-rule.ts';

/** `core.email.missing`: a warning when the customer asked for e-mail, information when nothing was asked for, silent when post was chosen. */
export const emailMissing = defineRule('core.email.missing', ({ buyer, preferredChannel }) => {
  if (buyer.email !== null || isPostalChoice(preferredChannel)) return noFindings;
  const severity = preferredChannel === 'email' ? 'warning' : 'info';
  return [
    finding('core.email.missing', {
      field: 'buyer.email',
      expected: 'name@example.com',
      severity,
      params: { isAskedFor: severity === 'warning' ? 'yes' : 'no' },
    }),
  ];
});

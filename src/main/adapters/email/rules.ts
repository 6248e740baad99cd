// What e-mail asks of an invoice at import, beside the address's own form (core.email.*). Pure: it runs in the reading thread.

import { recipientsOf } from '../../domain/recipients.ts';
import { defineRule, finding, noFindings } from '../../domain/rules/define-rule.ts';
import type { ChannelRules } from '../../ports/channel-rules.ts';

/** Names that no mail server ever has: RFC 6761 (`invalid`, `localhost`) and RFC 6762 (`local`). */
const unreachable = /[.@](?:invalid|localhost|local)$/iu;

/** `channel.email.domain`: a message there could only come back. */
const domain = defineRule('channel.email.domain', ({ buyer: { email } }) => {
  if (email === null || !recipientsOf(email).some((address) => unreachable.test(address))) return noFindings;
  return [finding('channel.email.domain', { field: 'buyer.email', found: email, expected: 'name@example.com' })];
});

/** Rules of e-mail. */
export const emailRules = {
  channel: 'email',
  version: '2026-11-21',
  asks: 'routed',
  rules: [domain],
} as const satisfies ChannelRules;

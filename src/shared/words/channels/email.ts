// Words of what e-mail asks of an invoice at import, in every language. No logic.

import type { ChannelRuleWords } from '../channel-text.ts';

/** By language and rule. */
export const emailRuleWords: ChannelRuleWords<'email'> = {
  sv: {
    'channel.email.domain': {
      title: 'E-postadressen leder ingenstans',
      message: ({ found }) => `E-postadressen ${found} har en domän som aldrig tar emot e-post.`,
      suggestion: () => 'Rätta uppgiften i kundregistret.',
      explanation: 'Domäner som slutar på .invalid, .localhost eller .local tar aldrig emot e-post.',
    },
  },
  nb: {
    'channel.email.domain': {
      title: 'E-postadressen fører ingen steder',
      message: ({ found }) => `E-postadressen ${found} har et domene som aldri tar imot e-post.`,
      suggestion: () => 'Rett opplysningen i kunderegisteret.',
      explanation: 'Domener som slutter på .invalid, .localhost eller .local, tar aldri imot e-post.',
    },
  },
  en: {
    'channel.email.domain': {
      title: 'The e-mail address leads nowhere',
      message: ({ found }) => `The e-mail address ${found} has a domain that never takes mail.`,
      suggestion: () => 'Correct the value in the customer register.',
      explanation: 'Domains that end with .invalid, .localhost or .local never take mail.',
    },
  },
};

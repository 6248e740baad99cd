// Which channels ask something of an invoice at import: one line each. The types name a channel that is left out.

import type { Channel } from '../../shared/schema/delivery.ts';
import { emailRules } from '../adapters/email/rules.ts';
import { sendRegningRules } from '../adapters/sendregning/rules.ts';
import { sftpRules } from '../adapters/sftp/rules.ts';
import { sveaRules } from '../adapters/svea/rules.ts';
import { withChannelSets } from '../app/rule-sets.ts';
import type { RuleSet } from '../domain/rules/rule-set.ts';
import type { ChannelRules } from '../ports/channel-rules.ts';

const byChannel: { readonly [C in Channel]: ChannelRules & { readonly channel: C } } = {
  email: emailRules,
  sftp: sftpRules,
  svea: sveaRules,
  sendregning: sendRegningRules,
};

/** The rules of every channel. */
export const channelRules: readonly ChannelRules[] = Object.values(byChannel);

/** Every rule set of the product. */
export const allRuleSets: readonly RuleSet[] = withChannelSets(channelRules);

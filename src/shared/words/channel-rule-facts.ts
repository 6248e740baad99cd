// Severity and mender of the rules that the channels ask at import. The words of each channel are in its file in channels/.

import type { Mender, Severity } from '../schema/problem.ts';

/** By id, `channel.<channel>.<rule>`, grouped by channel. */
export const channelRuleFacts = {
  'channel.email.domain': { severity: 'warning', mender: 'customerData' },
  'channel.sftp.name': { severity: 'info', mender: 'vendor' },
} as const satisfies Readonly<
  Record<`channel.${string}.${string}`, { readonly severity: Severity; readonly mender: Mender }>
>;

/** One of the ids. */
export type ChannelRuleId = keyof typeof channelRuleFacts;

/** The ids of one channel. */
export type RuleIdOf<C extends string> = Extract<ChannelRuleId, `channel.${C}.${string}`>;

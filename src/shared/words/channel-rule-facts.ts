// Severity and mender of the rules that the channels ask at import. The words of each channel are in its file in channels/.

import type { Mender, Severity } from '../schema/problem.ts';

/** By id, `channel.<channel>.<rule>`, grouped by channel. Where the invoice can go by another channel, a service's rules are information. */
export const channelRuleFacts = {
  'channel.email.domain': { severity: 'warning', mender: 'customerData' },
  'channel.sftp.name': { severity: 'info', mender: 'vendor' },
  'channel.svea.country': { severity: 'warning', mender: 'operator' },
  'channel.svea.national-id': { severity: 'warning', mender: 'customerData' },
  'channel.svea.customer': { severity: 'warning', mender: 'customerData' },
  'channel.svea.credit-note': { severity: 'warning', mender: 'operator' },
  'channel.svea.vat-rate': { severity: 'warning', mender: 'vendor' },
  'channel.svea.prepaid': { severity: 'warning', mender: 'operator' },
  'channel.svea.not-positive': { severity: 'warning', mender: 'operator' },
  'channel.svea.amount-too-large': { severity: 'warning', mender: 'operator' },
  'channel.svea.total-differs': { severity: 'warning', mender: 'vendor' },
  'channel.sendregning.missing': { severity: 'warning', mender: 'customerData' },
  'channel.sendregning.length': { severity: 'warning', mender: 'customerData' },
  'channel.sendregning.currency': { severity: 'warning', mender: 'operator' },
  'channel.sendregning.country': { severity: 'warning', mender: 'customerData' },
  'channel.sendregning.date': { severity: 'warning', mender: 'vendor' },
  'channel.sendregning.lines': { severity: 'warning', mender: 'vendor' },
  'channel.sendregning.vat-rate': { severity: 'warning', mender: 'vendor' },
  'channel.sendregning.amount': { severity: 'warning', mender: 'operator' },
  'channel.sendregning.prepaid': { severity: 'warning', mender: 'operator' },
  'channel.sendregning.total': { severity: 'warning', mender: 'vendor' },
  'channel.sendregning.credited': { severity: 'warning', mender: 'operator' },
} as const satisfies Readonly<
  Record<`channel.${string}.${string}`, { readonly severity: Severity; readonly mender: Mender }>
>;

/** One of the ids. */
export type ChannelRuleId = keyof typeof channelRuleFacts;

/** The ids of one channel. */
export type RuleIdOf<C extends string> = Extract<ChannelRuleId, `channel.${C}.${string}`>;

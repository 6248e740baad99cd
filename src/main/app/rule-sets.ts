// The rule sets of the product with those of the channels, and the checks an invoice is read with. No rules here.

import type { Channel } from '../../shared/schema/delivery.ts';
import { ruleSets } from '../domain/rules/all.ts';
import type { InvoiceCheck } from '../domain/rules/rule.ts';
import { checkOfSet } from '../domain/rules/rule-set.ts';
import type { RuleSet } from '../domain/rules/rule-set.ts';
import { routeChannel } from '../domain/routing.ts';
import type { ChannelRules } from '../ports/channel-rules.ts';

/** Every set in the order their findings are shown: the product's own and the standards', then one a channel. */
export function withChannelSets(channels: readonly ChannelRules[]): readonly RuleSet[] {
  return [...ruleSets, ...channels.map(setOfChannel)];
}

/** What an invoice is read with, in a workspace that has connections of the channels in `connected`. */
export function checksWith(
  channels: readonly ChannelRules[],
  connected: readonly Channel[] | undefined,
): readonly InvoiceCheck[] {
  const asking = channels.filter(({ asks, channel }) => asks === 'routed' || connected?.includes(channel) === true);
  return withChannelSets(asking).map(checkOfSet);
}

function setOfChannel({ channel, version, asks, rules }: ChannelRules): RuleSet {
  return {
    id: 'channel',
    version,
    scope: 'all',
    applies: ({ preferredChannel, buyer }) =>
      rules.length > 0 && (asks === 'connected' || routeChannel(preferredChannel, buyer.email) === channel),
    rules,
  };
}

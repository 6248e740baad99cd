// The rule sets of the product with those of the channels, and the checks an invoice is read with. No rules here.

import type { Channel } from '../../shared/schema/delivery.ts';
import type { Invoice } from '../../shared/schema/invoice.ts';
import { ruleSets } from '../domain/rules/all.ts';
import type { Finding, InvoiceCheck } from '../domain/rules/rule.ts';
import { checkOfSet } from '../domain/rules/rule-set.ts';
import type { RuleSet } from '../domain/rules/rule-set.ts';
import { routeChannel } from '../domain/routing.ts';
import type { ChannelRules } from '../ports/channel-rules.ts';

/** Every set in the order their findings are shown: the product's own and the standards', then one a channel. */
export function withChannelSets(channels: readonly ChannelRules[]): readonly RuleSet[] {
  return [...ruleSets, ...channels.map((rules) => setOfChannel(rules, []))];
}

/** What an invoice is read with, in a workspace that has connections of the channels in `connected`. */
export function checksWith(
  channels: readonly ChannelRules[],
  connected: readonly Channel[] | undefined,
): readonly InvoiceCheck[] {
  const asking = channels.filter(({ asks, channel }) => asks === 'routed' || connected?.includes(channel) === true);
  const sets = [...ruleSets, ...asking.map((rules) => setOfChannel(rules, connected ?? []))];
  return sets.map(checkOfSet);
}

function setOfChannel(channel: ChannelRules, connected: readonly Channel[]): RuleSet {
  const { version, rules } = channel;
  const asked = { id: 'channel', version, scope: 'all', rules } as const;
  const ownChannel = ({ preferredChannel, buyer }: Invoice): Channel => routeChannel(preferredChannel, buyer.email);
  if (channel.asks === 'routed')
    return { ...asked, applies: (invoice) => rules.length > 0 && ownChannel(invoice) === channel.channel };
  const { check } = checkOfSet({ ...asked, ...pick(channel), applies: () => true });
  return {
    ...asked,
    applies: () => rules.length > 0,
    check: (invoice, context) => {
      const found = check(invoice, context);
      return found.length > 0 && connected.includes(ownChannel(invoice)) ? found.map(asInformation) : found;
    },
  };
}

function pick({ check }: ChannelRules): Pick<RuleSet, 'check'> {
  return check === undefined ? {} : { check };
}

/** The invoice has another way to go, and goes it unless somebody chooses this channel. */
function asInformation(finding: Finding): Finding {
  return { ...finding, severity: 'info' };
}

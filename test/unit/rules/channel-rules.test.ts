// Which invoices the rules of a channel are asked of: those that go by it, or all where there is a connection of it.

import { describe, expect, it } from 'vitest';
import { checksWith, withChannelSets } from '../../../src/main/app/rule-sets.ts';
import { defineRule, finding } from '../../../src/main/domain/rules/define-rule.ts';
import { allRuleSets, channelRules } from '../../../src/main/engine/channel-rules.ts';
import type { ChannelRules } from '../../../src/main/ports/channel-rules.ts';
import type { Channel } from '../../../src/shared/schema/delivery.ts';
import { channelRuleFacts } from '../../../src/shared/words/channel-rule-facts.ts';
import { goodInvoice } from '../domain/good-invoice.ts';

const always = defineRule('channel.email.domain', () => [finding('channel.email.domain', { field: 'buyer.email' })]);

function findings(rules: ChannelRules, preferred: string, connected?: readonly Channel[]): number {
  const invoice = goodInvoice({ preferredChannel: preferred });
  const context = { today: '2026-11-21', textOf: () => null };
  return checksWith([rules], connected).flatMap((rule) => rule.check(invoice, context)).length;
}

describe('the rules of a channel', () => {
  const rules = { channel: 'email', version: '2026-11-21', rules: [always] } as const;

  it('ask the invoices that go by it of themselves, whether there is a connection or not', () => {
    const routed = { ...rules, asks: 'routed' } as const;
    expect(findings(routed, 'email')).toBe(1);
    expect(findings(routed, 'post', ['email'])).toBe(0);
  });

  it('ask all invoices where it has to be chosen, once there is a connection', () => {
    const connected = { ...rules, asks: 'connected' } as const;
    expect(findings(connected, 'post')).toBe(0);
    expect(findings(connected, 'post', ['sftp'])).toBe(0);
    expect(findings(connected, 'post', ['sftp', 'email'])).toBe(1);
  });

  it('are each registered by their own adapter, and all of them are in the list', () => {
    const registered = channelRules.flatMap(({ channel, rules: own }) => {
      for (const { id } of own) expect(id).toMatch(new RegExp(`^channel\\.${channel}\\.`, 'u'));
      return own.map(({ id }) => id);
    });
    expect(registered.toSorted()).toEqual(Object.keys(channelRuleFacts).toSorted());
    expect(withChannelSets(channelRules)).toHaveLength(allRuleSets.length);
  });
});

// What the channels ask of an invoice already at import, as one set. Each channel's own rules are in the file named for it.

import { routeChannel } from '../../routing.ts';
import { noFindings } from '../define-rule.ts';
import type { RuleSet } from '../rule-set.ts';
import type { ChannelRules } from './channel-rules.ts';
import { emailRules } from './email.ts';
import { sftpRules } from './sftp.ts';

/** The open list: an adapter that must refuse something at sending adds what can be known at import here. */
const registered: readonly ChannelRules[] = [emailRules, sftpRules];

/** All of them, each silent on invoices that go another way. */
export const channelSet: RuleSet = {
  id: 'channel',
  version: '2026-11-21',
  scope: 'all',
  applies: () => true,
  rules: registered.flatMap(({ channel, rules }) =>
    rules.map((rule) => ({
      ...rule,
      check: (invoice, context) =>
        routeChannel(invoice.preferredChannel, invoice.buyer.email) === channel
          ? rule.check(invoice, context)
          : noFindings,
    })),
  ),
};

// What the Svea channel asks of an invoice at import. Pure: it runs in the reading thread.

import type { ChannelRules } from '../../ports/channel-rules.ts';

/** None yet: what does not fit depends on the connection's country and kind of order, and is told at the release. */
export const sveaRules = {
  channel: 'svea',
  version: '2026-11-21',
  asks: 'connected',
  rules: [],
} as const satisfies ChannelRules;

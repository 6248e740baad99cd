// What SendRegning's channel asks of an invoice at import. Nothing yet: what does not fit is named at the release, by compose. Pure.

import type { ChannelRules } from '../../ports/channel-rules.ts';

/** Rules of SendRegning's channel. */
export const sendRegningRules = {
  channel: 'sendregning',
  version: '2026-11-21',
  asks: 'connected',
  rules: [],
} as const satisfies ChannelRules;

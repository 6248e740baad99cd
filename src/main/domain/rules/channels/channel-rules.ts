// The shape of what one channel asks of an invoice already at import. No rules here.

import type { Channel } from '../../../../shared/schema/delivery.ts';
import type { Rule } from '../rule.ts';

/** The rules of one channel. They run only over invoices that would go by it. */
export interface ChannelRules {
  readonly channel: Channel;
  readonly rules: readonly Rule[];
}

// The port through which a channel's adapter says at import what it would have to refuse at sending. Shape only.

import type { Channel } from '../../shared/schema/delivery.ts';
import type { InvoiceCheck, Rule } from '../domain/rules/rule.ts';

/** What a channel asks of an invoice. Pure: the rules run in the reading thread, where no adapter and no library of one is loaded. */
export interface ChannelRules {
  readonly channel: Channel;
  /** Date of the last change of what is asked. */
  readonly version: string;
  /**
   * Which invoices are asked. `routed`: those that go by this channel unless somebody chooses otherwise. `connected`: all of them, once the
   * workspace has a connection of this channel; for channels that no invoice goes by of itself. What they find is information where the
   * invoice's own channel has a connection as well.
   */
  readonly asks: 'routed' | 'connected';
  readonly rules: readonly Rule[];
  /** All rules at once, where they share work; left out: each is asked. */
  readonly check?: InvoiceCheck['check'];
}

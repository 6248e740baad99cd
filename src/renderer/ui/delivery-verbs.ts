// Which verbs an operator has for a delivery in each state; the store refuses everything else. No words and no calls.

import { canAskPeer, isPdfChannel } from '../../shared/schema/delivery.ts';
import type { Channel, Delivery, DeliveryState } from '../../shared/schema/delivery.ts';
import type { SteerVerb } from './steer/steer-menu.tsx';

/** What an operator can do. `resolve` asks whether it arrived. */
export type DeliveryVerb = 'retry' | 'cancel' | 'lookUp' | 'resolve';

const byState = {
  queued: ['cancel'],
  claimed: [],
  sending: [],
  accepted: [],
  rejected: ['retry', 'cancel'],
  waiting: ['retry', 'cancel'],
  unknown: ['lookUp', 'resolve'],
  failed: ['retry', 'cancel'],
  cancelled: [],
} as const satisfies Record<DeliveryState, readonly DeliveryVerb[]>;

/** Verbs for a delivery. E-mail has no way of asking the peer (shared/contract/proof-methods.ts, delivery.lookUp). What a later step follows upon stays at the peer. */
export function verbsOf({
  state,
  channel,
  step = 1,
}: {
  readonly state: DeliveryState;
  readonly channel: Channel;
  readonly step?: number;
}): readonly DeliveryVerb[] {
  return byState[state].filter(
    (verb) => (verb !== 'lookUp' || canAskPeer(channel)) && (verb !== 'cancel' || step === 1),
  );
}

const steerByState = {
  queued: ['hold', 'schedule', 'reroute'],
  claimed: [],
  sending: [],
  accepted: ['copy'],
  rejected: ['readdress', 'reroute'],
  waiting: ['hold', 'reroute'],
  unknown: [],
  failed: ['readdress', 'reroute'],
  cancelled: [],
} as const satisfies Record<DeliveryState, readonly SteerVerb[]>;

/** What else can be done with one delivery. What waits for a decision over its release is let go by that alone. */
export function steerVerbsOf({
  state,
  channel,
  hold,
  step = 1,
}: Pick<Delivery, 'state' | 'channel' | 'hold'> & { readonly step?: number }): readonly SteerVerb[] {
  const verbs: readonly SteerVerb[] = steerByState[state].filter(
    (verb) => verb !== 'reroute' || (isPdfChannel(channel) && step === 1),
  );
  switch (hold) {
    case 'operator':
      return ['letGo', ...verbs.filter((verb) => verb !== 'hold')];
    case 'trial':
      return isPdfChannel(channel) ? ['reroute'] : [];
    case 'release':
      return [];
    case null:
      return verbs.filter((verb) => verb !== 'readdress' || channel === 'email');
  }
}

/** States that a verb over many deliveries applies to. */
export function statesFor(verb: 'retry' | 'cancel'): readonly DeliveryState[] {
  return (Object.keys(byState) as DeliveryState[]).filter((state) =>
    (byState[state] as readonly DeliveryVerb[]).includes(verb),
  );
}

/** True while another attempt follows by itself. */
export function goesOnByItself(state: DeliveryState): boolean {
  return state === 'queued' || state === 'waiting';
}

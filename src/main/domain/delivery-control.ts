// What the operator may do with deliveries in which state, which of a release go first, and how deliveries are grouped by cause. Pure rules.

import type { DeliveryAct, LeftReason, Trial } from '../../shared/schema/control.ts';
import type { DeliveryHold, DeliveryState } from '../../shared/schema/delivery.ts';
import { sourcesOf } from './delivery-state.ts';

/**
 * States an act over many applies to. A new delivery takes the place of one that is taken back, so re-routing and a new address start
 * from what certainly was not sent; a new address only from what the address itself may have stopped.
 */
export const statesOfAct: Readonly<Record<DeliveryAct, readonly DeliveryState[]>> = {
  retry: sourcesOf('retry'),
  cancel: sourcesOf('cancel'),
  hold: ['queued', 'waiting'],
  letGo: ['queued', 'waiting'],
  schedule: ['queued'],
  reroute: sourcesOf('cancel'),
  readdress: ['rejected', 'failed'],
};

/** Holds that an act passes over, and those it needs; a release that is being written is nobody's but its own. */
export const holdsOfAct: Readonly<Record<DeliveryAct, readonly (DeliveryHold | null)[]>> = {
  retry: [null],
  cancel: [null, 'operator', 'trial'],
  hold: [null],
  letGo: ['operator'],
  schedule: [null, 'operator'],
  reroute: [null, 'operator', 'trial'],
  readdress: [null],
};

/** Acts that a later step is not for: what the step before it left at the peer would stay there. */
export const firstStepOnly: readonly DeliveryAct[] = ['cancel', 'reroute', 'readdress'];

/** Why an act leaves a delivery in this state and hold as it is; null: it applies. */
export function whyLeft(act: DeliveryAct, state: DeliveryState, hold: DeliveryHold | null): LeftReason | null {
  if (statesOfAct[act].includes(state)) {
    if (holdsOfAct[act].includes(hold)) return null;
    return hold === null ? 'otherState' : 'held';
  }
  switch (state) {
    case 'accepted':
      return 'sent';
    case 'claimed':
    case 'sending':
      return 'underWay';
    case 'unknown':
      return 'unknown';
    case 'cancelled':
      return 'cancelled';
    case 'queued':
    case 'waiting':
    case 'rejected':
    case 'failed':
      return 'otherState';
  }
}

/**
 * Positions of the first few: the first ones in order, so that what is seen is what was announced; a connection that has none among them
 * shows itself by its first one instead of the last of those that are many.
 */
export function firstFewOf(connectionIds: readonly string[], count: number): ReadonlySet<number> {
  const firsts = new Map<string, number>();
  for (const [at, connectionId] of connectionIds.entries()) if (!firsts.has(connectionId)) firsts.set(connectionId, at);
  const needed = [...firsts.values()].sort((one, other) => one - other).slice(0, count);
  const chosen = new Set(needed);
  for (let at = 0; at < connectionIds.length && chosen.size < count; at += 1) chosen.add(at);
  return chosen;
}

/** What the first few of a release came to. One that waits for another try has had its answer: not now. */
export function verdictOf(first: Trial['first']): Trial['verdict'] {
  const count = (states: readonly DeliveryState[]): number =>
    states.reduce((sum, state) => sum + (first[state] ?? 0), 0);
  if (count(['rejected', 'failed', 'unknown', 'waiting']) > 0 && count(['queued', 'claimed', 'sending']) === 0)
    return 'faulty';
  return count(['queued', 'claimed', 'sending', 'waiting']) > 0 ? 'running' : 'good';
}

/** The enhanced status code at the start of a peer's reply (RFC 3463: `552 5.2.2 Mailbox full`), or null. A field of the protocol, not its text. */
export function replyStatusOf(detail: string | null): string | null {
  return /^(?:[245]\d\d[ -])?([45]\.\d{1,3}\.\d{1,3})(?=\s|$)/u.exec(detail ?? '')?.[1] ?? null;
}

/** What deliveries are grouped by: the cause's code, with the peer's status where it gave one. */
export function causeOf(code: string, detail: string | null): string {
  const status = replyStatusOf(detail);
  return status === null ? code : `${code} ${status}`;
}

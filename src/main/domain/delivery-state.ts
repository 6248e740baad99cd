// The life of a delivery as a table: which state may follow which, and why. No storage and no clock; docs/delivery-states.md explains it in words.

import type { InvoiceState } from '../../shared/schema/batch.ts';
import type { AttemptOutcomeKind, DeliveryState } from '../../shared/schema/delivery.ts';

/** Why a delivery's state changes. */
export const transitionCauses = [
  'claim',
  'markSending',
  'accepted',
  'refused',
  'notSent',
  'spent',
  'throttled',
  'laneStopped',
  'unknown',
  'recovery',
  'lookUp',
  'operatorWord',
  'retry',
  'cancel',
  'restored',
] as const;
/** One of {@link transitionCauses}. */
export type TransitionCause = (typeof transitionCauses)[number];

/** One allowed change. */
export interface DeliveryTransition {
  readonly from: DeliveryState;
  readonly to: DeliveryState;
  readonly cause: TransitionCause;
}

/** Every allowed change of state; a release starts a delivery as `queued`. Whatever is not listed is a bug and is refused by the store. */
export const deliveryTransitions: readonly DeliveryTransition[] = [
  { from: 'queued', to: 'claimed', cause: 'claim' },
  { from: 'waiting', to: 'claimed', cause: 'claim' },
  { from: 'claimed', to: 'sending', cause: 'markSending' },
  { from: 'claimed', to: 'accepted', cause: 'accepted' },
  { from: 'sending', to: 'accepted', cause: 'accepted' },
  { from: 'claimed', to: 'rejected', cause: 'refused' },
  { from: 'sending', to: 'rejected', cause: 'refused' },
  { from: 'claimed', to: 'waiting', cause: 'notSent' },
  { from: 'sending', to: 'waiting', cause: 'notSent' },
  { from: 'claimed', to: 'failed', cause: 'spent' },
  { from: 'sending', to: 'failed', cause: 'spent' },
  { from: 'claimed', to: 'waiting', cause: 'throttled' },
  { from: 'sending', to: 'waiting', cause: 'throttled' },
  { from: 'claimed', to: 'queued', cause: 'laneStopped' },
  { from: 'sending', to: 'queued', cause: 'laneStopped' },
  { from: 'claimed', to: 'unknown', cause: 'unknown' },
  { from: 'sending', to: 'unknown', cause: 'unknown' },
  { from: 'claimed', to: 'queued', cause: 'recovery' },
  { from: 'sending', to: 'unknown', cause: 'recovery' },
  { from: 'unknown', to: 'accepted', cause: 'lookUp' },
  { from: 'unknown', to: 'queued', cause: 'lookUp' },
  { from: 'unknown', to: 'accepted', cause: 'operatorWord' },
  { from: 'unknown', to: 'queued', cause: 'operatorWord' },
  { from: 'waiting', to: 'queued', cause: 'retry' },
  { from: 'rejected', to: 'queued', cause: 'retry' },
  { from: 'failed', to: 'queued', cause: 'retry' },
  { from: 'queued', to: 'cancelled', cause: 'cancel' },
  { from: 'waiting', to: 'cancelled', cause: 'cancel' },
  { from: 'rejected', to: 'cancelled', cause: 'cancel' },
  { from: 'failed', to: 'cancelled', cause: 'cancel' },
  { from: 'queued', to: 'unknown', cause: 'restored' },
  { from: 'waiting', to: 'unknown', cause: 'restored' },
  { from: 'claimed', to: 'unknown', cause: 'restored' },
  { from: 'sending', to: 'unknown', cause: 'restored' },
  { from: 'rejected', to: 'unknown', cause: 'restored' },
  { from: 'failed', to: 'unknown', cause: 'restored' },
];

/** True when some cause allows the change. */
export function canMove(from: DeliveryState, to: DeliveryState): boolean {
  return deliveryTransitions.some((transition) => transition.from === from && transition.to === to);
}

/** States a cause can start from, each once. */
export function sourcesOf(cause: TransitionCause): readonly DeliveryState[] {
  return [...new Set(deliveryTransitions.filter((transition) => transition.cause === cause).map(({ from }) => from))];
}

/** What an attempt's end depends on beyond its kind. */
export interface OutcomeFacts {
  readonly kind: Exclude<AttemptOutcomeKind, 'open'>;
  /** notSent: nothing else gets through this connection now either. */
  readonly isConnectionDown: boolean;
  /** notSent: trying again unchanged is useless. */
  readonly isPermanent: boolean;
  /** Attempts or days are used up; see retry-schedule. */
  readonly isBudgetSpent: boolean;
}

/** Where an attempt's end leads and whether it used up one of the delivery's tries. */
export interface OutcomeDecision {
  readonly toState: Extract<DeliveryState, 'accepted' | 'rejected' | 'waiting' | 'queued' | 'unknown' | 'failed'>;
  readonly cause: TransitionCause;
  readonly countsAsAttempt: boolean;
}

/** Decides the state after an attempt. Never leads anywhere from where an unknown effect could be sent again by itself. */
export function stateAfterAttempt(facts: OutcomeFacts): OutcomeDecision {
  switch (facts.kind) {
    case 'accepted':
      return { toState: 'accepted', cause: 'accepted', countsAsAttempt: true };
    case 'refused':
      return { toState: 'rejected', cause: 'refused', countsAsAttempt: true };
    case 'unknown':
      return { toState: 'unknown', cause: 'unknown', countsAsAttempt: true };
    case 'throttled':
      return facts.isBudgetSpent
        ? { toState: 'failed', cause: 'spent', countsAsAttempt: false }
        : { toState: 'waiting', cause: 'throttled', countsAsAttempt: false };
    case 'notSent':
      if (facts.isConnectionDown) return { toState: 'queued', cause: 'laneStopped', countsAsAttempt: false };
      if (facts.isPermanent || facts.isBudgetSpent) return { toState: 'failed', cause: 'spent', countsAsAttempt: true };
      return { toState: 'waiting', cause: 'notSent', countsAsAttempt: true };
  }
}

/** What one delivery's state means for its invoice; null: a cancelled delivery says nothing about it. */
export const invoiceStateByDelivery = {
  queued: 'waiting',
  claimed: 'waiting',
  sending: 'waiting',
  waiting: 'waiting',
  accepted: 'sent',
  rejected: 'failed',
  failed: 'failed',
  unknown: 'unknown',
  cancelled: null,
} as const satisfies Record<DeliveryState, InvoiceState | null>;

/** Worst first: the first of these that any delivery of the invoice has is the invoice's state. */
export const invoiceStatesWorstFirst = ['unknown', 'failed', 'waiting', 'sent'] as const;

/** The invoice's state from all its deliveries; `ready` when none counts. */
export function invoiceStateOf(states: readonly DeliveryState[]): InvoiceState {
  const meanings = new Set(states.map((state) => invoiceStateByDelivery[state]));
  return invoiceStatesWorstFirst.find((state) => meanings.has(state)) ?? 'ready';
}

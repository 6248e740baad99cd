// The store port for deliveries whose outcome is not known: finding them, noting what a look-up said, and settling many at once.

import type { Channel, LookUpNote } from '../../shared/schema/delivery.ts';
import type { Act } from './act.ts';
import type { LookUpAnswer } from './channel-adapter.ts';

/** Some by id, or all of one batch (null: of all batches). Those that are not unknown are left out. */
export type UnknownSelection =
  { readonly ids: readonly number[] } | { readonly all: { readonly batchId: string | null } };

/** A peer's answer, that its channel has none, or that it could not be asked. */
export type PeerAnswer =
  LookUpAnswer | { readonly kind: 'notPossible' } | { readonly kind: 'unreachable'; readonly detail: string };

/** A delivery whose outcome is not known. */
export interface UnknownDelivery {
  readonly id: number;
  readonly connectionId: string;
  readonly channel: Channel;
  /** The attempt that ended in doubt. */
  readonly attempt: number;
}

/** Verbs and reads over unknown deliveries. Every write verb is one transaction. */
export interface UnknownStore {
  /** Oldest first. */
  find(selection: UnknownSelection): UnknownDelivery[];
  /** The newest note on each of them since it became unknown; those without one are left out. */
  lastLookUps(deliveryIds: readonly number[]): ReadonlyMap<number, LookUpNote>;
  /** Keeps the answer of a look-up that settled nothing; false when the delivery is no longer unknown. */
  noteLookUp(deliveryId: number, note: Pick<LookUpNote, 'answer' | 'code' | 'detail'>, act: Act): boolean;
  /** The operator's word on many: `accepted`, or first in the queue again. One audit entry a batch. Returns how many were still unknown. */
  settle(
    deliveryIds: readonly number[],
    verdict: { readonly toState: 'accepted' | 'queued'; readonly reason: string },
    act: Act,
  ): number;
}

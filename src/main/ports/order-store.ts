// The store's part for orders at a peer: what was done to them beside their deliveries, addresses that were chosen, campaigns that were listed.

import type { ExpiringOrder, OrderAct, OrderActInDoubt, OrderActKind } from '../../shared/schema/orders.ts';
import type { Act } from './act.ts';
import type { AttemptOutcome, Receipt } from './channel-adapter.ts';
import type { CreditCampaign, PlanCampaign } from './order-service.ts';

/** An order as its deliveries know it. */
export interface KnownOrder {
  /** The delivery that made it, and the one that delivers it. */
  readonly deliveryId: number;
  readonly secondId: number | null;
  readonly invoiceId: number;
  readonly connectionId: string;
  readonly idempotencyKey: string;
  readonly documentSha256: string;
  readonly releasedAtMs: number;
  /** Latest receipts of the two; null where there is none. */
  readonly created: Receipt | null;
  readonly delivered: Receipt | null;
}

/** An act about to be sent. */
export interface NewOrderAct {
  readonly deliveryId: number;
  readonly kind: OrderActKind;
  readonly peerOrderId: string;
  readonly reason: string;
  readonly ownerPid: number;
  /** Id of the newest act that was known when this one was decided on; 0 where there was none. */
  readonly newestAct: number;
  readonly credit: {
    readonly amountMinor: number;
    readonly currency: string;
    readonly positions: readonly number[];
  } | null;
  /** Dunnings only: what is asked for. */
  readonly wish?: OrderAct['wish'];
}

/** An address that was chosen. */
export interface ChosenAddress {
  readonly selector: string;
  readonly text: string;
}

/** A connection's campaigns as last listed. */
export interface CampaignLists {
  readonly plans: readonly PlanCampaign[];
  readonly credits: readonly CreditCampaign[];
}

/** Reads and verbs; each verb is one transaction. */
export interface OrderStore {
  /** Orders of an invoice through a channel of two steps, the newest first. */
  ordersOf(invoiceId: number): KnownOrder[];
  /** Oldest first. */
  actsOf(invoiceId: number): OrderAct[];
  /** Writes the act down as being sent, with its entry in the audit log. Null: another one on this order is under way or in doubt, or has begun since. */
  begin(order: NewOrderAct, act: Act): number | null;
  /** What it came to. False when it has been settled meanwhile. */
  end(actId: number, outcome: AttemptOutcome, nowMs: number): boolean;
  /** Settles one that is in doubt. False when it is not (any more). */
  settle(
    actId: number,
    verdict: { readonly isDone: boolean; readonly by: 'lookUp' | 'operator'; readonly reason: string },
    act: Act,
  ): boolean;
  /** Acts of processes that are gone become unknown. Returns how many. */
  settleLeft(isOwnerAlive: (pid: number) => boolean, nowMs: number): number;
  /** Takes the delivering step back once its order is closed; false when there is nothing to take back. */
  giveUpDelivery(deliveryId: number, act: Act): boolean;
  chosenAddress(invoiceId: number, connectionId: string): ChosenAddress | null;
  /** Null takes the choice back. */
  chooseAddress(
    place: { readonly invoiceId: number; readonly connectionId: string },
    address: ChosenAddress | null,
    act: Act,
  ): void;
  campaigns(connectionId: string): (CampaignLists & { readonly fetchedAtMs: number }) | null;
  keepCampaigns(connectionId: string, lists: CampaignLists, nowMs: number): void;
  /** Acts without an answer, the oldest first; at most 500. */
  actsInDoubt(): OrderActInDoubt[];
  /** Orders that are not delivered and have an end, the nearest first; at most 500. */
  undelivered(nowMs: number): ExpiringOrder[];
}

// The store port for the operator's acts over deliveries and for releases written in steps. Every write verb is one whole transaction.

import type { DeliveryFilter } from '../../shared/contract/methods.ts';
import type { ActPlan, CauseGroup, DeliveryAct, FailedAddress, Trial } from '../../shared/schema/control.ts';
import type { Channel, Delivery } from '../../shared/schema/delivery.ts';
import type { Act } from './act.ts';
import type { ReleaseItem } from './release-item.ts';

/** A delivery that another one shall replace, with what the new one's identity is made of. */
export interface ReplaceTarget {
  readonly deliveryId: number;
  readonly invoiceId: number;
  readonly invoiceNumber: string;
  readonly sellerKey: string;
  readonly connectionId: string;
  readonly channel: Channel;
  readonly target: string;
  readonly email: string | null;
  readonly generation: number;
  readonly documentSha256: string;
  readonly kind: 'invoice' | 'creditNote';
  readonly currency: string;
  readonly invoiceDate: string | null;
  readonly dueDate: string | null;
  /** The billing system's own number of the batch, else the program's. */
  readonly batch: string;
}

/** One delivery in place of another: the same document, frozen as it was. */
export interface Replacement {
  readonly deliveryId: number;
  readonly connectionId: string;
  readonly channel: Channel;
  readonly target: string;
  readonly idempotencyKey: string;
}

/** A document that arrived, to be sent once more. */
export interface CopyOrder {
  readonly deliveryId: number;
  readonly connectionId: string;
  readonly channel: Channel;
  readonly target: string;
  readonly generation: number;
  readonly idempotencyKey: string;
  readonly reason: string;
  /** The same order repeated writes nothing new. */
  readonly requestId: string;
}

/** A release that is written in steps. */
export interface ReleaseRunStart {
  readonly isTrial: boolean;
  readonly ownerPid: number;
}

/** The operator's acts. Each changes only what is still in a state and hold the act starts from; the numbers say how many that were. */
export interface ControlStore {
  plan(act: DeliveryAct, filter: DeliveryFilter, connectionId: string | null): ActPlan;
  causes(filter: DeliveryFilter): CauseGroup[];
  addresses(filter: DeliveryFilter): { readonly total: number; readonly addresses: FailedAddress[] };
  /** Ids an act applies to now, oldest first. */
  targets(act: DeliveryAct, filter: DeliveryFilter): readonly number[];
  replaceTargets(deliveryIds: readonly number[]): ReplaceTarget[];
  hold(deliveryIds: readonly number[], reason: string, act: Act): number;
  letGo(deliveryIds: readonly number[], act: Act): number;
  schedule(deliveryIds: readonly number[], notBeforeMs: number | null, act: Act): number;
  /** Takes each back and writes the other in its place, or leaves both undone. `readdress` also makes the address the invoice's. */
  replace(
    items: readonly Replacement[],
    why: { readonly as: 'reroute' | 'readdress'; readonly reason: string },
    act: Act,
  ): number;
  /** The highest generation of an invoice's deliveries, cancelled ones too. */
  lastGeneration(invoiceId: number): number;
  /** The copy's id; the earlier one's when the request is known; null when the delivery is not accepted (any more) or the connection is gone. */
  copy(order: CopyOrder, act: Act): number | null;

  /** Opens a release whose deliveries nobody takes before {@link finishRun}. */
  beginRun(batchId: string, start: ReleaseRunStart, act: Act): number;
  /** As ReleaseStore.write, without its audit entry; `isFirst` says which of a trial go before the decision. */
  addToRun(
    runId: number,
    items: readonly (ReleaseItem & { readonly isFirst: boolean })[],
    act: Act,
  ): { readonly written: number; readonly corrected: number };
  /** From here on the release has happened: the audit entry is written, and nothing takes it back by itself. */
  finishRun(
    runId: number,
    counts: { readonly written: number; readonly left: number; readonly corrected: number },
    act: Act,
  ): void;
  /** Marks a release that is being written as given up; {@link settleRun} then takes it back. */
  giveUpRun(runId: number): void;
  /** Lets go or takes back at most `limit` deliveries of a run, as its state and decision say; 0 when nothing is left to do. */
  settleRun(runId: number, limit: number, act: Act): number;
  /** Gives up what was being written by processes that are gone; returns the runs that {@link settleRun} has to look at. */
  unsettledRuns(isProcessAlive: (pid: number) => boolean): number[];
  trials(batchId: string | null): Trial[];
  /** Writes the decision; {@link settleRun} carries it out. False when it was decided before or there is no such trial. */
  decideTrial(runId: number, decision: 'goOn' | 'stop', act: Act): boolean;
  /** A copy that this request ordered, for a request that is repeated. */
  copyOf(requestId: string): Delivery | null;
}

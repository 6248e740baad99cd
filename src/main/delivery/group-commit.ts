// Commits what many sends want at the same moment together: each durable commit costs a disk sync, so one for all of a turn. No decisions here.

import type { Clock } from '../ports/clock.ts';
import { isStoreFailure } from '../ports/store.ts';
import type { ClaimedDelivery, DeliveryStore, OutcomeRecord } from '../ports/store.ts';

/** Durable steps of deliveries under way, in groups. */
export interface GroupCommit {
  /** Resolves when `sending` is durable. Rejects with {@link ClaimLost} when the claim is no longer ours, or with the store's failure; nothing may be sent then. */
  mark(claim: Pick<ClaimedDelivery, 'deliveryId' | 'attempt'>): Promise<void>;
  /** Resolves when the outcome is durable; `stale`: the delivery has moved on and nothing was written. Rejects with the store's failure. */
  record(record: OutcomeRecord): Promise<'written' | 'stale'>;
}

/** The claim was lost (another runner took over, or this one is stopping). */
export class ClaimLost extends Error {
  override readonly name = 'ClaimLost';
}

interface Waiting<In, Out> {
  readonly item: In;
  readonly resolve: (value: Out) => void;
  readonly reject: (reason: unknown) => void;
}

type Mark = Pick<ClaimedDelivery, 'deliveryId' | 'attempt'>;

/** Groups by turn of the event loop. `signal` aborted: no mark is written any more (outcomes still are). */
export function createGroupCommit(options: {
  readonly deliveries: DeliveryStore;
  readonly fence: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}): GroupCommit {
  const { deliveries, fence, clock, signal } = options;
  let marks: Waiting<Mark, undefined>[] = [];
  let records: Waiting<OutcomeRecord, 'written' | 'stale'>[] = [];
  let isScheduled = false;

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      const group = { marks, records };
      marks = [];
      records = [];
      // Outcomes first: what has happened must not wait for what is to come.
      recordAll(group.records);
      markAll(group.marks);
    });
  }

  function markAll(group: readonly Waiting<Mark, undefined>[]): void {
    if (group.length === 0) return;
    try {
      const marked = new Set(
        signal.aborted
          ? []
          : deliveries.markSending(
              fence,
              group.map(({ item }) => item),
              clock.nowMs(),
            ),
      );
      for (const { item, resolve, reject } of group) {
        if (marked.has(item.deliveryId)) resolve(undefined);
        else reject(new ClaimLost('the claim was lost before anything was sent'));
      }
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  function recordAll(group: readonly Waiting<OutcomeRecord, 'written' | 'stale'>[]): void {
    if (group.length === 0) return;
    try {
      const stale = new Set(
        deliveries.record(
          fence,
          group.map(({ item }) => item),
        ).stale,
      );
      for (const { item, resolve } of group) resolve(stale.has(item.deliveryId) ? 'stale' : 'written');
    } catch (error) {
      // One bad record must not keep the others of its turn from being written; a busy store would keep each of them for seconds.
      const isBusy = isStoreFailure(error) && error.code === 'STORE_BUSY';
      if (group.length > 1 && !isBusy) for (const one of group) recordAll([one]);
      else for (const { reject } of group) reject(error);
    }
  }

  return {
    mark: (item) =>
      new Promise<undefined>((resolve, reject) => {
        marks.push({ item, resolve, reject });
        schedule();
      }),
    record: (item) =>
      new Promise((resolve, reject) => {
        records.push({ item, resolve, reject });
        schedule();
      }),
  };
}

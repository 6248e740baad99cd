// Looks unknown deliveries up by itself once their connection can be reached, before a person is asked. Wiring and timing only.

import { canAskPeer } from '../../shared/schema/delivery.ts';
import { lookUpUnknown } from '../app/resolve-unknown.ts';
import type { LookUpRound } from '../app/resolve-unknown.ts';
import type { AppContext } from '../app/context.ts';
import type { UnknownDelivery } from '../ports/unknown-store.ts';

/** Looks up in the background. */
export interface SelfLookUp {
  /** Something became unknown, or a connection may be back. */
  wake(): void;
  close(): Promise<void>;
}

/** A fresh doubt is left alone for so long: an answer that is only late, or a rename still under way at the peer, gets its time. */
const settleMs = 3_000;
/** Between tries while the peer cannot be reached, growing to the longest. */
const firstRetryMs = 5_000;
const longestRetryMs = 60_000;
/** Longest round; the next one goes on with the rest. */
const roundMs = 60_000;

/** Asks each peer once about each attempt that ended in doubt; what it cannot say stays for a person. Never throws. */
export async function lookUpOnce(
  context: AppContext,
  asked: Set<string>,
  signal: AbortSignal,
): Promise<Pick<LookUpRound, 'counts'>> {
  const wanted = context.store.unknowns
    .find({ all: { batchId: null } })
    .filter((delivery) => canAskPeer(delivery.channel) && !asked.has(keyOf(delivery)) && mayAsk(context, delivery));
  const round = await lookUpUnknown(context, wanted, { signal, isAutomatic: true });
  for (const { delivery, answer } of round.answers) if (answer !== 'unreachable') asked.add(keyOf(delivery));
  return round;
}

function keyOf({ id, attempt }: UnknownDelivery): string {
  return `${String(id)}/${String(attempt)}`;
}

/** A connection that the operator paused, whose peer asked to wait, or that only a person can mend, is left alone. */
function mayAsk(context: AppContext, { connectionId }: UnknownDelivery): boolean {
  const lanes = context.store.reads.lanes(null, context.clock.nowMs());
  const block = lanes.find((lane) => lane.connectionId === connectionId)?.blockedBy ?? null;
  return block === null || block === 'offline' || block === 'failing';
}

/** Starts looking; only where this process delivers (`isOurs`). */
export function createSelfLookUp(context: AppContext, isOurs: () => boolean): SelfLookUp {
  const closing = new AbortController();
  const asked = new Set<string>();
  let bell = new AbortController();
  let retryMs = firstRetryMs;

  const sleep = async (ms: number): Promise<void> => {
    await context.clock.sleep(ms, AbortSignal.any([bell.signal, closing.signal]));
    if (bell.signal.aborted) bell = new AbortController();
  };

  async function serve(): Promise<void> {
    while (!closing.signal.aborted) {
      let waitMs = longestRetryMs;
      if (isOurs()) {
        const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(roundMs)]);
        const { counts } = await lookUpOnce(context, asked, signal);
        retryMs = counts.unreachable > 0 ? Math.min(longestRetryMs, retryMs * 2) : firstRetryMs;
        if (counts.unreachable > 0) waitMs = retryMs;
      }
      await sleep(waitMs);
      // Whatever rang has its time to settle first.
      await context.clock.sleep(settleMs, closing.signal);
    }
  }

  const served = serve().catch((error: unknown) => {
    context.log.error('looking up by itself ended', { error: String(error) });
  });
  return {
    wake: () => {
      bell.abort();
    },
    close: async () => {
      closing.abort();
      await served;
    },
  };
}

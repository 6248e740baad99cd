// Asks by itself, now and then, what became of invoices at services that keep track of them. Wiring and timing only.

import { isTrackedChannel } from '../../shared/schema/delivery.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { refreshAccountLists } from '../app/account-lists.ts';
import type { AppContext, TrackedRound } from '../app/context.ts';
import { openSendRegningDesk } from './sendregning-desk.ts';
import { trackSent } from './sendregning-tracking.ts';

/** After a start, so that what is waiting to be sent goes first. */
const firstMs = 60_000;
const everyMs = 30 * 60_000;

/** One round over what was sent through a connection; tells the window when it learnt something. Errors: NOT_ALLOWED (keeps no track), those of the desk. */
export async function trackConnection(
  context: AppContext,
  connectionId: string,
  signal: AbortSignal,
): Promise<Result<TrackedRound>> {
  const connection = context.store.config.connection(connectionId);
  if (connection !== null && !isTrackedChannel(connection.channel))
    return fail('NOT_ALLOWED', `${connection.name} says nothing of invoices after they were sent.`, { connectionId });
  const desk = await openSendRegningDesk(context, connectionId, signal);
  if (!desk.ok) return desk;
  const round = await trackSent(context, { desk: desk.value, connectionId, withDocuments: false });
  // What was learnt before a failure stays.
  context.publish({ topic: 'deliveries', batchId: null });
  if (!round.ok) return round;
  const { asked, added, settled } = round.value;
  return ok({ asked, added, settled });
}

/** Starts asking, where this process delivers (`isOurs`). */
export function createStatusWatch(
  context: AppContext,
  isOurs: () => boolean,
  pace = { firstMs, everyMs },
): { wake(): void; close(): Promise<void> } {
  const closing = new AbortController();

  async function askAll(): Promise<void> {
    for (const { id, channel } of context.store.config.connections()) {
      if (!isTrackedChannel(channel) || closing.signal.aborted) continue;
      const lane = context.store.reads
        .lanes(null, context.clock.nowMs())
        .find(({ connectionId }) => connectionId === id);
      // One that is paused, or that a person must mend, is left alone; without anything sent there is nothing to ask.
      if (lane?.blockedBy !== null || lane.counts.accepted === 0) continue;
      await refreshAccountLists(context, [id], closing.signal);
      const round = await trackConnection(context, id, closing.signal);
      if (!round.ok) context.log.warn('invoices could not be followed', { connectionId: id, code: round.error.code });
    }
  }

  async function serve(): Promise<void> {
    await context.clock.sleep(pace.firstMs, closing.signal);
    while (!closing.signal.aborted) {
      if (isOurs()) await askAll();
      await context.clock.sleep(pace.everyMs, closing.signal);
    }
  }

  const served = serve().catch((error: unknown) => {
    context.log.error('following invoices by itself ended', { error: String(error) });
  });
  return {
    wake: () => undefined,
    close: async () => {
      closing.abort();
      await served;
    },
  };
}

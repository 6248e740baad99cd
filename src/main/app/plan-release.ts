// Says what a release would do, and finds the invoices it takes: the sentence the operator reads before anything is final.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { ReleasePlan, ReleaseSummary } from '../../shared/contract/methods.ts';
import type { Connection } from '../../shared/schema/connection.ts';
import { isPdfChannel, pdfChannels } from '../../shared/schema/delivery.ts';
import type { Channel } from '../../shared/schema/delivery.ts';
import type { Money } from '../../shared/schema/batch.ts';
import type { ReleaseCandidate } from '../ports/store.ts';
import type { AppContext } from './context.ts';

/** Which invoices a release takes, and where they go; how and when is the release's own. */
type ReleaseChoice = Pick<ReleasePlan, 'batchId' | 'connections' | 'limit'>;

/** An invoice with the connection it goes to. */
export interface PlannedInvoice {
  readonly candidate: ReleaseCandidate;
  readonly connection: Connection;
}

/** Ready invoices with their connections, by ordinal. Errors: NOT_FOUND (batch, connection), NOT_ALLOWED (batch kept back, connection of another channel). */
export function planRelease(
  context: AppContext,
  plan: ReleaseChoice,
): Result<{ readonly batchId: string; readonly planned: readonly PlannedInvoice[]; readonly noConnection: number }> {
  const batch = context.store.reads.batch(plan.batchId);
  if (batch === null) return fail('NOT_FOUND', 'There is no such batch.', { batchId: plan.batchId });
  if (batch.state !== 'imported')
    return fail('NOT_ALLOWED', 'The batch was kept back because it has errors. Take the good invoices first.', {
      batchId: batch.id,
    });
  const chosen = new Map<Channel, Connection>();
  for (const channel of pdfChannels) {
    const connectionId = plan.connections[channel];
    if (connectionId === null) continue;
    const connection = context.store.config.connection(connectionId);
    if (connection === null) return fail('NOT_FOUND', 'There is no such connection.', { connectionId });
    // A service that takes data takes either kind of invoice.
    if (connection.channel !== channel && isPdfChannel(connection.channel))
      return fail('NOT_ALLOWED', 'The connection is of another channel.', { connectionId, channel });
    chosen.set(channel, connection);
  }
  const planned: PlannedInvoice[] = [];
  let noConnection = 0;
  for (const candidate of context.store.releases.candidates(batch.id, {
    states: ['ready'],
    notReleasedTo: null,
    limit: null,
  })) {
    const connection = chosen.get(candidate.channel);
    if (connection === undefined) noConnection += 1;
    else if (plan.limit === null || planned.length < plan.limit) planned.push({ candidate, connection });
  }
  return ok({ batchId: batch.id, planned, noConnection });
}

/** Counts, targets and sums of a release. Errors as {@link planRelease}. */
export function previewRelease(context: AppContext, plan: ReleaseChoice): Result<ReleaseSummary> {
  const found = planRelease(context, plan);
  if (!found.ok) return found;
  const counts = context.store.reads.batch(plan.batchId)?.counts ?? [];
  const countOf = (states: readonly string[]): number =>
    counts.reduce((sum, entry) => (states.includes(entry.state) ? sum + entry.count : sum), 0);
  const { planned, noConnection } = found.value;
  const byConnection = Map.groupBy(planned, ({ connection }) => connection.id);
  const lanes = [...byConnection.values()].flatMap((items) => {
    const [first] = items;
    if (first === undefined) return [];
    const targets =
      first.connection.channel === 'email' ? new Set(items.map(({ candidate }) => candidate.email)).size : items.length;
    return [
      {
        connectionId: first.connection.id,
        connectionName: first.connection.name,
        channel: first.connection.channel,
        count: items.length,
        targets,
        sums: sumByCurrency(items),
      },
    ];
  });
  return ok({
    lanes,
    total: planned.length,
    sums: sumByCurrency(planned),
    unusualAmounts: countUnusual(context, found.value.batchId, planned),
    leftOut: {
      noConnection,
      held: countOf(['held']),
      excluded: countOf(['excluded']),
      quarantined: countOf(['quarantined']),
      alreadyReleased: countOf(['waiting', 'sent', 'failed', 'unknown']),
    },
  });
}

function countUnusual({ store }: AppContext, batchId: string, planned: readonly PlannedInvoice[]): number {
  const unusual = store.history.foundIn(batchId, 'core.history.amount');
  return unusual.size === 0 ? 0 : planned.filter(({ candidate }) => unusual.has(candidate.ordinal)).length;
}

function sumByCurrency(items: readonly PlannedInvoice[]): Money[] {
  const sums = new Map<string, number>();
  for (const { candidate } of items)
    sums.set(candidate.currency, (sums.get(candidate.currency) ?? 0) + candidate.payableMinor);
  return [...sums].map(([currency, amountMinor]) => ({ currency, amountMinor }));
}

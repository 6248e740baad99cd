// The command line's release: one whole batch to one named connection.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { checkWish } from './act-on-deliveries.ts';
import type { AppContext } from './context.ts';
import type { UnfitInvoice } from './freeze-document.ts';
import { releaseInvoices } from './release-batch.ts';
import type { ReleaseControl } from './release-batch.ts';

/** What was done, and what was left where it is. */
export interface ConnectionRelease {
  readonly released: number;
  /** Invoices without an e-mail address (e-mail connections only). */
  readonly withoutAddress: number;
  /** Of the released ones: how many had been released to another connection before. */
  readonly alsoElsewhere: number;
  /** Left out because the connection's channel cannot take them. */
  readonly unfit: readonly UnfitInvoice[];
  /** Left out because this connection already has them. */
  readonly alreadyHere: number;
}

/** What is released, to what, and how. */
export interface ReleaseTarget {
  readonly batchId: string;
  /** Its name or id. */
  readonly connection: string;
  readonly isReadyOnly: boolean;
  readonly firstFew?: number | null;
  readonly notBeforeMs?: number | null;
}

/**
 * Releases every invoice of the batch that this connection does not have yet, whatever its customer's usual channel: naming the
 * connection is the choice. With `isReadyOnly` only those that no connection has yet. Repeating it releases nothing twice. Errors as planRelease and releaseInvoices.
 */
export async function releaseToConnection(
  context: AppContext,
  target: ReleaseTarget,
  control: ReleaseControl,
): Promise<Result<ConnectionRelease>> {
  const batch = context.store.reads.batch(target.batchId);
  if (batch === null)
    return fail('NOT_FOUND', `There is no batch ${target.batchId}. "utskick status" lists them.`, {
      batchId: target.batchId,
    });
  if (batch.state !== 'imported')
    return fail(
      'NOT_ALLOWED',
      'The batch was kept back because it has errors. Mend the file, or import it with --mode lenient.',
      { batchId: batch.id },
    );
  const connection = context.store.config.connection(target.connection);
  if (connection === null)
    return fail('NOT_FOUND', `There is no connection ${target.connection}. "utskick connection list" lists them.`, {
      connection: target.connection,
    });
  const wish = checkWish(context, target.notBeforeMs ?? null);
  if (!wish.ok) return wish;
  const states = target.isReadyOnly
    ? (['ready'] as const)
    : (['ready', 'waiting', 'sent', 'failed', 'unknown'] as const);
  const candidates = context.store.releases.candidates(batch.id, { states, notReleasedTo: connection.id, limit: null });
  const total = context.store.releases.candidates(batch.id, { states, notReleasedTo: null, limit: null }).length;
  const sendable =
    connection.channel === 'email' ? candidates.filter((candidate) => candidate.email !== null) : candidates;
  const released = await releaseInvoices(
    context,
    {
      batchId: batch.id,
      planned: sendable.map((candidate) => ({ candidate, connection })),
      isReadyOnly: target.isReadyOnly,
      firstFew: target.firstFew ?? null,
      notBeforeMs: wish.value,
    },
    control,
  );
  if (!released.ok) return released;
  const isUnfit = new Set(released.value.unfit.map(({ invoiceId }) => invoiceId));
  return ok({
    released: released.value.released,
    unfit: released.value.unfit,
    withoutAddress: candidates.length - sendable.length,
    alsoElsewhere: sendable.filter(({ invoiceId, state }) => state !== 'ready' && !isUnfit.has(invoiceId)).length,
    alreadyHere: total - candidates.length,
  });
}

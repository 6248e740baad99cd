// Releases invoices: renders and freezes every document and e-mail first, then writes all deliveries, of which none is taken before all are written.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { firstFewOf } from '../domain/delivery-control.ts';
import { isStoreFailure } from '../ports/store.ts';
import type { ReleaseItem } from '../ports/release-item.ts';
import { refreshAccountLists } from './account-lists.ts';
import { actNow } from './context.ts';
import type { AppContext } from './context.ts';
import { freezeDocument } from './freeze-document.ts';
import type { ReleaseNames, UnfitInvoice } from './freeze-document.ts';
import { readMailDress } from './invoice-message.ts';
import { nextTurn } from './next-turn.ts';
import type { PlannedInvoice } from './plan-release.ts';
import { deliveriesPerLot, settleRun } from './settle-run.ts';
import { localDay } from './zoned-moment.ts';

/** How a release is followed and stopped. */
export interface ReleaseControl {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: {
    readonly done: number;
    readonly total: number;
    readonly phase: 'rendering' | 'writing';
  }) => void;
}

/** What is released. */
export interface ReleaseWork {
  readonly batchId: string;
  readonly planned: readonly PlannedInvoice[];
  /** True: an invoice that is no longer ready when the deliveries are written (released elsewhere meanwhile) is left out. */
  readonly isReadyOnly: boolean;
  /** Only so many go now; the rest is released too and waits for the operator's decision. */
  readonly firstFew?: number | null;
  /** Nothing is sent earlier. */
  readonly notBeforeMs?: number | null;
}

/** What a release did. */
export interface Released {
  readonly released: number;
  /** Left where they are: their channel cannot take them. */
  readonly unfit: readonly UnfitInvoice[];
}

/**
 * Errors: CANCELLED (nothing was released), those of readInvoice, STORAGE_FULL, INTERNAL (a document that cannot be drawn, with its number). Until the last step nothing is released;
 * after a crash in between the release has not happened (what was written of it is taken back at the next start), and rendering again gives the same bytes.
 */
export async function releaseInvoices(
  context: AppContext,
  work: ReleaseWork,
  control: ReleaseControl,
): Promise<Result<Released>> {
  const { batchId, planned, isReadyOnly } = work;
  // What a service lists decides how invoices are written for it.
  await refreshAccountLists(
    context,
    planned.map(({ connection }) => connection.id),
    control.signal,
  );
  const dress = readMailDress(context);
  const names: ReleaseNames = {
    batch: context.store.reads.batch(batchId)?.sourceBatchId ?? batchId,
    today: localDay(context.clock.nowMs()),
  };
  const items = new Array<ReleaseItem | null>(planned.length).fill(null);
  const unfit: UnfitInvoice[] = [];
  const failures: Result<never>[] = [];
  let next = 0;
  let done = 0;
  const freezeNext = async (): Promise<void> => {
    while (failures.length === 0 && next < planned.length && !control.signal.aborted) {
      const index = next;
      next += 1;
      const invoice = planned[index];
      if (invoice === undefined) return;
      const frozen = await freezeDocument(context, { invoice, dress, names, signal: control.signal }).catch(
        (error: unknown) => {
          // The renderer gives up what a cancel left in its queue.
          if (control.signal.aborted) return cancelled();
          return notDrawn(context, invoice, error);
        },
      );
      if (!frozen.ok) {
        failures.push(frozen);
        return;
      }
      if ('unfit' in frozen.value) unfit.push(frozen.value.unfit);
      else items[index] = isReadyOnly ? { ...frozen.value.item, requires: 'ready' } : frozen.value.item;
      done += 1;
      control.onProgress({ done, total: planned.length, phase: 'rendering' });
    }
  };
  await Promise.all(Array.from({ length: context.renderer.parallel * 2 }, freezeNext));
  if (control.signal.aborted) return cancelled();
  const [failure] = failures;
  if (failure !== undefined) return failure;
  const written = await writeRelease(context, work, { items: items.filter((item) => item !== null), control });
  if (!written.ok) return written;
  context.publish({ topic: 'deliveries', batchId });
  context.publish({ topic: 'batches', batchId });
  context.runner.wake();
  return ok({ released: written.value, unfit });
}

/** Writes the deliveries in lots, so that nobody waits long for the store; they become takeable all together. */
async function writeRelease(
  context: AppContext,
  { batchId, planned, firstFew = null, notBeforeMs = null }: ReleaseWork,
  { items, control }: { readonly items: readonly ReleaseItem[]; readonly control: ReleaseControl },
): Promise<Result<number>> {
  const { control: runs } = context.store;
  const { signal, onProgress } = control;
  const first =
    firstFew === null
      ? null
      : firstFewOf(
          items.map(({ connectionId }) => connectionId),
          firstFew,
        );
  const runId = runs.beginRun(batchId, { isTrial: first !== null, ownerPid: context.pid }, actNow(context));
  let written = 0;
  let corrected = 0;
  try {
    for (let at = 0; at < items.length && !signal.aborted; at += deliveriesPerLot) {
      onProgress({ done: at, total: planned.length, phase: 'writing' });
      const lot = items
        .slice(at, at + deliveriesPerLot)
        .map((item, index) => ({ ...item, notBeforeMs, isFirst: first?.has(at + index) ?? true }));
      const added = runs.addToRun(runId, lot, actNow(context));
      written += added.written;
      corrected += added.corrected;
      await nextTurn();
    }
    if (!signal.aborted) runs.finishRun(runId, { written, left: items.length - written, corrected }, actNow(context));
  } catch (error) {
    await giveUp(context, runId);
    throw error;
  }
  if (signal.aborted) {
    await giveUp(context, runId);
    return cancelled();
  }
  await settleRun(context, runId);
  return ok(written);
}

/** What can't be taken back now (a full disk) is taken back at the next start: until then nobody takes it. */
async function giveUp(context: AppContext, runId: number): Promise<void> {
  try {
    context.store.control.giveUpRun(runId);
    await settleRun(context, runId);
  } catch (error) {
    if (!isStoreFailure(error)) throw error;
    context.log.error('a release that was not finished is taken back at the next start', { runId, code: error.code });
  }
}

function cancelled(): Result<never> {
  return fail('CANCELLED', 'The release was cancelled. Nothing was released.');
}

/** One document that cannot be drawn (a bug) stops the release, and says which. */
function notDrawn(context: AppContext, { candidate }: PlannedInvoice, error: unknown): Result<never> {
  const { invoiceId, invoiceNumber } = candidate;
  context.log.error('a document could not be made', { invoiceId, error });
  return fail(
    'INTERNAL',
    `The document of invoice ${invoiceNumber} could not be made. Nothing was released. Hold that invoice back and release the others.`,
    { invoiceId, invoiceNumber },
  );
}

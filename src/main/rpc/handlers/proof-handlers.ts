// Handlers of unknown deliveries, excluded invoices, receipts, timelines and proofs: frame input to use case. No logic beyond that.

import { fail, ok } from '../../../shared/result.ts';
import { canAskPeer } from '../../../shared/schema/delivery.ts';
import { batchProof, proofDocument, releasedDocumentList } from '../../app/batch-proof.ts';
import { actNow } from '../../app/context.ts';
import type { AppContext } from '../../app/context.ts';
import { exportTimeline } from '../../app/export-timeline.ts';
import { openReceipt } from '../../app/open-receipt.ts';
import { lookUpUnknown, resolveByOperator } from '../../app/resolve-unknown.ts';
import type { Handlers } from '../router.ts';

/** Longest round of look-ups that an operator waits for; what is left is said. */
const roundMs = 50_000;

type UnknownMethods = 'delivery.unknown' | 'delivery.resolve' | 'delivery.lookUp';

/** Handlers over deliveries that may have been sent. */
export function unknownHandlers(context: AppContext): Pick<Handlers, UnknownMethods> {
  const { reads, unknowns } = context.store;
  return {
    'delivery.unknown': ({ batchId, offset, limit }) => {
      const found = unknowns.find({ all: { batchId } });
      const shown = found.slice(offset, offset + limit).map(({ id }) => id);
      const notes = unknowns.lastLookUps(shown);
      const entries = shown.flatMap((id) => {
        const delivery = reads.delivery(id);
        return delivery === null ? [] : [{ delivery, lastLookUp: notes.get(id) ?? null }];
      });
      const askable = found.filter(({ channel }) => canAskPeer(channel)).length;
      return Promise.resolve(ok({ total: found.length, entries, askable }));
    },
    'delivery.resolve': ({ selection, ...word }) => Promise.resolve(ok(resolveByOperator(context, selection, word))),
    'delivery.lookUp': async ({ selection }, { signal }) => {
      const round = await lookUpUnknown(context, unknowns.find(selection), {
        signal: AbortSignal.any([signal, AbortSignal.timeout(roundMs)]),
        isAutomatic: false,
      });
      const [only, ...others] = round.answers;
      return ok({ counts: round.counts, left: round.left, code: others.length === 0 ? (only?.code ?? null) : null });
    },
  };
}

/** Handlers over what is excluded, what happened, and the receipts. */
export function historyHandlers(
  context: AppContext,
): Pick<Handlers, 'invoice.exclude' | 'invoice.timeline' | 'receipt.open'> {
  return {
    'invoice.exclude': ({ batchId, selection, ...change }) => {
      const changed = context.store.invoices.setExcluded(batchId, selection, change, actNow(context));
      context.publish({ topic: 'batches', batchId });
      return Promise.resolve(ok({ changed }));
    },
    'invoice.timeline': ({ invoiceId, form, language }) =>
      Promise.resolve(exportTimeline(context, invoiceId, { form, language })),
    'receipt.open': ({ receiptId }) => openReceipt(context, receiptId),
  };
}

/** Handlers over what adds up. */
export function proofHandlers(
  context: AppContext,
): Pick<Handlers, 'batch.proof' | 'batch.proofDocument' | 'batch.documentList'> {
  return {
    'batch.proof': ({ batchId }) => Promise.resolve(batchProof(context, batchId)),
    'batch.proofDocument': async ({ batchId, language }, { signal }) => {
      const document = await proofDocument(context, batchId, { language, signal });
      if (!document.ok) return document;
      const { bytes, sha256, fileName } = document.value;
      return ok({
        sha256,
        fileName,
        base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
      });
    },
    'batch.documentList': ({ batchId }) => {
      const batch = context.store.reads.batch(batchId);
      if (batch === null) return Promise.resolve(fail('NOT_FOUND', 'There is no such batch.', { batchId }));
      const name = batch.fileName.replace(/\.[^.]*$/u, '');
      const text = releasedDocumentList(context, batch.id);
      return Promise.resolve(ok({ fileName: `${name}-documents.csv`, text }));
    },
  };
}

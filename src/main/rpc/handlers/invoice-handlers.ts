// Handlers of invoice.*, fix.*, source.* and release.*, with problem.*, rule.* and receipt.* from beside: frame input to use case. No logic beyond that.

import { ok } from '../../../shared/result.ts';
import { actNow } from '../../app/context.ts';
import type { AppContext } from '../../app/context.ts';
import { compareTwins } from '../../app/compare-twins.ts';
import { startFix, startUndo } from '../../app/fix-job.ts';
import { invoiceDetail } from '../../app/invoice-detail.ts';
import { previewRelease } from '../../app/plan-release.ts';
import { previewFix } from '../../app/preview-fix.ts';
import { previewDocument } from '../../app/preview-document.ts';
import { startRelease } from '../../app/release-job.ts';
import { findInSource, sourceWindow } from '../../app/view-source.ts';
import type { Handlers } from '../router.ts';
import { mailTextHandlers } from './mail-text-handlers.ts';
import { problemHandlers } from './problem-handlers.ts';
import { historyHandlers } from './proof-handlers.ts';
import { ruleHandlers } from './rule-handlers.ts';

type InvoiceMethods = Extract<
  keyof Handlers,
  | `invoice.${string}`
  | `problem.${string}`
  | `fix.${string}`
  | `source.${string}`
  | `release.${string}`
  | `rule.${string}`
  | `receipt.${string}`
  | `mailText.${string}`
>;

/** Handlers over one open workspace. */
export function invoiceHandlers(context: AppContext): Pick<Handlers, InvoiceMethods> {
  const { reads } = context.store;
  return {
    ...mailTextHandlers(context),
    ...ruleHandlers(context),
    'invoice.page': ({ offset, limit, ...query }) => Promise.resolve(ok(reads.invoicePage(query, offset, limit))),
    'invoice.get': ({ invoiceId, ...order }) => invoiceDetail(context, invoiceId, order),
    'invoice.document': async ({ invoiceId }, { signal }) => {
      const document = await previewDocument(context, invoiceId, signal);
      if (!document.ok) return document;
      const { bytes, ...rest } = document.value;
      return ok({ ...rest, base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64') });
    },
    'invoice.hold': ({ batchId, selection, isHeld }) => {
      const changed = context.store.invoices.setHeld(batchId, selection, { isHeld }, actNow(context));
      context.publish({ topic: 'batches', batchId });
      return Promise.resolve(ok({ changed }));
    },
    ...historyHandlers(context),
    ...problemHandlers(context),
    'invoice.compare': (place) => compareTwins(context, place),
    'fix.preview': (request, { signal }) => previewFix(context, request, { signal }),
    'fix.apply': (request) => Promise.resolve(startFix(context, request)),
    'fix.undo': (request) => Promise.resolve(startUndo(context, request)),
    'fix.list': ({ batchId }) => Promise.resolve(ok({ fixes: context.store.corrections.list(batchId) })),
    'source.window': ({ batchId, fileOrdinal, ...request }) => sourceWindow(context, { batchId, fileOrdinal }, request),
    'source.find': ({ batchId, fileOrdinal, ...search }, { signal }) =>
      findInSource(context, { batchId, fileOrdinal }, { ...search, signal }),
    'release.preview': (plan) => Promise.resolve(previewRelease(context, plan)),
    'release.start': (plan) => Promise.resolve(startRelease(context, plan)),
  };
}

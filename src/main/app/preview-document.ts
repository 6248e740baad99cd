// The PDF of one invoice: the frozen bytes when it has been released as one, else what a release would send now.

import { ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { fail } from '../../shared/result.ts';
import { isPdfChannel } from '../../shared/schema/delivery.ts';
import { documentFileName } from '../domain/document-name.ts';
import type { AppContext } from './context.ts';
import { documentInput } from './document-input.ts';
import { readInvoice } from './read-invoice.ts';
import { readSettings } from './workspace-settings.ts';

/** A document ready to show. */
export interface PreviewedDocument {
  readonly sha256: string;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  /** True: these bytes were frozen at release. */
  readonly isFrozen: boolean;
}

/** Errors: NOT_FOUND, UNREADABLE, STORE_DAMAGED (a frozen document no longer matches its hash). */
export async function previewDocument(
  context: AppContext,
  invoiceId: number,
  signal: AbortSignal,
): Promise<Result<PreviewedDocument>> {
  const row = context.store.reads.invoice(invoiceId);
  if (row === null) return fail('NOT_FOUND', 'There is no such invoice.', { invoiceId });
  const fileName = documentFileName(row.invoiceNumber);
  const released = context.store.reads
    .invoiceDeliveries(invoiceId)
    .findLast(({ state, channel }) => state !== 'cancelled' && isPdfChannel(channel));
  if (released !== undefined) {
    const bytes = await context.documents.read(released.documentSha256);
    return bytes.ok ? ok({ sha256: released.documentSha256, fileName, bytes: bytes.value, isFrozen: true }) : bytes;
  }
  const read = await readInvoice(context, invoiceId);
  if (!read.ok) return read;
  const rendered = await context.renderer.render(documentInput(read.value.invoice, readSettings(context)), signal);
  return ok({ sha256: rendered.sha256, fileName, bytes: rendered.bytes, isFrozen: false });
}

// Re-reads one invoice from the kept source file, with its corrections: the canonical invoice and the place of every field.

import { fail } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { FieldPlace, Invoice } from '../../shared/schema/invoice.ts';
import type { AppContext } from './context.ts';

/** Errors: NOT_FOUND (invoice, or the kept source file), UNREADABLE, STORE_DAMAGED (the kept bytes are not those that were imported), CONFLICT (a correction no longer fits). */
export async function readInvoice(
  context: Pick<AppContext, 'store' | 'sources' | 'readSlice'>,
  invoiceId: number,
): Promise<Result<{ readonly invoice: Invoice; readonly places: readonly FieldPlace[] }>> {
  const source = context.store.reads.invoiceSource(invoiceId);
  if (source === null) return fail('NOT_FOUND', 'There is no such invoice.', { invoiceId });
  const { byteOffset, byteLength } = source.place;
  const bytes = await context.sources.readPart(source, { byteOffset, byteLength, sha256: source.contentSha256 });
  if (!bytes.ok) return bytes;
  return context.readSlice(bytes.value, source.place, { ...source.context, corrections: source.corrections });
}

// An invoice beside the earlier one with the same seller and number: both re-read from their sources, every field with its place.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { InvoiceRow } from '../../shared/schema/batch.ts';
import type { ComparedField, Comparison } from '../../shared/schema/compare.ts';
import type { FieldPlace } from '../../shared/schema/invoice.ts';
import { compareInvoices } from '../domain/compare-invoices.ts';
import type { AppContext } from './context.ts';
import { maskedInvoice } from './invoice-detail.ts';
import { readInvoice } from './read-invoice.ts';

/** Errors: NOT_FOUND, and those of readInvoice. Personal numbers are masked after the comparison, so that two different ones still differ. */
export async function compareTwins(
  context: AppContext,
  place: { readonly batchId: string; readonly ordinal: number },
): Promise<Result<Comparison>> {
  const { reads } = context.store;
  const row = reads.invoiceAt(place.batchId, place.ordinal);
  if (row === null) return fail('NOT_FOUND', 'There is no such invoice.', { ...place });
  const twins = reads.invoiceTwins(row.id);
  const [twin] = twins;
  const own = sideOf(context, row);
  if (twin === undefined) return ok({ own, other: null, others: 0, fields: [] });
  const read = await readInvoice(context, row.id);
  if (!read.ok) return read;
  const readTwin = await readInvoice(context, twin.id);
  if (!readTwin.ok) return readTwin;
  const compared = compareInvoices(read.value.invoice, readTwin.value.invoice);
  const masked = compareInvoices(maskedInvoice(read.value.invoice), maskedInvoice(readTwin.value.invoice));
  const ownPlaces = placesByField(read.value.places);
  const otherPlaces = placesByField(readTwin.value.places);
  const fields = masked.map(({ path, ...value }, index): ComparedField => ({
    ...value,
    isDifferent: compared[index]?.isDifferent ?? value.isDifferent,
    ownPlace: ownPlaces.get(path) ?? null,
    otherPlace: otherPlaces.get(path) ?? null,
  }));
  return ok({ own, other: sideOf(context, twin), others: twins.length, fields });
}

function sideOf(context: AppContext, row: InvoiceRow): Comparison['own'] {
  const { reads } = context.store;
  const batch = reads.batch(row.batchId);
  const file = reads.batchFiles(row.batchId).find(({ ordinal }) => ordinal === row.fileOrdinal);
  return {
    row,
    fileName: file?.fileName ?? batch?.fileName ?? '',
    importedAtMs: batch?.importedAtMs ?? 0,
    importedBy: batch?.importedBy ?? '',
  };
}

function placesByField(places: readonly FieldPlace[]): ReadonlyMap<string, { line: number; column: number }> {
  return new Map(places.map(({ field, line, column }) => [field, { line, column }]));
}

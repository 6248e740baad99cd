// Everything the invoice screen shows beside the PDF, in one answer.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { InvoiceDetail } from '../../shared/schema/batch.ts';
import type { TimelineEntry } from '../../shared/schema/delivery.ts';
import type { Correction } from '../../shared/schema/fix.ts';
import type { FieldPlace, Invoice, Party } from '../../shared/schema/invoice.ts';
import { maskPersonalNumber, maskPersonalNumbersIn } from '../domain/masking.ts';
import type { InvoiceQuery } from '../ports/store.ts';
import type { AppContext } from './context.ts';
import { readInvoice } from './read-invoice.ts';

/** Errors: NOT_FOUND, UNREADABLE. Previous and next follow the given order. Personal numbers are masked: this is for a screen, not for a document. */
export async function invoiceDetail(
  context: AppContext,
  invoiceId: number,
  order: Omit<InvoiceQuery, 'batchId'>,
): Promise<Result<InvoiceDetail>> {
  const { reads } = context.store;
  const row = reads.invoice(invoiceId);
  if (row === null) return fail('NOT_FOUND', 'There is no such invoice.', { invoiceId });
  const read = await readInvoice(context, invoiceId);
  if (!read.ok) return read;
  const { invoice, places } = withAddressOf(row.email, read.value);
  return ok({
    row,
    invoice: maskedInvoice(invoice),
    places: places.map(maskedPlace),
    problems: reads.invoiceProblems(invoiceId),
    corrections: context.store.corrections.ofInvoice(invoiceId).map(maskedCorrection),
    deliveries: reads.invoiceDeliveries(invoiceId),
    timeline: reads.timeline(invoiceId).map(maskedEntry),
    ...reads.neighbours(invoiceId, { ...order, batchId: row.batchId }),
  });
}

/** An address that was corrected for its deliveries stands beside the source like any other correction. */
function withAddressOf(
  email: string | null,
  { invoice, places }: { readonly invoice: Invoice; readonly places: readonly FieldPlace[] },
): { readonly invoice: Invoice; readonly places: readonly FieldPlace[] } {
  if (email === null || invoice.buyer.email === null || email === invoice.buyer.email) return { invoice, places };
  return {
    invoice: { ...invoice, buyer: { ...invoice.buyer, email } },
    places: places.map((place) => (place.field === 'buyer.email' ? { ...place, usedText: email } : place)),
  };
}

/** The invoice for a screen: personal numbers masked. */
export function maskedInvoice(invoice: Invoice): Invoice {
  return {
    ...invoice,
    seller: maskedParty(invoice.seller),
    buyer: maskedParty(invoice.buyer),
    notes: invoice.notes.map(maskPersonalNumbersIn),
  };
}

function maskedParty(party: Party): Party {
  return {
    ...party,
    registrationNumber: party.registrationNumber === null ? null : maskPersonalNumber(party.registrationNumber),
  };
}

function maskedPlace(place: FieldPlace): FieldPlace {
  const text = place.field.endsWith('registrationNumber')
    ? maskPersonalNumber(place.text)
    : maskPersonalNumbersIn(place.text);
  const usedText = place.usedText === undefined ? {} : { usedText: maskPersonalNumbersIn(place.usedText) };
  return { ...place, text, ...usedText };
}

function maskedCorrection(correction: Correction): Correction {
  return {
    ...correction,
    before: maskPersonalNumbersIn(correction.before),
    after: maskPersonalNumbersIn(correction.after),
  };
}

/** A line of the history for a screen. Only corrections show values of the invoice in their facts. */
export function maskedEntry(entry: TimelineEntry): TimelineEntry {
  if (entry.kind !== 'corrected' && entry.kind !== 'uncorrected') return entry;
  const facts = Object.entries(entry.facts).map(([name, value]) => [
    name,
    typeof value === 'string' ? maskPersonalNumbersIn(value) : value,
  ]);
  return { ...entry, facts: Object.fromEntries(facts) as TimelineEntry['facts'] };
}

// `send invoice`: a batch that was read becomes invoices with numbers, once for each batchId.

import { createHash } from 'node:crypto';
import { SwsFault, incorrect } from './fault.ts';
import type { BookInvoice, InvoiceBook } from './invoice-book.ts';
import type { SwsEntry, SwsInvoice } from './ledger-entries.ts';
import type { ReadBatch, ReadInvoice } from './read-invoices.ts';

/** Takes the batch. Faults with 409 for a batchId that was taken before, 400 for a credit of what is not there. */
export async function takeBatch(book: InvoiceBook, batch: ReadBatch, xml: Buffer): Promise<readonly BookInvoice[]> {
  const { batchId } = batch;
  if (batchId !== null && book.hasBatch(batchId))
    throw new SwsFault(409, `The batchId ${batchId} has already been processed`);
  for (const { creditedId } of batch.invoices)
    if (creditedId !== null && book.invoice(creditedId) === null) throw incorrect('creditedId does not exist');
  const invoices = batch.invoices.map((invoice, index) => numbered(book, invoice, { batchId, index }));
  const sha256 = createHash('sha256').update(xml).digest('hex');
  const first: SwsEntry[] = batchId === null ? [] : [{ event: 'batch', batchId, invoices: invoices.length }];
  const all = invoices.flatMap((invoice): SwsEntry[] => [
    {
      event: 'sent',
      invoiceNo: invoice.invoiceNo,
      orderNo: invoice.orderNo,
      sha256,
      bytes: xml.length,
      invoice,
    },
    ...creditOf(book, invoice),
  ]);
  await book.record(...first, ...all);
  return invoices.map(({ invoiceNo }) => book.invoice(invoiceNo)).filter((invoice) => invoice !== null);
}

/** What a batch would become, counted as if it were taken: nothing is numbered, remembered or written. */
export function countBatch(batch: ReadBatch): readonly BookInvoice[] {
  return batch.invoices.map((invoice, index) => ({
    ...invoice,
    batchId: batch.batchId,
    invoiceNo: String(100 + index),
    recipientNo: invoice.recipientNo ?? '1',
    kid: withCheckDigit('000000100'),
    sentAs: invoice.shipment,
    state: 'sent',
    history: [],
    payments: [],
    dunnings: [],
  }));
}

function numbered(
  book: InvoiceBook,
  invoice: ReadInvoice,
  { batchId, index }: { readonly batchId: string | null; readonly index: number },
): SwsInvoice {
  const invoiceNo = book.nextInvoiceNo(index);
  return {
    ...invoice,
    batchId,
    invoiceNo,
    recipientNo: invoice.recipientNo ?? book.takeRecipientNo(),
    kid: withCheckDigit(invoiceNo.padStart(9, '0')),
    sentAs: canTakeEhf(invoice) ? 'EHF' : invoice.shipment,
  };
}

/** What is credited counts as paid by the credit note. */
function creditOf(book: InvoiceBook, invoice: SwsInvoice): SwsEntry[] {
  const credited = invoice.creditedId === null ? null : book.invoice(invoice.creditedId);
  if (credited === null) return [];
  const { invoiceNo, orderNo } = credited;
  const paid = { paymentDate: invoice.invoiceDate, amount: invoice.total, paymentType: 'CRED' as const };
  return [{ event: 'paid', invoiceNo, orderNo, ...paid }];
}

/** Number and reference are there, and the number is one: stands for being found in the register of receivers. */
function canTakeEhf({ recipientOrgNo, yourRef }: ReadInvoice): boolean {
  if (recipientOrgNo === null || yourRef === null) return false;
  const sum = [3, 2, 7, 6, 5, 4, 3, 2].reduce((all, weight, index) => all + weight * Number(recipientOrgNo[index]), 0);
  return (11 - (sum % 11)) % 11 === Number(recipientOrgNo[8]);
}

/** KID by modulus 10. */
function withCheckDigit(number: string): string {
  let sum = 0;
  for (let index = 0; index < number.length; index += 1) {
    const twice = Number(number[number.length - 1 - index]) * (index % 2 === 0 ? 2 : 1);
    sum += twice > 9 ? twice - 9 : twice;
  }
  return `${number}${String((10 - (sum % 10)) % 10)}`;
}

// What a writer of sample invoices in one format is. Types only.

import type { InvoiceTexts } from './planted-errors.ts';
import type { SampleInvoice } from './sample-invoice.ts';

/** What a batch says of itself. */
export interface SampleHeader {
  readonly batchId: string;
  readonly baseDate: string;
  readonly invoices: number;
  readonly totalMinor: number;
}

/** Writes invented invoices in one format. Pure; the same input gives the same text. */
export interface SampleWriter {
  /** True when a document is one invoice: a sample is then a folder of files. */
  readonly isSingleInvoice: boolean;
  /** False for formats that lack the fields most planted errors need. */
  readonly takesErrors: boolean;
  readonly currency: 'SEK' | 'NOK' | 'DKK';
  /** Everything before the first invoice. */
  header(header: SampleHeader): string;
  /** The invoice's element, with a line break at its end. */
  invoice(invoice: SampleInvoice, texts: InvoiceTexts): string;
  /** Everything after the last invoice. */
  readonly footer: string;
}

// A realistic batch of any size in any format, piece by piece, the same for the same options. No files and no clock.

import { parseAmount } from '../money.ts';
import { plantError, plantedErrors } from './planted-errors.ts';
import type { InvoiceTexts } from './planted-errors.ts';
import { createRandom } from './random.ts';
import type { SampleBatchFacts, SampleInvoice } from './sample-invoice.ts';
import { sampleInvoice } from './sample-invoice.ts';
import { sampleWriters } from './sample-formats.ts';
import type { SampleFormat } from './sample-formats.ts';
import { textsOf } from './write-sample-invoice.ts';

/** What to generate. */
export interface SampleOptions {
  readonly invoices: number;
  /** How many of them hold one planted error each; at most `invoices`. */
  readonly errors: number;
  /** Any whole number; decides everything that looks like chance. */
  readonly seed: number;
  /** ISO date of the billing run. Pass today so that no due date is past; the default keeps a seed's file the same for ever. */
  readonly baseDate?: string;
  /** GASEL when left out. */
  readonly format?: SampleFormat;
}

const defaultBaseDate = '2026-11-21';
const piecesPerChunk = 32;

/** The batch as text pieces of about 64 KB, UTF-8 without BOM when encoded. Memory stays flat at any size. Not for single-invoice formats. */
export function* generateSampleBatch(options: SampleOptions): Generator<string, void, undefined> {
  const facts = factsOf(options);
  const writer = sampleWriters[options.format ?? 'gasel'];
  const totalMinor = statedTotal(facts, options);
  const batchId = `BATCH${facts.baseDate.replaceAll('-', '')}${String(facts.seed % 100_000).padStart(5, '0')}`;
  let chunk = writer.header({ batchId, baseDate: facts.baseDate, invoices: options.invoices, totalMinor });
  let held = 0;
  for (const { invoice, texts } of sampleTexts(facts, options)) {
    chunk += writer.invoice(invoice, texts);
    held += 1;
    if (held < piecesPerChunk) continue;
    yield chunk;
    chunk = '';
    held = 0;
  }
  yield chunk + writer.footer;
}

/** One file for each invoice, for formats whose documents are single invoices. Names sort in the order of the invoices. */
export function* generateSampleFiles(
  options: SampleOptions,
): Generator<{ readonly name: string; readonly text: string }, void, undefined> {
  const writer = sampleWriters[options.format ?? 'gasel'];
  const width = String(options.invoices).length;
  let ordinal = 0;
  for (const { invoice, texts } of sampleTexts(factsOf(options), options)) {
    ordinal += 1;
    const name = `${String(ordinal).padStart(width, '0')}-${invoice.invoiceNumber}.xml`;
    yield { name, text: writer.header(noHeader) + writer.invoice(invoice, texts) + writer.footer };
  }
}

const noHeader = { batchId: '', baseDate: '', invoices: 1, totalMinor: 0 };

function factsOf({ seed, baseDate }: SampleOptions): SampleBatchFacts {
  return { seed: Math.abs(Math.trunc(seed)), baseDate: baseDate ?? defaultBaseDate };
}

/** Sum of what the invoices ask for, planted errors included: the header states what the file holds. */
function statedTotal(facts: SampleBatchFacts, options: SampleOptions): number {
  let totalMinor = 0;
  for (const { texts } of sampleTexts(facts, options)) {
    const payable = parseAmount(texts.payable, 'SEK');
    if (payable.ok) totalMinor += payable.value;
  }
  return totalMinor;
}

/** All invoices with their texts. The places of the errors are drawn so that every choice is equally likely and exactly `errors` are hit. */
function* sampleTexts(
  facts: SampleBatchFacts,
  { invoices, errors, format }: SampleOptions,
): Generator<{ readonly invoice: SampleInvoice; readonly texts: InvoiceTexts }, void, undefined> {
  const { currency } = sampleWriters[format ?? 'gasel'];
  const random = createRandom(facts.seed, -1);
  const firstKind = random.whole(0, plantedErrors.length - 1);
  let left = Math.min(errors, invoices);
  let planted = 0;
  let previousNumber: string | null = null;
  for (let ordinal = 0; ordinal < invoices; ordinal += 1) {
    const invoice = sampleInvoice(facts, ordinal);
    const texts = textsOf(invoice, currency);
    if (left > 0 && random.whole(1, invoices - ordinal) <= left) {
      const kind = plantedErrors[(firstKind + planted) % plantedErrors.length];
      if (kind !== undefined) plantError(kind, texts, previousNumber);
      planted += 1;
      left -= 1;
    }
    previousNumber = invoice.invoiceNumber;
    yield { invoice, texts };
  }
}

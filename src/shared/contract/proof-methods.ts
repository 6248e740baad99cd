// Methods about unknown deliveries, excluded invoices, receipts, timelines and proofs, a part of the one table in methods.ts. Shapes only.

import { z } from 'zod';
import { invoiceFilterSchema } from '../schema/batch.ts';
import { lookUpAnswers, lookUpCodes, unknownEntrySchema } from '../schema/delivery.ts';
import { batchProofSchema } from '../schema/proof.ts';
import { languages } from '../schema/settings.ts';
import { openedReceiptSchema, timelineForms } from '../schema/timeline.ts';

const batchId = z.string().min(1).max(64);
const rowId = z.number().int().positive();
const ids = z.array(rowId).min(1).max(10_000);
/** Some by id, or all of one batch (null: of all batches); those that are not unknown any more are left out. */
const unknownSelection = z.union([z.object({ ids }), z.object({ all: z.object({ batchId: batchId.nullable() }) })]);
const reason = z.string().trim().min(1).max(500);
const savedFile = z.object({ fileName: z.string(), text: z.string() });

/** delivery.unknown, delivery.resolve, delivery.lookUp, invoice.exclude, invoice.timeline, receipt.open and batch.proof*. */
export const proofMethods = {
  /** Deliveries that may have been sent, oldest first, with what a look-up last said. */
  'delivery.unknown': {
    kind: 'query',
    input: z.object({
      batchId: batchId.nullable().default(null),
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(500),
    }),
    output: z.object({
      total: z.number().int(),
      entries: z.array(unknownEntrySchema),
      /** How many of them are of a channel that can be asked. */
      askable: z.number().int(),
    }),
    deadlineMs: 10_000,
  },
  /** The operator's word on what may have been sent; `notArrived` sends it again. */
  'delivery.resolve': {
    kind: 'command',
    input: z.object({ selection: unknownSelection, verdict: z.enum(['arrived', 'notArrived']), reason }),
    output: z.object({ changed: z.number().int() }),
    deadlineMs: 30_000,
  },
  /** Asks the peers that can answer (SFTP by name, size and hash; e-mail cannot). What was not reached in time is `left`. */
  'delivery.lookUp': {
    kind: 'command',
    input: z.object({ selection: unknownSelection }),
    output: z.object({
      counts: z.record(z.enum(lookUpAnswers), z.number().int()),
      left: z.number().int(),
      /** The only answer's code, where one delivery was asked about. */
      code: z.enum(lookUpCodes).nullable(),
    }),
    deadlineMs: 60_000,
  },
  /** Takes ready and held invoices out of what is sent, or back in. */
  'invoice.exclude': {
    kind: 'command',
    input: z.object({
      batchId,
      selection: z.union([z.object({ ids }), z.object({ filter: invoiceFilterSchema })]),
      isExcluded: z.boolean(),
      reason,
    }),
    output: z.object({ changed: z.number().int() }),
    deadlineMs: 30_000,
  },
  /** An invoice's history as a text to save, in local time with the zone. CSV cells are formula-safe. */
  'invoice.timeline': {
    kind: 'query',
    input: z.object({ invoiceId: rowId, form: z.enum(timelineForms), language: z.enum(languages) }),
    output: savedFile,
    deadlineMs: 10_000,
  },
  /** A receipt's file, and whether its bytes are still what they were. */
  'receipt.open': {
    kind: 'query',
    input: z.object({ receiptId: rowId }),
    output: openedReceiptSchema,
    deadlineMs: 10_000,
  },
  /** Where every invoice that was read is, and whether it adds up. Counts rows: 100,000 invoices take a second. */
  'batch.proof': { kind: 'query', input: z.object({ batchId }), output: batchProofSchema, deadlineMs: 30_000 },
  /** The proof as a PDF, base64. */
  'batch.proofDocument': {
    kind: 'query',
    input: z.object({ batchId, language: z.enum(languages) }),
    output: z.object({ sha256: z.string(), fileName: z.string(), base64: z.string() }),
    deadlineMs: 60_000,
  },
  /** The list of released documents that the proof's hash is over. */
  'batch.documentList': { kind: 'query', input: z.object({ batchId }), output: savedFile, deadlineMs: 30_000 },
} as const;

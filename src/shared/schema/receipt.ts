// The shape of an import receipt: what came in, from which bytes, and whether it adds up.

import { z } from 'zod';
import { batchStates, formatIdSchema, importModes } from './batch.ts';
import { severities } from './problem.ts';

const count = z.number().int();
const minor = z.number().int();

/** Something that does not add up. Amounts are minor units of `currency`. */
export const receiptFaultSchema = z.discriminatedUnion('kind', [
  /** Read by the reader against imported + quarantined + skipped. */
  z.object({ kind: z.literal('counts'), read: count, sum: count }),
  z.object({ kind: z.literal('money'), currency: z.string(), readMinor: minor, sumMinor: minor }),
  /** Invoices that were read and are in no part: their amounts are not known. */
  z.object({ kind: z.literal('skipped'), count }),
  /** What the file says of itself against what is in it. */
  z.object({ kind: z.literal('declaredCount'), declared: count, actual: count }),
  z.object({ kind: z.literal('declaredTotal'), currency: z.string(), declaredMinor: minor, actualMinor: minor }),
]);
/** Something that does not add up; see {@link receiptFaultSchema}. */
export type ReceiptFault = z.infer<typeof receiptFaultSchema>;

/** Everything on an import receipt. Depends on the batch alone: the same batch gives the same receipt. */
export const importReceiptSchema = z.object({
  batchId: z.string(),
  sourceBatchId: z.string().nullable(),
  format: formatIdSchema,
  formatVersion: z.string().nullable(),
  mode: z.enum(importModes),
  state: z.enum(batchStates),
  sellerName: z.string().nullable(),
  periodStart: z.string().nullable(),
  periodEnd: z.string().nullable(),
  importedAtMs: z.number().int(),
  importedBy: z.string(),
  files: z.array(
    z.object({
      fileName: z.string(),
      sizeBytes: z.number().int(),
      sha256: z.string(),
      encoding: z.string(),
      lineCount: count,
      /** As the reader counted them at the file's end. */
      invoices: count,
    }),
  ),
  read: count,
  imported: count,
  quarantined: count,
  skipped: count,
  /** By currency ('' where the file names none). */
  money: z.array(z.object({ currency: z.string(), readMinor: minor, importedMinor: minor, quarantinedMinor: minor })),
  /** Invoices whose amount could not be read; they are in no sum. */
  withoutAmount: count,
  problems: z.array(z.object({ ruleId: z.string(), severity: z.enum(severities), count, invoiceCount: count })),
  faults: z.array(receiptFaultSchema),
});
/** An import receipt; see {@link importReceiptSchema}. */
export type ImportReceipt = z.infer<typeof importReceiptSchema>;

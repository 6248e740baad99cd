// Shapes of two invoices with the same number, side by side.

import { z } from 'zod';
import { invoiceRowSchema } from './batch.ts';

/** How a compared value is to be written: `money` is minor units of the side's currency. */
export const comparedKinds = ['text', 'date', 'decimal', 'money'] as const;

const comparedValue = z.union([z.string(), z.number().int()]).nullable();
const place = z.object({ line: z.number().int(), column: z.number().int() }).nullable();

/** One field of both invoices. */
export const comparedFieldSchema = z.object({
  /** Canonical name without row number (`netMinor`), as field names know it. */
  field: z.string(),
  /** 1-based number of the row it belongs to; null for a field of the whole invoice. */
  row: z.number().int().positive().nullable(),
  kind: z.enum(comparedKinds),
  own: comparedValue,
  other: comparedValue,
  isDifferent: z.boolean(),
  ownPlace: place,
  otherPlace: place,
});
/** One field of both invoices. */
export type ComparedField = z.infer<typeof comparedFieldSchema>;

/** One of the two invoices, and the import it came with. */
export const comparedSideSchema = z.object({
  row: invoiceRowSchema,
  fileName: z.string(),
  importedAtMs: z.number().int(),
  importedBy: z.string(),
});

/** Two invoices with the same seller and number. `other` is null when there is no second one. */
export const comparisonSchema = z.object({
  own: comparedSideSchema,
  other: comparedSideSchema.nullable(),
  /** How many others there are; the one shown came in first. */
  others: z.number().int(),
  fields: z.array(comparedFieldSchema),
});
/** Two invoices side by side; see {@link comparisonSchema}. */
export type Comparison = z.infer<typeof comparisonSchema>;

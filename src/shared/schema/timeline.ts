// Shapes of a history's export and of an opened receipt.

import { z } from 'zod';

/** Forms an invoice's history can be saved in. */
export const timelineForms = ['csv', 'json', 'html'] as const;
/** One of {@link timelineForms}. */
export type TimelineForm = (typeof timelineForms)[number];

/** How a receipt's file was found. `whole`: as it was kept. `notYet`: just received. `none`: from before receipts were files. */
export const receiptStates = ['whole', 'changed', 'missing', 'notYet', 'none'] as const;
/** One of {@link receiptStates}. */
export type ReceiptState = (typeof receiptStates)[number];

/** A receipt that was opened. */
export const openedReceiptSchema = z.object({
  state: z.enum(receiptStates),
  /** Of the file as it was kept; null without a file. */
  sha256: z.string().nullable(),
  fileName: z.string(),
  /** The file's text where it is whole, else what the database has. */
  text: z.string(),
  atMs: z.number().int(),
  source: z.enum(['reply', 'lookUp']),
  answer: z.record(z.string(), z.union([z.string(), z.number()])),
});
/** A receipt that was opened. */
export type OpenedReceipt = z.infer<typeof openedReceiptSchema>;

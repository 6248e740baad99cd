// Shapes of batches, invoice rows, imports and the source view as they cross the contract.

import { z } from 'zod';
import { fieldPlaceSchema, invoiceSchema } from './invoice.ts';
import { storedProblemSchema } from './problem.ts';
import { deliverySchema, timelineEntrySchema } from './delivery.ts';
import { correctionSchema } from './fix.ts';

/** A format's name, `GASEL` or `Peppol BIS`. Open: profiles are data, and an installation can add its own. */
export const formatIdSchema = z.string().regex(/^[A-Za-z0-9ÅÄÖÆØåäöæø][A-Za-z0-9ÅÄÖÆØåäöæø ._-]{0,39}$/u);
/** A format's name. */
export type FormatId = z.infer<typeof formatIdSchema>;

/** `strict`: any error keeps the whole batch back. `lenient`: bad invoices go to quarantine, good ones come in. */
export const importModes = ['strict', 'lenient'] as const;
/** One of {@link importModes}. */
export type ImportMode = (typeof importModes)[number];

/** Where an invoice is, seen from the operator; every invoice is in exactly one. */
export const invoiceStates = [
  'ready',
  'held',
  'excluded',
  'quarantined',
  'waiting',
  'sent',
  'failed',
  'unknown',
] as const;
/** One of {@link invoiceStates}. */
export type InvoiceState = (typeof invoiceStates)[number];

/** `importing` is never shown; `keptBack`: strict import with errors; `imported`: invoices can be released. */
export const batchStates = ['importing', 'imported', 'keptBack'] as const;
/** One of {@link batchStates}. */
export type BatchState = (typeof batchStates)[number];

/** Money in one currency. */
export const moneySchema = z.object({ currency: z.string(), amountMinor: z.number().int() });
/** Money in one currency. */
export type Money = z.infer<typeof moneySchema>;

/** How many invoices, and how much money, are in one state. */
export const stateCountSchema = z.object({
  state: z.enum(invoiceStates),
  count: z.number().int(),
  sums: z.array(moneySchema),
});
/** How many invoices, and how much money, are in one state. */
export type StateCount = z.infer<typeof stateCountSchema>;

/** One import's result as listed. `read = imported + quarantined + skipped`, and the states' counts add up to `imported + quarantined`. */
export const batchSummarySchema = z.object({
  id: z.string(),
  /** The batch id inside the file, when it has one. */
  sourceBatchId: z.string().nullable(),
  /** Name of the first file; `fileCount` tells of more. */
  fileName: z.string(),
  fileCount: z.number().int(),
  sizeBytes: z.number().int(),
  sha256: z.string(),
  format: formatIdSchema,
  formatVersion: z.string().nullable(),
  mode: z.enum(importModes),
  state: z.enum(batchStates),
  sellerName: z.string().nullable(),
  periodStart: z.string().nullable(),
  periodEnd: z.string().nullable(),
  dueDateMin: z.string().nullable(),
  dueDateMax: z.string().nullable(),
  read: z.number().int(),
  imported: z.number().int(),
  quarantined: z.number().int(),
  skipped: z.number().int(),
  errorCount: z.number().int(),
  warningCount: z.number().int(),
  counts: z.array(stateCountSchema),
  /** What the invoices outside quarantine ask for; an amount in quarantine may be the very thing that is wrong. */
  sums: z.array(moneySchema),
  importedAtMs: z.number().int(),
  importedBy: z.string(),
});
/** One import's result as listed. */
export type BatchSummary = z.infer<typeof batchSummarySchema>;

/** One file of a batch. */
export const batchFileSchema = z.object({
  ordinal: z.number().int(),
  fileName: z.string(),
  sizeBytes: z.number().int(),
  sha256: z.string(),
  encoding: z.string(),
  lineCount: z.number().int(),
});
/** One file of a batch. */
export type BatchFile = z.infer<typeof batchFileSchema>;

/** One invoice as a table row. Personal numbers are not part of it. */
export const invoiceRowSchema = z.object({
  id: z.number().int(),
  batchId: z.string(),
  ordinal: z.number().int(),
  kind: z.enum(['invoice', 'creditNote']),
  invoiceNumber: z.string(),
  customerName: z.string(),
  city: z.string(),
  email: z.string().nullable(),
  invoiceDate: z.string().nullable(),
  dueDate: z.string().nullable(),
  currency: z.string(),
  /** What the customer owes by it; negative for a credit note, so that sums are what is owed. */
  payableMinor: z.number().int().nullable(),
  /** Channel it went to or would go to by the routing rule: `email` when an address is there and the customer did not choose post, else `sftp`. */
  channel: z.enum(['email', 'sftp']),
  state: z.enum(invoiceStates),
  errorCount: z.number().int(),
  warningCount: z.number().int(),
  fileOrdinal: z.number().int(),
  line: z.number().int(),
});
/** One invoice as a table row. */
export type InvoiceRow = z.infer<typeof invoiceRowSchema>;

/** Columns an invoice table can be sorted by. */
export const invoiceSortColumns = [
  'ordinal',
  'invoiceNumber',
  'customerName',
  'city',
  'dueDate',
  'payableMinor',
  'channel',
  'state',
  'problems',
] as const;

/** Which invoices of a batch. Empty lists mean no restriction. */
export const invoiceFilterSchema = z.object({
  states: z.array(z.enum(invoiceStates)).default([]),
  channels: z.array(z.enum(['email', 'sftp'])).default([]),
  withProblems: z.boolean().default(false),
  /** Part of number, customer name, city or e-mail; letters' case does not matter. */
  search: z.string().max(200).default(''),
});
/** Which invoices of a batch. */
export type InvoiceFilter = z.infer<typeof invoiceFilterSchema>;

/** Everything the invoice screen shows beside the PDF. */
export const invoiceDetailSchema = z.object({
  row: invoiceRowSchema,
  invoice: invoiceSchema,
  places: z.array(fieldPlaceSchema),
  problems: z.array(storedProblemSchema),
  /** Corrections that stand: the invoice is read with them everywhere. */
  corrections: z.array(correctionSchema),
  deliveries: z.array(deliverySchema),
  timeline: z.array(timelineEntrySchema),
  previousId: z.number().int().nullable(),
  nextId: z.number().int().nullable(),
});
/** Everything the invoice screen shows beside the PDF. */
export type InvoiceDetail = z.infer<typeof invoiceDetailSchema>;

/** A piece of a source file by lines; a line longer than the cap is cut around the wanted column. */
export const sourceWindowSchema = z.object({
  lineCount: z.number().int(),
  sizeBytes: z.number().int(),
  firstLine: z.number().int(),
  lines: z.array(
    z.object({
      text: z.string(),
      /** 1-based column of the first character shown (1 unless cut). */
      startColumn: z.number().int(),
      /** True when the line goes on to the right of what is shown. */
      isCut: z.boolean(),
    }),
  ),
});
/** A piece of a source file by lines. */
export type SourceWindow = z.infer<typeof sourceWindowSchema>;

/** Why a file of a folder or a zip was not read: it belongs to the operating system, is empty, is a link, or holds no invoices by its first bytes. */
export const leftOutReasons = ['system', 'empty', 'link', 'notInvoices'] as const;
/** One of {@link leftOutReasons}. */
export type LeftOutReason = (typeof leftOutReasons)[number];

/** A file of a folder or a zip that was left out of an import. */
export const leftOutFileSchema = z.object({ fileName: z.string(), reason: z.enum(leftOutReasons) });
/** A file of a folder or a zip that was left out of an import. */
export type LeftOutFile = z.infer<typeof leftOutFileSchema>;

/** How far an import, a release or a fix has come. */
export const jobProgressSchema = z.object({
  jobId: z.string(),
  kind: z.enum(['import', 'release', 'fix']),
  title: z.string(),
  phase: z.enum(['reading', 'storing', 'rendering', 'writing', 'correcting', 'done', 'failed', 'cancelled']),
  done: z.number().int(),
  /** Null while unknown. */
  total: z.number().int().nullable(),
  /** Bytes read and to read, for imports. */
  doneBytes: z.number().int().nullable(),
  totalBytes: z.number().int().nullable(),
  elapsedMs: z.number().int(),
});
/** How far a job has come. */
export type JobProgress = z.infer<typeof jobProgressSchema>;

// The shape of a validation finding. Texts are built from ruleId and params in shared/words; no text lives here.

import { z } from 'zod';

/** Severities, worst first. Only `error` keeps an invoice back. */
export const severities = ['error', 'warning', 'info'] as const;
/** One of {@link severities}. */
export type Severity = (typeof severities)[number];

/** Who can mend the cause: the billing system's vendor, the operator, or the customer record's owner. */
export const menders = ['vendor', 'operator', 'customerData'] as const;
/** One of {@link menders}. */
export type Mender = (typeof menders)[number];

/** A value that a text may need: texts and numbers only, so that a problem survives storage and transport unchanged. */
export const problemParams = z.record(z.string(), z.union([z.string(), z.number()]));

/** One finding at one place of a source file. */
export const problemSchema = z.object({
  /** Stable id, for example `core.total.mismatch`. */
  ruleId: z.string(),
  severity: z.enum(severities),
  /** 1-based line of the source file; null only where a finding has no place (a missing file). */
  line: z.number().int().positive().nullable(),
  /** 1-based column in code points. */
  column: z.number().int().positive().nullable(),
  endLine: z.number().int().positive().nullable(),
  endColumn: z.number().int().positive().nullable(),
  /** Element path with 0-based indices, for example `Invoice[12]/CustomerParty[0]/Contact/ElectronicMail`. */
  path: z.string().nullable(),
  /** The text that stood there, cut to 200 characters; personal numbers masked. */
  found: z.string().nullable(),
  /** What would have been right, in a language-neutral form (`1250.00 SEK`, `YYYY-MM-DD`). */
  expected: z.string().nullable(),
  /** Facts for the message text, by name. */
  params: problemParams,
  /** 0-based position of the invoice in its batch, null for a problem of the whole file. */
  invoiceOrdinal: z.number().int().nonnegative().nullable(),
  invoiceNumber: z.string().nullable(),
});
/** One finding; see {@link problemSchema}. */
export type Problem = z.infer<typeof problemSchema>;

/** A problem with its place in the store. */
export const storedProblemSchema = problemSchema.extend({
  id: z.number().int(),
  batchId: z.string(),
  fileOrdinal: z.number().int(),
});
/** A stored problem; see {@link storedProblemSchema}. */
export type StoredProblem = z.infer<typeof storedProblemSchema>;

/** Equal problems counted together: one cause. */
export const problemGroupSchema = z.object({
  ruleId: z.string(),
  severity: z.enum(severities),
  /** How many findings. */
  count: z.number().int(),
  /** How many different invoices they stand in. */
  invoiceCount: z.number().int(),
  sample: storedProblemSchema,
});
/** One cause with its count; see {@link problemGroupSchema}. */
export type ProblemGroup = z.infer<typeof problemGroupSchema>;

/** Which problems of a batch. Empty lists and an empty search mean no restriction; all conditions count together. */
export const problemFilterSchema = z.object({
  severities: z.array(z.enum(severities)).default([]),
  ruleIds: z.array(z.string().max(80)).max(500).default([]),
  /** Fields as {@link problemFieldSchema} names them. */
  fields: z.array(z.string().max(500)).max(100).default([]),
  /** Part of what stood there, what was expected, the invoice number, the path, the rule id or the rule's title; letters' case does not matter. */
  search: z.string().max(200).default(''),
});
/** Which problems of a batch; see {@link problemFilterSchema}. */
export type ProblemFilter = z.infer<typeof problemFilterSchema>;

/** A field that problems are about: its element path without row numbers (`Contact/ElectronicMail`), and how many. */
export const problemFieldSchema = z.object({ field: z.string(), count: z.number().int() });
/** A field with its problems counted; see {@link problemFieldSchema}. */
export type ProblemField = z.infer<typeof problemFieldSchema>;

/** Forms that the problem report can be saved in. */
export const reportForms = ['csv', 'json', 'html', 'eml'] as const;
/** One of {@link reportForms}. */
export type ReportForm = (typeof reportForms)[number];

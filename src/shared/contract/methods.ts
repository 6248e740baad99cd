// The method table: every call a window, a page or a test can make to the engine. Types on both sides are inferred from it.

import { accountMethods } from './account-methods.ts';
import { controlMethods } from './control-methods.ts';
import { formatRuleMethods } from './format-rule-methods.ts';
import { laneMethods } from './lane-methods.ts';
import { orderMethods } from './order-methods.ts';
import { proofMethods } from './proof-methods.ts';
import { mailTextMethods } from './mail-text-methods.ts';
import { storageMethods } from './storage-methods.ts';
import { z } from 'zod';
import { rehearsalSchema } from '../schema/accounts.ts';
import {
  batchFileSchema,
  batchSummarySchema,
  importModes,
  invoiceDetailSchema,
  invoiceFilterSchema,
  invoiceRowSchema,
  invoiceSortColumns,
  jobProgressSchema,
  leftOutFileSchema,
  moneySchema,
  sourceWindowSchema,
} from '../schema/batch.ts';
import {
  connectionInputSchema,
  connectionReachSchema,
  connectionSchema,
  hostKeySchema,
  testStepSchema,
} from '../schema/connection.ts';
import { channels, deliverySchema, laneSchema } from '../schema/delivery.ts';
import { deliveryFilterSchema } from '../schema/delivery-filter.ts';
import { comparisonSchema } from '../schema/compare.ts';
import { fixOutcomeSchema, fixPreviewSchema, standingFixSchema } from '../schema/fix.ts';
import {
  problemFieldSchema,
  problemFilterSchema,
  problemGroupSchema,
  reportForms,
  storedProblemSchema,
} from '../schema/problem.ts';
import { importReceiptSchema } from '../schema/receipt.ts';
import { appStateSchema, languages, settingsSchema } from '../schema/settings.ts';

const batchId = z.string().min(1).max(64);
const rowId = z.number().int().positive();
const empty = z.object({});
/** A chosen set of invoices: by id, or all that match a filter. */
const invoiceSelectionSchema = z.union([
  z.object({ ids: z.array(rowId).min(1).max(10_000) }),
  z.object({ filter: invoiceFilterSchema }),
]);
/** A page by position: a scroll bar needs random access, and an index makes OFFSET cheap here (docs/decisions/0004-pages-by-offset.md). */
const pageInput = { offset: z.number().int().min(0), limit: z.number().int().min(1).max(500) };
/** Connection to use for each channel; null leaves that channel's invoices where they are. */
const releasePlanSchema = z.object({
  batchId,
  connections: z.object({ email: z.string().nullable(), sftp: z.string().nullable() }),
  /** Release only the first N by ordinal; null = all ready ones. */
  limit: z.number().int().positive().nullable().default(null),
  /** Send only the first N now; the rest is released too and is held until `delivery.decideTrial`. Null = everything goes. */
  firstFew: z.number().int().positive().nullable().default(null),
  /** Nothing is sent before this time; null = as soon as possible. */
  notBeforeMs: z.number().int().positive().nullable().default(null),
});
/** The language decides which rules' titles hold the text that is looked for. */
const problemQuestion = { batchId, ...problemFilterSchema.shape, language: z.enum(languages).default('sv') };
const releaseSummarySchema = z.object({
  lanes: z.array(
    z.object({
      connectionId: z.string(),
      connectionName: z.string(),
      channel: z.enum(channels),
      count: z.number().int(),
      targets: z.number().int(),
      sums: z.array(moneySchema),
    }),
  ),
  total: z.number().int(),
  sums: z.array(moneySchema),
  /** Of those that would be released: how many are at least ten times the customer's usual amount, as the import found them. */
  unusualAmounts: z.number().int(),
  /** Ready invoices that no chosen connection takes, and invoices kept back. */
  leftOut: z.object({
    noConnection: z.number().int(),
    held: z.number().int(),
    excluded: z.number().int(),
    quarantined: z.number().int(),
    alreadyReleased: z.number().int(),
  }),
});

interface MethodShape {
  /** Queries may be repeated at will; commands carry a request id that is stored, so that a repeated frame acts once. */
  readonly kind: 'query' | 'command';
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** After this long the caller gets TIMED_OUT; the work itself is not undone. */
  readonly deadlineMs: number;
}

/** Name → input, output, kind and deadline of every method. */
export const methods = {
  'app.state': { kind: 'query', input: empty, output: appStateSchema, deadlineMs: 5_000 },
  'app.saveSettings': { kind: 'command', input: settingsSchema.partial(), output: appStateSchema, deadlineMs: 5_000 },
  /** Closes this workspace and opens the other one (practice or real work); the `app` event follows and everything is to be re-queried. */
  'app.setPractice': {
    kind: 'command',
    input: z.object({ isPractice: z.boolean() }),
    output: appStateSchema,
    deadlineMs: 30_000,
  },
  'app.pauseOutbox': {
    kind: 'command',
    input: z.object({ isPaused: z.boolean() }),
    output: appStateSchema,
    deadlineMs: 5_000,
  },

  'batch.list': {
    kind: 'query',
    input: z.object(pageInput),
    output: z.object({ total: z.number().int(), batches: z.array(batchSummarySchema) }),
    deadlineMs: 10_000,
  },
  'batch.get': {
    kind: 'query',
    input: z.object({ batchId }),
    output: z.object({ batch: batchSummarySchema, files: z.array(batchFileSchema) }),
    deadlineMs: 10_000,
  },
  /** Starts an import of dropped or chosen files (tokens from the host); progress comes as `job` events. Several single-invoice files become one batch. */
  'batch.import': {
    kind: 'command',
    input: z.object({ fileTokens: z.array(z.string().max(64)).min(1).max(20_000), mode: z.enum(importModes) }),
    output: z.object({ jobId: z.string() }),
    deadlineMs: 10_000,
  },
  'batch.importSample': {
    kind: 'command',
    input: z.object({
      invoices: z.number().int().min(1).max(100_000).default(200),
      errors: z.number().int().min(0).default(6),
    }),
    output: z.object({ jobId: z.string() }),
    deadlineMs: 30_000,
  },
  /** Takes the good invoices of a strict batch that was kept back. */
  'batch.acceptGood': { kind: 'command', input: z.object({ batchId }), output: batchSummarySchema, deadlineMs: 30_000 },

  'batch.receipt': { kind: 'query', input: z.object({ batchId }), output: importReceiptSchema, deadlineMs: 10_000 },
  /** The receipt as a PDF, base64. */
  'batch.receiptDocument': {
    kind: 'query',
    input: z.object({ batchId, language: z.enum(languages) }),
    output: z.object({ sha256: z.string(), fileName: z.string(), base64: z.string() }),
    deadlineMs: 30_000,
  },

  'job.list': {
    kind: 'query',
    input: empty,
    output: z.object({ jobs: z.array(jobProgressSchema) }),
    deadlineMs: 5_000,
  },
  /** Final outcome of a job, kept for an hour: the batches of an import, or an error with its details. */
  'job.result': {
    kind: 'query',
    input: z.object({ jobId: z.string() }),
    output: z.object({
      state: z.enum(['running', 'done', 'failed', 'cancelled']),
      batchIds: z.array(z.string()),
      released: z.number().int(),
      /** Invoices that a release left ready because their channel cannot take them: how many, and the first with its cause. */
      unfit: z.object({ count: z.number().int(), invoiceNumber: z.string(), code: z.string() }).nullable(),
      /** What a fix did; null for other jobs and while it runs. */
      fix: fixOutcomeSchema.nullable(),
      error: z.object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()) }).nullable(),
      /** Batch-level problems of a file that could not be read, with place. */
      problems: z.array(storedProblemSchema),
      /** Files of an import's folders and zips that are no invoice files. */
      leftOut: z.array(leftOutFileSchema),
    }),
    deadlineMs: 5_000,
  },
  'job.cancel': { kind: 'command', input: z.object({ jobId: z.string() }), output: empty, deadlineMs: 5_000 },

  'invoice.page': {
    kind: 'query',
    input: z.object({
      batchId,
      filter: invoiceFilterSchema,
      sort: z.enum(invoiceSortColumns),
      isDescending: z.boolean(),
      ...pageInput,
    }),
    output: z.object({ total: z.number().int(), sums: z.array(moneySchema), rows: z.array(invoiceRowSchema) }),
    deadlineMs: 10_000,
  },
  /** Previous and next follow the given order and filter. */
  'invoice.get': {
    kind: 'query',
    input: z.object({
      invoiceId: rowId,
      filter: invoiceFilterSchema,
      sort: z.enum(invoiceSortColumns),
      isDescending: z.boolean(),
    }),
    output: invoiceDetailSchema,
    deadlineMs: 10_000,
  },
  /** The bytes that will be (or were) sent, base64. */
  'invoice.document': {
    kind: 'query',
    input: z.object({ invoiceId: rowId }),
    output: z.object({ sha256: z.string(), fileName: z.string(), base64: z.string(), isFrozen: z.boolean() }),
    deadlineMs: 30_000,
  },
  /** The invoice at a position of a batch beside the earlier one with the same seller and number. */
  'invoice.compare': {
    kind: 'query',
    input: z.object({ batchId, ordinal: z.number().int().min(0) }),
    output: comparisonSchema,
    deadlineMs: 10_000,
  },
  'invoice.hold': {
    kind: 'command',
    input: z.object({ batchId, selection: invoiceSelectionSchema, isHeld: z.boolean() }),
    output: z.object({ changed: z.number().int() }),
    deadlineMs: 30_000,
  },

  /** Causes under a filter, worst first. */
  'problem.groups': {
    kind: 'query',
    input: z.object(problemQuestion),
    output: z.object({ groups: z.array(problemGroupSchema) }),
    deadlineMs: 10_000,
  },
  /** Findings under a filter, one rule's (`ruleId`) or all; restrictions count together. */
  'problem.page': {
    kind: 'query',
    input: z.object({ ...problemQuestion, ruleId: z.string().max(80).nullable(), ...pageInput }),
    output: z.object({ total: z.number().int(), problems: z.array(storedProblemSchema) }),
    deadlineMs: 10_000,
  },
  /** Fields that a batch's problems are about, to choose from. */
  'problem.fields': {
    kind: 'query',
    input: z.object({ batchId }),
    output: z.object({ fields: z.array(problemFieldSchema) }),
    deadlineMs: 10_000,
  },
  /** The report of what the filter shows as a text to save. CSV cells are formula-safe. `to`: the vendor's address in the e-mail. */
  'problem.export': {
    kind: 'query',
    input: z.object({
      ...problemQuestion,
      form: z.enum(reportForms),
      language: z.enum(languages),
      to: z.string().max(254).nullable().default(null),
    }),
    output: z.object({ fileName: z.string(), text: z.string() }),
    deadlineMs: 60_000,
  },
  /** The e-mail to the billing system's vendor. `mailto` opens a mail program, without a recipient, and may hold less than `text`. */
  'problem.mail': {
    kind: 'query',
    input: z.object({ ...problemQuestion, language: z.enum(languages) }),
    output: z.object({
      subject: z.string(),
      text: z.string(),
      mailto: z.string(),
      isShortened: z.boolean(),
      /** Findings under the filter that are not the vendor's to mend. */
      leftOut: z.number().int(),
    }),
    deadlineMs: 30_000,
  },

  /** What correcting everything that one rule found would change. Looks for some seconds at most; `examined` tells how far it came. */
  'fix.preview': {
    kind: 'query',
    input: z.object({ batchId, ruleId: z.string().min(1).max(80) }),
    output: fixPreviewSchema,
    deadlineMs: 30_000,
  },
  /** Corrects it: recorded, undoable, the source stays as it came. Progress comes as `job` events. */
  'fix.apply': {
    kind: 'command',
    input: z.object({ batchId, ruleId: z.string().min(1).max(80), reason: z.string().max(500).default('') }),
    output: z.object({ jobId: z.string() }),
    deadlineMs: 10_000,
  },
  /** Takes every correction of a rule back where no delivery exists. */
  'fix.undo': {
    kind: 'command',
    input: z.object({ batchId, ruleId: z.string().min(1).max(80) }),
    output: z.object({ jobId: z.string() }),
    deadlineMs: 10_000,
  },
  /** Corrections that stand in a batch, by rule. */
  'fix.list': {
    kind: 'query',
    input: z.object({ batchId }),
    output: z.object({ fixes: z.array(standingFixSchema) }),
    deadlineMs: 10_000,
  },

  'source.window': {
    kind: 'query',
    input: z.object({
      batchId,
      fileOrdinal: z.number().int().min(0),
      line: z.number().int().min(1),
      column: z.number().int().min(1).default(1),
      before: z.number().int().min(0).max(1_000),
      after: z.number().int().min(0).max(1_000),
    }),
    output: sourceWindowSchema,
    deadlineMs: 10_000,
  },
  /** First hit at or after the given place, backwards the last one before it, or null; plain text, letters' case aside; a hit never spans lines. */
  'source.find': {
    kind: 'query',
    input: z.object({
      batchId,
      fileOrdinal: z.number().int().min(0),
      text: z.string().min(1).max(200),
      fromLine: z.number().int().min(1),
      /** On `fromLine` only hits from here on count (backwards: those before it): the next one on a long line. */
      fromColumn: z.number().int().min(1).default(1),
      isBackwards: z.boolean().default(false),
    }),
    output: z.object({ hit: z.object({ line: z.number().int(), column: z.number().int() }).nullable() }),
    deadlineMs: 30_000,
  },

  'release.preview': { kind: 'query', input: releasePlanSchema, output: releaseSummarySchema, deadlineMs: 10_000 },
  /**
   * Has the plan's invoices looked at by the services that have a test mode: what they refuse, and where their totals are not ours. Sends and keeps nothing.
   * What was not looked at in time is counted as `left`.
   * Errors as `release.preview`, and those of the secret.
   */
  'account.rehearse': {
    kind: 'command',
    input: releasePlanSchema,
    output: z.object({ lanes: z.array(rehearsalSchema) }),
    deadlineMs: 60_000,
  },
  /** Renders and freezes the documents, then writes all deliveries in one transaction. Progress comes as `job` events. */
  'release.start': {
    kind: 'command',
    input: releasePlanSchema,
    output: z.object({ jobId: z.string() }),
    deadlineMs: 10_000,
  },

  'delivery.lanes': {
    kind: 'query',
    input: z.object({ batchId: batchId.nullable().default(null) }),
    output: z.object({ lanes: z.array(laneSchema) }),
    deadlineMs: 10_000,
  },
  'delivery.page': {
    kind: 'query',
    input: z.object({ filter: deliveryFilterSchema, ...pageInput }),
    output: z.object({ total: z.number().int(), deliveries: z.array(deliverySchema) }),
    deadlineMs: 10_000,
  },
  /** Puts failed, rejected or waiting deliveries first in the queue now. Never touches unknown ones. */
  'delivery.retry': {
    kind: 'command',
    input: z.object({ filter: deliveryFilterSchema }),
    output: z.object({ changed: z.number().int() }),
    deadlineMs: 60_000,
  },
  /** Takes back what has not been tried or certainly has not been sent; the invoices become ready again. Never recalls what is sent. */
  'delivery.cancel': {
    kind: 'command',
    input: z.object({ filter: deliveryFilterSchema }),
    output: z.object({ changed: z.number().int() }),
    deadlineMs: 60_000,
  },

  'connection.list': {
    kind: 'query',
    input: empty,
    output: z.object({ connections: z.array(connectionSchema) }),
    deadlineMs: 5_000,
  },
  /** What is known of idle connections; those that deliver, are paused or wait are told by their lane. */
  'connection.reach': {
    kind: 'query',
    input: empty,
    output: z.object({ reach: z.array(connectionReachSchema) }),
    deadlineMs: 5_000,
  },
  'connection.add': { kind: 'command', input: connectionInputSchema, output: connectionSchema, deadlineMs: 20_000 },
  'connection.update': {
    kind: 'command',
    input: z.object({ connectionId: z.string(), connection: connectionInputSchema }),
    output: connectionSchema,
    deadlineMs: 20_000,
  },
  /** Refused with CONFLICT while deliveries wait for it. */
  'connection.remove': {
    kind: 'command',
    input: z.object({ connectionId: z.string() }),
    output: empty,
    deadlineMs: 10_000,
  },
  'connection.test': {
    kind: 'command',
    input: z.object({ connectionId: z.string() }),
    output: z.object({ steps: z.array(testStepSchema) }),
    deadlineMs: 60_000,
  },
  /** Pins the key that the last test showed. */
  'connection.approveHostKey': {
    kind: 'command',
    input: z.object({ connectionId: z.string(), hostKey: hostKeySchema }),
    output: connectionSchema,
    deadlineMs: 10_000,
  },
  'connection.pause': {
    kind: 'command',
    input: z.object({ connectionId: z.string(), isPaused: z.boolean() }),
    output: empty,
    deadlineMs: 10_000,
  },

  ...laneMethods,
  ...controlMethods,
  ...orderMethods,
  ...accountMethods,

  ...formatRuleMethods,
  ...proofMethods,
  ...mailTextMethods,
  ...storageMethods,

  'practice.setNetwork': { kind: 'command', input: z.object({ isUp: z.boolean() }), output: empty, deadlineMs: 10_000 },
  /** Practice only: a month goes by at the services that keep track of invoices: most are paid, some are reminded of. */
  'practice.passMonth': {
    kind: 'command',
    input: empty,
    output: z.object({ paid: z.number().int(), dunned: z.number().int() }),
    deadlineMs: 30_000,
  },
  'practice.state': {
    kind: 'query',
    input: empty,
    output: z.object({
      isUp: z.boolean(),
      providers: z.array(
        z.object({ provider: z.string(), address: z.string(), ledgerFile: z.string(), received: z.number().int() }),
      ),
    }),
    deadlineMs: 10_000,
  },
} as const satisfies Record<string, MethodShape>;

/** The method table's type. */
export type Methods = typeof methods;
/** Name of a method. */
export type MethodName = keyof Methods;
/** What a caller passes (defaults may be left out). */
export type MethodInput<M extends MethodName> = z.input<Methods[M]['input']>;
/** What a handler gets (defaults filled in). */
export type ParsedInput<M extends MethodName> = z.output<Methods[M]['input']>;
/** What a handler returns and a caller gets. */
export type MethodOutput<M extends MethodName> = z.output<Methods[M]['output']>;
/** Which deliveries. */
export type DeliveryFilter = z.infer<typeof deliveryFilterSchema>;
/** A chosen set of invoices. */
export type InvoiceSelection = z.infer<typeof invoiceSelectionSchema>;
/** Connection for each channel. */
export type ReleasePlan = z.infer<typeof releasePlanSchema>;
/** What a release would do. */
export type ReleaseSummary = z.infer<typeof releaseSummarySchema>;

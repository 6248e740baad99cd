// Shapes of mechanical corrections as they cross the contract: what a fix would change, what it changed, what can be undone.

import { z } from 'zod';

/** Kinds of mechanical corrections. */
export const fixKinds = ['trim', 'date', 'decimal', 'encoding'] as const;
/** One of {@link fixKinds}. */
export type FixKind = (typeof fixKinds)[number];

/** Rules whose cause may be mended without judgement, and how. */
export const fixKindsByRule = {
  'core.text.encoding': 'encoding',
  'core.type.date': 'date',
  'core.type.decimal': 'decimal',
  'core.type.currency': 'trim',
  'core.text.control': 'trim',
  'core.email.syntax': 'trim',
} as const satisfies Readonly<Record<string, FixKind>>;
/** A rule with a fix. */
export type FixableRule = keyof typeof fixKindsByRule;

/** Whether a rule's cause may be mended without judgement. */
export function isFixableRule(ruleId: string): ruleId is FixableRule {
  return Object.hasOwn(fixKindsByRule, ruleId);
}

/** How a rule's cause is mended; null when it needs a person. */
export function fixKindOfRule(ruleId: string): FixKind | null {
  return isFixableRule(ruleId) ? fixKindsByRule[ruleId] : null;
}

/** One value before and after. */
export const fixSampleSchema = z.object({
  invoiceId: z.number().int(),
  invoiceNumber: z.string(),
  customerName: z.string(),
  /** Canonical name with row numbers. */
  field: z.string(),
  /** As it stands in the source; personal numbers masked. */
  before: z.string(),
  after: z.string(),
  fileOrdinal: z.number().int(),
  line: z.number().int(),
});
/** One value before and after. */
export type FixSample = z.infer<typeof fixSampleSchema>;

/** What a fix would do to a batch. */
export const fixPreviewSchema = z.object({
  ruleId: z.string(),
  /** Null: the rule's cause needs a person. */
  kind: z.enum(fixKinds).nullable(),
  /** Values that would be corrected, and the invoices they stand in. */
  values: z.number().int(),
  invoices: z.number().int(),
  /** Invoices with this problem whose values can't be corrected without judgement. */
  notMechanical: z.number().int(),
  /** Invoices with this problem that are left alone because a delivery exists. */
  delivered: z.number().int(),
  /** Invoices looked at, of `affected`: a preview stops looking after some seconds, the fix itself does not. */
  examined: z.number().int(),
  affected: z.number().int(),
  samples: z.array(fixSampleSchema),
});
/** What a fix would do to a batch. */
export type FixPreview = z.infer<typeof fixPreviewSchema>;

/** Corrections of one rule in a batch that stand now. */
export const standingFixSchema = z.object({
  ruleId: z.string(),
  kind: z.enum(fixKinds),
  values: z.number().int(),
  invoices: z.number().int(),
  /** Of the invoices: how many can't be undone because a delivery exists. */
  delivered: z.number().int(),
  actor: z.string(),
  /** The newest one's. */
  atMs: z.number().int(),
});
/** Corrections of one rule in a batch that stand now. */
export type StandingFix = z.infer<typeof standingFixSchema>;

/** What a fix or its undoing did. */
export const fixOutcomeSchema = z.object({
  ruleId: z.string(),
  isUndo: z.boolean(),
  values: z.number().int(),
  invoices: z.number().int(),
  /** Left alone because a delivery exists. */
  delivered: z.number().int(),
  /** Left alone because the invoice was changed meanwhile, or because a later correction of the same value stands (undo that one first). */
  changedMeanwhile: z.number().int(),
  notMechanical: z.number().int(),
  /** Invoices that may be sent now and could not before (undo: the other way round). */
  becameReady: z.number().int(),
});
/** What a fix or its undoing did. */
export type FixOutcome = z.infer<typeof fixOutcomeSchema>;

/** A correction of one invoice that stands. */
export const correctionSchema = z.object({
  /** Canonical names that are read from the value. */
  fields: z.array(z.string()),
  before: z.string(),
  after: z.string(),
  ruleId: z.string(),
  kind: z.enum(fixKinds),
  actor: z.string(),
  atMs: z.number().int(),
});
/** A correction of one invoice that stands. */
export type Correction = z.infer<typeof correctionSchema>;

// Shapes of the rules as the operator sees and sets them, and of waivers.

import { z } from 'zod';
import { isRuleId } from '../words/rule-facts.ts';
import type { RuleId } from '../words/rule-facts.ts';
import { menders, severities } from './problem.ts';

/** What an organisation can make of a rule: one of the severities, or not checked at all. */
export const ownSeverities = [...severities, 'off'] as const;
/** One of {@link ownSeverities}. */
export type OwnSeverity = (typeof ownSeverities)[number];

/** Rule id → severity, as stored in the workspace; only what differs from the rule's own. */
export const ruleSeveritiesSchema = z.record(z.string().max(80), z.enum(ownSeverities));
/** Rule id → severity. */
export type RuleSeverities = z.infer<typeof ruleSeveritiesSchema>;

/** One rule for the list in Settings and on the command line; its words come from shared/words. */
export const ruleEntrySchema = z.object({
  id: z.string(),
  /** `file` for what the reader itself checks, else the rule set. */
  set: z.enum(['file', 'core', 'history', 'channel', 'vendor', 'en16931', 'se', 'no']),
  setVersion: z.string(),
  /** The rule's own severity. */
  severity: z.enum(severities),
  /** What the organisation has set; null when it has set nothing. */
  ownSeverity: z.enum(ownSeverities).nullable(),
  /** False for what the program itself needs. */
  canBeSet: z.boolean(),
  mender: z.enum(menders),
});
/** One rule for lists. */
export type RuleEntry = z.infer<typeof ruleEntrySchema>;

/** A warning that somebody has decided to accept in one batch. */
export const waiverSchema = z.object({
  ruleId: z.string(),
  reason: z.string(),
  actor: z.string(),
  atMs: z.number().int(),
});
/** A waived warning; see {@link waiverSchema}. */
export type Waiver = z.infer<typeof waiverSchema>;

/** Rules whose severity is fixed: the file must be readable, values must parse, numbers must be single, and a file must be whole. */
const fixedPrefixes = [
  'core.xml.',
  'core.encoding',
  'core.file.',
  'core.format.',
  'core.batch.',
  'core.problems.',
] as const;
const fixedRules: ReadonlySet<RuleId> = new Set<RuleId>([
  'core.required',
  'core.type.date',
  'core.type.decimal',
  'core.type.integer',
  'core.type.currency',
  'core.type.value',
  'core.duplicate.batch',
  'core.duplicate.store',
  'core.duplicate.conflict',
  'core.currency.unknown',
  'core.text.control',
]);
/** Under EN 16931 these say that a value is missing which every invoice must have to be read at all. */
const neededInStandard: ReadonlySet<RuleId> = new Set<RuleId>([
  'BR-02',
  'BR-03',
  'BR-05',
  'BR-06',
  'BR-07',
  'BR-12',
  'BR-13',
  'BR-14',
  'BR-15',
]);

/** Whether an organisation may set the rule's severity. */
export function canSetSeverity(ruleId: string): boolean {
  if (!isRuleId(ruleId)) return false;
  if (fixedRules.has(ruleId) || neededInStandard.has(ruleId)) return false;
  return !fixedPrefixes.some((prefix) => ruleId.startsWith(prefix));
}

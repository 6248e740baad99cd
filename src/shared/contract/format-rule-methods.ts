// Methods about formats and rules, a part of the one table in methods.ts. Shapes only.

import { z } from 'zod';
import { formatEntrySchema, profileComplaintSchema } from '../schema/format.ts';
import { ownSeverities, ruleEntrySchema, waiverSchema } from '../schema/rules.ts';

const batchId = z.string().min(1).max(64);
const empty = z.object({});

/** format.* and rule.*. */
export const formatRuleMethods = {
  'format.list': {
    kind: 'query',
    input: empty,
    output: z.object({
      formats: z.array(formatEntrySchema),
      /** Own profiles that can't be used, by the name of their file. */
      broken: z.array(z.object({ fileName: z.string(), complaints: z.array(profileComplaintSchema) })),
    }),
    deadlineMs: 5_000,
  },
  /** Checks a chosen profile and keeps it when nothing is wrong; one with the same id is replaced. */
  'format.add': {
    kind: 'command',
    input: z.object({ fileToken: z.string().max(64) }),
    output: z.object({ complaints: z.array(profileComplaintSchema), formats: z.array(formatEntrySchema) }),
    deadlineMs: 10_000,
  },
  /** Removes an own profile; a built-in one that it replaced is back. */
  'format.remove': {
    kind: 'command',
    input: z.object({ profileId: z.string().max(60) }),
    output: empty,
    deadlineMs: 5_000,
  },
  /** Every rule with its own severity and the organisation's. Words come from shared/words. */
  'rule.list': {
    kind: 'query',
    input: empty,
    output: z.object({ rules: z.array(ruleEntrySchema) }),
    deadlineMs: 5_000,
  },
  /** Null takes the organisation's severity back. Counts from the next import on. */
  'rule.set': {
    kind: 'command',
    input: z.object({ ruleId: z.string().max(80), severity: z.enum(ownSeverities).nullable() }),
    output: z.object({ rules: z.array(ruleEntrySchema) }),
    deadlineMs: 5_000,
  },
  /** Warnings somebody has decided to accept in a batch, by rule. */
  'rule.waivers': {
    kind: 'query',
    input: z.object({ batchId }),
    output: z.object({ waivers: z.array(waiverSchema) }),
    deadlineMs: 5_000,
  },
  /** Accepts a rule's warnings in a batch; the reason, who and when are kept. The problems stay visible. */
  'rule.waive': {
    kind: 'command',
    input: z.object({ batchId, ruleId: z.string().max(80), reason: z.string().trim().min(3).max(500) }),
    output: z.object({ waivers: z.array(waiverSchema) }),
    deadlineMs: 5_000,
  },
  /** Takes a waiver back; the audit log keeps both. */
  'rule.unwaive': {
    kind: 'command',
    input: z.object({ batchId, ruleId: z.string().max(80) }),
    output: z.object({ waivers: z.array(waiverSchema) }),
    deadlineMs: 5_000,
  },

  /** Practice only: makes the local providers unreachable (the plug) or reachable again. */
} as const;

// Shapes of the audit log as it crosses the boundary: entries, what they are searched by, and what its check found.

import { z } from 'zod';

/** Acts that are logged. Append only: timelines and exports are built from these names. */
export const auditActions = [
  'import',
  'acceptGood',
  'hold',
  'unhold',
  'release',
  'retry',
  'cancel',
  'resolve',
  'correct',
  'undoCorrections',
  'saveConnection',
  'removeConnection',
  'saveSetting',
  'waiveRule',
  'unwaiveRule',
  'testConnection',
  'pauseConnection',
  'resumeConnection',
  'addFormat',
  'removeFormat',
  'restore',
  'exclude',
  'include',
  'lookUp',
  'holdDeliveries',
  'letDeliveriesGo',
  'schedule',
  'reroute',
  'readdress',
  'copy',
  'decideTrial',
  'tryConnectionNow',
  'creditOrder',
  'closeOrder',
  'settleOrder',
  'chooseAddress',
  'dunInvoice',
] as const;
/** One of {@link auditActions}. */
export type AuditAction = (typeof auditActions)[number];

/** One entry. `action` is a name of {@link auditActions}, or of a later version. */
export const auditEntrySchema = z.object({
  id: z.number().int(),
  atMs: z.number().int(),
  actor: z.string(),
  action: z.string(),
  /** The batch it was about, and its first file's name; null for acts about the workspace. */
  batchId: z.string().nullable(),
  batchName: z.string().nullable(),
  /** What was said and changed: `before.x` and `after.x` where a value was replaced. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  /** How many invoices and deliveries it names. */
  concerned: z.number().int(),
  hash: z.string(),
});
/** One entry. */
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** Which entries. Empty or null means no restriction. */
export const auditFilterSchema = z.object({
  search: z.string().max(200).default(''),
  actions: z.array(z.string().max(40)).max(50).default([]),
  fromMs: z.number().int().nullable().default(null),
  /** Up to and without this time. */
  beforeMs: z.number().int().nullable().default(null),
});
/** Which entries. */
export type AuditFilter = z.infer<typeof auditFilterSchema>;

/** How the log is exported. */
export const auditForms = ['csv', 'jsonl'] as const;
/** One of {@link auditForms}. */
export type AuditForm = (typeof auditForms)[number];

// Shapes of copies, restores and the check of everything that is kept.

import { z } from 'zod';

/** A copy of the database. */
export const storeCopySchema = z.object({
  name: z.string(),
  /** What it was made for; `replaced` and `damaged` are what a restore put aside. */
  kind: z.enum(['daily', 'migration', 'byHand', 'replaced', 'damaged']),
  madeAtMs: z.number().int(),
  sizeBytes: z.number().int(),
});
/** A copy of the database. */
export type StoreCopyEntry = z.infer<typeof storeCopySchema>;

/** The copies, and how making them goes. */
export const copyStateSchema = z.object({
  folder: z.string(),
  /** Newest first. */
  copies: z.array(storeCopySchema),
  isRunning: z.boolean(),
  /** Error code of the last try; null when it succeeded, or there was none. */
  lastFailure: z.string().nullable(),
});
/** The copies, and how making them goes. */
export type CopyState = z.infer<typeof copyStateSchema>;

/** Parts of the check, in order. */
export const verifyParts = ['database', 'auditLog', 'counts', 'sources', 'documents', 'receipts'] as const;
/** One of {@link verifyParts}. */
export type VerifyPart = (typeof verifyParts)[number];

/** One thing that is not as it should be. */
export const verifyFindingSchema = z.object({
  part: z.enum(verifyParts),
  /** Stable name of the kind of fault. */
  code: z.enum([
    'damaged',
    'otherVersion',
    'chainBroken',
    'entryUnsealed',
    'countWrong',
    'stateWrong',
    'missing',
    'changed',
  ]),
  /** What it is about: an entry's number, a hash, a batch; with what was found. English, for logs and reports. */
  detail: z.string(),
});
/** One thing that is not as it should be. */
export type VerifyFinding = z.infer<typeof verifyFindingSchema>;

/** What the check found. */
export const verifyReportSchema = z.object({
  isSound: z.boolean(),
  /** How many of each were looked at. */
  checked: z.object({
    auditEntries: z.number().int(),
    batches: z.number().int(),
    deliveries: z.number().int(),
    sources: z.number().int(),
    documents: z.number().int(),
    receipts: z.number().int(),
  }),
  /** Number and hash of the audit log's last entry: written down elsewhere, it shows later that none was taken off the end. */
  auditHead: z.object({ id: z.number().int(), hash: z.string() }).nullable(),
  /** The first hundred of each part. */
  findings: z.array(verifyFindingSchema),
});
/** What the check found. */
export type VerifyReport = z.infer<typeof verifyReportSchema>;

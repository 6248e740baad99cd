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

/** Parts of the check, in order. */
export const verifyParts = ['database', 'auditLog', 'counts', 'sources', 'documents', 'messages', 'receipts'] as const;
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
    messages: z.number().int(),
    receipts: z.number().int(),
  }),
  /** Number and hash of the audit log's last entry: written down elsewhere, it shows later that none was taken off the end. */
  auditHead: z.object({ id: z.number().int(), hash: z.string() }).nullable(),
  /** The first hundred of each part. */
  findings: z.array(verifyFindingSchema),
});
/** What the check found. */
export type VerifyReport = z.infer<typeof verifyReportSchema>;

/** Work over the whole store; one at a time. */
export const storageTasks = ['copy', 'verify', 'restore'] as const;
/** One of {@link storageTasks}. */
export type StorageTask = (typeof storageTasks)[number];

/** The copies, what runs over the store, and what the last of it came to since the program was started. */
export const storageStateSchema = z.object({
  folder: z.string(),
  /** Newest first. */
  copies: z.array(storeCopySchema),
  /** `done` and `total` are megabytes of a copy, files of a check; total null while it is not known. */
  running: z
    .object({
      task: z.enum(storageTasks),
      done: z.number().int(),
      total: z.number().int().nullable(),
      /** Asked to stop, and not stopped yet. */
      isStopping: z.boolean(),
    })
    .nullable(),
  /** Why the last of its kind did not succeed; an error's code. */
  failures: z.object({ copy: z.string().nullable(), verify: z.string().nullable(), restore: z.string().nullable() }),
  lastCheck: z.object({ atMs: z.number().int(), report: verifyReportSchema }).nullable(),
});
/** The copies, what runs over the store, and what the last of it came to. */
export type StorageState = z.infer<typeof storageStateSchema>;

// Methods about the audit log, the copies of the database and the check of all that is kept: a part of the one table in methods.ts. Shapes only.

import { z } from 'zod';
import { auditEntrySchema, auditFilterSchema, auditForms } from '../schema/audit.ts';
import { copyStateSchema, storeCopySchema, verifyReportSchema } from '../schema/storage.ts';
import { languages } from '../schema/settings.ts';

const empty = z.object({});

/** audit.* and storage.*. */
export const storageMethods = {
  /** Newest first. */
  'audit.page': {
    kind: 'query',
    input: z.object({
      filter: auditFilterSchema,
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(500),
    }),
    output: z.object({ total: z.number().int(), entries: z.array(auditEntrySchema) }),
    deadlineMs: 10_000,
  },
  /** What the filter shows as a text to save, oldest first. CSV cells are formula-safe; in JSON lines every hash can be computed again. */
  'audit.export': {
    kind: 'query',
    input: z.object({ filter: auditFilterSchema, form: z.enum(auditForms), language: z.enum(languages) }),
    output: z.object({ fileName: z.string(), text: z.string() }),
    deadlineMs: 60_000,
  },

  'storage.copies': { kind: 'query', input: empty, output: copyStateSchema, deadlineMs: 10_000 },
  /** A copy now, checked before it counts. */
  'storage.makeCopy': { kind: 'command', input: empty, output: storeCopySchema, deadlineMs: 60_000 },
  /**
   * Puts a copy in place of the database, which is kept aside, and opens it. Whatever may have been sent since is unknown afterwards, and the
   * outbox is paused.
   */
  'storage.restore': {
    kind: 'command',
    input: z.object({ name: z.string().min(1).max(100) }),
    output: z.object({ setAside: z.string().nullable() }),
    deadlineMs: 60_000,
  },
  /** Checks database, audit log, counts and kept files by reading only. */
  'storage.verify': { kind: 'command', input: empty, output: verifyReportSchema, deadlineMs: 60_000 },
} as const;

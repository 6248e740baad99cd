// Methods about the audit log, the copies of the database and the check of all that is kept: a part of the one table in methods.ts. Shapes only.

import { z } from 'zod';
import { auditEntrySchema, auditFilterSchema, auditForms } from '../schema/audit.ts';
import { storageStateSchema } from '../schema/storage.ts';
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

  /** Answered also while the database cannot be opened. */
  'storage.state': { kind: 'query', input: empty, output: storageStateSchema, deadlineMs: 10_000 },
  /**
   * Starts work over the whole store and answers at once; `storage.state` tells how it goes. `copy`: a copy now, checked before it counts. `verify`:
   * checks database, audit log, counts and kept files by reading only. `restore`: puts a copy in place of the database, which is kept aside, and
   * opens it; whatever may have been sent since is unknown afterwards, and the outbox is paused.
   */
  'storage.start': {
    kind: 'command',
    input: z.discriminatedUnion('task', [
      z.object({ task: z.literal('copy') }),
      z.object({ task: z.literal('verify') }),
      z.object({ task: z.literal('restore'), name: z.string().min(1).max(100) }),
    ]),
    output: empty,
    deadlineMs: 10_000,
  },
  /** Stops a copy or a check. A restore is not stopped half-way. */
  'storage.stop': { kind: 'command', input: empty, output: z.object({ isStopped: z.boolean() }), deadlineMs: 10_000 },
} as const;

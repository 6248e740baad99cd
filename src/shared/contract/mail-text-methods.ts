// Methods about the texts of e-mails, a part of the one table in methods.ts. Shapes only.

import { z } from 'zod';
import { mailTextEntrySchema, mailTextFaultSchema, mailTextSchema, shownMessageSchema } from '../schema/mail-text.ts';
import { languages } from '../schema/settings.ts';

const texts = z.object({ texts: z.array(mailTextEntrySchema) });

/** mailText.*, and the e-mail of one invoice. */
export const mailTextMethods = {
  'mailText.list': { kind: 'query', input: z.object({}), output: texts, deadlineMs: 5_000 },
  /** Null goes back to the standard text. Refused with VALIDATION_ERROR and `faults` while a field is unknown. Holds for what is released from then on. */
  'mailText.save': {
    kind: 'command',
    input: z.object({ language: z.enum(languages), text: mailTextSchema.nullable() }),
    output: texts,
    deadlineMs: 5_000,
  },
  /** A text as it is typed, filled with a real invoice: the one named, else the first of the newest batch; null when there is none. */
  'mailText.preview': {
    kind: 'query',
    input: z.object({
      language: z.enum(languages),
      text: mailTextSchema,
      invoiceNumber: z.string().max(200).nullable(),
    }),
    output: z.object({
      faults: z.array(mailTextFaultSchema),
      invoiceNumber: z.string().nullable(),
      message: shownMessageSchema.nullable(),
    }),
    deadlineMs: 10_000,
  },
  /** The e-mail of an invoice: frozen when it was released by e-mail, else as a release would freeze it now. */
  'mailText.ofInvoice': {
    kind: 'query',
    input: z.object({ invoiceId: z.number().int().positive() }),
    output: z.object({ subject: z.string(), text: z.string(), isFrozen: z.boolean() }),
    deadlineMs: 10_000,
  },
} as const;

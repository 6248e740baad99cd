// Shapes of the e-mail texts an operator can edit, and of their preview.

import { z } from 'zod';
import { languages } from './settings.ts';

/** Text over lines without other control characters; room for a long letter, not for a book. */
const templateText = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => !/\p{Cc}/u.test(text.replace(/[\t\r\n]/gu, '')), 'control characters are not allowed');

/** Subject and body for invoices and for credit notes, as templates (src/shared/mail-template.ts). */
export const mailTextSchema = z.object({
  subject: templateText(300),
  body: templateText(10_000),
  creditSubject: templateText(300),
  creditBody: templateText(10_000),
});
/** Subject and body for invoices and for credit notes. */
export type MailText = z.infer<typeof mailTextSchema>;
/** A part of {@link MailText}. */
export const mailTextParts = ['subject', 'body', 'creditSubject', 'creditBody'] as const;
/** One of {@link mailTextParts}. */
export type MailTextPart = (typeof mailTextParts)[number];

/** The organisation's own texts by language; a language that is left out has the standard text. */
export const ownMailTextsSchema = z.object({
  sv: mailTextSchema.optional(),
  nb: mailTextSchema.optional(),
  en: mailTextSchema.optional(),
});
/** The organisation's own texts by language. */
export type OwnMailTexts = z.infer<typeof ownMailTextsSchema>;

/** The texts of one language as they are used. */
export const mailTextEntrySchema = z.object({
  language: z.enum(languages),
  text: mailTextSchema,
  standard: mailTextSchema,
  isOwn: z.boolean(),
});
/** The texts of one language as they are used. */
export type MailTextEntry = z.infer<typeof mailTextEntrySchema>;

/** What is wrong in which part and where, 1-based. */
export const mailTextFaultSchema = z.object({
  part: z.enum(mailTextParts),
  kind: z.enum(['unknownField', 'unclosed', 'notHere', 'notAlone', 'strayBrace']),
  line: z.number().int(),
  column: z.number().int(),
  found: z.string(),
});
/** What is wrong in which part and where. */
export type MailTextFault = z.infer<typeof mailTextFaultSchema>;

/** An e-mail as it is or would be sent. */
export const shownMessageSchema = z.object({
  subject: z.string(),
  text: z.string(),
  /** The HTML body's content: paragraphs and the table, as texts. */
  blocks: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('paragraph'), lines: z.array(z.string()) }),
      z.object({ kind: z.literal('table'), rows: z.array(z.object({ label: z.string(), text: z.string() })) }),
      z.object({ kind: z.literal('contact'), lines: z.array(z.string()) }),
    ]),
  ),
});
/** An e-mail as it is or would be sent. */
export type ShownMessage = z.infer<typeof shownMessageSchema>;

// What a profile file may say. Whether its names make sense is profile-complaints.ts; reading from disk is load-profiles.ts.

import { z } from 'zod';
import { formatIdSchema } from '../../shared/schema/batch.ts';
import { fieldTypes } from './profile-fields.ts';
import { dateForms, decimalForms } from './value-forms.ts';

const pathText = z.string().min(1).max(400);
const pathsSchema = z.union([pathText, z.array(pathText).min(1).max(8)]);
const textMap = z.record(z.string().max(200), z.string().max(200));

const profileFieldSchema = z
  .strictObject({
    path: pathsSchema
      .optional()
      .describe(
        'Element path from the record’s own element: A/B, A/@attribute, or . for its own text. Several: the first that is present counts.',
      ),
    type: z.enum(fieldTypes).describe('How the text is read. It must be the type the field has.'),
    required: z.boolean().optional().describe('A missing value is an error (core.required).'),
    default: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('Source text that counts where the file has none; without a path it is the value of every record.'),
    values: textMap.optional().describe('Closed list: source text to canonical text; anything else is an error.'),
    aliases: textMap.optional().describe('Open list: source text to canonical text; anything else stays as it is.'),
  })
  .describe('Where one canonical field stands in the file.');
/** One field of a profile. */
export type ProfileField = z.infer<typeof profileFieldSchema>;

const fieldsSchema = z.record(z.string(), profileFieldSchema);

/** A repeatable element and its fields, relative to that element. */
export interface ProfileList {
  readonly element: string;
  readonly fields: Readonly<Record<string, ProfileField>>;
  readonly lists?: Readonly<Record<string, ProfileList>> | undefined;
}

const listSchema: z.ZodType<ProfileList> = z
  .lazy(() =>
    z.strictObject({
      element: pathText.describe('Path of the element that repeats.'),
      fields: fieldsSchema,
      lists: z.record(z.string(), listSchema).optional(),
    }),
  )
  .meta({ id: 'list' });

const conditionSchema = z
  .strictObject({
    field: z.string().describe('A field of the invoice; the condition looks at its text in the file.'),
    equals: z.string().min(1).optional(),
    startsWith: z.string().min(1).optional(),
    contains: z.string().min(1).optional(),
  })
  .describe('Holds when all that it states holds.');
/** One condition of a dialect. */
export type DialectCondition = z.infer<typeof conditionSchema>;

const dialectSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9.-]{1,60}$/u),
    format: formatIdSchema,
    version: z.string().min(1).max(20),
    vendor: z.string().max(100),
    when: z
      .array(conditionSchema)
      .min(1)
      .max(8)
      .describe('All conditions must hold; the first dialect that fits counts.'),
    fields: z
      .record(z.string(), z.string().nullable())
      .optional()
      .describe(
        'Canonical field to the profile’s field it is read from in this dialect; null: the dialect has no such field.',
      ),
    lists: z
      .record(z.string(), z.record(z.string(), z.string().nullable()))
      .optional()
      .describe('The same for fields of lists.'),
    roundingInGross: z
      .boolean()
      .optional()
      .describe('The rounding is part of the total with VAT (EHF 2); it is taken out of it when reading.'),
  })
  .describe('A public standard that uses the same root element, told apart by what the document says of itself.');
/** A standard within a format. */
export type Dialect = z.infer<typeof dialectSchema>;

/** Sums that can follow from others. */
export const derivations = ['rows', 'payable'] as const;
/** Sums that a profile may let follow from others. */
export const derivedTotals = ['totals.lineNetMinor', 'totals.netMinor', 'totals.grossMinor'] as const;

const fixedRowSchema = z
  .strictObject({
    path: pathText,
    description: z.string().min(1).max(200).describe('The row’s text on the document.'),
    kind: z
      .string()
      .describe('What the row is: energy, grid, fee, tax, certificate, rounding, reminder, discount, other.'),
    required: z.boolean().optional(),
  })
  .describe('An amount in an element of its own that is a row of the invoice.');
/** A row that is not in a list. */
export type FixedRow = z.infer<typeof fixedRowSchema>;

/** One format as data: how it is recognised and where its fields stand. */
export const profileSchema = z.strictObject({
  $schema: z.string().max(400).optional().describe('For editors; not read.'),
  id: z
    .string()
    .regex(/^[a-z0-9.-]{1,60}$/u)
    .describe('Unique. An own profile with the id of a built-in one takes its place.'),
  format: formatIdSchema.describe('The format’s name as shown.'),
  version: z.string().min(1).max(20),
  vendor: z.string().max(100).describe('Who makes the format.'),
  status: z
    .enum(['assumed', 'standard'])
    .describe('assumed: no real file of this format has been seen yet; standard: from a public description.'),
  source: z.string().max(400).optional().describe('Where the names come from, for the documentation.'),
  namespaces: z
    .record(z.string(), z.string())
    .describe('Prefix as used in this file’s paths to namespace; the empty prefix is for names without one.'),
  root: z.string().min(1).max(200).describe('Name of the root element, with prefix if it has one.'),
  invoice: pathText
    .nullable()
    .describe('Path of the repeated invoice element below the root; null when the root is the invoice.'),
  kind: z.enum(['invoice', 'creditNote']).describe('What a document is whose typeCode does not say otherwise.'),
  dates: z.enum(dateForms).optional().describe('How dates are written; YYYY-MM-DD when left out.'),
  decimals: z.enum(decimalForms).optional().describe('The decimal mark; point when left out.'),
  header: fieldsSchema.describe('Fields of the batch as a whole, from the root element.'),
  fields: fieldsSchema.describe('Fields of an invoice that stand once, from the invoice element.'),
  rows: z
    .array(fixedRowSchema)
    .max(50)
    .optional()
    .describe('Rows in elements of their own, for formats without a list of rows.'),
  lists: z.record(z.string(), listSchema).describe('Fields that repeat.'),
  derive: z
    .partialRecord(z.enum(derivedTotals), z.enum(derivations))
    .optional()
    .describe(
      'Sums the format does not state: rows = the sum of the rows; payable = the amount to pay without rounding and prepayment.',
    ),
  notes: z
    .array(z.string().max(400))
    .max(20)
    .optional()
    .describe('What somebody must know about the format, for the documentation.'),
  opaque: z.array(pathText).optional().describe('Elements whose text is passed over unread (embedded attachments).'),
  skipRules: z
    .array(z.string().max(80))
    .optional()
    .describe('Rules that say nothing about this format, for example because its receiver fills the value in.'),
  dialects: z.array(dialectSchema).max(20).optional(),
});
/** One format as data. */
export type Profile = z.infer<typeof profileSchema>;

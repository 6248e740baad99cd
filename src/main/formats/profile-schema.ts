// What a profile file may say, and the check that it names only known fields with their types. Reading from disk is in load-profiles.

import { z } from 'zod';
import { formatIds } from '../../shared/schema/batch.ts';
import { fieldTypes, headerFields, invoiceFields, invoiceLists } from './profile-fields.ts';
import type { FieldTypes, ListShape } from './profile-fields.ts';

const pathText = z.string().min(1).max(400);

const profileFieldSchema = z.strictObject({
  /** Element path from the record's own element: `A/B`, `A/@attribute`, `.` for its own text. Several: the first that is present counts. */
  path: z.union([pathText, z.array(pathText).min(1).max(8)]),
  type: z.enum(fieldTypes),
  required: z.boolean().optional(),
  /** Closed list: source text → canonical text; anything else is a problem. */
  values: z.record(z.string(), z.string()).optional(),
  /** Open list: source text → canonical text; anything else stays. */
  aliases: z.record(z.string(), z.string()).optional(),
});
/** One field of a profile. */
export type ProfileField = z.infer<typeof profileFieldSchema>;

const fieldsSchema = z.record(z.string(), profileFieldSchema);

/** A repeatable element and its fields, relative to that element. */
export interface ProfileList {
  readonly element: string;
  readonly fields: Readonly<Record<string, ProfileField>>;
  readonly lists?: Readonly<Record<string, ProfileList>> | undefined;
}

const listSchema: z.ZodType<ProfileList> = z.lazy(() =>
  z.strictObject({ element: pathText, fields: fieldsSchema, lists: z.record(z.string(), listSchema).optional() }),
);

/** One format as data: how it is recognised and where its fields stand. */
export const profileSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9.-]{1,60}$/),
    format: z.enum(formatIds),
    version: z.string().max(20),
    vendor: z.string().max(100),
    /** `assumed`: no real file of this format has been seen yet. */
    status: z.enum(['assumed', 'standard']),
    /** Prefix as used in this file's paths → namespace; '' for names without prefix. */
    namespaces: z.record(z.string(), z.string()),
    root: z.string(),
    /** Path of the repeated invoice element below the root; null when the root is the invoice. */
    invoice: pathText.nullable(),
    kind: z.enum(['invoice', 'creditNote']),
    header: fieldsSchema,
    fields: fieldsSchema,
    lists: z.record(z.string(), listSchema),
    /** Elements whose text is passed over unread (embedded attachments). */
    opaque: z.array(pathText).optional(),
    /** Dialects that use a field for something else: those fields count as absent. */
    variants: z
      .array(
        z.strictObject({
          when: z.strictObject({ field: z.string(), startsWith: z.string() }),
          absent: z.array(z.string()),
        }),
      )
      .optional(),
  })
  .superRefine((profile, check) => {
    for (const complaint of complaintsAbout(profile)) check.addIssue({ code: 'custom', message: complaint });
  });
/** One format as data. */
export type Profile = z.infer<typeof profileSchema>;

interface CheckedProfile {
  readonly header: Readonly<Record<string, ProfileField>>;
  readonly fields: Readonly<Record<string, ProfileField>>;
  readonly lists: Readonly<Record<string, ProfileList>>;
}

function complaintsAbout(profile: CheckedProfile): string[] {
  return [
    ...fieldComplaints('header', profile.header, headerFields),
    ...fieldComplaints('fields', profile.fields, invoiceFields),
    ...listComplaints('lists', profile.lists, invoiceLists),
  ];
}

function fieldComplaints(where: string, fields: Readonly<Record<string, ProfileField>>, known: FieldTypes): string[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const type = known[name];
    if (type === undefined) return [`${where}: there is no field "${name}"`];
    return type === field.type ? [] : [`${where}: "${name}" must have the type "${type}", not "${field.type}"`];
  });
}

function listComplaints(
  where: string,
  lists: Readonly<Record<string, ProfileList>>,
  known: Readonly<Record<string, ListShape>>,
): string[] {
  return Object.entries(lists).flatMap(([name, list]) => {
    const shape = known[name];
    if (shape === undefined) return [`${where}: there is no list "${name}"`];
    return [
      ...fieldComplaints(`${where}.${name}`, list.fields, shape.fields),
      ...listComplaints(`${where}.${name}`, list.lists ?? {}, shape.lists),
    ];
  });
}

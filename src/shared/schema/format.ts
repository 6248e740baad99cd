// Shapes of formats and their profiles as they cross the contract: the list in Settings, and what is wrong in a profile.

import { z } from 'zod';
import { formatIdSchema } from './batch.ts';

/** What can be wrong in a profile. Append-only; the words are in shared/words/profile-words. */
export const complaintCodes = [
  'notJson',
  'tooLarge',
  'missingKey',
  'unknownKey',
  'wrongShape',
  'unknownField',
  'unknownList',
  'unknownRule',
  'unknownValue',
  'wrongType',
  'noPath',
  'badDefault',
  'rowsTwice',
  'notInProfile',
  'emptyCondition',
  'unknownPrefix',
  'pathTwice',
  'listTwice',
  'badPath',
  'rootTaken',
  'idTaken',
] as const;

/** One thing that is wrong in a profile. */
export const profileComplaintSchema = z.object({
  code: z.enum(complaintCodes),
  /** Keys from the profile's root down to the value; empty for the file as a whole. */
  at: z.array(z.union([z.string(), z.number()])),
  params: z.record(z.string(), z.string()),
  /** 1-based place in the JSON file, null when it is not known. */
  line: z.number().int().nullable(),
  column: z.number().int().nullable(),
});
/** One thing that is wrong in a profile. */
export type ProfileComplaint = z.infer<typeof profileComplaintSchema>;

/** One format as listed: a profile, or a dialect of one. */
export const formatEntrySchema = z.object({
  /** Id of the profile or of the dialect. */
  id: z.string(),
  /** Id of the profile it belongs to. */
  profileId: z.string(),
  format: formatIdSchema,
  version: z.string(),
  vendor: z.string(),
  /** `own`: added by this installation. */
  status: z.enum(['assumed', 'standard', 'own']),
  namespace: z.string(),
  root: z.string(),
  /** Text the document must hold beside the root, for dialects. */
  condition: z.string().nullable(),
  isSingleInvoice: z.boolean(),
  /** Fields an invoice needs to be released that this format does not have. */
  missingFields: z.array(z.string()),
  /** True when an own profile takes the place of a built-in one. */
  isOverride: z.boolean(),
});
/** One format as listed. */
export type FormatEntry = z.infer<typeof formatEntrySchema>;

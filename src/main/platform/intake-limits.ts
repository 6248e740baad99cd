// How much one drop may hold, and how a folder or a zip that is beyond it, or not safe to unpack, is refused. Reads nothing.

import { fail } from '../../shared/result.ts';
import type { AppError } from '../../shared/result.ts';

/** What is refused beyond these. Given to the intake, so that a test can reach them with small files. */
export interface IntakeLimits {
  /** Files and folders in one folder or zip, with everything in it. */
  readonly entries: number;
  /** Folders inside folders. */
  readonly depth: number;
  /** Zips inside zips: 2 reads the zips in a dropped zip, and refuses those that hold zips again. */
  readonly zipNesting: number;
  /** Unpacked bytes of one dropped zip. */
  readonly totalBytes: number;
  /** Unpacked to packed size, judged for what unpacks to more than `ratioFromBytes`. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
  /** Characters of an entry's whole name. */
  readonly nameLength: number;
  /** Bytes of one file; a larger one is refused by itself. */
  readonly fileBytes: number;
}

/**
 * An import takes 20,000 files. A GASEL batch packs to about a fourteenth and deflate cannot do better than 1 to 1,032:
 * 200 lies between what invoices do and what only a zip bomb does. 100 MB a file is EG Flow's limit.
 */
export const intakeLimits: IntakeLimits = {
  entries: 20_000,
  depth: 16,
  zipNesting: 2,
  totalBytes: 2_147_483_648,
  ratio: 200,
  ratioFromBytes: 1_048_576,
  nameLength: 1_024,
  fileBytes: 104_857_600,
};

/** Why a folder or a zip is refused as a whole. */
export type IntakeReason =
  | 'outside'
  | 'absolute'
  | 'name'
  | 'depth'
  | 'link'
  | 'duplicate'
  | 'encrypted'
  | 'zip64'
  | 'checksum'
  | 'damaged'
  | 'method'
  | 'entries'
  | 'total'
  | 'ratio'
  | 'nesting'
  | 'noInvoiceFiles';

/** What is said about a refusal: the entry it is about (null for the whole), and the limit. */
export interface IntakeFault {
  readonly reason: IntakeReason;
  readonly entry: string | null;
  readonly limit?: number;
}

/** Thrown inside the intake to stop at the first fault; never leaves it. */
export class IntakeStop extends Error {
  readonly error: AppError;

  constructor(error: AppError) {
    super(error.message);
    this.error = error;
  }
}

/** A stop for a fault of the folder or zip. */
export function stopAt(fault: IntakeFault): IntakeStop {
  return new IntakeStop(refusalOf(fault));
}

/** The refusal in English, for the command line and logs; screens use the catalogue. */
export function refusalOf({ reason, entry, limit }: IntakeFault): AppError {
  const shownEntry = entry === null ? '' : shownName(entry);
  const details = {
    reason,
    ...(entry === null ? {} : { entry: shownEntry }),
    ...(limit === undefined ? {} : { limit }),
  };
  return fail('INTAKE_REFUSED', englishWords(reason, shownEntry, String(limit ?? '')), details).error;
}

/** A name as it may be shown anywhere: no control or direction characters, at most 200 characters. */
export function shownName(name: string): string {
  const plain = name.toWellFormed().replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD');
  return plain.length <= 200 ? plain : `${plain.slice(0, 199).toWellFormed()}…`;
}

function englishWords(reason: IntakeReason, entry: string, limit: string): string {
  const nothing = 'Nothing of it was read.';
  switch (reason) {
    case 'outside':
      return `The entry ${entry} points outside the zip. ${nothing}`;
    case 'absolute':
      return `The entry ${entry} has an absolute name. ${nothing}`;
    case 'name':
      return `The entry ${entry} has a name that cannot be used: empty, longer than ${limit} characters, or with control characters. ${nothing}`;
    case 'depth':
      return `The entry ${entry} lies deeper than ${limit} folders. ${nothing}`;
    case 'link':
      return `The entry ${entry} is a link or a device, not a file. ${nothing}`;
    case 'duplicate':
      return `The name ${entry} stands twice in the zip. ${nothing}`;
    case 'encrypted':
      return `The entry ${entry} is encrypted. ${nothing} Make the zip without a password.`;
    case 'zip64':
      return `${entry === '' ? 'The zip' : `The entry ${entry}`} is in the zip64 form, which is for archives over 4 GB. ${nothing} Make an ordinary zip.`;
    case 'checksum':
      return `The entry ${entry} does not match its checksum: the zip is damaged. ${nothing} Make it or fetch it again.`;
    case 'damaged':
      return `The zip is damaged${entry === '' ? '' : ` at the entry ${entry}`}. ${nothing} Make it or fetch it again.`;
    case 'method':
      return `The entry ${entry} is packed in a way that is not read (only stored and deflate are). ${nothing} Make an ordinary zip.`;
    case 'entries':
      return `It holds more than ${limit} files and folders. ${nothing} Give smaller parts.`;
    case 'total':
      return `It unpacks to more than ${limit} bytes${entry === '' ? '' : ` (at the entry ${entry})`}. ${nothing} Give smaller parts.`;
    case 'ratio':
      return `${entry === '' ? 'The zip' : `The entry ${entry}`} unpacks to more than ${limit} times its packed size, as a zip bomb does. ${nothing}`;
    case 'nesting':
      return `The zip ${entry} lies more than ${limit} zips deep. ${nothing} Unpack it first.`;
    case 'noInvoiceFiles':
      return 'There is no invoice file in it.';
  }
}

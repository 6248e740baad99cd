// The port to the formats that can be read, and to the installation's own profiles. Types only.

import type { Result } from '../../shared/result.ts';
import type { FormatEntry, ProfileComplaint } from '../../shared/schema/format.ts';

/** An own profile that can't be used, with the reasons. */
export interface BrokenProfileFile {
  readonly fileName: string;
  readonly complaints: readonly ProfileComplaint[];
}

/** What a check of a profile gave. `entries` are the formats it would add; empty when something is wrong. */
export interface ProfileCheck {
  readonly complaints: readonly ProfileComplaint[];
  readonly entries: readonly FormatEntry[];
}

/** Formats and own profiles of one data folder. Everything is synchronous: a few small files. */
export interface FormatProfiles {
  /** Errors: UNREADABLE, VALIDATION_ERROR (the product's own profiles are damaged). */
  list(): Result<{ readonly formats: readonly FormatEntry[]; readonly broken: readonly BrokenProfileFile[] }>;
  /** Errors: UNREADABLE (the file), and those of `list`. */
  check(path: string): Result<ProfileCheck>;
  /** Copies a sound profile among the own ones; one with the same id is replaced. Errors: those of `check`, VALIDATION_ERROR with `details.complaints`. */
  add(path: string): Result<readonly FormatEntry[]>;
  /** Errors: NOT_FOUND (no own profile with this id). */
  remove(profileId: string): Result<null>;
}

// The port that turns what was dropped (files, folders, zips) into single files to import. Types only.

import type { AppError } from '../../shared/result.ts';
import type { LeftOutFile } from '../../shared/schema/batch.ts';

/** Something that was given: a file, a folder or a zip. */
export interface GivenPath {
  readonly path: string;
  readonly name: string;
  /** A file out of a folder that a browser took apart: left out when it is no invoice file, as one of a folder is. */
  readonly isFromFolder?: boolean;
}

/** A file to read. */
export interface FoundFile extends GivenPath {
  /** All of a small file, where it has been looked at already. */
  readonly content?: Uint8Array;
}

/** What was found in what was given. */
export interface OpenedIntake {
  /**
   * Files to read, in the order in which they were given, some at a time; those of folders and zips carry the name of what they came in (`november.zip/a.xml`).
   * To be gone through once: what was given is opened on the way, and what is said of the rest is complete at the end.
   */
  readonly files: AsyncIterable<readonly FoundFile[]>;
  /** Files of folders and zips that are no invoice files. */
  readonly leftOut: readonly LeftOutFile[];
  /** Folders, zips and files of which nothing is read. Codes: INTAKE_REFUSED (reason and entry in the details), FILE_TOO_LARGE, UNREADABLE, STORAGE_FULL, CANCELLED. */
  readonly refused: readonly { readonly fileName: string; readonly error: AppError }[];
  /** Removes what was unpacked; the files are not to be read after it. */
  close(): Promise<void>;
}

/** Opens folders and zips. A zip is unpacked whole or not at all, below the folder the intake was made with and nowhere else. */
export interface Intake {
  open(given: readonly GivenPath[], signal: AbortSignal): OpenedIntake;
}

// What an import is asked, has in hand and answers: the shapes its steps hand to each other. No work is done here.

import { fail } from '../../shared/result.ts';
import type { AppError } from '../../shared/result.ts';
import type { BatchSummary, ImportMode } from '../../shared/schema/batch.ts';
import type { Problem } from '../../shared/schema/problem.ts';
import type { StagedContent } from '../ports/content-store.ts';
import type { SingleReading } from '../ports/import-source.ts';
import type { HeldSource } from '../ports/source-store.ts';

/** A file to import, already approved by the host. */
export interface FileToImport {
  readonly path: string;
  readonly name: string;
  /** See GivenPath. */
  readonly isFromFolder?: boolean;
  /** See FoundFile. */
  readonly content?: Uint8Array;
}

/** A file that did not come in. */
export interface RefusedFile {
  readonly fileName: string;
  readonly error: AppError;
  readonly problems: readonly Problem[];
}

/** What an import did. */
export interface ImportReport {
  readonly batches: readonly BatchSummary[];
  readonly refused: readonly RefusedFile[];
}

/** How far an import has come. */
export interface ImportProgress {
  readonly doneBytes: number;
  /** Null while the files are being taken in: how much they hold is known afterwards. */
  readonly totalBytes: number | null;
  readonly invoices: number;
  readonly phase: 'reading' | 'storing';
}

/** What to import and how. */
export interface ImportRequest {
  /** All of them, or some at a time. */
  readonly files: readonly FileToImport[] | AsyncIterable<readonly FileToImport[]>;
  readonly mode: ImportMode;
  readonly ownerPid: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ImportProgress) => void;
}

/** A document of one invoice: it is read. */
export interface TakenSingle {
  readonly name: string;
  readonly source: HeldSource | StagedContent;
  readonly single: Extract<SingleReading, { kind: 'single' }>;
}

/** A file of many invoices, copied and still to be read. */
export interface TakenMany {
  readonly name: string;
  readonly source: StagedContent;
  readonly single: null;
}

/** A file that was taken in. */
export type TakenFile = TakenSingle | TakenMany;

/** Told how far one batch has come. */
export type Progressed = (doneBytes: number, invoices: number, phase?: ImportProgress['phase']) => void;

/** A file that was not imported because the import was cancelled. */
export function cancelled(fileName: string): RefusedFile {
  return {
    fileName,
    error: fail('CANCELLED', 'The import was cancelled. No invoice of this file was imported.').error,
    problems: [],
  };
}

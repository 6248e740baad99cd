// The port for a folder whose files are imported by themselves: what has settled in it, and where a file goes afterwards. Types only.

import type { Result } from '../../shared/result.ts';

/** A file that has not changed for the settle time. */
export interface SettledFile {
  readonly path: string;
  /** Unique in the folder. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly changedAtMs: number;
}

/** What a look at the folder showed. */
export interface FolderLook {
  readonly settled: readonly SettledFile[];
  /** Files that are there and have not been still for long enough. */
  readonly waiting: number;
}

/** One watched folder, with `done` and `failed` in it. */
export interface WatchedFolder {
  /** Looks at the files directly in the folder. A file is settled when two looks, the settle time apart, saw it the same. Error: UNREADABLE. */
  look(): Promise<Result<FolderLook>>;
  /**
   * Moves a file to `done` or `failed` under its own name, or the next free one (`a (2).xml`); never over another file. A note becomes a
   * text beside it. Null when the file has changed since it was settled: it stays, and is settled anew. Error: UNREADABLE.
   */
  moveTo(
    place: 'done' | 'failed',
    file: SettledFile,
    note: string | null,
  ): Promise<Result<{ readonly name: string } | null>>;
  /** Leaves a file where it is; it is told again a minute and the settle time later. */
  leave(file: SettledFile): void;
  /** Leaves a file where it is until it changes. */
  forget(file: SettledFile): void;
  /** Resolves when something in the folder changed, after `atMostMs`, or when the signal aborts. */
  changed(atMostMs: number, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

// The port for files kept by their SHA-256: frozen documents and receipts; source-store.ts adds what source files need. Content is never changed, only added.

import type { Result } from '../../shared/result.ts';

/** A kept file. */
export interface KeptContent {
  /** 64 hex characters. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** A part of a kept file. */
export interface ContentPart {
  readonly byteOffset: number;
  readonly byteLength: number;
  /** SHA-256 of the part's bytes, hex. */
  readonly sha256: string;
}

/** A file that was taken in but not kept yet. */
export interface StagedContent extends KeptContent {
  /** Where it lies meanwhile, for readers that stream. */
  readonly path: string;
}

/** How a file is taken in. */
export interface StageOptions {
  readonly signal?: AbortSignal;
  readonly largestBytes?: number;
}

/** One folder of content-addressed files. Errors: UNREADABLE (source), STORAGE_FULL, NOT_FOUND, STORE_DAMAGED (bytes no longer match their name). */
export interface ContentStore {
  /**
   * Copies a file byte for byte beside what is kept. It is kept only by {@link keep}; a start removes it otherwise.
   * Errors also: FILE_TOO_LARGE (nothing is copied then), CANCELLED.
   */
  stage(path: string, options?: StageOptions): Promise<Result<StagedContent>>;
  /** Begins to write staged files through to the disk, so that {@link keep} need not wait so long. */
  settle(staged: readonly StagedContent[]): void;
  /** Gives staged files their names; durable (synced) when it resolves. Repeating content that is kept is harmless. */
  keep(staged: readonly StagedContent[]): Promise<Result<null>>;
  /** Removes those of the staged files that were not kept. */
  discard(staged: readonly StagedContent[]): Promise<void>;
  /** Removes staged files of processes that are gone; `isProcessAlive` is asked with their ids. */
  discardLeftovers(isProcessAlive: (pid: number) => boolean): Promise<void>;
  /** Removes kept content, at once; false when the disk does not allow it. Only for content that nothing refers to. */
  remove(sha256: string): boolean;
  /** Writes bytes whose hash is known; durable when it resolves. Repeating it is harmless, and mends a kept file that was damaged. */
  keepBytes(bytes: Uint8Array, sha256: string): Promise<Result<KeptContent>>;
  /** Whole content, with its hash checked. */
  read(sha256: string): Promise<Result<Uint8Array>>;
  /** A part of the content, checked against the part's own hash: a source that was changed must not become somebody's invoice. */
  readPart(sha256: string, part: ContentPart): Promise<Result<Uint8Array>>;
  /** Where the file lies, for readers that stream. */
  pathOf(sha256: string): string;
}

// The port for files kept by their SHA-256: source files as they came, and frozen documents. Content is never changed, only added.

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

/** One folder of content-addressed files. Errors: UNREADABLE (source), STORAGE_FULL, NOT_FOUND, STORE_DAMAGED (bytes no longer match their name). */
export interface ContentStore {
  /** Copies a file byte for byte; durable (synced) when it resolves. Repeating it is harmless. */
  keepFile(path: string, signal?: AbortSignal): Promise<Result<KeptContent>>;
  /** Writes bytes whose hash is known; durable when it resolves. Repeating it is harmless, and mends a kept file that was damaged. */
  keepBytes(bytes: Uint8Array, sha256: string): Promise<Result<KeptContent>>;
  /** Whole content, with its hash checked. */
  read(sha256: string): Promise<Result<Uint8Array>>;
  /** A part of the content, checked against the part's own hash: a source that was changed must not become somebody's invoice. */
  readPart(sha256: string, part: ContentPart): Promise<Result<Uint8Array>>;
  /** Where the file lies, for readers that stream. */
  pathOf(sha256: string): string;
}

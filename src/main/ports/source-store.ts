// The port for source files as they came: large ones kept under their SHA-256, the small ones of one batch together in one pack. Content is never changed, only added.

import type { Result } from '../../shared/result.ts';
import type { ContentPart, ContentStore, KeptContent, StagedContent, StageOptions } from './content-store.ts';

/** A kept source file: where its bytes lie. */
export interface KeptSource {
  readonly sha256: string;
  /** The pack that holds it, and where in it; null for a file of its own. */
  readonly pack: SourcePackPlace | null;
}

/** A place in a pack. */
export interface SourcePackPlace {
  /** The batch's id. */
  readonly id: string;
  readonly byteOffset: number;
}

/** A small file that was taken in: all of it, in memory until it is in a pack. */
export interface HeldSource extends KeptContent {
  readonly bytes: Uint8Array;
}

/** What has to be removed with a batch that never came to be. */
export type UnusedSource =
  { readonly kind: 'file'; readonly sha256: string } | { readonly kind: 'pack'; readonly id: string };

/** Small files of one batch, one after the other in one file: created, synced and named once for all of them. */
export interface SourcePack {
  /** Appends files; the offset of the first one's first byte. After an error the pack can only be discarded. Errors: STORAGE_FULL, UNREADABLE. */
  add(files: readonly Uint8Array[]): Result<number>;
  /** Gives the pack its name; durable (synced) when it resolves. A pack that nothing was added to leaves no file. */
  keepAs(id: string): Promise<Result<null>>;
  /** Removes what was not kept. Harmless afterwards. */
  discard(): Promise<void>;
}

/** Source files. Errors as of {@link ContentStore}. */
export interface SourceStore extends Pick<
  ContentStore,
  'stage' | 'settle' | 'keep' | 'discard' | 'discardLeftovers' | 'read'
> {
  /** Takes a file in: a small one is held in memory, any other is staged. */
  take(path: string, options?: StageOptions): Promise<Result<HeldSource | StagedContent>>;
  /** The same for a small file that has been read: the bytes are not to be changed any more. */
  hold(content: Uint8Array): HeldSource;
  /** Stages a held file, which becomes a file of its own. */
  stageHeld(held: HeldSource): Promise<Result<StagedContent>>;
  /** Begins a pack. A start removes it unless it was kept. */
  newPack(): SourcePack;
  /** Removes kept content, at once; false when the disk does not allow it. Only for content that nothing refers to. */
  remove(unused: UnusedSource): boolean;
  /** A part of a kept file, checked against the part's own hash: a source that was changed must not become somebody's invoice. */
  readPart(kept: KeptSource, part: ContentPart): Promise<Result<Uint8Array>>;
  /** Where the file lies, for readers that stream: a path, and the offset of its first byte there. */
  locate(kept: KeptSource): { readonly path: string; readonly byteOffset: number };
}

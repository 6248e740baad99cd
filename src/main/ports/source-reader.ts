// The port for looking into a kept source file without reading it whole.

import type { SourceWindow } from '../../shared/schema/batch.ts';
import type { SourceContext } from './import-source.ts';

/** A kept source file with what is needed to find lines in it. */
export interface IndexedSource {
  readonly path: string;
  /** Where the source begins in the file at `path`: it may be one of several in a pack. */
  readonly byteOffset: number;
  readonly context: SourceContext;
  /** Byte offset of line 1, 1001, 2001, … */
  readonly lineIndex: readonly number[];
  readonly lineCount: number;
  readonly sizeBytes: number;
}

/** Which lines; a line longer than 2,000 characters is cut around `column`. */
export interface WindowRequest {
  readonly line: number;
  readonly column: number;
  readonly before: number;
  readonly after: number;
}

/** Reads windows and searches, by slices. */
export interface SourceReader {
  window(source: IndexedSource, request: WindowRequest): Promise<SourceWindow>;
  /** First hit at or after `fromColumn` (else the start) of `fromLine`, backwards the last one before it, or null (also when cancelled); plain text, letters' case aside; a hit never spans lines. */
  find(
    source: IndexedSource,
    text: string,
    options: {
      readonly fromLine: number;
      readonly fromColumn?: number;
      readonly isBackwards?: boolean;
      readonly signal: AbortSignal;
    },
  ): Promise<{ readonly line: number; readonly column: number } | null>;
}

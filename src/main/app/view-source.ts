// Windows into a batch's kept source file, and search in it. Personal numbers are covered before anything leaves the engine.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { coverPersonalNumbersIn } from '../domain/masking.ts';
import type { SourceWindow } from '../../shared/schema/batch.ts';
import type { IndexedSource, WindowRequest } from '../ports/source-reader.ts';
import type { AppContext } from './context.ts';

/** Which file of which batch. */
export interface SourceFileRef {
  readonly batchId: string;
  readonly fileOrdinal: number;
}

/** Some lines around a place. Errors: NOT_FOUND. */
export async function sourceWindow(
  context: AppContext,
  file: SourceFileRef,
  request: WindowRequest,
): Promise<Result<SourceWindow>> {
  const source = indexedSource(context, file);
  if (!source.ok) return source;
  const window = await context.sourceReader.window(source.value, request);
  return ok({ ...window, lines: window.lines.map((line) => ({ ...line, text: coverPersonalNumbersIn(line.text) })) });
}

/** First hit at or after a place, backwards the last one before it, or null. Errors: NOT_FOUND. */
export async function findInSource(
  context: AppContext,
  file: SourceFileRef,
  search: {
    readonly text: string;
    readonly fromLine: number;
    readonly fromColumn?: number;
    readonly isBackwards?: boolean;
    readonly signal: AbortSignal;
  },
): Promise<Result<{ readonly hit: { readonly line: number; readonly column: number } | null }>> {
  const source = indexedSource(context, file);
  return source.ok ? ok({ hit: await context.sourceReader.find(source.value, search.text, search) }) : source;
}

function indexedSource(context: AppContext, file: SourceFileRef): Result<IndexedSource> {
  const found = context.store.reads.batchFileSource(file.batchId, file.fileOrdinal);
  if (found === null) return fail('NOT_FOUND', 'There is no such file in this batch.', { ...file });
  return ok({ ...found, ...context.sources.locate(found) });
}

// Source files of an import: given their names for good, or removed again. No rows.

import type { StagedContent } from '../ports/content-store.ts';
import type { UnusedSource } from '../ports/source-store.ts';
import type { AppContext } from './context.ts';
import type { RefusedFile } from './import-work.ts';

/** Gives the files their names for good. Null, or why the disk did not take them. */
export async function keepAll(
  context: AppContext,
  staged: readonly StagedContent[],
): Promise<Omit<RefusedFile, 'fileName'> | null> {
  const kept = await context.sources.keep(staged);
  return kept.ok ? null : { error: kept.error, problems: [] };
}

/** Removes a source file, or a pack of them, that no batch has. */
export function removeSource(context: AppContext, unused: UnusedSource): void {
  if (!context.sources.remove(unused)) context.log.warn('an unused source file could not be removed', { ...unused });
}

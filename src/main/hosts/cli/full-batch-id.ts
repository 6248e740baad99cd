// A batch as the command line names it (a prefix, or the id inside the file), made the id the engine works with. No output.

import { fail, ok } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { LocalEngine } from '../../engine/local-engine.ts';

/** Null stays null: all batches. Errors: NOT_FOUND. */
export async function fullBatchId(engine: LocalEngine, batchId: string | null): Promise<Result<string | null>> {
  if (batchId === null) return ok(null);
  const found = await engine.call('batch.get', { batchId });
  return found.ok
    ? ok(found.value.batch.id)
    : fail('NOT_FOUND', `There is no batch ${batchId}. "utskick status" lists them.`);
}

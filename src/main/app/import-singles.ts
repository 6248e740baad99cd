// Stores documents of one invoice each that were dropped together as one batch. They are read before: a refused one leaves no trace.

import type { BatchSummary } from '../../shared/schema/batch.ts';
import type { SingleReading } from '../ports/import-source.ts';
import type { ImportedFile } from '../ports/store.ts';
import { actNow } from './context.ts';
import type { AppContext } from './context.ts';
import { cancelled } from './import-work.ts';
import type { GroupImport } from './import-work.ts';
import { keepAll, removeSource } from './keep-sources.ts';
import { nextTurn } from './next-turn.ts';
import { reviewHistory } from './review-history.ts';

/** Files stored in one transaction: some milliseconds. */
const filesPerTransaction = 200;

/** The batch, or null when it was cancelled or the disk did not take the files. */
export async function importSingles(context: AppContext, work: GroupImport): Promise<BatchSummary | null> {
  const { request, group, refused } = work;
  const { imports } = context.store;
  const batchId = context.newId();
  const drop = (): void => {
    imports.dropBatch(batchId, (unused) => {
      removeSource(context, unused);
    });
  };
  if (request.signal.aborted) return refuseAll(work);
  imports.beginBatch(
    {
      id: batchId,
      mode: request.mode,
      files: group.map(({ name, staged: { sizeBytes, sha256 } }, ordinal) => ({
        ordinal,
        fileName: name,
        sizeBytes,
        sha256,
      })),
      ownerPid: request.ownerPid,
    },
    actNow(context),
  );
  try {
    // Names are given while rows are stored; both are waited for.
    const keeping = keepAll(
      context,
      group.map(({ staged }) => staged),
    );
    const isStored = await storeAll(context, work, batchId);
    const failure = await keeping;
    if (failure !== null || !isStored) {
      drop();
      if (failure === null) return refuseAll(work);
      refused.push(...group.map(({ name }) => ({ fileName: name, ...failure })));
      return null;
    }
    await reviewHistory(context, batchId);
    return imports.finishBatch(batchId, actNow(context));
  } catch (error) {
    drop();
    throw error;
  }
}

function refuseAll({ group, refused }: GroupImport): null {
  refused.push(...group.map(({ name }) => cancelled(name)));
  return null;
}

/** False when the import was cancelled on the way. */
async function storeAll(context: AppContext, work: GroupImport, batchId: string): Promise<boolean> {
  let files: ImportedFile[] = [];
  let ordinal = 0;
  let doneBytes = 0;
  for (const [fileOrdinal, { single, staged }] of work.group.entries()) {
    if (single !== null) {
      files.push(placedIn(single, { fileOrdinal, ordinal }));
      ordinal += single.rows.length;
    }
    doneBytes += staged.sizeBytes;
    if (files.length < filesPerTransaction && fileOrdinal + 1 < work.group.length) continue;
    context.store.imports.addFiles(batchId, files);
    files = [];
    work.progressed(doneBytes, ordinal, 'storing');
    await nextTurn();
    if (work.request.signal.aborted) return false;
  }
  return true;
}

/** Ordinals count through all files of a batch; places name the file. */
function placedIn(
  single: Extract<SingleReading, { kind: 'single' }>,
  { fileOrdinal, ordinal: start }: { readonly fileOrdinal: number; readonly ordinal: number },
): ImportedFile {
  return {
    fileOrdinal,
    rows: single.rows.map((row) => ({ ...row, fileOrdinal, ordinal: row.ordinal + start })),
    problems: single.problems.map((problem) =>
      problem.invoiceOrdinal === null ? problem : { ...problem, invoiceOrdinal: problem.invoiceOrdinal + start },
    ),
    file: single.file,
  };
}

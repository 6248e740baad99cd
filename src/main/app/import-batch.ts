// Imports files: keeps them byte for byte, has them parsed and checked, and stores invoices and problems. All or nothing per batch.

import { localDay } from '../../shared/local-day.ts';
import type { BatchSummary, FormatId } from '../../shared/schema/batch.ts';
import { actNow } from './context.ts';
import type { AppContext } from './context.ts';
import { importSingles } from './import-singles.ts';
import { cancelled } from './import-work.ts';
import type {
  GroupImport,
  ImportProgress,
  ImportReport,
  ImportRequest,
  RefusedFile,
  TakenFile,
} from './import-work.ts';
import { keepAll, removeSource } from './keep-sources.ts';
import { nextTurn } from './next-turn.ts';
import { reviewHistory } from './review-history.ts';
import { takeIn } from './take-in.ts';

/**
 * Imports one drop. Files with many invoices become a batch each; single-invoice documents dropped together become one batch.
 * A refused file never stops the others. May be killed at any moment: the next start removes what is unfinished.
 */
export async function importBatch(context: AppContext, request: ImportRequest): Promise<ImportReport> {
  const refused: RefusedFile[] = [];
  const batches: BatchSummary[] = [];
  const taken = await takeIn(context, request, refused);
  try {
    const groups = groupIntoBatches(taken);
    const totalBytes = taken.reduce((sum, { staged }) => sum + staged.sizeBytes, 0);
    let doneBefore = 0;
    let invoicesBefore = 0;
    for (const [index, group] of groups.entries()) {
      const progressed = (doneBytes: number, invoices: number, phase: ImportProgress['phase'] = 'reading'): void => {
        request.onProgress({
          doneBytes: doneBefore + doneBytes,
          totalBytes,
          invoices: invoicesBefore + invoices,
          phase,
        });
      };
      const summary = await importGroup(context, { request, group, refused, progressed });
      doneBefore += group.reduce((sum, { staged }) => sum + staged.sizeBytes, 0);
      if (summary !== null) {
        invoicesBefore += summary.read;
        batches.push(summary);
        context.publish({ topic: 'batches', batchId: summary.id });
      }
      if (request.signal.aborted) {
        refused.push(...groups.slice(index + 1).flatMap((left) => left.map(({ name }) => cancelled(name))));
        break;
      }
    }
  } finally {
    await context.sources.discard(taken.map(({ staged }) => staged));
  }
  return { batches, refused };
}

/** Single-invoice documents of one format share a batch; every other file is a batch of its own. */
function groupIntoBatches(files: readonly TakenFile[]): TakenFile[][] {
  const singles = new Map<FormatId, TakenFile[]>();
  const groups: TakenFile[][] = [];
  for (const file of files) {
    if (file.single === null) {
      groups.push([file]);
      continue;
    }
    const group = singles.get(file.single.format);
    if (group === undefined) {
      const started = [file];
      singles.set(file.single.format, started);
      groups.push(started);
    } else group.push(file);
  }
  return groups;
}

/** One batch. Null when none of its files came in. */
function importGroup(context: AppContext, work: GroupImport): Promise<BatchSummary | null> {
  const [first] = work.group;
  if (first === undefined) return Promise.resolve(null);
  return first.single === null ? importManyInvoices(context, work, first) : importSingles(context, work);
}

/** A file with many invoices is stored while it is read. */
async function importManyInvoices(
  context: AppContext,
  work: GroupImport,
  { name, staged }: TakenFile,
): Promise<BatchSummary | null> {
  const { request, progressed } = work;
  const { imports } = context.store;
  const batchId = context.newId();
  const { sha256, sizeBytes } = staged;
  const drop = (): void => {
    imports.dropBatch(batchId, (unused) => removeSource(context, unused));
  };
  // The row stands before the file: a kept file always has one, and whoever finds an unfinished batch finds its file.
  imports.beginBatch(
    {
      id: batchId,
      mode: request.mode,
      files: [{ ordinal: 0, fileName: name, sizeBytes, sha256 }],
      ownerPid: request.ownerPid,
    },
    actNow(context),
  );
  let invoices = 0;
  try {
    context.sources.settle([staged]);
    const parsed = await context.parser.parse(staged.path, {
      signal: request.signal,
      today: localDay(context.clock.nowMs()),
      onChunk: async (chunk) => {
        imports.addChunk(batchId, 0, chunk);
        invoices += chunk.rows.length;
        progressed(chunk.doneBytes, invoices);
        await nextTurn();
      },
    });
    const refusal = parsed.ok ? await keepAll(context, [staged]) : parsed.refusal;
    if (!parsed.ok || refusal !== null) {
      if (refusal !== null) work.refused.push({ fileName: name, ...refusal });
      drop();
      return null;
    }
    imports.finishFile(batchId, 0, parsed.file);
    progressed(sizeBytes, invoices, 'storing');
    await reviewHistory(context, batchId);
    return imports.finishBatch(batchId, actNow(context));
  } catch (error) {
    drop();
    throw error;
  }
}

// Imports files: keeps them byte for byte, has them parsed and checked, and stores invoices and problems. All or nothing per batch.

import { localDay } from '../../shared/local-day.ts';
import type { BatchSummary, FormatId } from '../../shared/schema/batch.ts';
import type { StagedContent } from '../ports/content-store.ts';
import { actNow } from './context.ts';
import type { AppContext } from './context.ts';
import { SinglesBatch } from './import-singles.ts';
import { cancelled } from './import-work.ts';
import type {
  ImportReport,
  ImportRequest,
  Progressed,
  RefusedFile,
  TakenFile,
  TakenMany,
  TakenSingle,
} from './import-work.ts';
import { keepAll, removeSource } from './keep-sources.ts';
import { nextTurn } from './next-turn.ts';
import { reviewHistory } from './review-history.ts';
import { takeIn } from './take-in.ts';
import type { Taking } from './take-in.ts';

/**
 * Imports one drop. Files with many invoices become a batch each; single-invoice documents of one format dropped together become one batch.
 * A refused file never stops the others. May be killed at any moment: the next start removes what is unfinished.
 */
export async function importBatch(context: AppContext, request: ImportRequest): Promise<ImportReport> {
  const drop = new Drop(context, request);
  try {
    await takeIn(context, request, drop);
    return await drop.finish();
  } finally {
    await drop.close();
  }
}

/** What a drop becomes, in the order in which its files came. */
class Drop implements Taking {
  readonly refused: RefusedFile[] = [];
  readonly #context: AppContext;
  readonly #request: ImportRequest;
  readonly #groups: (SinglesBatch | TakenMany)[] = [];
  readonly #singles = new Map<FormatId, SinglesBatch>();
  readonly #staged: StagedContent[] = [];
  #invoices = 0;

  constructor(context: AppContext, request: ImportRequest) {
    this.#context = context;
    this.#request = request;
  }

  /** Single invoices that are stored so far. */
  get invoices(): number {
    return this.#invoices;
  }

  take(files: readonly TakenFile[]): void {
    const lots = new Map<SinglesBatch, TakenSingle[]>();
    for (const file of files) {
      if (!('bytes' in file.source)) this.#staged.push(file.source);
      if (file.single === null) this.#groups.push(file);
      else {
        const batch = this.#batchOf(file.single.format);
        const lot = lots.get(batch);
        if (lot === undefined) lots.set(batch, [file]);
        else lot.push(file);
      }
    }
    for (const [batch, lot] of lots) {
      batch.add(lot);
      this.#invoices += lot.length;
    }
  }

  async finish(): Promise<ImportReport> {
    const { refused } = this;
    const batches: BatchSummary[] = [];
    const totalBytes = this.#groups.reduce((sum, group) => sum + bytesOf(group), 0);
    let doneBefore = 0;
    let invoicesBefore = 0;
    for (const [index, group] of this.#groups.entries()) {
      const progressed: Progressed = (doneBytes, invoices, phase = 'reading') => {
        this.#request.onProgress({
          doneBytes: doneBefore + doneBytes,
          totalBytes,
          invoices: invoicesBefore + invoices,
          phase,
        });
      };
      const summary =
        group instanceof SinglesBatch
          ? await group.finish(refused, progressed)
          : await importManyInvoices(this.#context, { request: this.#request, refused, progressed }, group);
      doneBefore += bytesOf(group);
      if (summary !== null) {
        invoicesBefore += summary.read;
        batches.push(summary);
        this.#context.publish({ topic: 'batches', batchId: summary.id });
      }
      if (this.#request.signal.aborted) {
        refused.push(...this.#groups.slice(index + 1).flatMap((left) => namesOf(left).map(cancelled)));
        break;
      }
    }
    return { batches, refused };
  }

  /** Removes what did not become a batch. */
  async close(): Promise<void> {
    for (const batch of this.#singles.values()) await batch.close();
    await this.#context.sources.discard(this.#staged);
  }

  #batchOf(format: FormatId): SinglesBatch {
    const known = this.#singles.get(format);
    if (known !== undefined) return known;
    const batch = new SinglesBatch(this.#context, this.#request);
    this.#singles.set(format, batch);
    this.#groups.push(batch);
    return batch;
  }
}

function bytesOf(group: SinglesBatch | TakenMany): number {
  return group instanceof SinglesBatch ? group.sizeBytes : group.source.sizeBytes;
}

function namesOf(group: SinglesBatch | TakenMany): readonly string[] {
  return group instanceof SinglesBatch ? group.names : [group.name];
}

/** A file with many invoices is stored while it is read. */
async function importManyInvoices(
  context: AppContext,
  work: { readonly request: ImportRequest; readonly refused: RefusedFile[]; readonly progressed: Progressed },
  { name, source: staged }: TakenMany,
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

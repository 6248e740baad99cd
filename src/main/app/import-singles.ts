// Stores documents of one invoice each that were dropped together as one batch, lot by lot while the next ones are read. All or nothing.

import type { AppError } from '../../shared/result.ts';
import type { BatchSummary } from '../../shared/schema/batch.ts';
import type { StagedContent } from '../ports/content-store.ts';
import type { SourcePack } from '../ports/source-store.ts';
import type { ImportedFile } from '../ports/store.ts';
import { actNow } from './context.ts';
import type { AppContext } from './context.ts';
import { cancelled } from './import-work.ts';
import type { ImportRequest, Progressed, RefusedFile, TakenSingle } from './import-work.ts';
import { keepAll, removeSource } from './keep-sources.ts';
import { nextTurn } from './next-turn.ts';
import { reviewHistory } from './review-history.ts';

/** One batch on its way. Its small files go into one pack, so that a drop of thousands is written and synced as one file. */
export class SinglesBatch {
  readonly #context: AppContext;
  readonly #request: ImportRequest;
  readonly #id: string;
  readonly #pack: SourcePack;
  readonly #names: string[] = [];
  /** Files too large for the pack. */
  readonly #staged: StagedContent[] = [];
  #sizeBytes = 0;
  #invoices = 0;
  #failure: AppError | null = null;
  #state: 'new' | 'begun' | 'over' = 'new';

  constructor(context: AppContext, request: ImportRequest) {
    this.#context = context;
    this.#request = request;
    this.#id = context.newId();
    this.#pack = context.sources.newPack();
  }

  get names(): readonly string[] {
    return this.#names;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Stores the next files. Once the disk has refused one, or the import is cancelled, they are only named. */
  add(files: readonly TakenSingle[]): void {
    const first = this.#names.length;
    for (const { name, source } of files) {
      this.#names.push(name);
      this.#sizeBytes += source.sizeBytes;
    }
    if (this.#failure !== null || this.#request.signal.aborted) return;
    this.#begin();
    const packed = this.#pack.add(files.flatMap(({ source }) => ('bytes' in source ? [source.bytes] : [])));
    if (packed.ok) this.#context.store.imports.addFiles(this.#id, this.#place(files, first, packed.value));
    else this.#failure = packed.error;
  }

  /** Makes the batch visible. Null when it was cancelled or the disk did not take its files: `refused` names them then. */
  async finish(refused: RefusedFile[], progressed: Progressed): Promise<BatchSummary | null> {
    progressed(this.#sizeBytes, this.#invoices, 'storing');
    await nextTurn();
    const failure = this.#request.signal.aborted ? null : (this.#failure ?? (await this.#keep()));
    if (this.#request.signal.aborted || failure !== null) {
      await this.close();
      refused.push(
        ...this.#names.map((name) =>
          failure === null ? cancelled(name) : { fileName: name, error: failure, problems: [] },
        ),
      );
      return null;
    }
    await reviewHistory(this.#context, this.#id);
    const summary = this.#context.store.imports.finishBatch(this.#id, actNow(this.#context));
    this.#state = 'over';
    return summary;
  }

  /** Removes everything of a batch that was not finished. */
  async close(): Promise<void> {
    if (this.#state === 'begun')
      this.#context.store.imports.dropBatch(this.#id, (unused) => {
        removeSource(this.#context, unused);
      });
    this.#state = 'over';
    await this.#pack.discard();
  }

  /** The row stands before any file: whoever finds an unfinished batch finds what it kept. */
  #begin(): void {
    if (this.#state !== 'new') return;
    const { mode, ownerPid } = this.#request;
    this.#context.store.imports.beginBatch({ id: this.#id, mode, files: [], ownerPid }, actNow(this.#context));
    this.#state = 'begun';
  }

  async #keep(): Promise<AppError | null> {
    const packed = await this.#pack.keepAs(this.#id);
    if (!packed.ok) return packed.error;
    return (await keepAll(this.#context, this.#staged))?.error ?? null;
  }

  /** Ordinals count through all files of a batch; places name the file. */
  #place(files: readonly TakenSingle[], firstOrdinal: number, packOffset: number): ImportedFile[] {
    let offset = packOffset;
    return files.map(({ name, source, single }, index) => {
      const ordinal = firstOrdinal + index;
      const start = this.#invoices;
      this.#invoices += single.rows.length;
      const isPacked = 'bytes' in source;
      if (!isPacked) {
        this.#staged.push(source);
        this.#context.sources.settle([source]);
      }
      const { sha256, sizeBytes } = source;
      const place = isPacked ? offset : null;
      if (isPacked) offset += sizeBytes;
      return {
        ordinal,
        fileName: name,
        sizeBytes,
        sha256,
        packOffset: place,
        rows: single.rows.map((row) => ({ ...row, fileOrdinal: ordinal, ordinal: row.ordinal + start })),
        problems: single.problems.map((problem) =>
          problem.invoiceOrdinal === null ? problem : { ...problem, invoiceOrdinal: problem.invoiceOrdinal + start },
        ),
        file: single.file,
      };
    });
  }
}

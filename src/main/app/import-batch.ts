// Imports files: keeps them byte for byte, has them parsed and checked, and stores invoices and problems. All or nothing per batch.

import { localDay } from '../../shared/local-day.ts';
import { fail, ok } from '../../shared/result.ts';
import type { AppError, Result } from '../../shared/result.ts';
import type { BatchSummary, FormatId, ImportMode } from '../../shared/schema/batch.ts';
import type { Problem } from '../../shared/schema/problem.ts';
import type { ParsedChunk, ParsedFile } from '../ports/import-source.ts';
import type { ImportFile } from '../ports/store.ts';
import { actNow } from './context.ts';
import type { AppContext } from './context.ts';
import { nextTurn } from './next-turn.ts';

/** A file to import, already approved by the host. */
export interface FileToImport {
  readonly path: string;
  readonly name: string;
  /** See GivenPath. */
  readonly isFromFolder?: boolean;
}

/** A file that did not come in. */
export interface RefusedFile {
  readonly fileName: string;
  readonly error: AppError;
  readonly problems: readonly Problem[];
}

/** What an import did. */
export interface ImportReport {
  readonly batches: readonly BatchSummary[];
  readonly refused: readonly RefusedFile[];
}

/** How far an import has come. */
export interface ImportProgress {
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly invoices: number;
  readonly phase: 'reading' | 'storing';
}

/** What to import and how. */
export interface ImportRequest {
  readonly files: readonly FileToImport[];
  readonly mode: ImportMode;
  readonly ownerPid: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ImportProgress) => void;
}

interface KeptFile {
  readonly name: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly format: FormatId;
  readonly isSingleInvoice: boolean;
}

/**
 * Imports one drop. Files with many invoices become a batch each; single-invoice documents dropped together become one batch.
 * A refused file never stops the others. May be killed at any moment: the next start removes what is unfinished.
 */
export async function importBatch(context: AppContext, request: ImportRequest): Promise<ImportReport> {
  const refused: RefusedFile[] = [];
  const batches: BatchSummary[] = [];
  const kept = await keepFiles(context, request, refused);
  const groups = groupIntoBatches(kept);
  const totalBytes = kept.reduce((sum, file) => sum + file.sizeBytes, 0);
  let doneBefore = 0;
  let invoicesBefore = 0;
  for (const [index, group] of groups.entries()) {
    const progressed = (doneBytes: number, invoices: number): void => {
      request.onProgress({
        doneBytes: doneBefore + doneBytes,
        totalBytes,
        invoices: invoicesBefore + invoices,
        phase: 'reading',
      });
    };
    const summary = await importGroup(context, { request, group, refused, progressed });
    doneBefore += group.reduce((sum, file) => sum + file.sizeBytes, 0);
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
  return { batches, refused };
}

/** Detects, refuses what was imported before, and copies the rest into the source folder. */
async function keepFiles(context: AppContext, request: ImportRequest, refused: RefusedFile[]): Promise<KeptFile[]> {
  const kept: KeptFile[] = [];
  const seen = new Set<string>();
  for (const file of request.files) {
    if (request.signal.aborted) {
      refused.push(cancelled(file.name));
      continue;
    }
    const detected = await context.parser.detect(file.path);
    if (!detected.ok) {
      refused.push({ fileName: file.name, ...detected.refusal });
      continue;
    }
    const content = await context.sources.keepFile(file.path, request.signal);
    if (!content.ok) {
      refused.push({ fileName: file.name, error: content.error, problems: [] });
      continue;
    }
    const earlier = refuseImportedBefore(context, content.value.sha256);
    if (!earlier.ok || seen.has(content.value.sha256)) {
      const error = earlier.ok
        ? fail('ALREADY_IMPORTED', 'The same file was given twice; it is imported once.', {
            sha256: content.value.sha256,
          }).error
        : earlier.error;
      refused.push({ fileName: file.name, error, problems: [] });
      continue;
    }
    seen.add(content.value.sha256);
    kept.push({
      name: file.name,
      sha256: content.value.sha256,
      sizeBytes: content.value.sizeBytes,
      format: detected.format,
      isSingleInvoice: detected.isSingleInvoice,
    });
  }
  return kept;
}

function refuseImportedBefore(context: AppContext, sha256: string): Result<null> {
  const earlier = context.store.imports.findImportOf(sha256);
  if (earlier === null) return ok(null);
  return fail(
    'ALREADY_IMPORTED',
    `The same file was imported before, as ${earlier.fileName} (batch ${earlier.batchId}). Nothing was imported again.`,
    { ...earlier, sha256 },
  );
}

/** Single-invoice documents of one format share a batch; every other file is a batch of its own. */
function groupIntoBatches(files: readonly KeptFile[]): KeptFile[][] {
  const singles = new Map<FormatId, KeptFile[]>();
  const groups: KeptFile[][] = [];
  for (const file of files) {
    if (!file.isSingleInvoice) {
      groups.push([file]);
      continue;
    }
    const group = singles.get(file.format);
    if (group === undefined) {
      const started = [file];
      singles.set(file.format, started);
      groups.push(started);
    } else group.push(file);
  }
  return groups;
}

interface GroupImport {
  readonly request: ImportRequest;
  readonly group: readonly KeptFile[];
  readonly refused: RefusedFile[];
  readonly progressed: (doneBytes: number, invoices: number) => void;
}

/** One batch. Null when none of its files came in. */
function importGroup(context: AppContext, work: GroupImport): Promise<BatchSummary | null> {
  const [first] = work.group;
  if (first === undefined) return Promise.resolve(null);
  return first.isSingleInvoice ? importSingleInvoices(context, work) : importManyInvoices(context, work, first);
}

/** A file with many invoices is stored while it is read. */
async function importManyInvoices(
  context: AppContext,
  work: GroupImport,
  file: KeptFile,
): Promise<BatchSummary | null> {
  const { request, progressed } = work;
  const { imports } = context.store;
  const batchId = context.newId();
  imports.beginBatch(
    { id: batchId, mode: request.mode, files: [asImportFile(file, 0)], ownerPid: request.ownerPid },
    actNow(context),
  );
  let invoices = 0;
  try {
    const parsed = await context.parser.parse(context.sources.pathOf(file.sha256), {
      signal: request.signal,
      today: localDay(context.clock.nowMs()),
      onChunk: async (chunk) => {
        imports.addChunk(batchId, 0, chunk);
        invoices += chunk.rows.length;
        progressed(chunk.doneBytes, invoices);
        await nextTurn();
      },
    });
    if (!parsed.ok) {
      work.refused.push({ fileName: file.name, ...parsed.refusal });
      imports.dropBatch(batchId);
      return null;
    }
    imports.finishFile(batchId, 0, parsed.file);
    request.onProgress({ doneBytes: file.sizeBytes, totalBytes: file.sizeBytes, invoices, phase: 'storing' });
    return imports.finishBatch(batchId, actNow(context));
  } catch (error) {
    imports.dropBatch(batchId);
    throw error;
  }
}

/** Single-invoice documents are read first and stored together, so that a refused one leaves no trace in the batch. */
async function importSingleInvoices(context: AppContext, work: GroupImport): Promise<BatchSummary | null> {
  const { request, progressed } = work;
  const read: { readonly file: KeptFile; readonly chunks: ParsedChunk[]; readonly parsed: ParsedFile }[] = [];
  let doneBytes = 0;
  for (const [index, file] of work.group.entries()) {
    const chunks: ParsedChunk[] = [];
    const parsed = await context.parser.parse(context.sources.pathOf(file.sha256), {
      signal: request.signal,
      today: localDay(context.clock.nowMs()),
      onChunk: (chunk) => {
        chunks.push(chunk);
        return Promise.resolve();
      },
    });
    if (parsed.ok) read.push({ file, chunks, parsed: parsed.file });
    else work.refused.push({ fileName: file.name, ...parsed.refusal });
    if (request.signal.aborted) {
      const others = [...read.map((done) => done.file), ...work.group.slice(index + 1)];
      work.refused.push(...others.map(({ name }) => cancelled(name)));
      return null;
    }
    doneBytes += file.sizeBytes;
    progressed(doneBytes, read.length);
  }
  return read.length === 0 ? null : storeSingleInvoices(context, request, read);
}

async function storeSingleInvoices(
  context: AppContext,
  request: ImportRequest,
  read: readonly { readonly file: KeptFile; readonly chunks: readonly ParsedChunk[]; readonly parsed: ParsedFile }[],
): Promise<BatchSummary> {
  const { imports } = context.store;
  const batchId = context.newId();
  imports.beginBatch(
    {
      id: batchId,
      mode: request.mode,
      files: read.map(({ file }, ordinal) => asImportFile(file, ordinal)),
      ownerPid: request.ownerPid,
    },
    actNow(context),
  );
  try {
    let ordinal = 0;
    for (const [fileOrdinal, { chunks, parsed }] of read.entries()) {
      for (const chunk of chunks) {
        imports.addChunk(batchId, fileOrdinal, fromOrdinal(chunk, fileOrdinal, ordinal));
        ordinal += chunk.rows.length;
      }
      imports.finishFile(batchId, fileOrdinal, parsed);
      await nextTurn();
    }
    return imports.finishBatch(batchId, actNow(context));
  } catch (error) {
    imports.dropBatch(batchId);
    throw error;
  }
}

function asImportFile(file: KeptFile, ordinal: number): ImportFile {
  return { ordinal, fileName: file.name, sizeBytes: file.sizeBytes, sha256: file.sha256 };
}

/** Ordinals count through all files of a batch; places name the file. */
function fromOrdinal(chunk: ParsedChunk, fileOrdinal: number, start: number): ParsedChunk {
  return {
    ...chunk,
    rows: chunk.rows.map((row) => ({ ...row, fileOrdinal, ordinal: row.ordinal + start })),
    problems: chunk.problems.map((problem) =>
      problem.invoiceOrdinal === null ? problem : { ...problem, invoiceOrdinal: problem.invoiceOrdinal + start },
    ),
  };
}

function cancelled(fileName: string): RefusedFile {
  return {
    fileName,
    error: fail('CANCELLED', 'The import was cancelled. No invoice of this file was imported.').error,
    problems: [],
  };
}

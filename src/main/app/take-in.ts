// Takes the files of a drop in: copies each, refuses what was imported before, and reads those that are one invoice. Nothing is stored.

import { localDay } from '../../shared/local-day.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { StagedContent, TakenContent } from '../ports/content-store.ts';
import type { AppContext } from './context.ts';
import { cancelled } from './import-work.ts';
import type { FileToImport, ImportRequest, RefusedFile, TakenFile } from './import-work.ts';
import { nextTurn } from './next-turn.ts';

/** Files read by one request to the parser: while it reads them, the next ones are copied. */
const filesPerReading = 64;
/** Such requests under way: more would only hold files in memory that nobody reads yet. */
const readingsAhead = 4;
/** Small files are copied without giving way; this often others get their turn. */
const turnMs = 8;

interface Staged {
  readonly name: string;
  readonly staged: TakenContent;
}

/** The files that can be imported, in their order. What is copied must be kept or discarded by the caller. */
export async function takeIn(
  context: AppContext,
  request: ImportRequest,
  refused: RefusedFile[],
): Promise<readonly TakenFile[]> {
  context.parser.warm();
  const seen = new Set<string>();
  const readings: Promise<readonly TakenFile[]>[] = [];
  let waiting: Staged[] = [];
  let turnEndsMs = context.clock.monotonicMs() + turnMs;
  let doneBytes = 0;
  const read = (): void => {
    const files = waiting;
    waiting = [];
    const reading = readSingles(context, { request, files, refused });
    // A rejection is seen where the promise is awaited.
    reading.catch(() => undefined);
    readings.push(reading);
  };
  for (const file of request.files) {
    const staged = await stage(context, { request, file, seen });
    if (!staged.ok) refused.push(staged.error);
    else {
      waiting.push(staged.value);
      doneBytes += staged.value.staged.sizeBytes;
      if (waiting.length === filesPerReading) {
        read();
        await readings.at(-readingsAhead);
      }
    }
    if (context.clock.monotonicMs() < turnEndsMs) continue;
    request.onProgress({ doneBytes, totalBytes: null, invoices: 0, phase: 'reading' });
    await nextTurn();
    turnEndsMs = context.clock.monotonicMs() + turnMs;
  }
  if (waiting.length > 0) read();
  return (await Promise.all(readings)).flat();
}

/** Copies one file, or says why not. */
async function stage(
  context: AppContext,
  work: { readonly request: ImportRequest; readonly file: FileToImport; readonly seen: Set<string> },
): Promise<Result<Staged, RefusedFile>> {
  const { file, request, seen } = work;
  const { name } = file;
  if (request.signal.aborted) return { ok: false, error: cancelled(name) };
  const staged = await context.sources.stage(file.path, {
    signal: request.signal,
    largestBytes: context.parser.largestFileBytes,
  });
  if (!staged.ok) return { ok: false, error: await refusalOf(context, file, staged) };
  const { sha256 } = staged.value;
  if (!seen.has(sha256)) {
    seen.add(sha256);
    return ok({ name, staged: staged.value });
  }
  await context.sources.discard([staged.value]);
  const { error } = fail('ALREADY_IMPORTED', 'The same file was given twice; it is imported once.', { sha256 });
  return { ok: false, error: { fileName: name, error, problems: [] } };
}

/** The parser's words for a file that cannot be read; the copy's own for what the data folder does. */
async function refusalOf(
  context: AppContext,
  { path, name }: FileToImport,
  failed: Extract<Result<never>, { ok: false }>,
): Promise<RefusedFile> {
  const isCancelled = failed.error.code === 'CANCELLED';
  const detected = isCancelled ? null : await context.parser.detect(path);
  return detected?.ok === false
    ? { fileName: name, ...detected.refusal }
    : { fileName: name, error: failed.error, problems: [] };
}

/** Refuses the files that were imported before; returns the others. */
async function refuseImportedBefore(
  context: AppContext,
  files: readonly Staged[],
  refused: RefusedFile[],
): Promise<readonly Staged[]> {
  const earlier = context.store.imports.findImportsOf(files.map(({ staged }) => staged.sha256));
  if (earlier.size === 0) return files;
  const left: Staged[] = [];
  for (const file of files) {
    const { sha256 } = file.staged;
    const before = earlier.get(sha256);
    if (before === undefined) {
      left.push(file);
      continue;
    }
    const { error } = fail(
      'ALREADY_IMPORTED',
      `The same file was imported before, as ${before.fileName} (batch ${before.batchId}). Nothing was imported again.`,
      { ...before, sha256 },
    );
    refused.push({ fileName: file.name, error, problems: [] });
    await context.sources.discard([file.staged]);
  }
  return left;
}

/** Reads those of the files that are one invoice; refuses what is no invoice file at all. */
async function readSingles(
  context: AppContext,
  work: { readonly request: ImportRequest; readonly files: readonly Staged[]; readonly refused: RefusedFile[] },
): Promise<readonly TakenFile[]> {
  const { request, refused } = work;
  const files = await refuseImportedBefore(context, work.files, refused);
  const readings = await context.parser.readSingles(
    files.map(({ staged }) => staged),
    { signal: request.signal, today: localDay(context.clock.nowMs()) },
  );
  const taken: TakenFile[] = [];
  for (const [index, file] of files.entries()) {
    const reading = readings[index];
    if (reading === undefined) continue;
    if (reading.kind !== 'refused')
      taken.push({
        name: file.name,
        staged: withoutBytes(file.staged),
        single: reading.kind === 'single' ? reading : null,
      });
    else {
      refused.push({ fileName: file.name, ...reading.refusal });
      await context.sources.discard([file.staged]);
    }
  }
  // Files of many invoices are written through while they are read.
  context.sources.settle(taken.filter(({ single }) => single !== null).map(({ staged }) => staged));
  return taken;
}

/** A drop of thousands of files is not held in memory. */
function withoutBytes({ sha256, sizeBytes, path }: TakenContent): StagedContent {
  return { sha256, sizeBytes, path };
}

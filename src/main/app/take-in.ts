// Takes the files of a drop in: reads or copies each, refuses what was imported before, and has those read that are one invoice. Stores nothing.

import { localDay } from '../../shared/local-day.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { SingleReading, SingleToRead } from '../ports/import-source.ts';
import type { StagedContent } from '../ports/content-store.ts';
import type { HeldSource } from '../ports/source-store.ts';
import type { AppContext } from './context.ts';
import { cancelled } from './import-work.ts';
import type { FileToImport, ImportRequest, RefusedFile, TakenFile } from './import-work.ts';
import { nextTurn } from './next-turn.ts';

/** Files read by one request to the parser: while it reads them, the next ones are taken in … */
const filesPerLot = 128;
/** … or fewer, when they are this large together: they are in memory until they are stored. */
const bytesPerLot = 1_048_576;
/** Such requests under way: more would only hold files in memory that nobody reads yet. */
const lotsAhead = 4;
/** Small files are taken in without giving way; this often others get their turn. */
const turnMs = 8;

/** Where the files of a drop go. */
export interface Taking {
  readonly refused: RefusedFile[];
  /** Invoices that are stored already. */
  readonly invoices: number;
  /** Lots come in the order of their files. What is staged is the taker's from here on, to keep or discard. */
  take(files: readonly TakenFile[]): void;
}

interface Given {
  readonly name: string;
  readonly source: HeldSource | StagedContent;
}

/** Hands every file that can be imported to the taker, in their order. Once it has ended, well or not, the taker is given nothing more. */
export async function takeIn(context: AppContext, request: ImportRequest, taking: Taking): Promise<void> {
  context.parser.warm();
  const lots = new Lots(context, request, taking);
  try {
    await takeAll(context, { request, taking, lots });
    await lots.end();
  } catch (error) {
    await lots.giveUp();
    throw error;
  }
}

async function takeAll(
  context: AppContext,
  { request, taking, lots }: { readonly request: ImportRequest; readonly taking: Taking; readonly lots: Lots },
): Promise<void> {
  const seen = new Set<string>();
  let turnEndsMs = context.clock.monotonicMs() + turnMs;
  let doneBytes = 0;
  for await (const files of inLots(request.files))
    for (const file of files) {
      const opened = open(context, { request, file, seen });
      const given = opened instanceof Promise ? await opened : opened;
      if (!given.ok) taking.refused.push(given.error);
      else {
        doneBytes += given.value.source.sizeBytes;
        const isFull = lots.add(given.value);
        if (isFull) await lots.room();
      }
      if (context.clock.monotonicMs() < turnEndsMs) continue;
      request.onProgress({ doneBytes, totalBytes: null, invoices: taking.invoices, phase: 'reading' });
      await nextTurn();
      turnEndsMs = context.clock.monotonicMs() + turnMs;
    }
}

function inLots(
  files: ImportRequest['files'],
): Iterable<readonly FileToImport[]> | AsyncIterable<readonly FileToImport[]> {
  return Symbol.asyncIterator in files ? files : [files];
}

/** Files that go to the parser together. */
class Lots {
  readonly #context: AppContext;
  readonly #request: ImportRequest;
  readonly #taking: Taking;
  #files: Given[] = [];
  #bytes = 0;
  /** Each lot is taken after the one before. */
  readonly #taken: Promise<void>[] = [];
  /** What the taker has not got. */
  readonly #staged = new Set<StagedContent>();

  constructor(context: AppContext, request: ImportRequest, taking: Taking) {
    this.#context = context;
    this.#request = request;
    this.#taking = taking;
  }

  /** True when a lot went to the parser: see `room`. */
  add(given: Given): boolean {
    this.#files.push(given);
    if ('bytes' in given.source) this.#bytes += given.source.sizeBytes;
    else this.#staged.add(given.source);
    if (this.#files.length < filesPerLot && this.#bytes < bytesPerLot) return false;
    this.#send();
    return true;
  }

  /** Waits while too many are under way. */
  async room(): Promise<void> {
    await this.#taken.at(-lotsAhead);
  }

  async end(): Promise<void> {
    if (this.#files.length > 0) this.#send();
    await this.#taken.at(-1);
  }

  /** Waits for all that is under way, whatever becomes of it, and discards what the taker never got. */
  async giveUp(): Promise<void> {
    await Promise.allSettled(this.#taken);
    await this.#context.sources.discard([...this.#staged]);
  }

  #send(): void {
    const { left, before } = refuseImportedBefore(this.#context, this.#files, this.#taking.refused);
    this.#files = [];
    this.#bytes = 0;
    const readings = readAll(this.#context, this.#request, left.map(asToRead));
    const taken = this.#takeAfter(this.#taken.at(-1), { left, before, readings });
    // Rejections are seen where the promises are awaited.
    readings.catch(() => undefined);
    taken.catch(() => undefined);
    this.#taken.push(taken);
  }

  async #takeAfter(
    previous: Promise<void> | undefined,
    lot: {
      readonly left: readonly Given[];
      readonly before: readonly Given['source'][];
      readonly readings: Promise<readonly SingleReading[]>;
    },
  ): Promise<void> {
    const readings = await lot.readings;
    await previous;
    await discard(this.#context, lot.before);
    const files = await this.#judge(lot.left, readings);
    for (const { source } of files) if (!('bytes' in source)) this.#staged.delete(source);
    this.#taking.take(files);
  }

  /** What each file of a lot is. What is no invoice file is refused. */
  async #judge(files: readonly Given[], readings: readonly SingleReading[]): Promise<readonly TakenFile[]> {
    const taken: TakenFile[] = [];
    for (const [at, { name, source }] of files.entries()) {
      const reading = readings[at];
      if (reading?.kind === 'single') taken.push({ name, source, single: reading });
      else if (reading?.kind === 'refused') await this.#refuse({ name, source }, reading);
      else taken.push(...(await this.#judgeAsFile({ name, source }, reading?.kind === 'several')));
    }
    return taken;
  }

  /** Small files of many invoices, and those with anything unusual, go the same way as large ones. */
  async #judgeAsFile({ name, source }: Given, isSeveral: boolean): Promise<readonly TakenFile[]> {
    const staged = 'bytes' in source ? await this.#context.sources.stageHeld(source) : ok(source);
    if (!staged.ok) {
      this.#taking.refused.push({ fileName: name, error: staged.error, problems: [] });
      return [];
    }
    this.#staged.add(staged.value);
    const many: TakenFile = { name, source: staged.value, single: null };
    if (isSeveral) return [many];
    const [reading] = await readAll(this.#context, this.#request, [asToRead(many)]);
    if (reading?.kind === 'single') return [{ ...many, single: reading }];
    if (reading?.kind !== 'refused') return [many];
    await this.#refuse(many, reading);
    return [];
  }

  async #refuse({ name, source }: Given, { refusal }: Extract<SingleReading, { kind: 'refused' }>): Promise<void> {
    this.#taking.refused.push({ fileName: name, ...refusal });
    await discard(this.#context, [source]);
  }
}

function readAll(
  context: AppContext,
  { signal }: ImportRequest,
  files: readonly SingleToRead[],
): Promise<readonly SingleReading[]> {
  return files.length === 0
    ? Promise.resolve([])
    : context.parser.readSingles(files, { signal, today: localDay(context.clock.nowMs()) });
}

function asToRead({ source }: Pick<Given, 'source'>): SingleToRead {
  return 'bytes' in source ? { bytes: source.bytes } : { path: source.path };
}

async function discard(context: AppContext, sources: readonly Given['source'][]): Promise<void> {
  const staged = sources.flatMap((source) => ('bytes' in source ? [] : [source]));
  if (staged.length > 0) await context.sources.discard(staged);
}

interface Opening {
  readonly request: ImportRequest;
  readonly file: FileToImport;
  readonly seen: Set<string>;
}

type Opened = Result<Given, RefusedFile>;

/** Opens one file, or says why not. One that was read already costs no turn of the event loop. */
function open(context: AppContext, work: Opening): Opened | Promise<Opened> {
  const { file, request, seen } = work;
  const { name, content } = file;
  if (request.signal.aborted) return { ok: false, error: cancelled(name) };
  if (content === undefined) return take(context, work);
  const source = context.sources.hold(content);
  return isNew(seen, source) ? ok({ name, source }) : givenTwice(name, source);
}

async function take(context: AppContext, { file, request, seen }: Opening): Promise<Opened> {
  const { name, path } = file;
  const { largestFileBytes } = context.parser;
  const source = await context.sources.take(path, { signal: request.signal, largestBytes: largestFileBytes });
  if (!source.ok) return { ok: false, error: await refusalOf(context, file, source) };
  if (isNew(seen, source.value)) return ok({ name, source: source.value });
  await discard(context, [source.value]);
  return givenTwice(name, source.value);
}

function isNew(seen: Set<string>, { sha256 }: Given['source']): boolean {
  const isThere = seen.has(sha256);
  seen.add(sha256);
  return !isThere;
}

function givenTwice(fileName: string, { sha256 }: Given['source']): Opened {
  const { error } = fail('ALREADY_IMPORTED', 'The same file was given twice; it is imported once.', { sha256 });
  return { ok: false, error: { fileName, error, problems: [] } };
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

/** Refuses the files that were imported before. */
function refuseImportedBefore(
  context: AppContext,
  files: readonly Given[],
  refused: RefusedFile[],
): { readonly left: readonly Given[]; readonly before: readonly Given['source'][] } {
  const earlier = context.store.imports.findImportsOf(files.map(({ source }) => source.sha256));
  if (earlier.size === 0) return { left: files, before: [] };
  const left: Given[] = [];
  const before: Given['source'][] = [];
  for (const file of files) {
    const { sha256 } = file.source;
    const known = earlier.get(sha256);
    if (known === undefined) {
      left.push(file);
      continue;
    }
    const { error } = fail(
      'ALREADY_IMPORTED',
      `The same file was imported before, as ${known.fileName} (batch ${known.batchId}). Nothing was imported again.`,
      { ...known, sha256 },
    );
    refused.push({ fileName: file.name, error, problems: [] });
    before.push(file.source);
  }
  return { left, before };
}

// The parser port over one worker thread: starts it when needed, feeds it one file after the other, and answers also when it dies.

import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ProfileLibrary } from '../formats/load-profiles.ts';
import type { ProfileFolders } from '../formats/load-profiles.ts';
import { detectSource } from '../formats/read-source.ts';
import { largestFileBytes, refuseCancelled, refuseUnreadable } from '../formats/refusal.ts';
import type { FileRefusal, ParseOptions, SingleReading, SingleToRead, SourceParser } from '../ports/import-source.ts';
import { RowHashes } from './row-hashes.ts';
import type { ChunkOnTheWay, SingleOnTheWay, XmlReply, XmlRequest, XmlWorkerData } from './xml-protocol.ts';

/** Heap of the worker. A file's duplicates and one chunk need far less; a runaway ends as an error, not as a full machine. */
const workerHeapMb = 192;
/** Its young generation: what is read of one invoice is dead by the next one, so a larger one only costs memory. */
const workerYoungMb = 24;
/** An unused worker is ended after this time: it costs about 40 MB. Starting another takes nearly half a second, and it has to become warm again. */
const idleMs = 600_000;

/** What the pool needs. */
export interface XmlPoolOptions {
  /** The worker's entry, `.ts` from source or `.js` when built. */
  readonly workerUrl: URL;
  /** The product's resources; profiles lie in its folder `profiles`. */
  readonly resourcesDir: string;
  /** Folder of the installation's own profiles; left out for none. */
  readonly ownProfilesDir?: string;
}

type ParseResult = Awaited<ReturnType<SourceParser['parse']>>;

/** Makes the parser. Files given at the same time are read one after the other. */
export function createXmlPool(options: XmlPoolOptions): SourceParser {
  return new XmlPool(options);
}

class XmlPool implements SourceParser {
  readonly #workerUrl: URL;
  readonly #folders: ProfileFolders;
  readonly #library: ProfileLibrary;
  #worker: Worker | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #jobs = 0;
  #idle: NodeJS.Timeout | null = null;
  #isClosed = false;

  constructor(options: XmlPoolOptions) {
    this.#workerUrl = options.workerUrl;
    this.#folders = { builtIn: join(options.resourcesDir, 'profiles'), own: options.ownProfilesDir ?? null };
    this.#library = new ProfileLibrary(this.#folders);
  }

  /** Reads the first piece of the file in this thread: about a millisecond. */
  async detect(path: string): ReturnType<SourceParser['detect']> {
    const profiles = this.#library.current();
    return profiles.ok
      ? detectSource(path, profiles.value)
      : { ok: false, refusal: { error: profiles.error, problems: [] } };
  }

  get largestFileBytes(): number {
    return largestFileBytes;
  }

  warm(): void {
    if (this.#isClosed) return;
    this.#worker ??= this.#start();
    this.#endWhenIdle();
  }

  parse(path: string, options: ParseOptions): Promise<ParseResult> {
    return this.#inTurn(options.signal, {
      cancelled: () => ({ ok: false, refusal: refuseCancelled() }),
      run: (worker, jobId) => parseIn(worker, jobId, { path, ...options }),
    });
  }

  readSingles(
    files: readonly SingleToRead[],
    options: Omit<ParseOptions, 'onChunk'>,
  ): Promise<readonly SingleReading[]> {
    const all = (refusal: FileRefusal): SingleReading[] => files.map(() => ({ kind: 'refused', refusal }));
    const packed = packSingles(files);
    return this.#inTurn<readonly SingleReading[]>(options.signal, {
      cancelled: () => all(refuseCancelled()),
      run: (worker, jobId) => ({
        worker,
        signal: options.signal,
        request: { kind: 'singles', jobId, ...packed, today: options.today, ...ownTerms(options) },
        onReply: (reply, end) => {
          if (reply.kind === 'singles') end(reply.readings);
          return undefined;
        },
        refused: all,
      }),
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#idle !== null) clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
    await this.#queue;
  }

  #inTurn<T>(signal: AbortSignal, work: Work<T>): Promise<T> {
    const done = this.#queue.then(() => this.#runNow(signal, work));
    this.#queue = done.catch(() => undefined);
    return done;
  }

  async #runNow<T>(signal: AbortSignal, { cancelled, run }: Work<T>): Promise<T> {
    if (signal.aborted || this.#isClosed) return cancelled();
    if (this.#idle !== null) clearTimeout(this.#idle);
    const worker = (this.#worker ??= this.#start());
    const spec = run(worker, ++this.#jobs);
    const job = new WorkerJob(spec);
    try {
      return await job.run();
    } finally {
      await spec.close?.();
      if (job.isBroken && this.#worker === worker) {
        this.#worker = null;
        await worker.terminate();
      }
      this.#endWhenIdle();
    }
  }

  #endWhenIdle(): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.#stopIdle(), idleMs).unref();
  }

  #start(): Worker {
    const workerData: XmlWorkerData = { profiles: this.#folders };
    const worker = new Worker(this.#workerUrl, {
      name: 'xml',
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: workerHeapMb, maxYoungGenerationSizeMb: workerYoungMb },
    });
    worker.unref();
    worker.once('exit', () => {
      if (this.#worker === worker) this.#worker = null;
    });
    // Without a listener an error between two jobs would end the process; the exit above is what counts.
    worker.on('error', () => undefined);
    return worker;
  }

  async #stopIdle(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }
}

/** A job for the worker once it is its turn. */
interface Work<T> {
  cancelled(): T;
  run(worker: Worker, jobId: number): JobSpec<T>;
}

interface JobSpec<T> {
  readonly worker: Worker;
  readonly signal: AbortSignal;
  readonly request: Extract<XmlRequest, { kind: 'parse' | 'singles' }>;
  /** Called for each reply of the job; a promise it returns is waited for before the job ends, and its rejection ends the job. */
  readonly onReply: (reply: XmlReply, end: (value: T) => void) => Promise<void> | undefined;
  readonly refused: (refusal: FileRefusal) => T;
  /** Called when the job is over, however it ended. */
  readonly close?: () => Promise<void>;
}

/** One request to the worker, until its answer; answers also when the worker dies. */
class WorkerJob<T> {
  readonly #spec: JobSpec<T>;
  /** Set when the worker can't be used for another job. */
  isBroken = false;

  constructor(spec: JobSpec<T>) {
    this.#spec = spec;
  }

  run(): Promise<T> {
    const { worker, signal, request, onReply, refused } = this.#spec;
    return new Promise<T>((resolve, reject) => {
      let taking: Promise<void> = Promise.resolve();
      const end = (settle: () => void): void => {
        worker.off('message', onMessage);
        worker.off('error', onError);
        worker.off('exit', onExit);
        signal.removeEventListener('abort', onAbort);
        worker.unref();
        // A chunk still being stored is waited for, so that the caller never cleans up under it.
        void taking.then(settle, settle);
      };
      const answer = (value: T): void => {
        end(() => {
          resolve(value);
        });
      };
      const onMessage = (reply: XmlReply): void => {
        if (reply.jobId !== request.jobId) return;
        const taken = onReply(reply, answer);
        if (taken === undefined) return;
        taking = taken;
        taken.catch((error: unknown) => {
          onAbort();
          this.isBroken = true;
          end(() => {
            reject(error instanceof Error ? error : new Error(String(error)));
          });
        });
      };
      const onError = (error: unknown): void => {
        this.isBroken = true;
        answer(refused(crashed(String(error))));
      };
      const onExit = (code: number): void => {
        this.isBroken = true;
        answer(refused(signal.aborted ? refuseCancelled() : crashed(`exit ${code}`)));
      };
      const onAbort = (): void => {
        send(worker, { kind: 'cancel', jobId: request.jobId });
      };
      worker.on('message', onMessage);
      worker.on('error', onError);
      worker.on('exit', onExit);
      signal.addEventListener('abort', onAbort, { once: true });
      worker.ref();
      send(worker, request);
    });
  }
}

function parseIn(
  worker: Worker,
  jobId: number,
  { path, signal, today, onChunk, ...options }: ParseOptions & { readonly path: string },
): JobSpec<ParseResult> {
  const hashes = new RowHashes(path);
  const take = async (chunk: ChunkOnTheWay, end: (value: ParseResult) => void): Promise<void> => {
    try {
      await hashes.complete(chunk.rows);
    } catch (error) {
      send(worker, { kind: 'cancel', jobId });
      end({ ok: false, refusal: refuseUnreadable(path, error) });
      return;
    }
    await onChunk(chunk);
    send(worker, { kind: 'taken', jobId });
  };
  return {
    worker,
    signal,
    request: { kind: 'parse', jobId, path, today, ...ownTerms(options) },
    onReply: (reply, end) => {
      if (reply.kind === 'chunk') return signal.aborted ? undefined : take(reply.chunk, end);
      if (reply.kind === 'done') end({ ok: true, file: reply.file });
      else if (reply.kind === 'refused') end({ ok: false, refusal: reply.refusal });
      return undefined;
    },
    refused: (refusal) => ({ ok: false, refusal }),
    close: () => hashes.close(),
  };
}

/** What is known of the files' contents in one piece of memory that changes hands, not in one copy for each file. */
function packSingles(files: readonly SingleToRead[]): {
  readonly files: readonly SingleOnTheWay[];
  readonly bytes: Uint8Array<ArrayBuffer>;
} {
  const bytes = new Uint8Array(files.reduce((sum, file) => sum + ('bytes' in file ? file.bytes.length : 0), 0));
  let offset = 0;
  for (const file of files) {
    if (!('bytes' in file)) continue;
    bytes.set(file.bytes, offset);
    offset += file.bytes.length;
  }
  return { files: files.map((file) => ('bytes' in file ? { length: file.bytes.length } : { path: file.path })), bytes };
}

type OwnTerms = Pick<ParseOptions, 'severities' | 'connected'>;

/** What the workspace itself has to say about a reading. */
function ownTerms({ severities, connected }: OwnTerms): OwnTerms {
  return { ...(severities === undefined ? {} : { severities }), ...(connected === undefined ? {} : { connected }) };
}

function send(worker: Worker, request: XmlRequest): void {
  if (request.kind === 'singles') worker.postMessage(request, [request.bytes.buffer]);
  else worker.postMessage(request);
}

function crashed(cause: string): FileRefusal {
  return {
    error: {
      code: 'INTERNAL',
      message: 'The file reader stopped unexpectedly. Nothing of this file was kept.',
      details: { cause },
    },
    problems: [],
  };
}

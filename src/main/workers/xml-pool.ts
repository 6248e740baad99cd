// The parser port over one worker thread: starts it when needed, gives it its files in their order, and answers also when it dies.

import { join } from 'node:path';
import { ProfileLibrary } from '../formats/load-profiles.ts';
import type { ProfileFolders } from '../formats/load-profiles.ts';
import { detectSource } from '../formats/read-source.ts';
import { largestFileBytes, refuseCancelled, refuseUnreadable } from '../formats/refusal.ts';
import type { FileRefusal, ParseOptions, SingleReading, SingleToRead, SourceParser } from '../ports/import-source.ts';
import { ReadingThread } from './reading-thread.ts';
import type { ThreadJob } from './reading-thread.ts';
import { completeRows, RowHashes } from './row-hashes.ts';
import type { ChunkOnTheWay, SingleOnTheWay } from './xml-protocol.ts';

/** An unused worker is ended after this time: it costs about 40 MB. Starting another takes nearly half a second, and it has to become warm again. */
const idleMs = 600_000;
/**
 * Jobs that lie at the worker: the one it reads, and the one it takes up after it. With no other at hand it would wait for this thread each
 * time, which may be storing what came of an earlier one.
 */
const jobsAtWorker = 2;
/** Memory for the contents of one lot; one of larger files takes more. */
const roomBytes = 1_048_576;

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
  #thread: ReadingThread | null = null;
  /** The last jobs that were asked for, in their order. */
  #ends: readonly Promise<unknown>[] = [];
  /** Memory that contents have come back from the worker in, to be used again. */
  #rooms: ArrayBuffer[] = [];
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
    this.#thread ??= this.#start();
    this.#endWhenIdle();
  }

  parse(path: string, options: ParseOptions): Promise<ParseResult> {
    return this.#inTurn(options.signal, {
      cancelled: () => ({ ok: false, refusal: refuseCancelled() }),
      begin: (thread, jobId) => parseIn(thread, jobId, { path, ...options }),
    });
  }

  readSingles(
    files: readonly SingleToRead[],
    options: Omit<ParseOptions, 'onChunk'>,
  ): Promise<readonly SingleReading[]> {
    const all = (refusal: FileRefusal): SingleReading[] => files.map(() => ({ kind: 'refused', refusal }));
    return this.#inTurn<readonly SingleReading[]>(options.signal, {
      cancelled: () => all(refuseCancelled()),
      begin: (_thread, jobId) => ({
        signal: options.signal,
        request: { kind: 'singles', jobId, ...this.#pack(files), today: options.today, ...ownTerms(options) },
        onReply: (reply, end) => {
          if (reply.kind !== 'singles') return undefined;
          this.#rooms = [...this.#rooms, reply.bytes.buffer].slice(-jobsAtWorker);
          for (const [at, reading] of reply.readings.entries()) {
            const file = files[at];
            if (reading.kind === 'single' && file !== undefined && 'bytes' in file)
              completeRows(reading.rows, file.bytes);
          }
          end(reply.readings);
          return undefined;
        },
        refused: all,
      }),
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#idle !== null) clearTimeout(this.#idle);
    await this.#stop();
    await Promise.all(this.#ends);
  }

  /** What is known of the files' contents in one piece of memory that changes hands, not in one copy for each file. */
  #pack(files: readonly SingleToRead[]): {
    readonly files: readonly SingleOnTheWay[];
    readonly bytes: Uint8Array<ArrayBuffer>;
  } {
    const sizeBytes = files.reduce((sum, file) => sum + ('bytes' in file ? file.bytes.length : 0), 0);
    const room = this.#rooms.find(({ byteLength }) => byteLength >= sizeBytes);
    this.#rooms = this.#rooms.filter((each) => each !== room);
    const bytes = new Uint8Array(room ?? new ArrayBuffer(Math.max(sizeBytes, roomBytes)));
    let offset = 0;
    for (const file of files) {
      if (!('bytes' in file)) continue;
      bytes.set(file.bytes, offset);
      offset += file.bytes.length;
    }
    return {
      files: files.map((file) => ('bytes' in file ? { length: file.bytes.length } : { path: file.path })),
      bytes,
    };
  }

  /** Runs work once all but so many of the jobs before it are over. */
  #inTurn<T>(signal: AbortSignal, work: Work<T>): Promise<T> {
    const done = Promise.resolve(this.#ends.at(-jobsAtWorker)).then(() => this.#runNow(signal, work));
    this.#ends = [...this.#ends, done.catch(() => undefined)].slice(-jobsAtWorker);
    return done;
  }

  async #runNow<T>(signal: AbortSignal, { cancelled, begin }: Work<T>): Promise<T> {
    for (;;) {
      if (signal.aborted || this.#isClosed) return cancelled();
      if (this.#idle !== null) clearTimeout(this.#idle);
      const thread = (this.#thread ??= this.#start());
      const job = begin(thread, ++this.#jobs);
      try {
        const done = await thread.run(job);
        if (done !== 'notBegun') return done.value;
      } finally {
        await job.close?.();
        if (thread.isBroken && this.#thread === thread) await this.#stop();
        this.#endWhenIdle();
      }
    }
  }

  #endWhenIdle(): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      if (this.#thread?.isBusy === true) this.#endWhenIdle();
      else void this.#stop();
    }, idleMs).unref();
  }

  #start(): ReadingThread {
    const thread = new ReadingThread(this.#workerUrl, { profiles: this.#folders }, () => {
      if (this.#thread === thread) this.#thread = null;
    });
    return thread;
  }

  async #stop(): Promise<void> {
    const thread = this.#thread;
    this.#thread = null;
    this.#rooms = [];
    await thread?.end();
  }
}

/** A job for the worker once it is its turn. */
interface Work<T> {
  cancelled(): T;
  begin(thread: ReadingThread, jobId: number): ThreadJob<T>;
}

function parseIn(
  thread: ReadingThread,
  jobId: number,
  { path, signal, today, onChunk, ...options }: ParseOptions & { readonly path: string },
): ThreadJob<ParseResult> {
  const hashes = new RowHashes(path);
  const take = async (chunk: ChunkOnTheWay, end: (value: ParseResult) => void): Promise<void> => {
    try {
      await hashes.complete(chunk.rows);
    } catch (error) {
      thread.send({ kind: 'cancel', jobId });
      end({ ok: false, refusal: refuseUnreadable(path, error) });
      return;
    }
    await onChunk(chunk);
    thread.send({ kind: 'taken', jobId });
  };
  return {
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

type OwnTerms = Pick<ParseOptions, 'severities' | 'connected'>;

/** What the workspace itself has to say about a reading. */
function ownTerms({ severities, connected }: OwnTerms): OwnTerms {
  return { ...(severities === undefined ? {} : { severities }), ...(connected === undefined ? {} : { connected }) };
}

// The parser port over one worker thread: starts it when needed, feeds it one file after the other, and answers also when it dies.

import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { detectFile } from '../formats/detect-file.ts';
import { ProfileLibrary } from '../formats/load-profiles.ts';
import type { ProfileFolders } from '../formats/load-profiles.ts';
import { refuseCancelled } from '../formats/refusal.ts';
import type { FileRefusal, ParsedChunk, ParseOptions, SourceParser } from '../ports/import-source.ts';
import type { XmlReply, XmlRequest, XmlWorkerData } from './xml-protocol.ts';

/** Heap of the worker. A file's duplicates and one chunk need far less; a runaway ends as an error, not as a full machine. */
const workerHeapMb = 192;
/** Its young generation: smaller, and records of the current piece are moved about before they die; larger only costs memory. */
const workerYoungMb = 64;
/** An unused worker is ended after this time; it costs about 20 MB. */
const idleMs = 60_000;

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
      ? detectFile(path, profiles.value)
      : { ok: false, refusal: { error: profiles.error, problems: [] } };
  }

  parse(path: string, options: ParseOptions): Promise<ParseResult> {
    const parsed = this.#queue.then(() => this.#parseNow(path, options));
    this.#queue = parsed.catch(() => undefined);
    return parsed;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#idle !== null) clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
    await this.#queue;
  }

  async #parseNow(path: string, options: ParseOptions): Promise<ParseResult> {
    if (options.signal.aborted || this.#isClosed) return { ok: false, refusal: refuseCancelled() };
    if (this.#idle !== null) clearTimeout(this.#idle);
    const worker = this.#worker ?? this.#start();
    const job = new ParseJob(worker, ++this.#jobs, options);
    try {
      return await job.run(path);
    } finally {
      if (job.isBroken && this.#worker === worker) {
        this.#worker = null;
        await worker.terminate();
      }
      this.#idle = setTimeout(() => void this.#stopIdle(), idleMs).unref();
    }
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
    this.#worker = worker;
    return worker;
  }

  async #stopIdle(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }
}

/** One file in the worker, from request to answer. */
class ParseJob {
  readonly #worker: Worker;
  readonly #jobId: number;
  readonly #options: ParseOptions;
  /** Set when the worker can't be used for another job. */
  isBroken = false;

  constructor(worker: Worker, jobId: number, options: ParseOptions) {
    this.#worker = worker;
    this.#jobId = jobId;
    this.#options = options;
  }

  run(path: string): Promise<ParseResult> {
    const worker = this.#worker;
    const { signal, today, severities } = this.#options;
    return new Promise<ParseResult>((resolve, reject) => {
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
      const answer = (result: ParseResult): void => {
        end(() => {
          resolve(result);
        });
      };
      const onMessage = (reply: XmlReply): void => {
        if (reply.jobId !== this.#jobId) return;
        if (reply.kind === 'chunk') {
          if (signal.aborted) return;
          taking = this.#take(reply.chunk);
          taking.catch((error: unknown) => {
            this.#send({ kind: 'cancel', jobId: this.#jobId });
            this.isBroken = true;
            end(() => {
              reject(error instanceof Error ? error : new Error(String(error)));
            });
          });
        } else if (reply.kind === 'done') answer({ ok: true, file: reply.file });
        else answer({ ok: false, refusal: reply.refusal });
      };
      const onError = (error: unknown): void => {
        this.isBroken = true;
        answer({ ok: false, refusal: crashed(String(error)) });
      };
      const onExit = (code: number): void => {
        this.isBroken = true;
        answer({ ok: false, refusal: signal.aborted ? refuseCancelled() : crashed(`exit ${code}`) });
      };
      const onAbort = (): void => {
        this.#send({ kind: 'cancel', jobId: this.#jobId });
      };
      worker.on('message', onMessage);
      worker.on('error', onError);
      worker.on('exit', onExit);
      signal.addEventListener('abort', onAbort, { once: true });
      worker.ref();
      const own = severities === undefined ? {} : { severities };
      this.#send({ kind: 'parse', jobId: this.#jobId, path, today, ...own });
    });
  }

  async #take(chunk: ParsedChunk): Promise<void> {
    await this.#options.onChunk(chunk);
    this.#send({ kind: 'taken', jobId: this.#jobId });
  }

  #send(request: XmlRequest): void {
    this.#worker.postMessage(request);
  }
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

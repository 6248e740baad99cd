// One reading thread and the jobs that lie at it. It reads them in their order; each gets its answer, also when the thread dies.

import { Worker } from 'node:worker_threads';
import { refuseCancelled } from '../formats/refusal.ts';
import type { FileRefusal } from '../ports/import-source.ts';
import type { XmlReply, XmlRequest, XmlWorkerData } from './xml-protocol.ts';

/** Heap of the worker. A file's duplicates and one chunk need far less; a runaway ends as an error, not as a full machine. */
const heapMb = 192;
/** Its young generation: what is read of one invoice is dead by the next one, so a larger one only costs memory. */
const youngMb = 24;

/** One request to the thread, and what becomes of it. */
export interface ThreadJob<T> {
  readonly signal: AbortSignal;
  readonly request: Extract<XmlRequest, { kind: 'parse' | 'singles' }>;
  /** Called for each reply of the job; a promise it returns is waited for before the job ends, and its rejection ends the job. */
  readonly onReply: (reply: XmlReply, end: (value: T) => void) => Promise<void> | undefined;
  readonly refused: (refusal: FileRefusal) => T;
  /** To be called when the job is over, however it ended. */
  readonly close?: () => Promise<void>;
}

/** What a job ended with; `notBegun` when the thread died while it read an earlier one. */
export type JobEnd<T> = { readonly value: T } | 'notBegun';

/** A worker with its jobs. It keeps the process alive while it has any. */
export class ReadingThread {
  readonly #worker: Worker;
  /** What was asked and not answered, in its order: the thread reads the first. */
  readonly #jobs = new Map<number, PendingJob>();
  #isBroken = false;

  /** `onEnd` is called when the thread is gone. */
  constructor(entry: URL, workerData: XmlWorkerData, onEnd: () => void) {
    const resourceLimits = { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: youngMb };
    const worker = new Worker(entry, { name: 'xml', workerData, resourceLimits });
    this.#worker = worker;
    worker.unref();
    worker.on('message', (reply: XmlReply) => this.#jobs.get(reply.jobId)?.take(reply));
    worker.on('error', (error: unknown) => {
      this.#lose(String(error));
    });
    worker.once('exit', (code) => {
      this.#lose(`exit ${code}`);
      onEnd();
    });
  }

  /** It can't be used for another job. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  get isBusy(): boolean {
    return this.#jobs.size > 0;
  }

  send(request: XmlRequest): void {
    if (request.kind === 'singles') this.#worker.postMessage(request, [request.bytes.buffer]);
    else this.#worker.postMessage(request);
  }

  /** Rejects with what taking a reply rejected with; the thread is broken then. */
  run<T>(job: ThreadJob<T>): Promise<JobEnd<T>> {
    const { signal, request, onReply, refused } = job;
    const { jobId } = request;
    return new Promise<JobEnd<T>>((resolve, reject) => {
      let taking: Promise<void> = Promise.resolve();
      const onAbort = (): void => {
        this.send({ kind: 'cancel', jobId });
      };
      const end = (settle: () => void): void => {
        this.#jobs.delete(jobId);
        signal.removeEventListener('abort', onAbort);
        if (!this.isBusy) this.#worker.unref();
        // A chunk still being stored is waited for, so that the caller never cleans up under it.
        void taking.then(settle, settle);
      };
      const answer = (value: JobEnd<T>): void => {
        end(() => {
          resolve(value);
        });
      };
      this.#jobs.set(jobId, {
        take: (reply) => {
          const taken = onReply(reply, (value) => {
            answer({ value });
          });
          if (taken === undefined) return;
          taking = taken;
          taken.catch((error: unknown) => {
            onAbort();
            this.#isBroken = true;
            end(() => {
              reject(error instanceof Error ? error : new Error(String(error)));
            });
          });
        },
        lose: (cause) => {
          if (cause === null) answer('notBegun');
          else answer({ value: refused(signal.aborted ? refuseCancelled() : crashed(cause)) });
        },
      });
      signal.addEventListener('abort', onAbort, { once: true });
      this.#worker.ref();
      this.send(request);
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  /** Only the first job can have been what the thread died of. */
  #lose(cause: string): void {
    this.#isBroken = true;
    const [first, ...others] = [...this.#jobs.values()];
    first?.lose(cause);
    for (const other of others) other.lose(null);
  }
}

interface PendingJob {
  take(reply: XmlReply): void;
  /** The thread died while it read this job; null: while it read an earlier one. */
  lose(cause: string | null): void;
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

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
  /** What was sent and not answered to the end, in its order: the thread reads the first, also when nobody waits for it any more. */
  readonly #jobs = new Map<number, PendingJob>();
  #cause: string | null = null;

  /** `onEnd` is called when the thread is gone. */
  constructor(entry: URL, workerData: XmlWorkerData, onEnd: () => void) {
    const resourceLimits = { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: youngMb };
    const worker = new Worker(entry, { name: 'xml', workerData, resourceLimits });
    this.#worker = worker;
    worker.unref();
    worker.on('message', (reply: XmlReply) => {
      this.#take(reply);
    });
    worker.on('error', (error: unknown) => {
      this.#cause ??= String(error);
    });
    // Not at the error, which may come before answers that were sent before it.
    worker.once('exit', (code) => {
      this.#cause ??= `exit ${code}`;
      this.#lose(this.#cause);
      onEnd();
    });
  }

  /** It has died, or is about to: it takes no more jobs. */
  get isBroken(): boolean {
    return this.#cause !== null;
  }

  get isBusy(): boolean {
    return this.#jobs.size > 0;
  }

  send(request: XmlRequest): void {
    if (request.kind === 'singles') this.#worker.postMessage(request, [request.bytes.buffer]);
    else this.#worker.postMessage(request);
  }

  /** Rejects with what taking a reply rejected with. */
  run<T>(job: ThreadJob<T>): Promise<JobEnd<T>> {
    if (this.isBroken) return Promise.resolve('notBegun');
    const { signal, request, onReply, refused } = job;
    const { jobId } = request;
    return new Promise<JobEnd<T>>((resolve, reject) => {
      let taking: Promise<void> = Promise.resolve();
      let isOver = false;
      const onAbort = (): void => {
        this.send({ kind: 'cancel', jobId });
      };
      const end = (settle: () => void): void => {
        if (isOver) return;
        isOver = true;
        signal.removeEventListener('abort', onAbort);
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
          const taken = isOver
            ? undefined
            : onReply(reply, (value) => {
                answer({ value });
              });
          if (taken === undefined) return;
          taking = taken;
          taken.catch((error: unknown) => {
            onAbort();
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

  #take(reply: XmlReply): void {
    const job = this.#jobs.get(reply.jobId);
    if (reply.kind !== 'chunk') this.#jobs.delete(reply.jobId);
    if (!this.isBusy) this.#worker.unref();
    job?.take(reply);
  }

  /** Only the first job can have been what the thread died of. */
  #lose(cause: string): void {
    const [first, ...others] = [...this.#jobs.values()];
    this.#jobs.clear();
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

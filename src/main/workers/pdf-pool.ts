// The document renderer over worker threads: a queue, a few workers, started when first needed. No rendering here.

import { Worker } from 'node:worker_threads';
import { warmUpInput } from '../documents/warm-up-input.ts';
import type { DocumentRenderer, RenderedDocument } from '../ports/documents.ts';
import type { PdfReply, PdfRequest, PdfWork, PdfWorkerData } from './pdf-protocol.ts';

/** What the pool needs. */
export interface PdfPoolOptions {
  /** The worker's entry, `.ts` under Node 24 or built `.js`. */
  readonly workerUrl: URL;
  readonly resourcesDir: string;
  /** At least 1. */
  readonly workers: number;
}

/** A renderer that can be made ready before it is needed. */
export interface WarmableRenderer extends DocumentRenderer {
  /** Starts one worker and lets it draw a page, so that the first preview takes 20 ms instead of 400. Returns at once; repeating it is harmless. */
  warm(): void;
}

interface Job {
  readonly work: PdfWork;
  resolve(document: RenderedDocument): void;
  reject(reason: unknown): void;
}

/** One thread and what it works on, oldest first. */
interface Lane {
  readonly worker: Worker;
  readonly running: Map<number, Job>;
}

/** Jobs a worker may hold: one being rendered and one waiting in its mailbox, so that it never idles between two. */
const jobsPerWorker = 2;

/**
 * Makes a renderer. Workers start at the first call, one more for each job that finds all others busy. A worker that dies rejects
 * the job it was rendering; what only waited in its mailbox is rendered by another. After `close`, every call rejects.
 */
export function createPdfPool(options: PdfPoolOptions): WarmableRenderer {
  const pool = new PdfPool(options);
  return {
    warm: () => pool.warm(),
    parallel: options.workers,
    render: (input, signal) => pool.render({ kind: 'invoice', input }, signal),
    renderReceipt: (input, signal) => pool.render({ kind: 'receipt', input }, signal),
    renderProof: (input, signal) => pool.render({ kind: 'proof', input }, signal),
    close: () => pool.close(),
  };
}

class PdfPool {
  readonly #options: PdfPoolOptions;
  readonly #queue = new Set<Job>();
  readonly #lanes = new Set<Lane>();
  #lastId = 0;
  #isClosed = false;

  constructor(options: PdfPoolOptions) {
    this.#options = options;
  }

  async render(work: PdfWork, signal?: AbortSignal): Promise<RenderedDocument> {
    signal?.throwIfAborted();
    if (this.#isClosed) throw new Error('The document renderer is closed.');
    const { promise, resolve, reject } = Promise.withResolvers<RenderedDocument>();
    const job: Job = { work, resolve, reject };
    // A job already with a worker is rendered to its end (10 ms); only its answer is dropped.
    const cancel = (): void => {
      this.#queue.delete(job);
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    this.#queue.add(job);
    this.#dispatch();
    try {
      return await promise;
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  warm(): void {
    if (this.#isClosed || this.#lanes.size > 0) return;
    // No job waits for id 0: its answer is dropped.
    const request: PdfRequest = { id: 0, work: { kind: 'invoice', input: warmUpInput } };
    this.#startLane().worker.postMessage(request);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const closed = new Error('The document renderer was closed.');
    for (const job of this.#queue) job.reject(closed);
    this.#queue.clear();
    const lanes = [...this.#lanes];
    this.#lanes.clear();
    for (const lane of lanes) for (const job of lane.running.values()) job.reject(closed);
    await Promise.all(lanes.map((lane) => lane.worker.terminate()));
  }

  /** Gives queued jobs to the least busy workers, starting one where all that run are busy. */
  #dispatch(): void {
    for (const job of this.#queue) {
      const lane = this.#laneWithRoom();
      if (lane === null) return;
      this.#queue.delete(job);
      this.#lastId += 1;
      const request: PdfRequest = { id: this.#lastId, work: job.work };
      lane.running.set(request.id, job);
      lane.worker.postMessage(request);
    }
  }

  #laneWithRoom(): Lane | null {
    const [freest] = [...this.#lanes].sort((one, other) => one.running.size - other.running.size);
    if (freest?.running.size === 0) return freest;
    if (this.#lanes.size < this.#options.workers) return this.#startLane();
    return freest !== undefined && freest.running.size < jobsPerWorker ? freest : null;
  }

  #startLane(): Lane {
    const workerData: PdfWorkerData = { resourcesDir: this.#options.resourcesDir };
    const worker = new Worker(this.#options.workerUrl, { workerData });
    const lane: Lane = { worker, running: new Map() };
    this.#lanes.add(lane);
    // An idle pool must not keep a command line alive that forgot to close it.
    worker.unref();
    worker.on('message', (reply: PdfReply) => this.#take(lane, reply));
    // An error that escapes the worker's own catch ends the thread: `exit` follows and settles what it held.
    let failure: unknown = null;
    worker.on('error', (error) => {
      failure = error;
    });
    worker.on('exit', (code) => this.#lose(lane, failure ?? new Error(`A PDF worker ended with code ${code}.`)));
    return lane;
  }

  #take(lane: Lane, reply: PdfReply): void {
    const job = lane.running.get(reply.id);
    lane.running.delete(reply.id);
    if (job !== undefined) {
      if (reply.ok) job.resolve({ bytes: reply.bytes, sha256: reply.sha256 });
      else job.reject(Object.assign(new Error(reply.message), { stack: reply.stack }));
    }
    this.#dispatch();
  }

  #lose(lane: Lane, reason: unknown): void {
    if (!this.#lanes.delete(lane)) return;
    const [current, ...waiting] = lane.running.values();
    current?.reject(reason);
    for (const job of waiting) this.#queue.add(job);
    this.#dispatch();
  }
}

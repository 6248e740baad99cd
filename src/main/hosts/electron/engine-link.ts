// The window's side of the engine's process: keeps it running, matches answers to calls, and never leaves a call unanswered.
// Knows neither Electron nor how the process is started.

import type { FileToken, LinkFrame } from '../../../shared/contract/bridge.ts';
import { fileTokenSchema } from '../../../shared/contract/bridge.ts';
import { cancelFrameSchema } from '../../../shared/contract/frames.ts';
import type { EventFrame, ReplyFrame } from '../../../shared/contract/frames.ts';
import { errorCodes } from '../../../shared/error-codes.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { AppError, Result } from '../../../shared/result.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import { fromEngineSchema } from './engine-messages.ts';
import type { FromEngine, OpenOptions, ToEngine } from './engine-messages.ts';

/** A started engine process. Messages may be posted at once; they wait until it listens. */
export interface EngineChild {
  readonly pid: number | undefined;
  post(message: ToEngine): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, however it ended. */
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
}

/** What a link needs. */
export interface EngineLinkOptions {
  readonly start: () => EngineChild;
  readonly open: OpenOptions;
  readonly clock: Clock;
  readonly log: Log;
}

/** The engine as the window's process sees it. */
export interface EngineLink {
  /** Never rejects. Calls made while the engine starts wait for it; those under way when it dies get ENGINE_GONE. */
  handle(frame: unknown): Promise<ReplyFrame>;
  registerFile(path: string): Promise<Result<FileToken>>;
  /** Events, and a frame whenever the engine is lost or there again. */
  subscribe(listener: (frame: EventFrame | LinkFrame) => void): () => void;
  wake(): void;
  /** Process id of the engine as it runs now, for tests and logs. */
  readonly pid: number | undefined;
  /** Lets the engine finish what is under way; kills it when that takes too long. May be repeated. */
  stop(): Promise<void>;
}

/** The first restart is at once; after that the pause doubles from a second up to this. */
const maxRestartPauseMs = 30_000;
/** An engine that lived this long has not died of its start. */
const stableAfterMs = 60_000;
/** A refused engine (data folder in use, newer file) is tried again by a call, but not more often than this. */
const retryRefusedAfterMs = 1_000;
/** Deliveries under way are finished or given up within this. */
const stopPatienceMs = 15_000;
const maxWaiting = 1_000;

/** Starts the engine and keeps it running until stopped. */
export function createEngineLink(options: EngineLinkOptions): EngineLink {
  const link = new RunningLink(options);
  link.launch();
  return link;
}

type Pending =
  | { readonly kind: 'call'; readonly requestId: string; readonly resolve: (reply: ReplyFrame) => void }
  | { readonly kind: 'file'; readonly resolve: (result: Result<FileToken>) => void };

class RunningLink implements EngineLink {
  readonly #options: EngineLinkOptions;
  readonly #listeners = new Set<(frame: EventFrame | LinkFrame) => void>();
  readonly #pending = new Map<number, Pending>();
  readonly #stopped = new AbortController();
  #child: EngineChild | null = null;
  #refusal: { readonly error: AppError; readonly atMs: number } | null = null;
  #isReady = false;
  #isLost = false;
  /** Messages for an engine that does not run yet. */
  #waiting: ToEngine[] = [];
  #nextId = 1;
  #startedAtMs = 0;
  #quickDeaths = 0;

  constructor(options: EngineLinkOptions) {
    this.#options = options;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  launch(): void {
    this.#refusal = null;
    this.#startedAtMs = this.#options.clock.monotonicMs();
    const child = this.#options.start();
    this.#child = child;
    child.onMessage((message) => {
      if (this.#child === child) this.#receive(message);
    });
    child.onExit((code) => {
      if (this.#child === child) this.#onExit(code);
    });
    child.post({ kind: 'open', options: this.#options.open });
  }

  handle(frame: unknown): Promise<ReplyFrame> {
    const requestId = requestIdOf(frame);
    if (cancelFrameSchema.safeParse(frame).success) {
      // A cancelled call is answered by its own reply; nothing waits for this one.
      if (this.#isReady) this.#post({ kind: 'call', id: 0, frame });
      return Promise.resolve({ type: 'reply', requestId, ok: true, value: null });
    }
    return new Promise((resolve) => {
      this.#ask({ kind: 'call', requestId, resolve }, (id) => ({ kind: 'call', id, frame }));
    });
  }

  registerFile(path: string): Promise<Result<FileToken>> {
    return new Promise((resolve) => {
      this.#ask({ kind: 'file', resolve }, (id) => ({ kind: 'file', id, path }));
    });
  }

  subscribe(listener: (frame: EventFrame | LinkFrame) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  wake(): void {
    if (this.#isReady) this.#post({ kind: 'wake' });
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    const child = this.#child;
    if (child === null) return;
    const ended = new Promise<'ended'>((resolve) => {
      child.onExit(() => {
        resolve('ended');
      });
    });
    child.post({ kind: 'close' });
    const patience = new AbortController();
    const outcome = await Promise.race([
      ended,
      this.#options.clock.sleep(stopPatienceMs, patience.signal).then(() => 'late' as const),
    ]);
    patience.abort();
    if (outcome === 'ended') return;
    this.#options.log.warn('the engine did not end in time and was killed');
    child.kill();
    await ended;
  }

  #ask(pending: Pending, messageOf: (id: number) => ToEngine): void {
    if (this.#stopped.signal.aborted) {
      settle(pending, gone('The engine is closing.'));
      return;
    }
    if (this.#refusal !== null) {
      if (this.#options.clock.monotonicMs() - this.#refusal.atMs < retryRefusedAfterMs) {
        settle(pending, this.#refusal.error);
        return;
      }
      this.launch();
    }
    const id = this.#nextId;
    this.#nextId += 1;
    const message = messageOf(id);
    if (!this.#isReady && this.#waiting.length >= maxWaiting) {
      settle(pending, { code: 'SERVICE_UNAVAILABLE', message: 'Too many calls wait for the engine to start.' });
      return;
    }
    this.#pending.set(id, pending);
    if (this.#isReady) this.#post(message);
    else this.#waiting.push(message);
  }

  #post(message: ToEngine): void {
    this.#child?.post(message);
  }

  #receive(unread: unknown): void {
    const parsed = fromEngineSchema.safeParse(unread);
    if (parsed.success) this.#onMessage(parsed.data);
    else
      this.#options.log.error('the engine sent something unreadable', {
        issues: parsed.error.issues.slice(0, 3).map((issue) => issue.path.map(String).join('.')),
      });
  }

  #onMessage(message: FromEngine): void {
    switch (message.kind) {
      case 'ready':
        this.#onReady();
        return;
      case 'refused':
        this.#onRefused(asAppError(message.error));
        return;
      case 'reply':
        this.#settle(message.id, (pending) => {
          if (pending.kind === 'call') pending.resolve(message.reply);
        });
        return;
      case 'file':
        this.#settle(message.id, (pending) => {
          if (pending.kind === 'file') pending.resolve(readFileResult(message.result));
        });
        return;
      case 'event':
        this.#tell(message.frame);
    }
  }

  #onReady(): void {
    this.#isReady = true;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const message of waiting) this.#post(message);
    if (!this.#isLost) return;
    this.#isLost = false;
    this.#tell({ type: 'link', state: 'connected' });
  }

  #onRefused(error: AppError): void {
    this.#options.log.error('the engine refused to open', { code: error.code, message: error.message });
    this.#refusal = { error, atMs: this.#options.clock.monotonicMs() };
    this.#isReady = false;
    this.#child = null;
    this.#failPending(error);
  }

  #onExit(code: number | null): void {
    this.#child = null;
    this.#isReady = false;
    this.#failPending(gone('The engine ended in the middle of the call.'));
    if (this.#stopped.signal.aborted) return;
    this.#options.log.error('the engine ended by itself and is started again', { code });
    if (!this.#isLost) {
      this.#isLost = true;
      this.#tell({ type: 'link', state: 'lost' });
    }
    void this.#restart();
  }

  async #restart(): Promise<void> {
    const { clock } = this.#options;
    this.#quickDeaths = clock.monotonicMs() - this.#startedAtMs > stableAfterMs ? 0 : this.#quickDeaths + 1;
    const pauseMs = this.#quickDeaths <= 1 ? 0 : Math.min(maxRestartPauseMs, 1_000 * 2 ** (this.#quickDeaths - 2));
    await clock.sleep(pauseMs, this.#stopped.signal);
    if (!this.#stopped.signal.aborted && this.#child === null) this.launch();
  }

  #failPending(error: AppError): void {
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    this.#waiting = [];
    for (const entry of pending) settle(entry, error);
  }

  #settle(id: number, use: (pending: Pending) => void): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    this.#pending.delete(id);
    use(pending);
  }

  #tell(frame: EventFrame | LinkFrame): void {
    for (const listener of [...this.#listeners]) listener(frame);
  }
}

function settle(pending: Pending, error: AppError): void {
  if (pending.kind === 'file') {
    pending.resolve({ ok: false, error });
    return;
  }
  const { code, message, details } = error;
  pending.resolve({
    type: 'reply',
    requestId: pending.requestId,
    ok: false,
    error: details === undefined ? { code, message } : { code, message, details: { ...details } },
  });
}

function gone(message: string): AppError {
  return { code: 'ENGINE_GONE', message };
}

function readFileResult(unread: unknown): Result<FileToken> {
  if (typeof unread === 'object' && unread !== null && 'ok' in unread) {
    if (unread.ok === true && 'value' in unread) return ok(fileTokenSchema.parse(unread.value));
    if ('error' in unread) return { ok: false, error: asAppError(unread.error) };
  }
  return fail('INTERNAL', 'The engine answered with something that is not a file.');
}

function asAppError(unread: unknown): AppError {
  const error = typeof unread === 'object' && unread !== null ? unread : {};
  const code = errorCodes.find((known) => 'code' in error && known === error.code) ?? 'INTERNAL';
  const message =
    'message' in error && typeof error.message === 'string' ? error.message : 'The engine gave no reason.';
  const details =
    'details' in error && typeof error.details === 'object' && error.details !== null ? { ...error.details } : null;
  return details === null ? { code, message } : { code, message, details };
}

function requestIdOf(frame: unknown): string {
  const requestId = typeof frame === 'object' && frame !== null && 'requestId' in frame ? frame.requestId : null;
  return typeof requestId === 'string' && requestId.length <= 64 ? requestId : '';
}

// The engine's side of its process: opens an engine when told how, answers over a port, ends when told or when its parent is gone.
// Imports nothing of Electron: this also runs under plain Node.

import type { Result } from '../../../shared/result.ts';
import type { Log } from '../../ports/log.ts';
import type { Engine } from '../../rpc/engine-api.ts';
import { toEngineSchema } from './engine-messages.ts';
import type { FromEngine, OpenOptions, ToEngine } from './engine-messages.ts';

/** The way to the parent process. */
export interface ParentPort {
  post(message: FromEngine): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The parent is gone without a word. */
  onGone(listener: () => void): void;
}

/** What is served. */
export interface EngineServerOptions {
  readonly port: ParentPort;
  readonly open: (options: OpenOptions) => Promise<Result<Engine>>;
  readonly log: Log;
  /** Ends the process. */
  readonly exit: (code: number) => void;
}

/** Serves one engine for the life of the process. */
export function serveEngine({ port, open, log, exit }: EngineServerOptions): void {
  let engine: Promise<Engine | null> | null = null;

  async function start(options: OpenOptions): Promise<Engine | null> {
    const opened = await open(options);
    if (!opened.ok) {
      const { code, message, details } = opened.error;
      port.post({
        kind: 'refused',
        error: details === undefined ? { code, message } : { code, message, details: { ...details } },
      });
      exit(0);
      return null;
    }
    opened.value.subscribe((frame) => {
      port.post({ kind: 'event', frame });
    });
    port.post({ kind: 'ready' });
    return opened.value;
  }

  async function end(): Promise<void> {
    const running = await engine;
    await running?.close();
    exit(0);
  }

  async function receive(message: ToEngine): Promise<void> {
    if (message.kind === 'open') {
      engine ??= start(message.options);
      await engine;
      return;
    }
    if (message.kind === 'close') return end();
    const running = await engine;
    if (running === null) return;
    switch (message.kind) {
      case 'call':
        port.post({ kind: 'reply', id: message.id, reply: await running.handle(message.frame) });
        return;
      case 'file':
        port.post({ kind: 'file', id: message.id, result: await running.registerFile(message.path) });
        return;
      case 'wake':
        running.wake();
    }
  }

  /** A broken engine ends: its parent starts a new one, which recovers from the store. */
  function fall(error: unknown): void {
    log.error('the engine ends because of an exception', { error });
    exit(1);
  }

  port.onMessage((unread) => {
    const parsed = toEngineSchema.safeParse(unread);
    if (parsed.success) receive(parsed.data).catch(fall);
    else log.error('the window sent something unreadable');
  });
  port.onGone(() => {
    end().catch(fall);
  });
}

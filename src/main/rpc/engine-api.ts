// What a host sees of the engine, and what the engine needs from a host. Types only; no wiring.

import type { EventFrame, ReplyFrame } from '../../shared/contract/frames.ts';
import type { FileToken } from '../../shared/contract/bridge.ts';
import type { Result } from '../../shared/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Secrets } from '../ports/secrets.ts';

/** Scripts that are started as threads or processes of their own. `.ts` when running from source, `.js` when built. */
export interface EntryPoints {
  readonly xmlWorker: URL;
  readonly pdfWorker: URL;
  readonly storeWorker: URL;
  readonly practice: URL;
  /** The web host's own program (`utskick serve`). */
  readonly web: URL;
}

/** All of the engine's environment; nothing is read from globals behind its back. */
export interface EngineEnvironment {
  /** The hosts' data root; the engine makes `practice/` and `work/` below it. */
  readonly rootDir: string;
  readonly host: 'electron' | 'web' | 'cli';
  /** The product's version. */
  readonly version: string;
  /** Folder with fonts, layouts and profiles. */
  readonly resourcesDir: string;
  readonly entryPoints: EntryPoints;
  /** Null: as it was left, practice on the very first start. */
  readonly startInPractice: boolean | null;
  readonly clock: Clock;
  readonly log: Log;
  readonly secrets: Secrets;
  /** Operating system user, for the audit log. */
  readonly actor: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** An open engine. */
export interface Engine {
  /** Answers one frame; never rejects. The answer to a cancel frame is empty and of no interest to the client. */
  handle(frame: unknown): Promise<ReplyFrame>;
  /** Events from now on; returns a function that ends it. Listeners must not throw. */
  subscribe(listener: (frame: EventFrame) => void): () => void;
  /**
   * Makes a file or folder known and gives its token. `name`: how it is called on screen when not as on disk; one with `/` in it is a
   * file out of a dropped folder. Errors: UNREADABLE.
   */
  registerFile(path: string, name?: string): Promise<Result<FileToken>>;
  /** Look at the outbox now: the computer woke up or the network came back. Harmless at any time. */
  wake(): void;
  close(): Promise<void>;
}

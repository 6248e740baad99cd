// One SFTP channel: each request as a promise that always settles, with a time limit and an abort. No names, no outcomes.

import type { Socket } from 'node:net';
import type { Client, SFTPWrapper, Stats } from 'ssh2';
import { readRequestFailure } from './classify.ts';
import type { RequestFailure } from './classify.ts';

/** A request's result. */
export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: RequestFailure };

/** When to give up on a request. */
export interface Patience {
  readonly signal: AbortSignal;
  /** Instead of the channel's own limit. */
  readonly timeoutMs?: number;
}

type Callback<T> = (error: Error | null | undefined, value?: T) => void;

/** Bytes in one WRITE. Servers must take packets of 34,000 bytes (draft-ietf-secsh-filexfer-02 section 3). */
const writeBytes = 32_000;
/** Slowest line that is still waited for, when a time limit is set for a document of some size. */
const slowestBytesPerMs = 8;

/** The layers of a logged-in connection. */
export interface ChannelLayers {
  readonly socket: Socket;
  readonly client: Client;
  readonly sftp: SFTPWrapper;
}

/** An SFTP channel over a logged-in SSH connection. Requests may run side by side. */
export class SftpChannel {
  readonly #socket: Socket;
  readonly #client: Client;
  readonly #sftp: SFTPWrapper;
  readonly #timeoutMs: number;
  readonly #pending = new Set<(failure: RequestFailure) => void>();
  #isAlive = true;
  #isGathering = false;
  #lastWords = 'the server ended the connection';

  constructor({ socket, client, sftp }: ChannelLayers, timeoutMs: number) {
    this.#socket = socket;
    this.#client = client;
    this.#sftp = sftp;
    this.#timeoutMs = timeoutMs;
    const onEnd = (): void => {
      this.#die();
    };
    client.on('error', (error) => {
      this.#lastWords = error.message;
    });
    client.on('close', onEnd);
    sftp.on('close', onEnd);
    sftp.on('error', onEnd);
  }

  /** True until the connection ended on either side. */
  get isAlive(): boolean {
    return this.#isAlive;
  }

  stat(path: string, patience: Patience): Promise<Answer<Stats>> {
    return this.#ask(patience, (callback) => {
      this.#sftp.stat(path, callback);
    });
  }

  /** Opens for writing; what was there is cut to nothing. */
  openForWriting(path: string, patience: Patience): Promise<Answer<Buffer>> {
    return this.#ask(patience, (callback) => {
      this.#sftp.open(path, 'w', callback);
    });
  }

  /** Writes all bytes from the start; the pieces are under way side by side, so that a slow line is filled. */
  async write(handle: Buffer, bytes: Uint8Array, patience: Patience): Promise<Answer<null>> {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const timeoutMs = (patience.timeoutMs ?? this.#timeoutMs) + Math.ceil(buffer.length / slowestBytesPerMs);
    const pieces: Promise<Answer<null>>[] = [];
    for (let offset = 0; offset < buffer.length; offset += writeBytes) {
      const length = Math.min(writeBytes, buffer.length - offset);
      pieces.push(
        this.#ask({ ...patience, timeoutMs }, (callback: Callback<null>) => {
          this.#sftp.write(handle, buffer, offset, length, offset, (error) => {
            callback(error, null);
          });
        }),
      );
    }
    const answers = await Promise.all(pieces);
    return answers.find((answer) => !answer.ok) ?? { ok: true, value: null };
  }

  /** The size of an open file, and closes it; the two requests leave together. */
  async closeAndMeasure(handle: Buffer, patience: Patience): Promise<Answer<number>> {
    const [measured, closed] = await Promise.all([
      this.#ask<Stats>(patience, (callback) => {
        this.#sftp.fstat(handle, callback);
      }),
      this.close(handle, patience),
    ]);
    if (!closed.ok) return closed;
    return measured.ok ? { ok: true, value: measured.value.size } : measured;
  }

  close(handle: Buffer, patience: Patience): Promise<Answer<null>> {
    return this.#ask(patience, (callback: Callback<null>) => {
      this.#sftp.close(handle, (error) => {
        callback(error, null);
      });
    });
  }

  /** SSH_FXP_RENAME: an error when the new name is taken (draft-ietf-secsh-filexfer-02 section 6.5). */
  rename(from: string, to: string, patience: Patience): Promise<Answer<null>> {
    return this.#ask(patience, (callback: Callback<null>) => {
      this.#sftp.rename(from, to, (error) => {
        callback(error, null);
      });
    });
  }

  /** posix-rename@openssh.com, which replaces what is there; null when the server does not announce it (nothing was sent then). */
  async replace(from: string, to: string, patience: Patience): Promise<Answer<null> | null> {
    const extension = { isAnnounced: true };
    const answer = await this.#ask(patience, (callback: Callback<null>) => {
      try {
        this.#sftp.ext_openssh_rename(from, to, (error) => {
          callback(error, null);
        });
      } catch {
        // The library throws before anything is sent when the extension is missing; that is the only way to learn it.
        extension.isAnnounced = false;
        callback(null, null);
      }
    });
    return extension.isAnnounced ? answer : null;
  }

  makeFolder(path: string, patience: Patience): Promise<Answer<null>> {
    return this.#ask(patience, (callback: Callback<null>) => {
      this.#sftp.mkdir(path, (error) => {
        callback(error, null);
      });
    });
  }

  /** Bytes that are free for this account by statvfs@openssh.com; null when the server does not announce it or does not answer it. */
  async freeBytes(path: string, patience: Patience): Promise<number | null> {
    const answer = await this.#ask<unknown>(patience, (callback) => {
      try {
        this.#sftp.ext_openssh_statvfs(path, (error: Error | undefined, space: unknown) => {
          callback(error, space);
        });
      } catch {
        // As with the rename above: thrown before anything is sent.
        callback(null, null);
      }
    });
    return answer.ok ? readFreeBytes(answer.value) : null;
  }

  remove(path: string, patience: Patience): Promise<Answer<null>> {
    return this.#ask(patience, (callback: Callback<null>) => {
      this.#sftp.unlink(path, (error) => {
        callback(error, null);
      });
    });
  }

  readFile(path: string, patience: Patience): Promise<Answer<Buffer>> {
    return this.#ask(patience, (callback) => {
      this.#sftp.readFile(path, callback);
    });
  }

  /** Ends the connection; repeating is harmless. */
  async end(): Promise<void> {
    if (!this.#isAlive) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        this.#client.destroy();
        resolve();
      }, goodbyeMs);
      this.#client.once('close', () => {
        clearTimeout(timer);
        resolve();
      });
      this.#client.end();
    });
    this.#die();
  }

  #die(): void {
    if (!this.#isAlive) return;
    this.#isAlive = false;
    for (const settle of [...this.#pending]) settle({ kind: 'lost', words: this.#lastWords });
  }

  /** Requests of one turn leave in one piece: the library would write each to the operating system by itself, which costs more than encrypting it. */
  #gather(): void {
    if (this.#isGathering) return;
    this.#isGathering = true;
    this.#socket.cork();
    setImmediate(() => {
      this.#isGathering = false;
      this.#socket.uncork();
    });
  }

  #ask<T>(patience: Patience, start: (callback: Callback<T>) => void): Promise<Answer<T>> {
    const { signal } = patience;
    if (!this.#isAlive) return Promise.resolve({ ok: false, failure: { kind: 'lost', words: this.#lastWords } });
    if (signal.aborted)
      return Promise.resolve({ ok: false, failure: { kind: 'stopped', words: 'stopped before it was finished' } });
    return new Promise((resolve) => {
      const settle = (answer: Answer<T>): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        this.#pending.delete(onFailure);
        resolve(answer);
      };
      const onFailure = (failure: RequestFailure): void => {
        settle({ ok: false, failure });
      };
      const onAbort = (): void => {
        onFailure({ kind: 'stopped', words: 'stopped before it was finished' });
      };
      const timeoutMs = patience.timeoutMs ?? this.#timeoutMs;
      const timer = setTimeout(() => {
        onFailure({ kind: 'late', words: `no answer within ${timeoutMs} ms` });
      }, timeoutMs);
      signal.addEventListener('abort', onAbort, { once: true });
      this.#pending.add(onFailure);
      this.#gather();
      start((error, value) => {
        if (error !== null && error !== undefined) onFailure(readRequestFailure(error));
        else if (value === undefined) onFailure({ kind: 'lost', words: 'an answer without content' });
        else settle({ ok: true, value });
      });
    });
  }
}

const goodbyeMs = 2000;

/** Blocks for those without privileges, by their size (PROTOCOL of OpenSSH, section 4.4); the library gives numbers or big integers. */
function readFreeBytes(space: unknown): number | null {
  if (typeof space !== 'object' || space === null || !('f_bavail' in space) || !('f_frsize' in space)) return null;
  const bytes = Number(space.f_bavail) * Number(space.f_frsize);
  return Number.isFinite(bytes) ? bytes : null;
}

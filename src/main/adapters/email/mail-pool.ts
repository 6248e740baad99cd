// A few SMTP connections shared by the sends of one session. Hands out, takes back, opens when there is room; sends nothing.

import type { MailConnection, Step } from './mail-connection.ts';

/** A connection on loan. */
export interface Lease {
  readonly connection: MailConnection;
  /** It carried messages before; the server may have dropped it meanwhile without our knowing. */
  readonly isReused: boolean;
}

/** How a pool opens connections and how many it may hold. */
export interface MailPoolOptions {
  readonly open: (signal: AbortSignal) => Promise<Step<MailConnection>>;
  readonly limit: number;
  /** After so many messages a connection is replaced; servers commonly limit them. */
  readonly maxMessages: number;
}

/** At most `limit` connections, reused last in first out so that the rest can grow old and go. */
export class MailPool {
  readonly #options: MailPoolOptions;
  readonly #idle: MailConnection[] = [];
  readonly #waiting: (() => void)[] = [];
  #busy = 0;
  #isClosed = false;

  constructor(options: MailPoolOptions) {
    this.#options = options;
  }

  /** Gives an open connection to start with. */
  add(connection: MailConnection): void {
    this.#idle.push(connection);
  }

  /** Lends a connection, waiting for one while all are busy; `isFresh` opens a new one. Every success must be given back once. */
  async acquire(signal: AbortSignal, wish: { readonly isFresh: boolean }): Promise<Step<Lease>> {
    while (this.#busy >= this.#options.limit && !this.#isClosed && !signal.aborted) await this.#turn(signal);
    if (this.#isClosed || signal.aborted)
      return { ok: false, failure: { code: 'net.aborted', detail: 'the session is closed', isPermanent: false } };
    this.#busy += 1;
    const kept = wish.isFresh ? undefined : this.#takeIdle();
    if (kept !== undefined) return { ok: true, value: { connection: kept, isReused: kept.messages > 0 } };
    const opened = await this.#options.open(signal);
    if (opened.ok) return { ok: true, value: { connection: opened.value, isReused: false } };
    this.#free();
    return opened;
  }

  /** Takes a connection back; one that is worn out, dead or unwanted is ended. */
  giveBack(connection: MailConnection, use: { readonly isUsable: boolean }): void {
    if (use.isUsable && connection.isAlive && !this.#isClosed && connection.messages < this.#options.maxMessages)
      this.#idle.push(connection);
    else if (use.isUsable) void connection.quit();
    else connection.close();
    this.#free();
  }

  /** Ends the idle connections; those on loan end when they are given back. Repeating is harmless. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const wake of this.#waiting.splice(0)) wake();
    await Promise.all(this.#idle.splice(0).map((connection) => connection.quit()));
  }

  #takeIdle(): MailConnection | undefined {
    for (let connection = this.#idle.pop(); connection !== undefined; connection = this.#idle.pop()) {
      if (connection.isAlive) return connection;
    }
    return undefined;
  }

  #free(): void {
    this.#busy -= 1;
    this.#waiting.shift()?.();
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#waiting.push(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }
}

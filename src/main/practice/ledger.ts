// What a practice provider has done, one JSON line an event, on disk before the provider answers. Append only; nothing is ever changed here.

import { open, readFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** One event. `invoiceNumber` is null for what is no invoice (index files). */
export interface LedgerEntry {
  readonly event: 'accepted' | 'refused' | 'stored' | 'removed';
  readonly invoiceNumber: string | null;
  readonly recipient?: string;
  readonly path?: string;
  readonly sha256: string | null;
  readonly bytes: number;
  readonly messageId?: string;
  readonly reply?: string;
}

/** An append-only file of events. */
export interface Ledger<Entry extends object = LedgerEntry> {
  readonly path: string;
  /** Invoices taken since the file was made. */
  readonly received: () => number;
  /** Resolves when the lines are on disk (fsync), all in one write. Lines that wait at the same time share one. */
  append(...entries: readonly Entry[]): Promise<void>;
  close(): Promise<void>;
}

/** Lines of documents that were taken (events `accepted` and `stored`); not index files. */
const takenDocument = /"event":"(?:accepted|stored)","invoiceNumber":"/u;

/**
 * Opens or makes a ledger; a line cut off by a crash is ended so that the next one stands alone.
 * `received` says which lines count as invoices taken.
 */
export async function openLedger<Entry extends object = LedgerEntry>(
  path: string,
  provider: string,
  received: RegExp = takenDocument,
): Promise<Ledger<Entry>> {
  const file = await open(path, 'a');
  const earlier = await readFile(path, 'utf8');
  if (earlier !== '' && !earlier.endsWith('\n')) await file.write('\n');
  return new FileLedger<Entry>(path, provider, { file, received, earlier: countReceived(earlier, received) });
}

interface Waiting {
  readonly line: string;
  readonly done: () => void;
  readonly fail: (error: unknown) => void;
}

class FileLedger<Entry extends object> implements Ledger<Entry> {
  readonly path: string;
  readonly #provider: string;
  readonly #file: FileHandle;
  readonly #counts: RegExp;
  #received: number;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;

  constructor(
    path: string,
    provider: string,
    state: { readonly file: FileHandle; readonly received: RegExp; readonly earlier: number },
  ) {
    this.path = path;
    this.#provider = provider;
    this.#file = state.file;
    this.#counts = state.received;
    this.#received = state.earlier;
  }

  readonly received = (): number => this.#received;

  append(...entries: readonly Entry[]): Promise<void> {
    if (entries.length === 0) return Promise.resolve();
    const at = new Date().toISOString();
    const lines = entries.map((entry) => `${JSON.stringify({ at, provider: this.#provider, ...entry })}\n`);
    this.#received += lines.filter((line) => this.#counts.test(line)).length;
    return new Promise((done, fail) => {
      this.#waiting.push({ line: lines.join(''), done, fail });
      this.#writing ??= this.#writeAll();
    });
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#file.close();
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.#file.write(batch.map(({ line }) => line).join(''));
        await this.#file.datasync();
        for (const { done } of batch) done();
      } catch (error) {
        for (const { fail } of batch) fail(error);
      }
    }
    this.#writing = null;
  }
}

/** What a ledger holds, a value a line; a line that a crash cut off is none. */
export function wholeLines(text: string): unknown[] {
  return text.split('\n').flatMap((line): unknown[] => {
    try {
      return line === '' ? [] : [JSON.parse(line)];
    } catch (error) {
      if (error instanceof SyntaxError) return [];
      throw error;
    }
  });
}

function countReceived(text: string, received: RegExp): number {
  return text.split('\n').filter((line) => received.test(line)).length;
}

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
export interface Ledger {
  readonly path: string;
  /** Invoices taken since the file was made (events `accepted` and `stored`). */
  readonly received: () => number;
  /** Resolves when the line is on disk (fsync). Lines that wait at the same time share one. */
  append(entry: LedgerEntry): Promise<void>;
  close(): Promise<void>;
}

/** Opens or makes a ledger; a line cut off by a crash is ended so that the next one stands alone. */
export async function openLedger(path: string, provider: string): Promise<Ledger> {
  const file = await open(path, 'a');
  const earlier = await readFile(path, 'utf8');
  if (earlier !== '' && !earlier.endsWith('\n')) await file.write('\n');
  return new FileLedger(path, provider, { file, received: countReceived(earlier) });
}

interface Waiting {
  readonly line: string;
  readonly done: () => void;
  readonly fail: (error: unknown) => void;
}

class FileLedger implements Ledger {
  readonly path: string;
  readonly #provider: string;
  readonly #file: FileHandle;
  #received: number;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;

  constructor(path: string, provider: string, state: { readonly file: FileHandle; readonly received: number }) {
    this.path = path;
    this.#provider = provider;
    this.#file = state.file;
    this.#received = state.received;
  }

  readonly received = (): number => this.#received;

  append(entry: LedgerEntry): Promise<void> {
    const line = `${JSON.stringify({ at: new Date().toISOString(), provider: this.#provider, ...entry })}\n`;
    if (isReceived(entry)) this.#received += 1;
    return new Promise((done, fail) => {
      this.#waiting.push({ line, done, fail });
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

function countReceived(text: string): number {
  let count = 0;
  for (const line of text.split('\n')) {
    if (/"event":"(?:accepted|stored)","invoiceNumber":"/u.test(line)) count += 1;
  }
  return count;
}

function isReceived(entry: LedgerEntry): boolean {
  return (entry.event === 'accepted' || entry.event === 'stored') && entry.invoiceNumber !== null;
}

// Content hashes of rows that come without one, from the bytes each row names. Runs in the thread that asked for the reading: it has
// time while the worker reads on.

import { hash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { ParsedInvoiceRow } from '../ports/import-source.ts';

/** Read at a time; an invoice beyond it is read whole. */
const windowBytes = 1_048_576;

/** A row on its way: an empty hash is still to be computed. */
export type RowOnTheWay = Omit<ParsedInvoiceRow, 'contentSha256'> & { contentSha256: string };

/** Fills in the hashes that are missing in rows of a file that is at hand. */
export function completeRows(rows: readonly RowOnTheWay[], file: Uint8Array): void {
  for (const row of rows)
    if (row.contentSha256 === '')
      row.contentSha256 = hash('sha256', file.subarray(row.byteOffset, row.byteOffset + row.byteLength), 'hex');
}

/** Completes the rows of one file; opens it when the first row needs it. Close it in every case. */
export class RowHashes {
  readonly #path: string;
  #file: FileHandle | null = null;
  #window: Uint8Array = new Uint8Array(0);
  /** Offset in the file of the window's first byte, and how much of the window is filled. */
  #start = 0;
  #length = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Fills in the hashes that are missing. Rejects when the file can't be read, or no longer holds what was read in it. */
  async complete(rows: readonly RowOnTheWay[]): Promise<void> {
    for (const row of rows) {
      if (row.contentSha256 !== '') continue;
      if (!this.#holds(row)) await this.#moveTo(row);
      const from = row.byteOffset - this.#start;
      row.contentSha256 = hash('sha256', this.#window.subarray(from, from + row.byteLength), 'hex');
    }
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = null;
  }

  #holds({ byteOffset, byteLength }: RowOnTheWay): boolean {
    return byteOffset >= this.#start && byteOffset + byteLength <= this.#start + this.#length;
  }

  async #moveTo(row: RowOnTheWay): Promise<void> {
    const file = (this.#file ??= await open(this.#path, 'r'));
    if (this.#window.length < row.byteLength || this.#window.length === 0)
      this.#window = new Uint8Array(Math.max(windowBytes, row.byteLength));
    this.#start = row.byteOffset;
    this.#length = 0;
    while (this.#length < this.#window.length) {
      const left = this.#window.length - this.#length;
      const { bytesRead } = await file.read(this.#window, this.#length, left, this.#start + this.#length);
      if (bytesRead === 0) break;
      this.#length += bytesRead;
    }
    if (this.#length < row.byteLength) throw Object.assign(new Error('the file became shorter'), { code: 'EIO' });
  }
}

// Counts lines in bytes and remembers where every thousandth starts, for windows into large files.

import { unitSize } from './xml-encoding.ts';
import type { Encoding } from './xml-encoding.ts';

/** Lines between two entries of the index. */
export const linesPerEntry = 1000;

/** Grows with the bytes of one file. Line ends are LF, CRLF and a lone CR, as XML counts them. */
export class LineIndex {
  readonly #unit: 1 | 2;
  readonly #low: 0 | 1;
  readonly #offsets: number[];
  #lineCount = 1;

  /** `firstOffset`: where the text starts, after a byte order mark. */
  constructor(encoding: Encoding, firstOffset: number) {
    this.#unit = unitSize(encoding);
    this.#low = encoding === 'utf-16be' ? 1 : 0;
    this.#offsets = [firstOffset];
  }

  /** Lines so far; the text after the last line end counts as a line, also when it is empty. */
  get lineCount(): number {
    return this.#lineCount;
  }

  /** Byte offset of line 1, 1001, 2001, … */
  get offsets(): readonly number[] {
    return this.#offsets;
  }

  /** Adds the next bytes, whole characters, never ending between CR and LF. */
  add(bytes: Uint8Array, byteOffset: number): void {
    if (this.#unit === 1) this.#addNarrow(bytes, byteOffset);
    else this.#addWide(bytes, byteOffset);
  }

  #addNarrow(bytes: Uint8Array, byteOffset: number): void {
    const { length } = bytes;
    const head = (4 - (bytes.byteOffset & 3)) & 3;
    if (length <= head) {
      this.#addBytes(bytes, { from: 0, to: length }, byteOffset);
      return;
    }
    const words = new Int32Array(bytes.buffer, bytes.byteOffset + head, (length - head) >> 2);
    this.#addBytes(bytes, { from: 0, to: head }, byteOffset);
    for (let index = nextCandidate(words, 0); index < words.length; index = nextCandidate(words, index + 1)) {
      const from = head + index * 4;
      this.#addBytes(bytes, { from, to: from + 4 }, byteOffset);
    }
    this.#addBytes(bytes, { from: head + words.length * 4, to: length }, byteOffset);
  }

  #addBytes(bytes: Uint8Array, { from, to }: { readonly from: number; readonly to: number }, byteOffset: number): void {
    for (let index = from; index < to; index++) {
      const byte = bytes[index];
      if (byte === 0x0a || (byte === 0x0d && bytes[index + 1] !== 0x0a)) this.#endLine(byteOffset + index + 1);
    }
  }

  #addWide(bytes: Uint8Array, byteOffset: number): void {
    const low = this.#low;
    const codeAt = (index: number): number => (bytes[index + low] ?? 0) | ((bytes[index + 1 - low] ?? 0) << 8);
    for (let index = 0; index < bytes.length; index += 2) {
      const code = codeAt(index);
      if (code === 0x0a || (code === 0x0d && codeAt(index + 2) !== 0x0a)) this.#endLine(byteOffset + index + 2);
    }
  }

  #endLine(nextOffset: number): void {
    if (this.#lineCount++ % linesPerEntry === 0) this.#offsets.push(nextOffset);
  }
}

/**
 * The next word from an index on in which one of the four bytes is below 0x0E, the number of words when there is none: nearly none of
 * them holds a line end. A function of its own: inside its caller the loop is compiled anew for piece after piece, in vain each time.
 */
function nextCandidate(words: Int32Array, from: number): number {
  for (let index = from; index < words.length; index++) {
    const word = words[index] ?? 0;
    if (((word - 0x0e0e0e0e) & ~word & 0x80808080) !== 0) return index;
  }
  return words.length;
}

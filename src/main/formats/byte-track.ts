// From positions in decoded text back to bytes of the file: offsets and slices of what was read recently.

import type { PieceDecoder } from './xml-encoding.ts';

interface Piece {
  readonly bytes: Uint8Array;
  readonly text: string;
  /** Position of the first code unit, and byte offset of the first byte, in the file. */
  readonly position: number;
  readonly byteOffset: number;
}

/** Holds the newest pieces of one file. */
export class ByteTrack {
  readonly #decoder: PieceDecoder;
  #pieces: Piece[] = [];
  /** Where the newest answer was: questions mostly come in rising order. */
  #anchor: { piece: Piece; index: number; byteIndex: number } | null = null;

  constructor(decoder: PieceDecoder) {
    this.#decoder = decoder;
  }

  /** Adds the next piece; pieces follow each other without gaps. */
  add(piece: Piece): void {
    this.#pieces.push(piece);
  }

  /** Forgets pieces that end at or before a position, except the newest; returns their bytes. */
  forget(position: number): readonly Uint8Array[] {
    const end = this.#pieces.findIndex((piece) => piece.position + piece.text.length > position);
    const count = end < 0 ? this.#pieces.length - 1 : end;
    if (count <= 0) return [];
    const forgotten = this.#pieces.slice(0, count).map(({ bytes }) => bytes);
    this.#pieces = this.#pieces.slice(count);
    return forgotten;
  }

  /** Tells what somebody else has counted: the byte offset of a position that is held. */
  note(known: { readonly position: number; readonly byteOffset: number }): void {
    const piece = this.#pieceAt(known.position);
    this.#anchor = { piece, index: known.position - piece.position, byteIndex: known.byteOffset - piece.byteOffset };
  }

  /** Bytes that a text stands for. */
  byteLengthOf(text: string): number {
    return this.#decoder.byteLengthOf(text);
  }

  /** Byte offset in the file of a position that is still held. */
  offsetOf(position: number): number {
    const piece = this.#pieceAt(position);
    const index = position - piece.position;
    if (piece.bytes.length === piece.text.length) return piece.byteOffset + index;
    const anchor = this.#anchor;
    const isForward = anchor !== null && anchor.piece === piece && anchor.index <= index;
    const from = isForward ? anchor.index : 0;
    const byteIndex = (isForward ? anchor.byteIndex : 0) + this.#decoder.byteLengthOf(piece.text.slice(from, index));
    this.#anchor = { piece, index, byteIndex };
    return piece.byteOffset + byteIndex;
  }

  /** The file's bytes between two offsets that are still held; copied only when they span pieces. */
  bytesBetween(start: number, end: number): Uint8Array {
    const parts: Uint8Array[] = [];
    for (const { bytes, byteOffset } of this.#pieces) {
      if (byteOffset + bytes.length <= start || byteOffset >= end) continue;
      parts.push(bytes.subarray(Math.max(0, start - byteOffset), Math.min(bytes.length, end - byteOffset)));
    }
    const [only] = parts;
    return only !== undefined && parts.length === 1 ? only : joinBytes(parts);
  }

  #pieceAt(position: number): Piece {
    for (let index = this.#pieces.length - 1; index >= 0; index--) {
      const piece = this.#pieces[index];
      if (piece !== undefined && piece.position <= position) return piece;
    }
    throw new Error('a position was asked for that is no longer held');
  }
}

/** One stretch after the other, as one. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

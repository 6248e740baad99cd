// Opens a source file and gives its decoded pieces, one after the other. Knows sizes and encodings, no elements.

import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { FileRefusal } from '../ports/import-source.ts';
import { folderGiven, refuseSize, refuseUnreadable } from './refusal.ts';
import { createFileDecoder, detectEncoding, headBytes } from './xml-encoding.ts';
import type { DetectedEncoding, PieceDecoder } from './xml-encoding.ts';

/** Bytes read at a time: large enough to be fast, small enough to stop within milliseconds. */
const readBytes = 262_144;

/** What comes next in a file. */
export type SourceStep =
  | { readonly kind: 'piece'; readonly piece: SourcePiece }
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly refusal: FileRefusal };

/** Room before what is read, for the few bytes left over from the piece before: part of a character, a CR. */
const headroom = 8;

/** A decoded piece of the file. */
export interface SourcePiece {
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly byteOffset: number;
  /** The byte right after this piece that is not in the encoding; nothing follows then. */
  readonly badByte: number | null;
}

/** An open source file. Close it in every case. */
export interface SourceFile {
  readonly sizeBytes: number;
  readonly detected: DetectedEncoding;
  readonly decoder: PieceDecoder;
  /** The next piece, the end, or what the disk did instead. */
  next(): Promise<SourceStep>;
  /** Says that a piece's bytes are no longer needed; they are overwritten from then on. Not calling it costs memory only. */
  release(bytes: Uint8Array): void;
  close(): Promise<void>;
}

/** Opens a file, checks its size and finds its encoding. Only for checks that keep nothing of a file, `anySize` makes sense. */
export async function openSource(
  path: string,
  sizes: 'batchSize' | 'anySize' = 'batchSize',
): Promise<{ readonly ok: true; readonly source: SourceFile } | { readonly ok: false; readonly refusal: FileRefusal }> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    return { ok: false, refusal: refuseUnreadable(path, error) };
  }
  try {
    const stats = await handle.stat();
    const refusal = stats.isFile()
      ? sizes === 'anySize'
        ? null
        : refuseSize(stats.size)
      : refuseUnreadable(path, stats.isDirectory() ? folderGiven : 'not a file');
    if (refusal === null) return { ok: true, source: await startReading(handle, path, stats.size) };
    await handle.close();
    return { ok: false, refusal };
  } catch (error) {
    await handle.close();
    return { ok: false, refusal: refuseUnreadable(path, error) };
  }
}

async function startReading(handle: FileHandle, path: string, sizeBytes: number): Promise<SourceFile> {
  const head = new Uint8Array(Math.min(headBytes, sizeBytes));
  await handle.read(head, 0, head.length, 0);
  const detected = detectEncoding(head);
  const decoder = createFileDecoder(detected);
  const buffers = new BufferPool(Math.min(readBytes, sizeBytes));
  let carry: Uint8Array = new Uint8Array(0);
  let offset = detected.bomLength;
  let isDone = false;
  let ahead: Promise<ReadBlock> | null = null;

  async function next(): Promise<SourceStep> {
    try {
      const piece = await readPiece();
      return piece === null ? { kind: 'end' } : { kind: 'piece', piece };
    } catch (error) {
      return { kind: 'failed', refusal: refuseUnreadable(path, error) };
    }
  }

  async function readPiece(): Promise<SourcePiece | null> {
    while (!isDone) {
      const { buffer, bytesRead } = await (ahead ?? readAt(handle, buffers.take(), offset));
      buffer.set(carry, headroom - carry.length);
      const bytes = buffer.subarray(headroom - carry.length, headroom + bytesRead);
      const byteOffset = offset - carry.length;
      offset += bytesRead;
      const isLast = offset >= sizeBytes || bytesRead === 0;
      ahead = isLast ? null : readAt(handle, buffers.take(), offset);
      // A failed read ahead is reported by the next call, not as an unhandled rejection.
      ahead?.catch(() => undefined);
      const piece = decoder.decode(bytes, isLast);
      carry = bytes.subarray(piece.byteLength);
      isDone = isLast || piece.badByte !== null;
      if (piece.text === '' && piece.badByte === null && !isDone) continue;
      return { bytes: bytes.subarray(0, piece.byteLength), text: piece.text, byteOffset, badByte: piece.badByte };
    }
    return null;
  }

  return {
    sizeBytes,
    detected,
    decoder,
    next,
    release: (piece) => {
      buffers.giveBack(piece);
    },
    close: async () => {
      await ahead?.catch(() => undefined);
      await handle.close();
    },
  };
}

interface ReadBlock {
  readonly buffer: Uint8Array;
  readonly bytesRead: number;
}

async function readAt(handle: FileHandle, buffer: Uint8Array, offset: number): Promise<ReadBlock> {
  const { bytesRead } = await handle.read(buffer, headroom, buffer.length - headroom, offset);
  return { buffer, bytesRead };
}

/**
 * Buffers used again and again: a new one for every piece would leave 100 MB to the garbage collector. XML is read from plain
 * Uint8Arrays, never from Buffers: V8 compiles what reads bytes for one of them, and again when the other comes.
 */
class BufferPool {
  readonly #free: ArrayBufferLike[] = [];
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  take(): Uint8Array {
    return new Uint8Array(this.#free.pop() ?? new ArrayBuffer(headroom + this.#size));
  }

  giveBack(piece: Uint8Array): void {
    if (this.#free.length < 4) this.#free.push(piece.buffer);
  }
}

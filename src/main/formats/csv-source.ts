// Opens a CSV: size, encoding by its bytes (a CSV declares none), and its decoded pieces one after the other. Knows no rows.

import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { FileRefusal } from '../ports/import-source.ts';
import { looksLikeStatementCsv } from './csv-head.ts';
import { largestFileBytes, refuseSize, refuseUnreadable } from './refusal.ts';
import { createDecoder, detectEncoding } from './xml-encoding.ts';
import type { Encoding, PieceDecoder } from './xml-encoding.ts';

/** Bytes read at a time. */
const readBytes = 262_144;
/** Bytes that hold a header line. */
const headBytes = 16_384;

/** A decoded piece; the bytes that its text stands for. */
export interface CsvPiece {
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly byteOffset: number;
  readonly isLast: boolean;
}

/** An open CSV. Close it in every case. */
export interface CsvSource {
  readonly sizeBytes: number;
  readonly encoding: Encoding;
  /** Bytes of the byte order mark; text starts after it. */
  readonly bomLength: number;
  readonly decoder: PieceDecoder;
  pieces(): AsyncGenerator<CsvPiece>;
  close(): Promise<void>;
}

/** True when the file begins with a header line of invoices. False too when it cannot be read: others say that better. */
export async function isStatementCsv(path: string): Promise<boolean> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch {
    return false;
  }
  try {
    const head = Buffer.alloc(headBytes);
    const { bytesRead } = await handle.read(head, 0, headBytes, 0);
    const { encoding, bomLength } = detectEncoding(head.subarray(0, bytesRead));
    return looksLikeStatementCsv(new TextDecoder(encoding).decode(head.subarray(bomLength, bytesRead)));
  } finally {
    await handle.close();
  }
}

/**
 * Opens a CSV. Text that is UTF-8 to its last byte is UTF-8, with or without a byte order mark; anything else is Windows-1252, which
 * every sequence of bytes is. The smallest size of other formats does not hold here: three rows have 200 bytes.
 */
export async function openCsv(
  path: string,
): Promise<{ readonly ok: true; readonly source: CsvSource } | { readonly ok: false; readonly refusal: FileRefusal }> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    return { ok: false, refusal: refuseUnreadable(path, error) };
  }
  try {
    const { size } = await handle.stat();
    const refusal = size === 0 || size > largestFileBytes ? refuseSize(size) : null;
    if (refusal === null) return { ok: true, source: await startReading(handle, size) };
    await handle.close();
    return { ok: false, refusal };
  } catch (error) {
    await handle.close();
    return { ok: false, refusal: refuseUnreadable(path, error) };
  }
}

async function startReading(handle: FileHandle, sizeBytes: number): Promise<CsvSource> {
  const head = Buffer.alloc(Math.min(8, sizeBytes));
  await handle.read(head, 0, head.length, 0);
  const detected = detectEncoding(head);
  const isMarked = detected.encoding !== 'utf-8';
  const isUtf8 = !isMarked && (await isValid(handle, sizeBytes, detected.bomLength));
  const encoding = isMarked || isUtf8 ? detected.encoding : 'windows-1252';
  const decoder = createDecoder(encoding);
  return {
    sizeBytes,
    encoding,
    // The mark of UTF-8 before text that is not UTF-8 was put there by mistake: it is no part of the text either.
    bomLength: detected.bomLength,
    decoder,
    pieces: () => readPieces(handle, decoder, { sizeBytes, from: detected.bomLength }),
    close: () => handle.close(),
  };
}

async function isValid(handle: FileHandle, sizeBytes: number, from: number): Promise<boolean> {
  let end = from;
  for await (const piece of readPieces(handle, createDecoder('utf-8'), { sizeBytes, from }))
    end = piece.byteOffset + piece.bytes.length;
  return end >= sizeBytes;
}

/** Ends early where a byte is not in the encoding. */
async function* readPieces(
  handle: FileHandle,
  decoder: PieceDecoder,
  { sizeBytes, from }: { readonly sizeBytes: number; readonly from: number },
): AsyncGenerator<CsvPiece> {
  let carry: Uint8Array = new Uint8Array(0);
  let offset = from;
  for (let isLast = false; !isLast;) {
    const buffer = Buffer.allocUnsafe(readBytes);
    const { bytesRead } = await handle.read(buffer, 0, readBytes, offset);
    const bytes = Buffer.concat([carry, buffer.subarray(0, bytesRead)]);
    const byteOffset = offset - carry.length;
    offset += bytesRead;
    isLast = bytesRead === 0 || offset >= sizeBytes;
    const { text, byteLength, badByte } = decoder.decode(bytes, isLast);
    carry = bytes.subarray(byteLength);
    yield { bytes: bytes.subarray(0, byteLength), text, byteOffset, isLast };
    if (badByte !== null) return;
  }
}

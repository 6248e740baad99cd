// Opens a small source file in one go, for drops of thousands: without a turn of the event loop for each step. As source-file otherwise.

import { readFileSync, statSync } from 'node:fs';
import { refuseSize } from './refusal.ts';
import type { SourceFile } from './source-file.ts';
import { createFileDecoder, detectEncoding, headBytes } from './xml-encoding.ts';

const smallBytes = 262_144;

/**
 * The file, or null when it is large or something about it is to be refused: source-file then says what. `known`: all of it, where
 * somebody has read it already.
 */
export function openSmallSource(path: string, known?: Uint8Array): SourceFile | null {
  const bytes = known !== undefined && known.length <= smallBytes ? known : readSmall(path);
  if (bytes === null) return null;
  const detected = detectEncoding(bytes.subarray(0, headBytes));
  const decoder = createFileDecoder(detected);
  let isRead = false;
  return {
    sizeBytes: bytes.length,
    detected,
    decoder,
    next: () => {
      if (isRead) return Promise.resolve({ kind: 'end' });
      isRead = true;
      const body = bytes.subarray(detected.bomLength);
      const { text, byteLength, badByte } = decoder.decode(body, true);
      const piece = { bytes: body.subarray(0, byteLength), text, byteOffset: detected.bomLength, badByte };
      return Promise.resolve({ kind: 'piece', piece });
    },
    release: () => undefined,
    close: () => Promise.resolve(),
  };
}

function readSmall(path: string): Buffer | null {
  try {
    const stats = statSync(path);
    return stats.isFile() && stats.size <= smallBytes && refuseSize(stats.size) === null ? readFileSync(path) : null;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}

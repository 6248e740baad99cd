// A small source file that is in memory already, for drops of thousands: without a turn of the event loop for each step. As source-file otherwise.

import { refuseSize } from './refusal.ts';
import type { SourceFile } from './source-file.ts';
import { createFileDecoder, detectEncoding, headBytes } from './xml-encoding.ts';

/** The file, or null when its size is to be refused: source-file then says how. */
export function smallSource(bytes: Uint8Array): SourceFile | null {
  if (refuseSize(bytes.length) !== null) return null;
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

// Reads a document of one invoice that begins as one that was read before, without the tokenizer. Anything that is not plain is left to it.

import type { AlikeDocuments, KnownHead } from './alike-documents.ts';
import type { InvoiceInFile } from './document-reader.ts';
import { LineIndex } from './line-index.ts';
import { headBytes } from './xml-encoding.ts';

/** A document that was read. Its record is used again for the next one. */
export interface AlikeDocument {
  readonly known: KnownHead;
  readonly invoice: InvoiceInFile;
  readonly lines: LineIndex;
}

/** Reads all of a file; null, and nothing changed, when it does not begin like another or is not plain. A null never means that something is wrong. */
export function readAlike(file: Uint8Array, alike: AlikeDocuments): AlikeDocument | null {
  const { encoding, bomLength, trouble } = alike.detect(file.subarray(0, headBytes));
  // Byte order mark and declaration may contradict each other in this file alone.
  if (trouble !== null) return null;
  const bytes = file.subarray(bomLength);
  const known = alike.find(bytes, encoding);
  if (known === null) return null;
  const { text, badByte } = known.head.decoder.decode(bytes, true);
  if (badByte !== null) return null;
  const { root, end } = known.head;
  const from = { bytes, text, byteIndex: end.byte, index: end.unit, base: 0, place: end.place };
  const read = known.reader.document(from, root);
  if (read === null) return null;
  const lines = new LineIndex(encoding, bomLength);
  lines.add(bytes, bomLength);
  const own = bytes.subarray(read.byteStart, read.byteEnd);
  return { known, invoice: { read, byteOffset: bomLength + read.byteStart, bytes: own }, lines };
}

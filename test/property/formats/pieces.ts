// Reads bytes through the document reader in pieces of any size, as a disk might give them.

import type { AlikeDocuments } from '../../../src/main/formats/alike-documents.ts';
import type { CompiledProfile } from '../../../src/main/formats/compile-profile.ts';
import { DocumentReader } from '../../../src/main/formats/document-reader.ts';
import type { InvoiceInFile } from '../../../src/main/formats/document-reader.ts';
import { readAlike } from '../../../src/main/formats/read-alike.ts';
import { invoiceWithPlaces } from '../../../src/main/formats/check-invoice.ts';
import type { ProfileSet } from '../../../src/main/formats/load-profiles.ts';
import { createDecoder, decodeWhole, detectEncoding } from '../../../src/main/formats/xml-encoding.ts';
import type { FieldPlace, Invoice } from '../../../src/shared/schema/invoice.ts';
import type { FileRefusal } from '../../../src/main/ports/import-source.ts';

/** Everything that reading tells. */
export interface PiecesOutcome {
  readonly invoices: readonly {
    readonly byteOffset: number;
    readonly byteLength: number;
    readonly line: number;
    readonly column: number;
    readonly invoice: Invoice;
    readonly places: readonly FieldPlace[];
  }[];
  readonly refusal: FileRefusal | null;
  /** Null when the file was refused: how far it was read then depends on the pieces. */
  readonly lineCount: number | null;
}

/** Reads `bytes` cut at the given offsets (ascending). */
export function readInPieces(
  bytes: Uint8Array,
  cuts: readonly number[],
  profiles: ProfileSet,
  options: {
    readonly isTokenizedOnly?: boolean;
    readonly onTokenized?: (invoices: number) => void;
    /** What was read before; only without cuts. */
    readonly alike?: AlikeDocuments;
  } = {},
): PiecesOutcome {
  const detected = detectEncoding(bytes.subarray(0, 1024));
  const decoder = createDecoder(detected.encoding);
  const invoices: PiecesOutcome['invoices'][number][] = [];
  const take = ({ read, byteOffset, bytes: own }: InvoiceInFile, profile: CompiledProfile): void => {
    const text = (): string => decodeWhole(own, detected.encoding) ?? '';
    invoices.push({
      byteOffset,
      byteLength: own.length,
      ...read.place,
      ...invoiceWithPlaces({ read, profile, text }),
    });
  };
  const known = options.alike === undefined ? null : readAlike(bytes, options.alike);
  if (known !== null) {
    take(known.invoice, known.known.head.profile);
    options.onTokenized?.(0);
    return { invoices, refusal: null, lineCount: known.lines.lineCount };
  }
  // As with a file, whose buffers are used again for what comes later.
  const free: ArrayBufferLike[] = [];
  const copy = (piece: Uint8Array): Uint8Array => {
    const at = free.findIndex(({ byteLength }) => byteLength >= piece.length);
    const [used = new ArrayBuffer(piece.length)] = at < 0 ? [] : free.splice(at, 1);
    const target = Buffer.from(used, 0, piece.length);
    target.set(piece);
    return target;
  };
  let tokenized = 0;
  class CountingReader extends DocumentReader {
    override invoiceStarted(start: number): void {
      tokenized += 1;
      super.invoiceStarted(start);
    }
  }
  const reader = new CountingReader({
    profiles,
    detected,
    decoder,
    isTokenizedOnly: options.isTokenizedOnly ?? false,
    alike: options.alike ?? null,
    listener: {
      forgotten: (old) => free.push(old.buffer),
      invoice: take,
    },
  });
  let refusal: FileRefusal | null = null;
  let start = detected.bomLength;
  const ends = [...cuts.filter((cut) => cut > start && cut < bytes.length), bytes.length];
  for (const [index, end] of ends.entries()) {
    const isLast = index === ends.length - 1;
    const piece = decoder.decode(bytes.subarray(start, end), isLast);
    if (piece.text === '' && piece.badByte === null && !isLast) continue;
    const outcome = reader.add({
      bytes: copy(bytes.subarray(start, start + piece.byteLength)),
      text: piece.text,
      byteOffset: start,
      badByte: piece.badByte,
    });
    start += piece.byteLength;
    if (typeof outcome !== 'string') refusal = outcome;
    if (outcome !== 'more') break;
  }
  const ended = refusal === null ? reader.finish() : 'stopped';
  if (typeof ended !== 'string') refusal = ended;
  options.onTokenized?.(tokenized);
  return { invoices, refusal, lineCount: refusal === null ? reader.lines.lineCount : null };
}

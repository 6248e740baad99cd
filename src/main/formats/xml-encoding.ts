// Which encoding a file is in, and decoding of its bytes in pieces that end on whole characters. No XML beyond the declaration.

import { isUtf8 } from 'node:buffer';

/** The encodings that are read. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'iso-8859-1' | 'windows-1252';

/** What the start of a file says about its encoding. */
export interface DetectedEncoding {
  readonly encoding: Encoding;
  /** Bytes of the byte order mark, 0 to 3; text starts after it. */
  readonly bomLength: number;
  /** As written in the XML declaration, null when it has none. */
  readonly declared: string | null;
  /** False when the declaration names an encoding that is not read. */
  readonly isSupported: boolean;
}

/** A decoded piece. */
export interface DecodedPiece {
  readonly text: string;
  /** Bytes of the input that `text` stands for; the rest belongs to the next piece (or is the bad byte). */
  readonly byteLength: number;
  /** Set when the bytes after `byteLength` are not in the encoding. */
  readonly badByte: number | null;
}

/** Decodes pieces of one file; keeps nothing between calls. */
export interface PieceDecoder {
  readonly encoding: Encoding;
  /** `isLast`: an unfinished character at the end is an error, not the start of the next piece. */
  decode(bytes: Uint8Array, isLast: boolean): DecodedPiece;
  /** Bytes that a decoded text stands for. */
  byteLengthOf(text: string): number;
}

const names: Readonly<Record<string, Encoding>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'iso-8859-1': 'iso-8859-1',
  iso8859_1: 'iso-8859-1',
  'iso_8859-1': 'iso-8859-1',
  latin1: 'iso-8859-1',
  'latin-1': 'iso-8859-1',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
};

/** Encodings of two bytes a character, when only declared: the bytes themselves have already said that it is not so. */
const declaredWideNames = new Set(['utf-16', 'utf-16le', 'utf-16be', 'utf16', 'ucs-2', 'iso-10646-ucs-2']);

/**
 * Reads byte order mark, first bytes and declaration, in that order of trust. A declaration of UTF-16 over one-byte text
 * (a known fault of programs that write into a string first) is read as UTF-8. `head` should hold 1 KB or the whole file.
 */
export function detectEncoding(head: Uint8Array): DetectedEncoding {
  const [first, second, third] = head;
  if (first === 0xef && second === 0xbb && third === 0xbf) return found('utf-8', 3, declaredIn(head.subarray(3)));
  if (first === 0xff && second === 0xfe) return found('utf-16le', 2, null);
  if (first === 0xfe && second === 0xff) return found('utf-16be', 2, null);
  if (first === 0x3c && second === 0) return found('utf-16le', 0, null);
  if (first === 0 && second === 0x3c) return found('utf-16be', 0, null);
  const declared = declaredIn(head);
  if (declared === null || declaredWideNames.has(declared.toLowerCase())) return found('utf-8', 0, declared);
  const encoding = names[declared.toLowerCase()];
  return encoding === undefined
    ? { encoding: 'utf-8', bomLength: 0, declared, isSupported: false }
    : found(encoding, 0, declared);
}

/** What an undeclared file with this byte most likely is in. */
export function guessEncoding(badByte: number): Encoding {
  return badByte >= 0x80 && badByte <= 0x9f ? 'windows-1252' : 'iso-8859-1';
}

/** Narrows stored text to an encoding; null for anything else. */
export function asEncoding(text: string): Encoding | null {
  switch (text) {
    case 'utf-8':
    case 'utf-16le':
    case 'utf-16be':
    case 'iso-8859-1':
    case 'windows-1252':
      return text;
    default:
      return null;
  }
}

/** Bytes of one code unit of the encoding: what a line end is searched in. */
export function unitSize(encoding: Encoding): 1 | 2 {
  return encoding === 'utf-16le' || encoding === 'utf-16be' ? 2 : 1;
}

/** Makes the decoder of an encoding. Pieces never end between CR and LF, nor inside a character. */
export function createDecoder(encoding: Encoding): PieceDecoder {
  switch (encoding) {
    case 'utf-8':
      return { encoding, decode: decodeUtf8, byteLengthOf: (text) => Buffer.byteLength(text, 'utf8') };
    case 'utf-16le':
    case 'utf-16be':
      return {
        encoding,
        decode: (bytes, isLast) => decodeUtf16(bytes, isLast, encoding),
        byteLengthOf: (text) => text.length * 2,
      };
    case 'iso-8859-1':
      return {
        encoding,
        decode: (bytes, isLast) => decodeOneByte(bytes, isLast, latin1Text),
        byteLengthOf: (text) => text.length,
      };
    case 'windows-1252': {
      const decoder = new TextDecoder('windows-1252');
      return {
        encoding,
        decode: (bytes, isLast) => decodeOneByte(bytes, isLast, (part) => decoder.decode(part)),
        byteLengthOf: (text) => text.length,
      };
    }
  }
}

/** Decodes a slice that is known to be whole; null when it is not in the encoding. */
export function decodeWhole(bytes: Uint8Array, encoding: Encoding): string | null {
  const piece = createDecoder(encoding).decode(bytes, true);
  return piece.badByte === null ? piece.text : null;
}

function found(encoding: Encoding, bomLength: number, declared: string | null): DetectedEncoding {
  return { encoding, bomLength, declared, isSupported: true };
}

function declaredIn(bytes: Uint8Array): string | null {
  const start = latin1Text(bytes.subarray(0, 512));
  return /^<\?xml\s[^>]*?\bencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{0,40})["']/.exec(start)?.[1] ?? null;
}

function latin1Text(bytes: Uint8Array): string {
  return asBuffer(bytes).toString('latin1');
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function decodeUtf8(bytes: Uint8Array, isLast: boolean): DecodedPiece {
  const whole = isLast ? bytes : withoutOpenEnd(bytes, bytes.length - unfinishedUtf8(bytes));
  if (isUtf8(whole)) return { text: asBuffer(whole).toString('utf8'), byteLength: whole.length, badByte: null };
  const bad = firstBadUtf8(whole);
  return { text: asBuffer(whole.subarray(0, bad)).toString('utf8'), byteLength: bad, badByte: whole[bad] ?? 0 };
}

function decodeOneByte(bytes: Uint8Array, isLast: boolean, toText: (part: Uint8Array) => string): DecodedPiece {
  const whole = isLast ? bytes : withoutOpenEnd(bytes, bytes.length);
  return { text: toText(whole), byteLength: whole.length, badByte: null };
}

function decodeUtf16(bytes: Uint8Array, isLast: boolean, encoding: 'utf-16le' | 'utf-16be'): DecodedPiece {
  const units = Math.floor(bytes.length / 2);
  const little = Buffer.from(bytes.subarray(0, units * 2));
  if (encoding === 'utf-16be') little.swap16();
  let text = little.toString('utf16le');
  const isCut = isLast && bytes.length % 2 === 1;
  if (!isLast) {
    const last = text.charCodeAt(text.length - 1);
    if (last === 0x0d || (last >= 0xd800 && last <= 0xdbff)) text = text.slice(0, -1);
  }
  if (text.isWellFormed())
    return { text, byteLength: text.length * 2, badByte: isCut ? (bytes[units * 2] ?? 0) : null };
  const bad = firstLoneSurrogate(text);
  return { text: text.slice(0, bad), byteLength: bad * 2, badByte: bytes[bad * 2] ?? 0 };
}

/** Leaves a CR at the end for the next piece: it may be half of a line end. */
function withoutOpenEnd(bytes: Uint8Array, length: number): Uint8Array {
  return bytes.subarray(0, length > 0 && bytes[length - 1] === 0x0d ? length - 1 : length);
}

/** Bytes at the end that are the start of a character whose rest has not come yet: 0 to 3. */
function unfinishedUtf8(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}

function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

/** Offset of the first byte that does not belong to a UTF-8 character. */
function firstBadUtf8(bytes: Uint8Array): number {
  let offset = 0;
  while (offset < bytes.length) {
    const length = sequenceLength(bytes[offset] ?? 0);
    if (
      length !== 1 &&
      (length === 0 || offset + length > bytes.length || !isUtf8(bytes.subarray(offset, offset + length)))
    )
      return offset;
    offset += length;
  }
  return offset;
}

function firstLoneSurrogate(text: string): number {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0xd800 || code > 0xdfff) continue;
    const next = text.charCodeAt(index + 1);
    if (code > 0xdbff || !(next >= 0xdc00 && next <= 0xdfff)) return index;
    index++;
  }
  return text.length;
}

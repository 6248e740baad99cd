// Which encoding a file is in, and decoding of its bytes in pieces that end on whole characters. No XML beyond the declaration.

import { isUtf8 } from 'node:buffer';
import { placeAfter } from './text-place.ts';
import type { TextPlace } from './text-place.ts';

/** The encodings that are read. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'iso-8859-1' | 'windows-1252';

/** What the start of a file says about its encoding. */
export interface DetectedEncoding {
  readonly encoding: Encoding;
  /** Bytes of the byte order mark, 0 to 3; text starts after it. */
  readonly bomLength: number;
  /** The encoding's name in the XML declaration, null when it has none; the bytes' own name where they are in none that is read. */
  readonly declared: string | null;
  /** Where that name stands; the file's start when it stands nowhere. */
  readonly declaredPlace: TextPlace;
  /**
   * Why the file can't be read in `encoding`: its encoding is not read; byte order mark or bytes are not in the declared one;
   * the declaration does not end where one can.
   */
  readonly trouble: 'unsupported' | 'contradiction' | 'longDeclaration' | null;
  /** True when the declaration promises that every byte is below 0x80. */
  readonly isAscii: boolean;
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

/** Bytes at the start of a file that its encoding is found in: the declaration must end there. */
export const headBytes = 4_096;

/** Names of the registry of character sets (IANA), and two that are in wide use besides. */
const names: Readonly<Record<string, Encoding>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'ansi_x3.4-1968': 'utf-8',
  'iso646-us': 'utf-8',
  'iso-8859-1': 'iso-8859-1',
  'iso_8859-1': 'iso-8859-1',
  'iso_8859-1-1987': 'iso-8859-1',
  'iso-ir-100': 'iso-8859-1',
  iso8859_1: 'iso-8859-1',
  latin1: 'iso-8859-1',
  'latin-1': 'iso-8859-1',
  l1: 'iso-8859-1',
  ibm819: 'iso-8859-1',
  cp819: 'iso-8859-1',
  'windows-1252': 'windows-1252',
  cswindows1252: 'windows-1252',
  cp1252: 'windows-1252',
};
const asciiNames = new Set(['us-ascii', 'ascii', 'ansi_x3.4-1968', 'iso646-us']);

/** Names of encodings of two bytes a character; the ones without a byte order stand for both. */
const wideNames: Readonly<Record<string, readonly Encoding[]>> = {
  'utf-16': ['utf-16le', 'utf-16be'],
  utf16: ['utf-16le', 'utf-16be'],
  'ucs-2': ['utf-16le', 'utf-16be'],
  'iso-10646-ucs-2': ['utf-16le', 'utf-16be'],
  'utf-16le': ['utf-16le'],
  'utf-16be': ['utf-16be'],
};

/** First bytes of encodings that are not read, by name (XML 1.0, appendix F). */
const foreignStarts: readonly (readonly [string, readonly number[]])[] = [
  ['UTF-32', [0xff, 0xfe, 0, 0]],
  ['UTF-32', [0, 0, 0xfe, 0xff]],
  ['UTF-32', [0x3c, 0, 0, 0]],
  ['UTF-32', [0, 0, 0, 0x3c]],
  ['EBCDIC', [0x4c, 0x6f, 0xa7, 0x94]],
];

/**
 * Reads byte order mark, first bytes and declaration. They must agree: XML 1.0, 4.3.3 makes everything else a fatal error.
 * `head` holds {@link headBytes} or the whole file.
 */
export function detectEncoding(head: Uint8Array): DetectedEncoding {
  const foreign = foreignStarts.find(([, start]) => start.every((byte, index) => head[index] === byte));
  if (foreign !== undefined) return { ...utf8Undeclared, declared: foreign[0], trouble: 'unsupported' };
  const { encoding, bomLength, isCertain } = encodingOfBytes(head);
  const text = createDecoder(encoding === 'utf-8' ? 'iso-8859-1' : encoding).decode(
    head.subarray(bomLength),
    false,
  ).text;
  const declaration = declarationIn(text);
  const base = { ...utf8Undeclared, encoding, bomLength };
  if (declaration === null) {
    const isOpen = /^<\?xml[ \t\r\n]/.test(text) && !text.includes('?>') && head.length >= headBytes;
    return isOpen ? { ...base, trouble: 'longDeclaration' } : base;
  }
  const declared = declaration.name.toLowerCase();
  const found = { ...base, declared: declaration.name, declaredPlace: declaration.place };
  const isWideName = Object.hasOwn(wideNames, declared);
  const narrow = Object.hasOwn(names, declared) ? names[declared] : undefined;
  if (!isWideName && narrow === undefined) return { ...found, trouble: 'unsupported' };
  const isAscii = asciiNames.has(declared);
  if (!isCertain && narrow !== undefined) return { ...found, encoding: narrow, isAscii };
  const isTrue = isWideName ? wideNames[declared]?.includes(encoding) === true : narrow === encoding && !isAscii;
  return isTrue ? found : { ...found, trouble: 'contradiction' };
}

const utf8Undeclared: DetectedEncoding = {
  encoding: 'utf-8',
  bomLength: 0,
  declared: null,
  declaredPlace: { line: 1, column: 1 },
  trouble: null,
  isAscii: false,
};

/** What the bytes themselves say: certain with a byte order mark or with two bytes a character. */
function encodingOfBytes(head: Uint8Array): {
  readonly encoding: Encoding;
  readonly bomLength: number;
  readonly isCertain: boolean;
} {
  const [first, second, third] = head;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: 'utf-8', bomLength: 3, isCertain: true };
  if (first === 0xff && second === 0xfe) return { encoding: 'utf-16le', bomLength: 2, isCertain: true };
  if (first === 0xfe && second === 0xff) return { encoding: 'utf-16be', bomLength: 2, isCertain: true };
  if (first === 0x3c && second === 0) return { encoding: 'utf-16le', bomLength: 0, isCertain: true };
  if (first === 0 && second === 0x3c) return { encoding: 'utf-16be', bomLength: 0, isCertain: true };
  return { encoding: 'utf-8', bomLength: 0, isCertain: false };
}

/** The encoding's name in the XML declaration. A name that is none is left to the tokenizer, which refuses it. */
function declarationIn(text: string): { readonly name: string; readonly place: TextPlace } | null {
  const match = /^<\?xml[ \t\r\n][^>]*?\bencoding[ \t\r\n]*=[ \t\r\n]*["']([A-Za-z][A-Za-z0-9._-]*)["']/.exec(text);
  const name = match?.[1];
  if (match === null || name === undefined) return null;
  const place = placeAfter({ line: 1, column: 1 }, text, { from: 0, to: match[0].length - name.length - 1 });
  return { name, place };
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

/** Makes the decoder of a file: of its encoding, and for ASCII with nothing beyond it. */
export function createFileDecoder({ encoding, isAscii }: DetectedEncoding): PieceDecoder {
  const decoder = createDecoder(encoding);
  return isAscii ? { ...decoder, decode: (bytes, isLast) => asciiOnly(decoder, bytes, isLast) } : decoder;
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
        decode: (bytes, isLast) =>
          withoutUnassigned(
            decodeOneByte(bytes, isLast, (part) => decoder.decode(part)),
            bytes,
          ),
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

/** Windows-1252 has five bytes without a character; the decoder of the web platform makes control characters of them. */
function withoutUnassigned(piece: DecodedPiece, bytes: Uint8Array): DecodedPiece {
  const bad = piece.text.search(/[\x81\x8d\x8f\x90\x9d]/);
  return bad < 0 ? piece : { text: piece.text.slice(0, bad), byteLength: bad, badByte: bytes[bad] ?? 0 };
}

function asciiOnly(decoder: PieceDecoder, bytes: Uint8Array, isLast: boolean): DecodedPiece {
  const bad = bytes.findIndex((byte) => byte > 0x7f);
  if (bad < 0) return decoder.decode(bytes, isLast);
  return { text: latin1Text(bytes.subarray(0, bad)), byteLength: bad, badByte: bytes[bad] ?? 0 };
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

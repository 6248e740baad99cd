// The fast lane's way through the bytes of one piece: names, text and attributes, with code units, lines and columns counted on the way.
// Knows no profile. Every `pass…` goes on only over what is plain and answers false otherwise.

import type { TextPlace } from './text-place.ts';
import type { Encoding } from './xml-encoding.ts';

/** Where a run of invoices starts. */
export interface PlainStart {
  /** The piece: its bytes, sound in their encoding, and the same as text. */
  readonly bytes: Uint8Array;
  readonly text: string;
  /** Index of the `<` in the bytes, and in the text. */
  readonly byteIndex: number;
  readonly index: number;
  /** Offset of `text[0]` in the document. */
  readonly base: number;
  /** Place of the `<`. */
  readonly place: TextPlace;
}

/** A place in a piece. */
export interface PlainEnd {
  readonly index: number;
  readonly byteIndex: number;
  readonly place: TextPlace;
}

const ordinary = 0;
const lessThan = 1;
const lineFeed = 2;
const carriageReturn = 3;
/** Second and later byte of a character: counts no code unit. */
const continuation = 4;
/** May start U+FFFE and U+FFFF. */
const leadOfEf = 5;
/** Four bytes that are two code units and one character. */
const leadOfFour = 6;
/** & and ] may begin something special (of references only the five that need no declaration are plain); of the control characters only tab, LF and CR may stand in text. */
const suspect = 7;

const nameStart = 1;
const nameRest = 2;

/** What each byte may be in a name. */
const nameKinds = Uint8Array.from({ length: 256 }, (_unused, code) => {
  const letter = String.fromCharCode(code);
  if (/[A-Za-z_]/.test(letter)) return nameStart | nameRest;
  return /[0-9.-]/.test(letter) ? nameRest : 0;
});

function kindOf(code: number, isUtf8: boolean): number {
  if (code === 0x3c) return lessThan;
  if (code === 0x0a) return lineFeed;
  if (code === 0x0d) return carriageReturn;
  if (code === 0x26 || code === 0x5d || (code < 0x20 && code !== 0x09)) return suspect;
  if (code < 0x80 || !isUtf8) return ordinary;
  if (code < 0xc0) return continuation;
  if (code === 0xef) return leadOfEf;
  return code >= 0xf0 ? leadOfFour : ordinary;
}

const kindsOfUtf8 = Uint8Array.from({ length: 256 }, (_unused, code) => kindOf(code, true));
const kindsOfOneByte = Uint8Array.from({ length: 256 }, (_unused, code) => kindOf(code, false));

/** The references every document may use, as bytes after the `&`. */
const references = ['amp;', 'lt;', 'gt;', 'quot;', 'apos;'].map((name) => Uint8Array.from(Buffer.from(name)));
const ampersand = 0x26;

/** How a stretch of bytes moves a position: relative, so that it holds wherever the same bytes stand. */
export interface Travel {
  readonly bytes: number;
  /** Bytes beyond one for each code unit; characters of two code units. */
  readonly shift: number;
  readonly astral: number;
  readonly lines: number;
  /** Where the last line starts, counted from the stretch's start; only where `lines` is not 0. */
  readonly lineStart: number;
}

/** A position to come back to in the same piece. */
export interface PlainMark {
  readonly at: number;
  readonly shift: number;
  readonly astral: number;
  readonly line: number;
  readonly lineStart: number;
  readonly newestCr: number;
}

/** One reading position in one piece after the other. */
export class PlainCursor {
  readonly #kinds: Uint8Array;
  #bytes: Uint8Array = new Uint8Array(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  #text = '';
  #base = 0;
  /** Index of the next byte. Moved from outside only over ASCII that is no line end. */
  at = 0;
  /** Bytes that went past beyond one for each code unit; characters of two code units. */
  #shift = 0;
  #astral = 0;
  #line = 1;
  /** Byte where column 1 would be, if only characters of one byte stood between. */
  #lineStart = 0;
  /** Index of the newest CR that went past. */
  newestCr = -1;
  /** Whether the text that went past last holds a reference (`&amp;`). */
  hasReference = false;
  #keptIndex = 0;
  #keptByte = 0;
  #keptLine = 1;
  #keptColumn = 1;

  constructor(encoding: Encoding) {
    this.#kinds = encoding === 'utf-8' ? kindsOfUtf8 : kindsOfOneByte;
  }

  /** Goes to a place in a piece. */
  enter({ bytes, text, byteIndex, index, base, place }: PlainStart): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#text = text;
    this.#base = base;
    this.at = byteIndex;
    this.#shift = byteIndex - index;
    this.#astral = 0;
    this.#line = place.line;
    this.#lineStart = byteIndex - this.#shift - (place.column - 1);
    this.newestCr = -1;
    this.keep();
  }

  /** Code unit of the piece's text at the position. */
  get unit(): number {
    return this.at - this.#shift;
  }

  /** The same, counted from the start of the document. */
  get offset(): number {
    return this.#base + this.at - this.#shift;
  }

  get place(): TextPlace {
    return { line: this.#line, column: this.#column };
  }

  get #column(): number {
    return this.at - this.#shift - this.#astral - this.#lineStart + 1;
  }

  /** Remembers the position: what comes after it may have to be read again by somebody else. */
  keep(): void {
    this.#keptIndex = this.unit;
    this.#keptByte = this.at;
    this.#keptLine = this.#line;
    this.#keptColumn = this.#column;
  }

  /** The remembered position. */
  get kept(): PlainEnd {
    return {
      index: this.#keptIndex,
      byteIndex: this.#keptByte,
      place: { line: this.#keptLine, column: this.#keptColumn },
    };
  }

  mark(): PlainMark {
    return {
      at: this.at,
      shift: this.#shift,
      astral: this.#astral,
      line: this.#line,
      lineStart: this.#lineStart,
      newestCr: this.newestCr,
    };
  }

  goBack({ at, shift, astral, line, lineStart, newestCr }: PlainMark): void {
    this.at = at;
    this.#shift = shift;
    this.#astral = astral;
    this.#line = line;
    this.#lineStart = lineStart;
    this.newestCr = newestCr;
  }

  /** The way from a mark to here. */
  travelFrom({ at, shift, astral, line }: PlainMark): Travel {
    return {
      bytes: this.at - at,
      shift: this.#shift - shift,
      astral: this.#astral - astral,
      lines: this.#line - line,
      lineStart: this.#line === line ? 0 : this.#lineStart - (at - shift - astral),
    };
  }

  /** Goes past bytes whose travel is known. */
  pass({ bytes, shift, astral, lines, lineStart }: Travel): void {
    if (lines > 0) {
      this.#line += lines;
      this.#lineStart = this.at - this.#shift - this.#astral + lineStart;
    }
    this.at += bytes;
    this.#shift += shift;
    this.#astral += astral;
  }

  /** Whether exactly these bytes stand here: four at a time, since nearly all markup goes this way. */
  isHere(wanted: DataView): boolean {
    const view = this.#view;
    const { at } = this;
    const length = wanted.byteLength;
    if (at + length > view.byteLength) return false;
    const words = length - 3;
    let index = 0;
    for (; index < words; index += 4) if (view.getInt32(at + index) !== wanted.getInt32(index)) return false;
    for (; index < length; index++) if (view.getUint8(at + index) !== wanted.getUint8(index)) return false;
    return true;
  }

  /** A copy of the bytes from an index up to here: the piece's own are overwritten by a later piece. */
  copyFrom(index: number): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.#bytes.subarray(index, this.at));
  }

  /** 0 beyond the end. */
  byteAt(index: number): number {
    return index < this.#bytes.length ? (this.#bytes[index] ?? 0) : 0;
  }

  /** Text by code units of the piece. */
  textBetween(from: number, to: number): string {
    return this.#text.slice(from, to);
  }

  /** Whether a stretch of bytes certainly has no white space at its ends. */
  isTrimmed(from: number, to: number): boolean {
    if (from === to) return true;
    const first = this.#bytes[from] ?? 0;
    const last = this.#bytes[to - 1] ?? 0;
    return first > 0x20 && first < 0x80 && last > 0x20 && last < 0x80;
  }

  /** Goes to the next `<`; false when there is none within `most` bytes or the text before it needs the tokenizer. */
  passText(most: number): boolean {
    const bytes = this.#bytes;
    const kinds = this.#kinds;
    const { length } = bytes;
    this.hasReference = false;
    for (let index = this.at; index < length; index++) {
      const kind = kinds[bytes[index] ?? 0] ?? suspect;
      if (kind === ordinary) continue;
      if (kind === lessThan) {
        if (index - this.at > most) return false;
        this.at = index;
        return true;
      }
      if (!this.#count(kind, index)) return false;
    }
    return false;
  }

  /** Goes past white space; false at the end of the piece. */
  passSpace(): boolean {
    const bytes = this.#bytes;
    const { length } = bytes;
    for (let index = this.at; index < length; index++) {
      const byte = bytes[index] ?? 0;
      if (byte === 0x20 || byte === 0x09) continue;
      if (byte !== 0x0a && byte !== 0x0d) {
        this.at = index;
        return true;
      }
      this.#count(byte === 0x0a ? lineFeed : carriageReturn, index);
    }
    return false;
  }

  /** Whether an element with exactly this name starts here. */
  isElement(name: Uint8Array): boolean {
    if (this.byteAt(this.at) !== 0x3c || !this.isSame(this.at + 1, name.length, name)) return false;
    const next = this.byteAt(this.at + 1 + name.length);
    return next === 0x3e || isSpace(next);
  }

  /** Goes past the end tag here, when it closes the element of this name. */
  passEndTag(name: Uint8Array): boolean {
    const from = this.at + 2;
    const end = from + name.length;
    if (!this.isSame(from, name.length, name) || this.byteAt(end) !== 0x3e) return false;
    this.at = end + 1;
    return true;
  }

  /** Goes past a quoted value; false when it holds anything that is not plain. */
  passQuoted(most: number): boolean {
    const bytes = this.#bytes;
    const quote = this.byteAt(this.at);
    if (quote !== 0x22 && quote !== 0x27) return false;
    const start = this.at + 1;
    const end = Math.min(bytes.length, start + most);
    for (let index = start; index < end; index++) {
      const byte = bytes[index] ?? 0;
      if (byte === quote) {
        this.at = index + 1;
        return true;
      }
      // White space other than the space is changed by the tokenizer in attribute values.
      if (byte < 0x20 || byte === 0x3c || byte === 0x26) return false;
      const kind = this.#kinds[byte] ?? suspect;
      if (kind !== ordinary && byte !== 0x5d && !this.#count(kind, index)) return false;
    }
    return false;
  }

  /** Bytes of the plain ASCII name at an index; 0 when none starts there. */
  nameLengthAt(from: number): number {
    const bytes = this.#bytes;
    if (((nameKinds[this.byteAt(from)] ?? 0) & nameStart) === 0) return 0;
    let end = from + 1;
    while (end < bytes.length && ((nameKinds[bytes[end] ?? 0] ?? 0) & nameRest) !== 0) end++;
    return end - from;
  }

  /** Whether `length` bytes from an index on are exactly these. */
  isSame(from: number, length: number, wanted: Uint8Array): boolean {
    const bytes = this.#bytes;
    if (length !== wanted.length || from + length > bytes.length) return false;
    for (let index = 0; index < length; index++) if (bytes[from + index] !== wanted[index]) return false;
    return true;
  }

  /** Whether two attribute names of the same length are the same: the `length` bytes at both indices, and then `=`. */
  areSameNames(one: number, other: number, length: number): boolean {
    return this.#areSame(one, other, length) && this.byteAt(one + length) === 0x3d;
  }

  #areSame(one: number, other: number, length: number): boolean {
    const bytes = this.#bytes;
    if (other + length >= bytes.length) return false;
    for (let index = 0; index < length; index++) if (bytes[one + index] !== bytes[other + index]) return false;
    return true;
  }

  /** Whether a name may end before the byte at an index. */
  isNameEnd(index: number): boolean {
    const next = this.byteAt(index);
    return next === 0x3e || next === 0x2f || isSpace(next);
  }

  /** Counts a byte that is more than one code unit of the current line; false when it needs the tokenizer. */
  #count(kind: number, index: number): boolean {
    switch (kind) {
      case continuation:
        this.#shift++;
        return true;
      case lineFeed:
        this.#endLine(index);
        return true;
      case carriageReturn:
        this.newestCr = index;
        if (this.byteAt(index + 1) !== 0x0a) this.#endLine(index);
        return true;
      case leadOfFour:
        this.#shift--;
        this.#astral++;
        return true;
      case leadOfEf:
        return this.#bytes[index + 1] !== 0xbf || (this.#bytes[index + 2] ?? 0) < 0xbe;
      default:
        return this.#isReference(index);
    }
  }

  /** Whether one of the five references starts at an index. */
  #isReference(index: number): boolean {
    if (this.#bytes[index] !== ampersand) return false;
    if (!references.some((name) => this.isSame(index + 1, name.length, name))) return false;
    this.hasReference = true;
    return true;
  }

  #endLine(index: number): void {
    this.#line++;
    this.#lineStart = index + 1 - this.#shift - this.#astral;
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;
}

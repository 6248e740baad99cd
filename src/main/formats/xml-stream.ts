// The tokenizer with its caps, its exact error places and its memory of what was read last. Knows nothing of invoices.

import { SaxesParser } from 'saxes';
import type { SaxesTagNS } from 'saxes';
import { placeAfter } from './text-place.ts';
import type { TextPlace } from './text-place.ts';
import { isQualifiedName } from './xml-characters.ts';
import { diagnose } from './xml-diagnose.ts';
import { xmlLimits } from './xml-fault.ts';
import type { XmlFault, XmlLimit } from './xml-fault.ts';
import { capOfOpenTag, soundStretch } from './xml-open-token.ts';

/** A start tag as handlers see it. */
export type XmlTag = SaxesTagNS;

/** Gets the elements of one document, in order. Handlers may call {@link XmlStream.stop}. */
export interface XmlHandler {
  startElement(tag: XmlTag): void;
  endElement(): void;
  /** Text of the element that asked for it with {@link XmlStream.wantText}; may come in several parts. */
  text(part: string): void;
}

/** Thrown through the tokenizer and caught in {@link XmlStream.write} only. */
class Stop extends Error {
  readonly outcome: 'stopped' | XmlFault | Unsound;
  constructor(outcome: 'stopped' | XmlFault | Unsound) {
    super('stopped');
    this.outcome = outcome;
  }
}

/** The tokenizer has refused the document; what exactly is wrong is found out once enough text after the place is there. */
interface Unsound {
  /** The tokenizer's own words, for what the diagnosis does not know. */
  readonly detail: string;
  /** How far the tokenizer came, from the last sound place on. */
  readonly limit: number;
  readonly place: TextPlace;
}

/** Code units after the refused place that are read before the diagnosis, so that it does not depend on where pieces end. */
const lookAhead = 65_536;

/** A start tag of fewer code units can hold neither too many attributes nor too long names. */
const shortestSuspectTag = 1_000;

/** From here on an unfinished start tag is looked at: far more than any real one has. */
const longTag = 65_536;

type Parser = SaxesParser<{ xmlns: true }>;

/**
 * One document, written in pieces that never end between CR and LF or inside a character. After a fault or a stop nothing more may be written.
 * Positions are offsets in code units from the start of the text.
 */
export class XmlStream {
  readonly #parser: Parser;
  readonly #handler: XmlHandler;
  readonly #hasLongTexts: boolean;
  readonly #onText: (part: string) => void;
  /** Text before the current piece, from the last sound place on; and where it starts. */
  #before = '';
  #beforeStart = 0;
  #piece = '';
  #pieceStart = 0;
  /** Last sound place: right after the newest tag. */
  #mark = 0;
  #markLine = 1;
  #markColumn = 1;
  /** The sound place before that: an end tag is reported before it is compared with its start tag. */
  #oldMark = 0;
  #oldMarkLine = 1;
  #oldMarkColumn = 1;
  #isMarkAtEndTag = false;
  /** The sound place and the length of the open token when {@link #checkOpenToken} looked last. */
  #checkedMark = -1;
  #checkedLength = 0;
  /** The same for {@link #checkLongTag}. */
  #tagMark = -1;
  #tagLength = 0;
  #depth = 0;
  readonly #names: string[] = [];
  readonly #lines: number[] = [];
  #hasRoot = false;
  /** Code units and lines that went past the tokenizer, and how far its columns are off on one of its lines. */
  #skipped = 0;
  #skippedLines = 0;
  #shiftedLine = 0;
  #columnShift = 0;
  #isOpaque = false;
  #isTextWanted = false;
  #isEnd = false;
  #unsound: Unsound | null = null;
  /** Text read after the tokenizer refused the document. */
  #after = '';

  /** `texts`: whether text between tags is capped, as where it is kept; uncapped text must not be wanted. */
  constructor(
    handler: XmlHandler,
    namespaces: Readonly<Record<string, string>> = {},
    texts: 'cappedTexts' | 'longTexts' = 'cappedTexts',
  ) {
    this.#handler = handler;
    this.#hasLongTexts = texts === 'longTexts';
    this.#onText = (part) => {
      if (part.length > xmlLimits.valueLength) this.refuse('valueLength', this.#mark);
      handler.text(part);
    };
    this.#parser = new SaxesParser({
      xmlns: true,
      position: false,
      defaultXMLVersion: '1.0',
      forceXMLVersion: true,
      additionalNamespaces: { ...namespaces },
    });
    this.#listen();
  }

  /** Offset right after what has been read. */
  get position(): number {
    return this.#parser.position + this.#skipped;
  }

  /** Line of {@link position}. */
  get line(): number {
    return this.#parser.line + this.#skippedLines;
  }

  /** Column of {@link position}. */
  get column(): number {
    return this.#parser.column + 1 + (this.#parser.line === this.#shiftedLine ? this.#columnShift : 0);
  }

  /** Offset right after the newest tag: where the text of the current element starts. */
  get mark(): number {
    return this.#mark;
  }

  /** The earliest offset that a place may still be asked for. */
  get keptFrom(): number {
    return this.#oldMark;
  }

  /** Names of the open elements, outermost first. */
  openNames(): string[] {
    return this.#names.slice(0, this.#depth);
  }

  /** Open elements, the current one included. */
  get depth(): number {
    return this.#depth;
  }

  /** Offset of the `<` of the start tag being handled. */
  get tagStart(): number {
    // A tag holds no other `<`: the tokenizer refuses it in attribute values.
    const inPiece = this.#piece.lastIndexOf('<', this.position - 1 - this.#pieceStart);
    return inPiece >= 0 ? this.#pieceStart + inPiece : this.#beforeStart + this.#before.lastIndexOf('<');
  }

  /** Place of the `<` of the start tag being handled. */
  get tagPlace(): TextPlace {
    return this.#placeOf(this.tagStart);
  }

  /** Whether the text of the current element is passed on; off again at the next tag. */
  wantText(): void {
    this.#isTextWanted = true;
    this.#parser.on('text', this.#onText);
    this.#parser.on('cdata', this.#onText);
  }

  /** Lets the current element hold more text than the cap on values; its text must not be wanted. */
  allowLongText(): void {
    this.#isOpaque = true;
  }

  /** True when the document is known to be unsound; {@link end} tells the fault at once. */
  get isUnsound(): boolean {
    return this.#unsound !== null;
  }

  /** Ends the reading here, as wished. */
  stop(): never {
    throw new Stop('stopped');
  }

  /** Ends the reading because a cap is passed; `offset` is where the thing that passes it starts. */
  refuse(limit: XmlLimit, offset: number): never {
    const start = this.#placeOf(offset);
    const params = { limit, max: xmlLimits[limit] };
    throw new Stop({ ruleId: 'core.xml.limit', start, end: start, found: null, expected: null, params });
  }

  /** Reads one piece. A fault may be told only after some more pieces, or at {@link end}. */
  write(piece: string): 'more' | 'stopped' | XmlFault {
    if (this.#unsound !== null) {
      this.#after += piece;
      return this.#after.length >= lookAhead ? this.#explain(this.#unsound) : 'more';
    }
    this.#advance(piece);
    return this.#run(() => {
      // The byte order mark has been taken off before; the tokenizer would skip a second one.
      if (this.#pieceStart === 0 && piece.startsWith('\uFEFF')) throw new Stop(this.#unsoundAt('byte order mark'));
      this.#parser.write(piece);
      this.#checkOpenToken();
    });
  }

  /** Place right after everything written so far, between two tags. */
  get here(): TextPlace {
    return { line: this.line, column: this.column };
  }

  /** Everything since the newest tag. */
  textSinceMark(): string {
    return this.#textFrom(this.#mark);
  }

  /**
   * Goes past whole elements that somebody else has read and found sound. Only right after text between two tags: the tokenizer, which
   * never sees `text`, must be able to go on behind it as if nothing had been there. `place` is where the text ends.
   */
  skip(text: string, place: TextPlace): void {
    this.#advance(text);
    this.#skipped += text.length;
    this.#skippedLines = place.line - this.#parser.line;
    this.#shiftedLine = this.#parser.line;
    this.#columnShift = place.column - 1 - this.#parser.column;
    this.#mark = this.#pieceStart + text.length;
    this.#markLine = place.line;
    this.#markColumn = place.column;
    this.#oldMark = this.#mark;
    this.#oldMarkLine = place.line;
    this.#oldMarkColumn = place.column;
    this.#isMarkAtEndTag = false;
  }

  /** Says that nothing follows. */
  end(): 'more' | 'stopped' | XmlFault {
    this.#isEnd = true;
    if (!this.isUnsound) {
      this.#advance('');
      const outcome = this.#run(() => {
        this.#parser.close();
      });
      if (outcome !== 'more') return outcome;
    }
    return this.#unsound === null ? 'more' : this.#explain(this.#unsound);
  }

  /** Place right after everything written so far. */
  endPlace(): TextPlace {
    return this.#placeOf(this.#pieceStart + this.#piece.length);
  }

  #run(read: () => void): 'more' | 'stopped' | XmlFault {
    try {
      read();
      return 'more';
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      if (typeof error.outcome === 'string' || 'ruleId' in error.outcome) return error.outcome;
      this.#unsound = error.outcome;
      return 'more';
    }
  }

  /** Six handlers and no more: with a seventh, V8 keeps the tokenizer as a dictionary and it runs four times slower. */
  #listen(): void {
    const parser = this.#parser;
    parser.on('error', (error) => {
      throw new Stop(this.#unsoundAt(error.message));
    });
    parser.on('doctype', () => {
      throw new Stop(this.#unsoundAt('document type'));
    });
    parser.on('opentag', (tag) => {
      if (this.#isTextWanted) this.#stopText();
      this.#setMark(false);
      if (this.#depth >= xmlLimits.depth) this.refuse('depth', this.tagStart);
      if (!this.#isShortTag()) this.#checkTag(tag);
      this.#checkNames(tag);
      this.#names[this.#depth] = tag.name;
      this.#lines[this.#depth] = this.#markLine;
      this.#depth++;
      this.#hasRoot = true;
      this.#handler.startElement(tag);
    });
    parser.on('closetag', () => {
      if (this.#isTextWanted) this.#stopText();
      this.#setMark(true);
      this.#depth--;
      this.#isOpaque = false;
      this.#handler.endElement();
    });
  }

  /** Whether the tag just read is too short to pass a cap: nearly every one is, and needs no look at its attributes. */
  #isShortTag(): boolean {
    return this.#mark - this.#oldMark < shortestSuspectTag;
  }

  #checkTag(tag: XmlTag): void {
    if (tag.name.length > xmlLimits.nameLength) this.refuse('nameLength', this.tagStart);
    let count = 0;
    for (const name in tag.attributes) {
      if (++count > xmlLimits.attributes) this.refuse('attributes', this.tagStart);
      if (name.length > xmlLimits.nameLength) this.refuse('nameLength', this.tagStart);
      if ((tag.attributes[name]?.value.length ?? 0) > xmlLimits.valueLength) this.refuse('valueLength', this.tagStart);
    }
  }

  /** The tokenizer takes any name with one colon; the part behind it must be a name too. */
  #checkNames(tag: XmlTag): void {
    let isSound = tag.prefix === '' || isQualifiedName(tag.name);
    for (const name in tag.attributes) if (name.includes(':') && !isQualifiedName(name)) isSound = false;
    if (isSound) return;
    this.#moveMark(this.#oldMark);
    throw new Stop(this.#unsoundAt(`malformed name in ${tag.name}`));
  }

  #stopText(): void {
    this.#isTextWanted = false;
    this.#parser.off('text');
    this.#parser.off('cdata');
  }

  #setMark(isEndTag: boolean): void {
    this.#oldMark = this.#mark;
    this.#oldMarkLine = this.#markLine;
    this.#oldMarkColumn = this.#markColumn;
    this.#mark = this.position;
    this.#markLine = this.line;
    this.#markColumn = this.column;
    this.#isMarkAtEndTag = isEndTag;
  }

  /** Takes a new piece and forgets text that no place can be asked for any more. */
  #advance(piece: string): void {
    const keepFrom = this.#oldMark;
    if (keepFrom >= this.#pieceStart) this.#before = this.#piece.slice(keepFrom - this.#pieceStart);
    else if (keepFrom === this.#beforeStart) this.#before += this.#piece;
    else this.#before = this.#before.slice(keepFrom - this.#beforeStart) + this.#piece;
    this.#beforeStart = keepFrom;
    this.#pieceStart += this.#piece.length;
    this.#piece = piece;
  }

  /** What does not end within the cap: a fault that hides the end (a bare &, a missing quote), or too long. */
  #checkOpenToken(): void {
    const length = this.#openLength;
    if (length > longTag) this.#checkLongTag(length);
    const cap = this.#isOpaque ? 'invoiceSize' : 'valueLength';
    if (length <= xmlLimits[cap]) return;
    // Looked at again only when it has doubled: the look goes over all of it. Beyond the last cap there is no again.
    const nextLook = Math.min(2 * this.#checkedLength, xmlLimits.markupLength + 1);
    if (this.#checkedMark === this.#mark && length < nextLook) return;
    this.#checkedMark = this.#mark;
    this.#checkedLength = length;
    const text = this.textSinceMark();
    const { to, open } = soundStretch(text);
    const start = this.#mark + to;
    if (this.#hasLongTexts && to > 0) this.#moveMark(start);
    if (open === 'other') {
      const fault = this.#diagnose(this.#openLength);
      if (fault !== null) throw new Stop(fault);
      const passed = text[to] === '<' ? capOfOpenTag(text.slice(to)) : null;
      if (passed !== null) this.refuse(passed.limit, start);
      if (!this.#hasLongTexts && to > xmlLimits[cap]) this.refuse(cap, this.#mark);
    } else if (!this.#hasLongTexts) this.refuse(cap, this.#mark);
    else if (open === 'markup' && this.#openLength > xmlLimits.markupLength) this.refuse('markupLength', this.#mark);
  }

  /** A start tag of many attributes is refused at the first one too many, not when all of them have been read. Looked at when it has doubled. */
  #checkLongTag(length: number): void {
    if (this.#tagMark === this.#mark && length < 2 * this.#tagLength) return;
    this.#tagMark = this.#mark;
    this.#tagLength = length;
    const text = this.textSinceMark();
    const first = text.indexOf('<');
    if (first < 0) return;
    const start = /[!?]/.test(text.charAt(first + 1)) ? soundStretch(text).to : first;
    if (text[start] !== '<') return;
    const passed = capOfOpenTag(text.slice(start));
    // Longer values are looked at where their own cap is passed.
    if (passed?.limit !== 'attributes') return;
    const fault = this.#diagnose(start, text.slice(0, start + passed.at));
    if (fault !== null) throw new Stop(fault);
    this.refuse(passed.limit, this.#mark + start);
  }

  /** Declares everything up to an offset between two tags sound. */
  #moveMark(offset: number): void {
    const place = this.#placeOf(offset);
    this.#mark = this.#oldMark = offset;
    this.#markLine = this.#oldMarkLine = place.line;
    this.#markColumn = this.#oldMarkColumn = place.column;
    this.#isMarkAtEndTag = false;
  }

  get #openLength(): number {
    return this.#pieceStart + this.#piece.length - this.#mark;
  }

  #unsoundAt(detail: string): Unsound {
    if (this.#isMarkAtEndTag && this.#mark === this.position && !this.#isEnd) {
      this.#mark = this.#oldMark;
      this.#markLine = this.#oldMarkLine;
      this.#markColumn = this.#oldMarkColumn;
      this.#depth++;
    }
    const place = { line: this.line, column: Math.max(1, this.column - 1) };
    return { detail, limit: this.position - this.#mark, place };
  }

  #explain({ detail, limit, place }: Unsound): XmlFault {
    return (
      this.#diagnose(limit) ?? {
        ruleId: 'core.xml.wellformed',
        start: place,
        end: place,
        found: null,
        expected: null,
        params: { reason: 'other', detail },
      }
    );
  }

  #diagnose(limit: number, text = this.#textFrom(this.#mark) + this.#after): XmlFault | null {
    return diagnose({
      text,
      start: { line: this.#markLine, column: this.#markColumn },
      limit,
      isEnd: this.#isEnd,
      hasRoot: this.#hasRoot,
      open: this.#names.slice(0, this.#depth).map((name, index) => ({ name, line: this.#lines[index] ?? 1 })),
      namespaceOf: (prefix) => this.#parser.resolve(prefix) ?? '',
    });
  }

  #placeOf(offset: number): TextPlace {
    const isOld = offset < this.#mark;
    const from = isOld ? this.#oldMark : this.#mark;
    const place = isOld
      ? { line: this.#oldMarkLine, column: this.#oldMarkColumn }
      : { line: this.#markLine, column: this.#markColumn };
    return placeAfter(place, this.#textFrom(from), { from: 0, to: Math.max(0, offset - from) });
  }

  #textFrom(offset: number): string {
    return offset >= this.#pieceStart
      ? this.#piece.slice(offset - this.#pieceStart)
      : this.#before.slice(offset - this.#beforeStart) + this.#piece;
  }
}

// Reads one document from its pieces: finds the profile at the root, then hands every invoice on with its bytes and places.

import type { FileRefusal } from '../ports/import-source.ts';
import type { AlikeDocuments, DocumentHead } from './alike-documents.ts';
import { ByteTrack, joinBytes } from './byte-track.ts';
import type { CompiledProfile } from './compile-profile.ts';
import type { PlanNode } from './profile-plan.ts';
import { badByteFault, declarationFault } from './encoding-fault.ts';
import { LearntMarkup } from './learnt-markup.ts';
import { LineIndex } from './line-index.ts';
import type { ProfileSet } from './load-profiles.ts';
import { isPlainSpace, nextElement, PlainInvoiceReader } from './plain-invoice.ts';
import { RecordReader } from './record-reader.ts';
import type { ReadInvoice, RecordListener } from './record-reader.ts';
import { isWrapper, isWrapperHeader } from './document-wrapper.ts';
import { refuseFormat, refuseMixedWrapper } from './refuse-format.ts';
import { refuseFault, refuseWithoutInvoices } from './refusal.ts';
import type { SourcePiece } from './source-file.ts';
import type { TextPlace } from './text-place.ts';
import { unitSize } from './xml-encoding.ts';
import type { DetectedEncoding, PieceDecoder } from './xml-encoding.ts';
import { xmlLimits } from './xml-fault.ts';
import type { XmlFault } from './xml-fault.ts';
import { XmlStream } from './xml-stream.ts';
import type { XmlHandler, XmlTag } from './xml-stream.ts';

/** Code units given to the tokenizer at a time until the first invoice has come. */
const openingStep = 2_048;
/** The most code units of an invoice that are kept back, or looked for in the next piece. */
const longestHeld = 65_536;

/** An invoice with its bytes. The record's objects are used again when the listener returns. */
export interface InvoiceInFile {
  readonly read: ReadInvoice;
  readonly byteOffset: number;
  readonly bytes: Uint8Array;
}

/** What to do with what is found. */
export interface DocumentListener {
  invoice(invoice: InvoiceInFile, profile: CompiledProfile): void;
  /** Bytes of an earlier piece that no invoice will ask for again. */
  forgotten(bytes: Uint8Array): void;
}

/** What is known of a document at its root element. */
export interface DocumentStart {
  readonly profile: CompiledProfile;
  readonly reader: RecordReader;
  /** Prefix → namespace in scope at the invoice element. */
  readonly namespaces: Readonly<Record<string, string>>;
  readonly rootPlace: TextPlace;
}

/** One document being read. */
export class DocumentReader implements XmlHandler, RecordListener {
  readonly #profiles: ProfileSet;
  readonly #listener: DocumentListener | null;
  readonly #detected: DetectedEncoding;
  readonly #decoder: PieceDecoder;
  /** Made when something is to be tokenized. */
  #tokenizer: XmlStream | null = null;
  readonly #track: ByteTrack;
  readonly #lines: LineIndex;
  readonly #isSingleOnly: boolean;
  #position = 0;
  #start: DocumentStart | null = null;
  /** The element around the document (StandardBusinessDocument), null when there is none. */
  #wrapper: { readonly name: string; readonly place: TextPlace } | null = null;
  /** Depth of the element inside a wrapper that is passed over; 0 when none is. */
  #passedDepth = 0;
  #ancestors: readonly PlanNode[] = [];
  readonly #namespaces: Record<string, string> = {};
  #invoiceStart: number | null = null;
  /** Set when the first invoice has shown whether there is a fast lane. */
  #isLaneDecided: boolean;
  #held: { readonly text: string; readonly bytes: Uint8Array; readonly byteOffset: number } | null = null;
  #lane: { readonly name: string; readonly reader: PlainInvoiceReader } | null = null;
  #refusal: FileRefusal | null = null;
  readonly #alike: AlikeDocuments | null;
  #head: Omit<DocumentHead, 'bytes'> | null = null;

  /** Without a listener the reading stops at the root element. `isTokenizedOnly` closes the fast lane, for comparing. */
  constructor(options: {
    readonly profiles: ProfileSet;
    readonly detected: DetectedEncoding;
    readonly decoder: PieceDecoder;
    readonly listener: DocumentListener | null;
    readonly isTokenizedOnly?: boolean;
    /** Stops at the root element also when the document may hold several invoices. */
    readonly isSingleOnly?: boolean;
    /** Where to remember how the document begins; only where the first piece is the whole document. */
    readonly alike?: AlikeDocuments | null;
  }) {
    this.#isSingleOnly = options.isSingleOnly ?? false;
    this.#isLaneDecided = options.isTokenizedOnly ?? false;
    this.#profiles = options.profiles;
    this.#listener = options.listener;
    this.#detected = options.detected;
    this.#decoder = options.decoder;
    this.#alike = options.alike ?? null;
    this.#track = new ByteTrack(options.decoder);
    this.#lines = new LineIndex(options.detected.encoding, options.detected.bomLength);
  }

  /** Null until the root element has come. */
  get start(): DocumentStart | null {
    return this.#start;
  }

  get lines(): LineIndex {
    return this.#lines;
  }

  get #stream(): XmlStream {
    return (this.#tokenizer ??= new XmlStream(this));
  }

  /** Reads a piece. A refusal ends the reading; `stopped` when nobody listens for invoices and the root is known. */
  add(piece: SourcePiece): 'more' | 'stopped' | FileRefusal {
    this.#lines.add(piece.bytes, piece.byteOffset);
    const position = this.#position + (this.#held?.text.length ?? 0);
    this.#track.add({ bytes: piece.bytes, text: piece.text, position, byteOffset: piece.byteOffset });
    const outcome = this.#readText(piece);
    if (outcome !== 'more') return this.#outcome(outcome);
    if (piece.badByte !== null)
      return this.#stream.isUnsound ? this.#outcome(this.#stream.end()) : this.#refuseByte(piece, piece.badByte);
    for (const bytes of this.#track.forget(Math.min(this.#stream.keptFrom, this.#invoiceStart ?? this.#position))) {
      this.#listener?.forgotten(bytes);
    }
    return 'more';
  }

  /** Remembers how a document of one invoice begins that the tokenizer has just met. */
  #noteHead(tag: XmlTag, { profile, rootPlace }: DocumentStart): void {
    const stream = this.#stream;
    const { invoiceNode } = profile;
    // Nothing of the root itself may be a value: a later document's root is not looked into.
    const isPlain = invoiceNode.slot < 0 && invoiceNode.attributes.length === 0 && !tag.isSelfClosing;
    if (!isPlain || stream.depth !== 1 || unitSize(this.#detected.encoding) !== 1) return;
    const at = (unit: number, place: TextPlace): DocumentHead['root'] => ({
      byte: this.#track.offsetOf(unit) - this.#detected.bomLength,
      unit,
      place,
    });
    this.#head = {
      decoder: this.#decoder,
      profile,
      name: tag.name,
      namespaces: { ...tag.ns },
      root: at(stream.tagStart, rootPlace),
      end: at(stream.mark, stream.here),
    };
  }

  #learnHead(): void {
    const head = this.#head;
    if (head === null) return;
    const { bomLength } = this.#detected;
    const bytes = this.#track.bytesBetween(bomLength, bomLength + head.end.byte);
    this.#alike?.learn({ ...head, bytes: Uint8Array.from(bytes) });
  }

  /** Gives runs of plain invoices to the fast lane and everything else to the tokenizer. */
  #readText(piece: SourcePiece): 'more' | 'stopped' | XmlFault {
    const { text } = piece;
    const bridged = this.#readHeld(piece);
    if (typeof bridged !== 'number') return bridged;
    let from = bridged;
    for (let lane = this.#lane; lane === null && !this.#isLaneDecided && from < text.length; lane = this.#lane) {
      const to = safeCut(text, from + openingStep);
      const outcome = this.#write(text.slice(from, to));
      if (outcome !== 'more') return outcome;
      from = to;
    }
    const lane = this.#lane;
    let at = lane === null ? -1 : nextElement(text, lane.name, from);
    while (lane !== null && at >= 0 && !this.#stream.isUnsound) {
      const outcome = this.#write(text.slice(from, at));
      if (outcome !== 'more') return outcome;
      from = this.#readRun(lane.reader, piece, at);
      at = nextElement(text, lane.name, from);
      if (at !== from) continue;
      if (this.#hold(lane.name, piece, at)) return 'more';
      at = nextElement(text, lane.name, at + 1);
    }
    return this.#write(text.slice(from));
  }

  /** Keeps back an invoice that does not end in this piece, so that it need not be tokenized; the next piece brings the rest. */
  #hold(name: string, piece: SourcePiece, at: number): boolean {
    const { text } = piece;
    const isHeld =
      piece.badByte === null &&
      text.length - at <= longestHeld &&
      this.#isBetween() &&
      !text.includes(`</${name}>`, at);
    if (!isHeld) return false;
    const byteOffset = this.#track.offsetOf(this.#position);
    this.#held = { text: text.slice(at), bytes: piece.bytes.subarray(byteOffset - piece.byteOffset), byteOffset };
    return true;
  }

  /** Reads the invoice that was kept back; returns the index after it, 0 when nothing was kept or the tokenizer has got it now. */
  #readHeld(piece: SourcePiece | null): number | 'stopped' | XmlFault {
    const held = this.#held;
    const lane = this.#lane;
    if (held === null || lane === null) return 0;
    this.#held = null;
    const endTag = `</${lane.name}>`;
    const end = piece === null ? -1 : piece.text.indexOf(endTag) + endTag.length;
    if (piece !== null && end >= endTag.length && end <= longestHeld) {
      const head = piece.text.slice(0, end);
      const text = held.text + head;
      const bytes = joinBytes([held.bytes, piece.bytes.subarray(0, this.#track.byteLengthOf(head))]);
      const read = this.#readRun(lane.reader, { text, bytes, byteOffset: held.byteOffset, badByte: null }, 0);
      if (read > held.text.length) return read - held.text.length;
    }
    const outcome = this.#write(held.text);
    return outcome === 'more' ? 0 : outcome;
  }

  #write(text: string): 'more' | 'stopped' | XmlFault {
    if (text === '') return 'more';
    const outcome = this.#stream.write(text);
    this.#position += text.length;
    return outcome;
  }

  /** Whether the tokenizer stands where an invoice may start, with nothing but white space behind it. */
  #isBetween(): boolean {
    const stream = this.#stream;
    return (
      !stream.isUnsound &&
      stream.depth === this.#outerDepth + this.#ancestors.length &&
      isPlainSpace(stream.textSinceMark())
    );
  }

  /** Reads the invoices from `index` on in the fast lane; returns the index after them, or `index` when the tokenizer must read the first. */
  #readRun(lane: PlainInvoiceReader, piece: SourcePiece, index: number): number {
    const stream = this.#stream;
    if (!this.#isBetween() || this.#start === null) return index;
    const { reader, profile } = this.#start;
    const base = this.#position - index;
    const byteIndex = this.#track.offsetOf(this.#position) - piece.byteOffset;
    lane.enter({ bytes: piece.bytes, text: piece.text, byteIndex, index, base, place: stream.here });
    for (;;) {
      const read = lane.next(reader.invoiceCount);
      if (read === null) break;
      reader.countInvoice();
      const bytes = piece.bytes.subarray(read.byteStart, read.byteEnd);
      this.#listener?.invoice({ read, byteOffset: piece.byteOffset + read.byteStart, bytes }, profile);
    }
    const { end } = lane;
    if (end.index === index) return index;
    this.#track.note({ position: base + end.index, byteOffset: piece.byteOffset + end.byteIndex });
    stream.skip(piece.text.slice(index, end.index), end.place);
    this.#position = base + end.index;
    return end.index;
  }

  /** Says that nothing follows. */
  finish(): 'more' | 'stopped' | FileRefusal {
    const held = this.#readHeld(null);
    const outcome = this.#outcome(typeof held === 'number' ? this.#stream.end() : held);
    if (outcome === 'more') this.#learnHead();
    if (this.#wrapper === null || this.#start !== null || typeof outcome !== 'string') return outcome;
    return refuseWithoutInvoices(this.#wrapper.name, this.#wrapper.place);
  }

  startElement(tag: XmlTag): void {
    if (this.#isAroundDocument(tag)) return;
    const start = this.#start ?? this.#chooseProfile(tag);
    if (this.#invoiceStart === null) this.#lookAround(tag, start.profile);
    else if (this.#stream.position - this.#invoiceStart > xmlLimits.invoiceSize)
      this.#stream.refuse('invoiceSize', this.#stream.tagStart);
    start.reader.startElement(tag);
  }

  endElement(): void {
    if (this.#wrapper === null) return this.#start?.reader.endElement();
    // The depth is that of what is open still: the wrapper itself, or what is passed over inside it.
    const { depth } = this.#stream;
    if (this.#passedDepth === 0 && depth > 0) this.#start?.reader.endElement();
    if (depth === this.#passedDepth - 1) this.#passedDepth = 0;
  }

  text(part: string): void {
    if (this.#passedDepth === 0) this.#start?.reader.text(part);
  }

  invoiceStarted(start: number): void {
    this.#invoiceStart = start;
    this.#isLaneDecided = true;
  }

  invoiceRead(read: ReadInvoice): void {
    this.#invoiceStart = null;
    if (this.#start === null) return;
    const byteOffset = this.#track.offsetOf(read.start);
    const bytes = this.#track.bytesBetween(byteOffset, this.#track.offsetOf(read.end));
    this.#listener?.invoice({ read, byteOffset, bytes }, this.#start.profile);
  }

  /** Elements that only surround the document: the wrapper, its header, and what else it carries (attachments). */
  #isAroundDocument(tag: XmlTag): boolean {
    const stream = this.#stream;
    if (this.#wrapper === null) {
      if (stream.depth !== 1 || !isWrapper(tag)) return false;
      this.#wrapper = { name: tag.local, place: stream.tagPlace };
      Object.assign(this.#namespaces, tag.ns);
      return true;
    }
    if (this.#passedDepth > 0) return true;
    if (stream.depth !== 2) return false;
    const root = this.#start?.profile.root;
    const isPassed = root === undefined ? isWrapperHeader(tag) : root.local !== tag.local || root.uri !== tag.uri;
    if (!isPassed) return false;
    if (root !== undefined && this.#profiles.find(tag.uri, tag.local) !== null) {
      this.#refusal = refuseMixedWrapper({ first: root.local, second: tag.local, place: stream.tagPlace });
      stream.stop();
    }
    this.#passedDepth = 2;
    return true;
  }

  /** Elements around the document's root. */
  get #outerDepth(): number {
    return this.#wrapper === null ? 0 : 1;
  }

  #chooseProfile(tag: XmlTag): DocumentStart {
    const profile = this.#profiles.find(tag.uri, tag.local);
    const stream: XmlStream = this.#stream;
    const rootPlace = stream.tagPlace;
    if (profile === null) {
      this.#refusal = refuseFormat({ namespace: tag.uri, name: tag.local, place: rootPlace }, this.#profiles);
      stream.stop();
    }
    const reader = new RecordReader(profile, 'root', this);
    reader.attach(stream);
    this.#ancestors = ancestorsOf(profile.invoiceNode);
    this.#start = { profile, reader, namespaces: this.#namespaces, rootPlace };
    if (this.#alike !== null && profile.isSingleInvoice) this.#noteHead(tag, this.#start);
    if (this.#listener === null || (this.#isSingleOnly && !profile.isSingleInvoice)) stream.stop();
    return this.#start;
  }

  /** Outside invoices: collects declarations of the elements around them, with which a slice is read, and opens the fast lane. */
  #lookAround(tag: XmlTag, profile: CompiledProfile): void {
    const depth = this.#stream.depth - this.#outerDepth;
    const node = this.#ancestors[depth - 1];
    if (node?.local === tag.local && node.uri === tag.uri) Object.assign(this.#namespaces, tag.ns);
    // Invoices right below the root, without a prefix: all their plain names are in the namespace of the first.
    const isOpening = !this.#isLaneDecided && depth === 2 && this.#ancestors.length === 1 && tag.prefix === '';
    if (
      isOpening &&
      tag.local === profile.invoiceNode.local &&
      tag.uri === profile.invoiceNode.uri &&
      tag.ns[''] === undefined &&
      unitSize(this.#detected.encoding) === 1
    ) {
      const markup = new LearntMarkup(profile.invoiceNode, tag.local, new Map([['', tag.uri]]));
      this.#lane = { name: tag.local, reader: new PlainInvoiceReader(profile, this.#detected.encoding, markup) };
    }
  }

  #outcome(outcome: 'more' | 'stopped' | XmlFault): 'more' | 'stopped' | FileRefusal {
    if (outcome === 'more') return this.#refuseDeclaration() ?? outcome;
    if (outcome === 'stopped') return this.#refusal ?? this.#refuseDeclaration() ?? outcome;
    return refuseFault(outcome, this.#path());
  }

  /** Where the reading stands: open elements, from the invoice on when inside one. */
  #path(): string | null {
    const names = this.#stream.openNames();
    const depth = this.#outerDepth + this.#ancestors.length;
    if (this.#invoiceStart === null || this.#start === null) return names.length === 0 ? null : names.join('/');
    return [
      `${this.#start.profile.invoiceNode.name}[${this.#start.reader.invoiceCount}]`,
      ...names.slice(depth + 1),
    ].join('/');
  }

  #refuseDeclaration(): FileRefusal | null {
    const fault = declarationFault(this.#detected);
    return fault === null ? null : refuseFault(fault, null);
  }

  #refuseByte(piece: SourcePiece, byte: number): FileRefusal {
    const bad = { byte, offset: piece.byteOffset + piece.bytes.length, start: this.#stream.endPlace() };
    return refuseFault(badByteFault(this.#detected, bad), this.#path());
  }
}

/** The index, or the next one where it would part CR from LF or the halves of a character. */
function safeCut(text: string, index: number): number {
  const last = text.charCodeAt(index - 1);
  return last === 0x0d || (last >= 0xd800 && last <= 0xdbff) ? index + 1 : index;
}

/** Elements from the root down to the one around the invoice. */
function ancestorsOf(invoice: PlanNode): readonly PlanNode[] {
  const ancestors: PlanNode[] = [];
  for (let node = invoice.parent; node !== null; node = node.parent) ancestors.unshift(node);
  return ancestors;
}

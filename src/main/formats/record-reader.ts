// Fills records from the elements of one document, following a compiled profile. Parses no values and makes no judgement.

import { childOf } from './profile-plan.ts';
import type { CompiledProfile } from './compile-profile.ts';
import type { PlanNode } from './profile-plan.ts';
import { newRecord } from './record.ts';
import type { RawRecord } from './record.ts';
import type { TextPlace } from './text-place.ts';
import { xmlLimits } from './xml-fault.ts';
import type { XmlHandler, XmlStream, XmlTag } from './xml-stream.ts';

/** An invoice as read: its record, and where it stands in the document's text. */
export interface ReadInvoice {
  readonly record: RawRecord;
  /** Places where containers started, by node id; offset of their `<`, -1 when absent. First one counts. */
  readonly nodeStarts: readonly number[];
  /** Offset of the `<` of the invoice element, and right after its end tag. */
  readonly start: number;
  readonly end: number;
  readonly place: TextPlace;
}

/** A header field as read; header fields are few, so their places are kept at once. */
export interface HeaderValue {
  readonly text: string;
  readonly start: TextPlace;
}

/** Told about invoices. Both are called while the document is being read. */
export interface RecordListener {
  /** `start` is the offset of the invoice's `<`. */
  invoiceStarted(start: number, place: TextPlace): void;
  /** The invoice's objects are used again for the next one when this returns. */
  invoiceRead(invoice: ReadInvoice): void;
}

/** Reads one document, or one invoice's slice when `from` is the profile's invoice node. */
export class RecordReader implements XmlHandler {
  readonly #profile: CompiledProfile;
  readonly #listener: RecordListener;
  readonly #first: PlanNode;
  #stream: XmlStream | null = null;
  /** Node of each open element; null inside skipped elements. */
  readonly #nodes: (PlanNode | null)[] = [];
  /** By node id, the node that was opened after it last time: documents repeat themselves, and one comparison is cheaper than a look-up. */
  #followers: (PlanNode | null)[] = [];
  #newest: PlanNode | null = null;
  #depth = 0;
  #record: RawRecord | null = null;
  #nodeStarts: number[] = [];
  #invoiceStart = 0;
  #invoicePlace: TextPlace = { line: 1, column: 1 };
  #invoiceCount = 0;
  #itemCount = 0;
  #slot = -1;
  #slotStart = 0;
  #text = '';
  #headerPlace: TextPlace = { line: 1, column: 1 };
  readonly #header = new Map<number, HeaderValue>();

  constructor(profile: CompiledProfile, from: 'root' | 'invoice', listener: RecordListener) {
    this.#profile = profile;
    this.#listener = listener;
    this.#first = from === 'root' ? profile.root : profile.invoiceNode;
  }

  /** Must be called once before reading: the stream whose positions are asked for. */
  attach(stream: XmlStream): void {
    const { nodeCount } = this.#profile;
    this.#nodeStarts = new Array<number>(nodeCount).fill(-1);
    this.#followers = new Array<PlanNode | null>(nodeCount).fill(null);
    this.#stream = stream;
  }

  /** Invoices read so far. */
  get invoiceCount(): number {
    return this.#invoiceCount;
  }

  /** Counts an invoice that was read elsewhere. */
  countInvoice(): void {
    this.#invoiceCount++;
  }

  /** Header values by slot. */
  get header(): ReadonlyMap<number, HeaderValue> {
    return this.#header;
  }

  startElement(tag: XmlTag): void {
    const stream = this.#stream;
    if (stream === null) return;
    const node = this.#nodeOf(tag);
    if (this.#slot >= 0) this.#closeText(stream.tagStart);
    this.#nodes[this.#depth++] = node;
    this.#slot = -1;
    if (node === null) return;
    if (node.role === 'invoice') this.#startInvoice(stream);
    else if (node.list !== null) this.#startItem(node, stream);
    if (node.attributes.length > 0) this.#takeAttributes(node, tag, stream);
    if (node.slot >= 0) this.#startText(node, stream);
    else if (this.#record !== null && this.#nodeStarts[node.id] === -1) this.#nodeStarts[node.id] = stream.tagStart;
    if (node.role === 'opaque') stream.allowLongText();
  }

  endElement(): void {
    const node = this.#nodes[--this.#depth] ?? null;
    if (node === null) return;
    if (node.slot >= 0) this.#endText(node);
    if (node.role === 'invoice') this.#endInvoice();
    else if (node.list !== null && this.#record !== null) this.#record = this.#record.parent;
    this.#slot = -1;
  }

  text(part: string): void {
    if (this.#slot >= 0) this.#text += part;
  }

  #nodeOf(tag: XmlTag): PlanNode | null {
    if (this.#depth === 0) return tag.local === this.#first.local && tag.uri === this.#first.uri ? this.#first : null;
    const parent = this.#nodes[this.#depth - 1] ?? null;
    if (parent === null) return null;
    const newest = this.#newest;
    const expected = newest === null ? null : (this.#followers[newest.id] ?? null);
    const isAsExpected =
      expected?.parent === parent && isSameName(expected.local, tag.local) && expected.uri === tag.uri;
    const node = isAsExpected ? expected : childOf(parent, tag.local, tag.uri);
    if (node === null) return null;
    if (!isAsExpected && newest !== null) this.#followers[newest.id] = node;
    this.#newest = node;
    return node;
  }

  #startInvoice(stream: XmlStream): void {
    this.#invoiceStart = stream.tagStart;
    this.#invoicePlace = stream.tagPlace;
    this.#itemCount = 0;
    this.#nodeStarts.fill(-1);
    this.#record = newRecord(this.#profile.invoice, null, { index: this.#invoiceCount, start: this.#invoiceStart });
    this.#listener.invoiceStarted(this.#invoiceStart, this.#invoicePlace);
  }

  #endInvoice(): void {
    const record = this.#record;
    if (record === null || this.#stream === null) return;
    this.#record = null;
    this.#invoiceCount++;
    this.#listener.invoiceRead({
      record,
      nodeStarts: this.#nodeStarts,
      start: this.#invoiceStart,
      end: this.#stream.position,
      place: this.#invoicePlace,
    });
  }

  #startItem(node: PlanNode, stream: XmlStream): void {
    const parent = this.#record;
    const { list } = node;
    if (parent === null || list === null) return;
    if (++this.#itemCount > xmlLimits.items) stream.refuse('items', stream.tagStart);
    const items = (parent.lists[list.index] ??= []);
    const item = newRecord(list.record, parent, { index: items.length, start: stream.tagStart });
    items.push(item);
    this.#record = item;
  }

  #takeAttributes(node: PlanNode, tag: XmlTag, stream: XmlStream): void {
    for (const wanted of node.attributes) {
      const value = tag.attributes[wanted.name];
      if (value?.prefix !== '') continue;
      const text = value.value.trim();
      const record = this.#record;
      if (record === null) this.#header.set(wanted.slot, { text, start: stream.tagPlace });
      else if (record.values[wanted.slot] === null) {
        record.values[wanted.slot] = text;
        record.starts[wanted.slot] = stream.tagStart;
        record.ends[wanted.slot] = stream.position;
      }
    }
  }

  #startText(node: PlanNode, stream: XmlStream): void {
    this.#slot = node.slot;
    this.#slotStart = stream.mark;
    this.#text = '';
    if (this.#record === null) this.#headerPlace = { line: stream.line, column: stream.column };
    stream.wantText();
  }

  /** A child element inside a value closes it: what came before the child is the value (`<shipment>EMAIL<…/></shipment>`). */
  #closeText(end: number): void {
    const record = this.#record;
    const text = this.#text.trim();
    if (record === null || text === '' || record.values[this.#slot] !== null) return;
    record.values[this.#slot] = text;
    record.starts[this.#slot] = this.#slotStart;
    record.ends[this.#slot] = end;
  }

  #endText(node: PlanNode): void {
    const record = this.#record;
    const text = this.#text;
    this.#text = '';
    if (record === null) {
      if (!this.#header.has(node.slot)) this.#header.set(node.slot, headerValue(text, this.#headerPlace));
    } else if (record.values[node.slot] === null) {
      record.values[node.slot] = text.trim();
      record.starts[node.slot] = this.#slotStart;
      record.ends[node.slot] = this.#stream?.position ?? this.#slotStart;
    }
  }
}

/** Names of 13 and more characters come as slices of the text, which V8 compares a dozen times slower than by character. */
function isSameName(name: string, read: string): boolean {
  const { length } = name;
  if (length !== read.length) return false;
  if (length < 13) return name === read;
  for (let index = 0; index < length; index++) if (name.charCodeAt(index) !== read.charCodeAt(index)) return false;
  return true;
}

function headerValue(text: string, start: TextPlace): HeaderValue {
  const trimmed = text.trimStart();
  const leading = text.slice(0, text.length - trimmed.length);
  const lines = leading.split('\n');
  const last = lines.at(-1) ?? '';
  const place =
    lines.length === 1
      ? { line: start.line, column: start.column + last.length }
      : { line: start.line + lines.length - 1, column: last.length + 1 };
  return { text: trimmed.trimEnd(), start: place };
}

// The fast lane: reads invoices that are written plainly (no entities, comments, CDATA, prefixes or declarations inside) from their bytes
// straight into records. Anything else, and anything that might be a fault, is left to the tokenizer: a null here never means that
// something is wrong.

import type { CompiledProfile, PlanNode } from './compile-profile.ts';
import { childOf } from './compile-profile.ts';
import { PlainCursor } from './plain-cursor.ts';
import type { PlainEnd, PlainStart } from './plain-cursor.ts';
import { RecordPool } from './record-pool.ts';
import type { PooledRecord } from './record-pool.ts';
import type { RawRecord } from './record.ts';
import type { TextPlace } from './text-place.ts';
import type { Encoding } from './xml-encoding.ts';
import { xmlLimits } from './xml-fault.ts';

/** An invoice read in the fast lane; offsets as in {@link RawRecord}, nodeStarts as in ReadInvoice. Used again for the next one. */
export interface PlainInvoice {
  readonly record: RawRecord;
  readonly nodeStarts: readonly number[];
  readonly place: TextPlace;
  /** Offsets in the document's text, in code units. */
  readonly start: number;
  readonly end: number;
  /** Indices in the piece's bytes. */
  readonly byteStart: number;
  readonly byteEnd: number;
}

const greaterThan = 0x3e;
const slash = 0x2f;
const equals = 0x3d;
/** Attributes of one element that are compared with each other here; more are left to the tokenizer. */
const maxAttributes = 16;
/** Elements that may hold the invoices, on top of what an invoice nests itself. */
const depthAround = 8;
const xmlns = Uint8Array.from('xmlns', (letter) => letter.charCodeAt(0));

/** Reads plain invoices of one document, one run of them after the other. Its objects are used again from invoice to invoice. */
export class PlainInvoiceReader {
  readonly #profile: CompiledProfile;
  readonly #cursor: PlainCursor;
  readonly #pool = new RecordPool();
  readonly #nodeStarts: number[];
  /** Open elements: where their names start in the bytes and how long they are, and their nodes (null when the profile does not know them). */
  readonly #nameStarts: number[] = [];
  readonly #nameLengths: number[] = [];
  readonly #nodes: (PlanNode | null)[] = [];
  #depth = 0;
  /** By node id: the name's bytes, and the node that came next last time. */
  readonly #nameBytes: (Uint8Array | undefined)[];
  readonly #followers: (PlanNode | null)[];
  readonly #invoiceName: Uint8Array;
  #newest: PlanNode;
  #record: PooledRecord;
  #itemCount = 0;
  /** Starts of the attribute names of the tag being read. */
  readonly #seenAttributes: number[] = [];
  /** Where the text of the newest open element starts, in bytes and in code units of the piece. */
  #textStart = 0;
  #textUnit = 0;

  constructor(profile: CompiledProfile, encoding: Encoding) {
    this.#profile = profile;
    this.#cursor = new PlainCursor(encoding);
    this.#nodeStarts = new Array<number>(profile.nodeCount).fill(-1);
    this.#nameBytes = new Array<Uint8Array | undefined>(profile.nodeCount).fill(undefined);
    this.#followers = new Array<PlanNode | null>(profile.nodeCount).fill(null);
    this.#newest = profile.invoiceNode;
    this.#record = this.#pool.take(profile.invoice, null, { index: 0, start: 0 });
    this.#invoiceName = this.#nameOf(profile.invoiceNode);
  }

  /** Goes to the `<` of an invoice in a piece; {@link next} reads from there on. */
  enter(start: PlainStart): void {
    this.#cursor.enter(start);
  }

  /** Where the newest invoice read since {@link enter} ends: code unit and byte of the piece, and the place. */
  get end(): PlainEnd {
    return this.#cursor.kept;
  }

  /** The next invoice of the run, or null when what follows is none, is not plain, or does not end in the piece. */
  next(ordinal: number): PlainInvoice | null {
    const cursor = this.#cursor;
    if (!cursor.passSpace() || !cursor.isElement(this.#invoiceName)) return null;
    const byteStart = cursor.at;
    const start = cursor.offset;
    const { place } = cursor;
    this.#depth = 0;
    this.#itemCount = 0;
    this.#newest = this.#profile.invoiceNode;
    this.#nodeStarts.fill(-1);
    this.#pool.reset();
    const record = this.#pool.take(this.#profile.invoice, null, { index: ordinal, start });
    this.#record = record;
    if (!this.#openElement()) return null;
    while (this.#depth > 0) {
      if (!cursor.passText(xmlLimits.valueLength)) return null;
      const isEndTag = cursor.byteAt(cursor.at + 1) === slash;
      if (!(isEndTag ? this.#closeElement() : this.#openElement())) return null;
    }
    cursor.keep();
    return { record, nodeStarts: this.#nodeStarts, place, start, end: cursor.offset, byteStart, byteEnd: cursor.at };
  }

  #openElement(): boolean {
    const cursor = this.#cursor;
    if (this.#depth >= xmlLimits.depth - depthAround) return false;
    const parent = this.#depth === 0 ? null : (this.#nodes[this.#depth - 1] ?? null);
    // An element inside a value is nothing a profile expects; the tokenizer decides what the value is then.
    if (parent !== null && parent.slot >= 0) return false;
    const nameStart = cursor.at + 1;
    const tagStart = cursor.offset;
    const node = this.#depth === 0 ? this.#openInvoice() : this.#expectedChild(parent);
    const nameLength = cursor.at - nameStart;
    if (nameLength <= 0 || node?.role === 'opaque') return false;
    if (node !== null && this.#depth > 0 && node.list !== null && !this.#startItem(node, tagStart)) return false;
    if (cursor.byteAt(cursor.at) !== greaterThan && !this.#passAttributes(node, tagStart)) return false;
    const isEmpty = cursor.byteAt(cursor.at) === slash;
    cursor.at += isEmpty ? 2 : 1;
    if (node !== null && node.slot < 0 && this.#nodeStarts[node.id] === -1) this.#nodeStarts[node.id] = tagStart;
    this.#nameStarts[this.#depth] = nameStart;
    this.#nameLengths[this.#depth] = nameLength;
    this.#nodes[this.#depth] = node;
    this.#depth++;
    this.#textStart = cursor.at;
    this.#textUnit = cursor.unit;
    if (isEmpty) this.#leave(node, { end: cursor.at, unit: cursor.unit });
    return true;
  }

  #closeElement(): boolean {
    const cursor = this.#cursor;
    const text = { end: cursor.at, unit: cursor.unit };
    const nameStart = this.#nameStarts[this.#depth - 1] ?? 0;
    if (!cursor.passEndTag(nameStart, this.#nameLengths[this.#depth - 1] ?? 0)) return false;
    const node = this.#nodes[this.#depth - 1] ?? null;
    // The tokenizer turns line ends inside values into LF.
    if (node !== null && node.slot >= 0 && cursor.newestCr >= this.#textStart) return false;
    this.#leave(node, text);
    return true;
  }

  #openInvoice(): PlanNode {
    this.#cursor.at += 1 + this.#invoiceName.length;
    return this.#profile.invoiceNode;
  }

  /**
   * The child that starts at the current `<`, null when the profile does not know it; goes behind its name, or stays when that is not
   * plain. Mostly the child is the one that came here last time.
   */
  #expectedChild(parent: PlanNode | null): PlanNode | null {
    const cursor = this.#cursor;
    if (parent !== null) {
      const expected = this.#followers[this.#newest.id] ?? null;
      if (expected?.parent === parent && cursor.passName(this.#nameOf(expected))) {
        this.#newest = expected;
        return expected;
      }
    }
    const name = cursor.passAnyName(xmlLimits.nameLength);
    const node = parent === null || name === '' ? null : childOf(parent, name, this.#profile.invoiceNode.uri);
    if (node === null) return null;
    this.#followers[this.#newest.id] = node;
    this.#newest = node;
    return node;
  }

  #nameOf(node: PlanNode): Uint8Array {
    return (this.#nameBytes[node.id] ??= Buffer.from(node.local));
  }

  /** Goes on to the tag's `>` or `/>`; false when an attribute is not plain. */
  #passAttributes(node: PlanNode | null, tagStart: number): boolean {
    const cursor = this.#cursor;
    const seen = this.#seenAttributes;
    seen.length = 0;
    for (;;) {
      const before = cursor.at;
      if (!cursor.passSpace()) return false;
      const code = cursor.byteAt(cursor.at);
      const isEmpty = code === slash && cursor.byteAt(cursor.at + 1) === greaterThan;
      if (isEmpty || code === greaterThan) {
        if (node !== null) this.#endAttributes(node, tagStart, cursor.offset + (isEmpty ? 2 : 1));
        return true;
      }
      if (cursor.at === before || !this.#passAttribute(node, tagStart)) return false;
    }
  }

  #passAttribute(node: PlanNode | null, tagStart: number): boolean {
    const cursor = this.#cursor;
    const nameStart = cursor.at;
    const nameLength = cursor.nameLengthAt(nameStart);
    if (nameLength === 0 || nameLength > xmlLimits.nameLength || cursor.isSame(nameStart, nameLength, xmlns))
      return false;
    if (cursor.byteAt(nameStart + nameLength) !== equals || this.#isSeen(nameStart, nameLength)) return false;
    const unit = cursor.unit + nameLength + 2;
    cursor.at = nameStart + nameLength + 1;
    if (!cursor.passQuoted(xmlLimits.valueLength)) return false;
    if (node === null || node.attributes.length === 0) return true;
    const record = this.#record;
    const name = cursor.textBetween(unit - 2 - nameLength, unit - 2);
    for (const wanted of node.attributes) {
      if (wanted.name !== name || record.values[wanted.slot] !== null) continue;
      record.values[wanted.slot] = cursor.textBetween(unit, cursor.unit - 1).trim();
      record.starts[wanted.slot] = tagStart;
    }
    return true;
  }

  /** Whether an attribute of this tag had the same name, or there are too many to compare. */
  #isSeen(nameStart: number, nameLength: number): boolean {
    const seen = this.#seenAttributes;
    for (const start of seen) if (this.#cursor.areSameNames(start, nameStart, nameLength)) return true;
    return seen.push(nameStart) > maxAttributes;
  }

  /** The place of an attribute ends with its tag, whose end is known only now. */
  #endAttributes(node: PlanNode, tagStart: number, tagEnd: number): void {
    const { starts, ends } = this.#record;
    for (const { slot } of node.attributes) if (starts[slot] === tagStart) ends[slot] = tagEnd;
  }

  #startItem(node: PlanNode, tagStart: number): boolean {
    const { list } = node;
    if (list === null || ++this.#itemCount > xmlLimits.items) return false;
    const items = (this.#record.lists[list.index] ??= []);
    const item = this.#pool.take(list.record, this.#record, { index: items.length, start: tagStart });
    items.push(item);
    this.#record = item;
    return true;
  }

  /** `text`: where the element's text ends, in bytes and code units of the piece. */
  #leave(node: PlanNode | null, text: { readonly end: number; readonly unit: number }): void {
    this.#depth--;
    if (node === null) return;
    const record = this.#record;
    if (node.slot >= 0 && record.values[node.slot] === null) {
      const value = this.#cursor.textBetween(this.#textUnit, text.unit);
      const isTrimmed = this.#cursor.isTrimmed(this.#textStart, text.end);
      record.values[node.slot] = isTrimmed ? value : value.trim();
      record.starts[node.slot] = this.#cursor.offset - this.#cursor.unit + this.#textUnit;
      record.ends[node.slot] = this.#cursor.offset;
    }
    if (node.list !== null && record.parent !== null) this.#record = record.parent;
  }
}

/** Index of the next `<name` with a whole name in the text, -1 when there is none. */
export function nextElement(text: string, name: string, from: number): number {
  const wanted = `<${name}`;
  for (let index = text.indexOf(wanted, from); index >= 0; index = text.indexOf(wanted, index + 1)) {
    const code = text.charCodeAt(index + wanted.length);
    if (code === greaterThan || isSpace(code)) return index;
  }
  return -1;
}

/** Whether a stretch of text is white space only, without a CR at its end (half a line end). */
export function isPlainSpace(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (!isSpace(text.charCodeAt(index))) return false;
  return text.charCodeAt(text.length - 1) !== 0x0d;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;
}

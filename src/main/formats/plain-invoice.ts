// The fast lane: reads invoices that are written plainly (no entities, comments, CDATA, prefixes or declarations inside) straight into
// records. Anything else, and anything that might be a fault, is left to the tokenizer: a null here never means that something is wrong.

import type { CompiledProfile, PlanNode } from './compile-profile.ts';
import { childOf } from './compile-profile.ts';
import { newRecord } from './record.ts';
import type { RawRecord } from './record.ts';
import { xmlLimits } from './xml-fault.ts';

/** An invoice read in the fast lane; offsets as in {@link RawRecord}, nodeStarts as in ReadInvoice. */
export interface PlainInvoice {
  readonly record: RawRecord;
  readonly nodeStarts: readonly number[];
  /** Index in the text right after the end tag. */
  readonly endIndex: number;
}

/** Where an invoice is looked for. */
export interface PlainStart {
  readonly text: string;
  /** Index of its `<` in the text. */
  readonly index: number;
  /** Offset of `text[0]` in the document. */
  readonly base: number;
  /** The invoice's 0-based ordinal. */
  readonly ordinal: number;
}

const greaterThan = 0x3e;
const slash = 0x2f;
const plainName = /[A-Za-z_][A-Za-z0-9_.-]*/y;
const plainAttribute = /[ \t\r\n]+([A-Za-z_][A-Za-z0-9_.-]*)=(?:"([^"<&]*)"|'([^'<&]*)')/y;

/** Reads plain invoices of one document. Its objects are used again from invoice to invoice. */
export class PlainInvoiceReader {
  readonly #profile: CompiledProfile;
  readonly #nodeStarts: number[];
  /** Open elements: their names, and their nodes (null when the profile does not know them). */
  readonly #names: string[] = [];
  readonly #nodes: (PlanNode | null)[] = [];
  #depth = 0;
  /** By node id, the node that came next last time. */
  readonly #followers: (PlanNode | null)[];
  #newest: PlanNode;
  #text = '';
  #base = 0;
  #at = 0;
  #record: RawRecord;
  /** Where the text of the newest open element starts; -1 when a tag has come since. */
  #textStart = -1;

  constructor(profile: CompiledProfile) {
    this.#profile = profile;
    this.#nodeStarts = new Array<number>(profile.nodeCount).fill(-1);
    this.#followers = new Array<PlanNode | null>(profile.nodeCount).fill(null);
    this.#newest = profile.invoiceNode;
    this.#record = newRecord(profile.invoice, null, { index: 0, start: 0 });
  }

  /** The invoice, or null when it is not plain or does not end in the text. */
  read({ text, index, base, ordinal }: PlainStart): PlainInvoice | null {
    this.#text = text;
    this.#base = base;
    this.#at = index;
    this.#depth = 0;
    this.#newest = this.#profile.invoiceNode;
    this.#nodeStarts.fill(-1);
    const record = newRecord(this.#profile.invoice, null, { index: ordinal, start: base + index });
    this.#record = record;
    if (!this.#openElement()) return null;
    while (this.#depth > 0) {
      if (!this.#passText()) return null;
      const isEndTag = text.charCodeAt(this.#at + 1) === slash;
      if (!(isEndTag ? this.#closeElement() : this.#openElement())) return null;
    }
    return { record, nodeStarts: this.#nodeStarts, endIndex: this.#at };
  }

  /** Goes to the next `<`; false when there is none or the text before it needs the tokenizer. */
  #passText(): boolean {
    const text = this.#text;
    const end = text.indexOf('<', this.#at);
    if (end < 0 || end - this.#at > xmlLimits.valueLength) return false;
    for (let index = this.#at; index < end; index++) if (!isPlainCharacter(text.charCodeAt(index))) return false;
    this.#at = end;
    return true;
  }

  #openElement(): boolean {
    const tagStart = this.#at;
    if (this.#depth >= xmlLimits.depth - 8) return false;
    const parent = this.#depth === 0 ? null : (this.#nodes[this.#depth - 1] ?? null);
    // An element inside a value is nothing a profile expects; the tokenizer decides what the value is then.
    if (parent !== null && parent.slot >= 0) return false;
    const node = this.#depth === 0 ? this.#profile.invoiceNode : this.#expectedChild(parent);
    const name = node === null ? this.#unknownName() : node.local;
    if (name === '' || (this.#depth === 0 && !this.#isNameAt(name)) || node?.role === 'opaque') return false;
    this.#at = tagStart + 1 + name.length;
    if (node !== null && this.#depth > 0 && node.list !== null) this.#startItem(node, tagStart);
    if (this.#text.charCodeAt(this.#at) !== greaterThan && !this.#passAttributes(node, tagStart)) return false;
    const isEmpty = this.#text.charCodeAt(this.#at) === slash;
    this.#at += isEmpty ? 2 : 1;
    if (node !== null) this.#enter(node, tagStart);
    this.#names[this.#depth] = name;
    this.#nodes[this.#depth] = node;
    this.#depth++;
    this.#textStart = this.#at;
    if (isEmpty) this.#leave(node, this.#at);
    return !isEmpty || this.#depth > 0;
  }

  #closeElement(): boolean {
    const name = this.#names[this.#depth - 1] ?? '';
    const nameEnd = this.#at + 2 + name.length;
    if (!this.#text.startsWith(name, this.#at + 2) || this.#text.charCodeAt(nameEnd) !== greaterThan) return false;
    const textEnd = this.#at;
    this.#at = nameEnd + 1;
    const node = this.#nodes[this.#depth - 1] ?? null;
    if (node !== null && node.slot >= 0 && this.#text.slice(this.#textStart, textEnd).includes('\r')) return false;
    this.#leave(node, textEnd);
    return true;
  }

  /** The child that stands at the current `<`, null when the profile does not know it. Mostly the one that came here last time. */
  #expectedChild(parent: PlanNode | null): PlanNode | null {
    if (parent === null) return null;
    const expected = this.#followers[this.#newest.id] ?? null;
    if (expected?.parent === parent && this.#isNameAt(expected.local)) {
      this.#newest = expected;
      return expected;
    }
    const node = childOf(parent, this.#unknownName(), this.#profile.invoiceNode.uri);
    if (node === null) return null;
    this.#followers[this.#newest.id] = node;
    this.#newest = node;
    return node;
  }

  /** Whether exactly this name stands after the current `<`. */
  #isNameAt(name: string): boolean {
    if (!this.#text.startsWith(name, this.#at + 1)) return false;
    const next = this.#text.charCodeAt(this.#at + 1 + name.length);
    return next === greaterThan || next === slash || isSpace(next);
  }

  /** The name after the current `<` when it is plain ASCII without a prefix, else ''. */
  #unknownName(): string {
    plainName.lastIndex = this.#at + 1;
    const name = plainName.exec(this.#text)?.[0] ?? '';
    return name.length <= xmlLimits.nameLength && this.#isNameAt(name) ? name : '';
  }

  /** Goes on to the tag's `>` or `/>`; false when an attribute is not plain. */
  #passAttributes(node: PlanNode | null, tagStart: number): boolean {
    const seen: string[] = [];
    for (;;) {
      plainAttribute.lastIndex = this.#at;
      const match = plainAttribute.exec(this.#text);
      if (match === null) break;
      const [whole, name = '', double, single] = match;
      const value = double ?? single ?? '';
      if (!isPlainValue(value) || name === 'xmlns' || seen.includes(name) || seen.push(name) > 16) return false;
      this.#at += whole.length;
      if (node !== null && node.attributes.length > 0) this.#takeAttribute(node, name, { value, tagStart });
    }
    while (isSpace(this.#text.charCodeAt(this.#at))) this.#at++;
    const code = this.#text.charCodeAt(this.#at);
    const isEnd = code === greaterThan || (code === slash && this.#text.charCodeAt(this.#at + 1) === greaterThan);
    if (isEnd && node !== null)
      for (const { slot } of node.attributes) this.#endAttribute(slot, tagStart, code === slash ? 2 : 1);
    return isEnd;
  }

  #takeAttribute(node: PlanNode, name: string, found: { readonly value: string; readonly tagStart: number }): void {
    const record = this.#record;
    for (const wanted of node.attributes) {
      if (wanted.name !== name || record.values[wanted.slot] !== null) continue;
      record.values[wanted.slot] = found.value.trim();
      record.starts[wanted.slot] = this.#base + found.tagStart;
    }
  }

  /** The place of an attribute ends with its tag, whose end is known only now. */
  #endAttribute(slot: number, tagStart: number, closing: number): void {
    if (this.#record.starts[slot] === this.#base + tagStart) this.#record.ends[slot] = this.#base + this.#at + closing;
  }

  #startItem(node: PlanNode, tagStart: number): void {
    const { list } = node;
    if (list === null) return;
    const items = (this.#record.lists[list.index] ??= []);
    const item = newRecord(list.record, this.#record, { index: items.length, start: this.#base + tagStart });
    items.push(item);
    this.#record = item;
  }

  #enter(node: PlanNode, tagStart: number): void {
    if (node.slot < 0 && this.#nodeStarts[node.id] === -1) this.#nodeStarts[node.id] = this.#base + tagStart;
  }

  #leave(node: PlanNode | null, textEnd: number): void {
    this.#depth--;
    if (node === null) return;
    const record = this.#record;
    if (node.slot >= 0 && record.values[node.slot] === null) {
      record.values[node.slot] = this.#text.slice(this.#textStart, textEnd).trim();
      record.starts[node.slot] = this.#base + this.#textStart;
      record.ends[node.slot] = this.#base + this.#at;
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

/** & (0x26) and ] (0x5D) may begin something special; of the control characters only tab, LF and CR may stand in text. */
function isPlainCharacter(code: number): boolean {
  return (code >= 0x20 ? code !== 0x26 && code !== 0x5d : isSpace(code)) && code < 0xfffe;
}

/** White space other than the space is changed by the tokenizer in attribute values. */
function isPlainValue(value: string): boolean {
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index);
    if (code < 0x20 || code >= 0xfffe) return false;
  }
  return true;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;
}

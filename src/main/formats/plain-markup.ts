// Reads tags for the fast lane when they are not those that were expected: what they are called, what they carry and what they do to a
// record. Answers null to anything that is not plain.

import type { LearntMarkup, MarkupStep, OpenElement, Stretch } from './learnt-markup.ts';
import { ownText } from './own-text.ts';
import type { PlainCursor } from './plain-cursor.ts';
import type { PlanNode } from './profile-plan.ts';
import { xmlLimits } from './xml-fault.ts';

const lessThan = 0x3c;
const greaterThan = 0x3e;
const slash = 0x2f;
const equals = 0x3d;
const colon = 0x3a;
/** Attributes of one element that are compared with each other here; more are left to the tokenizer. */
const maxAttributes = 16;
/** Elements that may hold the invoices, on top of what an invoice nests itself. */
const depthAround = 8;
/** A stretch ends at the first tag beyond this many bytes. */
const longestStretch = 4_096;
const xmlns = Uint8Array.from('xmlns', (letter) => letter.charCodeAt(0));

/** One attribute of a tag. */
interface PlainAttribute {
  readonly name: string;
  readonly value: string;
}

/** Reads stretches at the position of a cursor and has them remembered. */
export class MarkupReader {
  readonly #cursor: PlainCursor;
  readonly #markup: LearntMarkup;
  /** Code unit of the stretch's start. */
  #start = 0;
  #steps: MarkupStep[] = [];
  /** Starts of the attribute names of the tag being read. */
  readonly #seenAttributes: number[] = [];

  constructor(cursor: PlainCursor, markup: LearntMarkup) {
    this.#cursor = cursor;
    this.#markup = markup;
  }

  /** The stretch that starts at the position; the cursor stays. Null when a tag in it is not plain or the piece ends in it. */
  read(after: Stretch): Stretch | null {
    const cursor = this.#cursor;
    const begun = cursor.mark();
    this.#start = cursor.unit;
    this.#steps = [];
    let inside: OpenElement | null = after.inside;
    // Text is what a tag before the stretch has opened; later ones are read when they are the last of it.
    let mayEndValue = true;
    do {
      inside = this.#readTag(inside, mayEndValue);
      if (inside === null) return null;
      mayEndValue = false;
    } while (this.#goesOn(inside, begun.at));
    const travel = cursor.travelFrom(begun);
    const { buffer } = cursor.copyFrom(begun.at);
    const stretch: Stretch = { view: new DataView(buffer), travel, steps: this.#steps, inside, followers: [] };
    cursor.goBack(begun);
    return this.#markup.keep(after, stretch);
  }

  /** Whether another tag belongs to the stretch; goes to it then. */
  #goesOn(inside: OpenElement, from: number): boolean {
    const cursor = this.#cursor;
    if (inside === this.#markup.outside || cursor.at - from > longestStretch) return false;
    if (inside.node !== null && inside.node.slot >= 0) return false;
    const here = cursor.mark();
    if (cursor.passSpace() && cursor.byteAt(cursor.at) === lessThan) return true;
    cursor.goBack(here);
    return false;
  }

  #readTag(inside: OpenElement, mayEndValue: boolean): OpenElement | null {
    const isEndTag = this.#cursor.byteAt(this.#cursor.at + 1) === slash;
    return isEndTag ? this.#readEndTag(inside, mayEndValue) : this.#readStartTag(inside);
  }

  #readEndTag({ parent, node, name }: OpenElement, mayEndValue: boolean): OpenElement | null {
    if (parent === null || !this.#cursor.passEndTag(name)) return null;
    if (node === null) return parent;
    if (node.slot >= 0) {
      if (!mayEndValue) return null;
      this.#add(node, { does: 'value', slot: node.slot, to: this.#here });
    }
    if (node.list !== null) this.#add(node, { does: 'endItem' });
    return parent;
  }

  /** What is open after a start tag: the parent again when the element is empty. */
  #readStartTag(parent: OpenElement): OpenElement | null {
    const cursor = this.#cursor;
    // An element inside a value is nothing a profile expects; the tokenizer decides what the value is then.
    if ((parent.node !== null && parent.node.slot >= 0) || parent.depth >= xmlLimits.depth - depthAround) return null;
    const from = this.#here;
    const element = this.#readName(parent);
    if (element === null || element.node?.role === 'opaque') return null;
    const { node } = element;
    const attributes = this.#readAttributes();
    if (attributes === null) return null;
    const isEmpty = cursor.byteAt(cursor.at) === slash;
    cursor.at += isEmpty ? 2 : 1;
    if (node !== null) this.#addElement(node, { from, to: this.#here, attributes, isEmpty });
    return isEmpty ? parent : element;
  }

  #addElement(
    node: PlanNode,
    tag: {
      readonly from: number;
      readonly to: number;
      readonly attributes: readonly PlainAttribute[];
      readonly isEmpty: boolean;
    },
  ): void {
    const { from, to, attributes, isEmpty } = tag;
    // The invoice is no item here, whatever it is elsewhere.
    const isItem = node.list !== null && node.role !== 'invoice';
    if (isItem) this.#add(node, { does: 'startItem', from });
    for (const { name, value } of attributes)
      for (const wanted of node.attributes)
        if (wanted.name === name) this.#add(node, { does: 'fixed', slot: wanted.slot, text: value, from, to });
    if (node.slot < 0) this.#add(node, { does: 'start', from });
    if (!isEmpty) return;
    if (node.slot >= 0) this.#add(node, { does: 'fixed', slot: node.slot, from: to, to });
    if (isItem) this.#add(node, { does: 'endItem' });
  }

  #add(
    node: PlanNode,
    { does, slot = -1, text = '', from = 0, to = 0 }: Partial<MarkupStep> & Pick<MarkupStep, 'does'>,
  ): void {
    this.#steps.push({ does, node, slot, text, from, to });
  }

  /** Goes past the `<` here and the plain ASCII name behind it, with or without a prefix. */
  #readName(parent: OpenElement): OpenElement | null {
    const cursor = this.#cursor;
    const from = cursor.at + 1;
    let length = cursor.nameLengthAt(from);
    if (length > 0 && cursor.byteAt(from + length) === colon) {
      const local = cursor.nameLengthAt(from + length + 1);
      length = local === 0 ? 0 : length + 1 + local;
    }
    if (length === 0 || length > xmlLimits.nameLength || !cursor.isNameEnd(from + length)) return null;
    cursor.at = from + length;
    return this.#markup.child(parent, cursor.copyFrom(from));
  }

  /** Goes on to the tag's `>` or `/>`; null when an attribute is not plain. */
  #readAttributes(): readonly PlainAttribute[] | null {
    const cursor = this.#cursor;
    const attributes: PlainAttribute[] = [];
    this.#seenAttributes.length = 0;
    for (;;) {
      const before = cursor.at;
      if (!cursor.passSpace()) return null;
      const code = cursor.byteAt(cursor.at);
      if (code === greaterThan || (code === slash && cursor.byteAt(cursor.at + 1) === greaterThan)) return attributes;
      const attribute = cursor.at === before ? null : this.#readAttribute();
      if (attribute === null) return null;
      attributes.push(attribute);
    }
  }

  #readAttribute(): PlainAttribute | null {
    const cursor = this.#cursor;
    const nameStart = cursor.at;
    const nameLength = cursor.nameLengthAt(nameStart);
    if (nameLength === 0 || nameLength > xmlLimits.nameLength || cursor.isSame(nameStart, nameLength, xmlns))
      return null;
    if (cursor.byteAt(nameStart + nameLength) !== equals || this.#isSeen(nameStart, nameLength)) return null;
    const unit = cursor.unit;
    cursor.at = nameStart + nameLength + 1;
    if (!cursor.passQuoted(xmlLimits.valueLength)) return null;
    const valueUnit = unit + nameLength + 2;
    return {
      name: cursor.textBetween(unit, unit + nameLength),
      value: ownText(cursor.textBetween(valueUnit, cursor.unit - 1).trim()),
    };
  }

  /** Whether an attribute of this tag had the same name, or there are too many to compare. */
  #isSeen(nameStart: number, nameLength: number): boolean {
    const seen = this.#seenAttributes;
    for (const start of seen) if (this.#cursor.areSameNames(start, nameStart, nameLength)) return true;
    return seen.push(nameStart) > maxAttributes;
  }

  /** The position, counted from the start of the stretch in code units. */
  get #here(): number {
    return this.#cursor.unit - this.#start;
  }
}

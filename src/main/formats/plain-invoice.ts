// The fast lane: reads invoices that are written plainly (no entities of their own, comments, CDATA or declarations) from their bytes straight
// into records. Markup that was read before is compared, not read. Anything else, and anything that might be a fault, is left to the
// tokenizer: a null here never means that something is wrong.

import type { CompiledProfile } from './compile-profile.ts';
import type { LearntMarkup, Stretch } from './learnt-markup.ts';
import { PlainCursor } from './plain-cursor.ts';
import type { PlainEnd, PlainStart } from './plain-cursor.ts';
import { MarkupReader } from './plain-markup.ts';
import type { ListPlan } from './profile-plan.ts';
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
const meanings = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
]);

/** Reads plain invoices of one document, one run of them after the other. Its objects are used again from invoice to invoice. */
export class PlainInvoiceReader {
  readonly #profile: CompiledProfile;
  readonly #markup: LearntMarkup;
  readonly #cursor: PlainCursor;
  readonly #reader: MarkupReader;
  readonly #pool = new RecordPool();
  readonly #nodeStarts: number[];
  readonly #invoiceName: Uint8Array;
  #record: PooledRecord;
  #itemCount = 0;

  constructor(profile: CompiledProfile, encoding: Encoding, markup: LearntMarkup) {
    this.#profile = profile;
    this.#markup = markup;
    this.#cursor = new PlainCursor(encoding);
    this.#reader = new MarkupReader(this.#cursor, markup);
    this.#nodeStarts = new Array<number>(profile.nodeCount).fill(-1);
    this.#record = this.#pool.take(profile.invoice, null, { index: 0, start: 0 });
    this.#invoiceName = Uint8Array.from(Buffer.from(profile.invoiceNode.local));
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
    const record = this.#newInvoice(ordinal, start);
    if (!this.#readFrom(this.#markup.begin)) return null;
    cursor.keep();
    return { record, nodeStarts: this.#nodeStarts, place, start, end: cursor.offset, byteStart, byteEnd: cursor.at };
  }

  /**
   * The invoice that is a whole document, read from right after its root's start tag, where `from` is; `root` is the tag's `<`. Null when
   * it is not plain, or when anything but white space follows it.
   */
  document(
    from: PlainStart,
    root: { readonly byte: number; readonly unit: number; readonly place: TextPlace },
  ): PlainInvoice | null {
    const cursor = this.#cursor;
    cursor.enter(from);
    const record = this.#newInvoice(0, root.unit);
    this.#nodeStarts[this.#profile.invoiceNode.id] = root.unit;
    if (!cursor.passText(xmlLimits.valueLength) || !this.#readFrom(this.#markup.opened)) return null;
    const read = {
      record,
      nodeStarts: this.#nodeStarts,
      place: root.place,
      start: root.unit,
      end: cursor.offset,
      byteStart: root.byte,
      byteEnd: cursor.at,
    };
    return cursor.passSpace() ? null : read;
  }

  #newInvoice(ordinal: number, start: number): PooledRecord {
    this.#itemCount = 0;
    const nodeStarts = this.#nodeStarts;
    for (let id = 0; id < nodeStarts.length; id++) nodeStarts[id] = -1;
    this.#pool.reset();
    this.#record = this.#pool.take(this.#profile.invoice, null, { index: ordinal, start });
    return this.#record;
  }

  /** Reads on to the end of the invoice, by turns the tags at the position and the text after them. */
  #readFrom(start: Stretch): boolean {
    const cursor = this.#cursor;
    const { outside } = this.#markup;
    let newest = start;
    let textStart = cursor.at;
    let textUnit = cursor.unit;
    do {
      const stretch = this.#known(newest) ?? this.#reader.read(newest);
      if (stretch === null || !this.#take(stretch, textStart, textUnit)) return false;
      cursor.pass(stretch.travel);
      newest = stretch;
      if (stretch.inside === outside) return true;
      textStart = cursor.at;
      textUnit = cursor.unit;
    } while (cursor.passText(xmlLimits.valueLength));
    return false;
  }

  /** The stretch at the position when it is one that has come here before. */
  #known({ followers }: Stretch): Stretch | null {
    const [expected] = followers;
    if (expected === undefined) return null;
    if (this.#cursor.isHere(expected.view)) return expected;
    for (let index = 1; index < followers.length; index++) {
      const follower = followers[index];
      if (follower === undefined || !this.#cursor.isHere(follower.view)) continue;
      followers[index] = expected;
      followers[0] = follower;
      return follower;
    }
    return null;
  }

  /** Does what the tags at the position say; `textStart` and `textUnit` are where the text before them starts, in bytes and code units. */
  #take({ steps }: Stretch, textStart: number, textUnit: number): boolean {
    const base = this.#cursor.offset;
    for (const { does, node, slot, text, from, to } of steps) {
      const record = this.#record;
      switch (does) {
        case 'value':
          if (!this.#takeText(slot, { textStart, textUnit, end: base + to })) return false;
          break;
        case 'fixed':
          if (record.values[slot] !== null) break;
          record.values[slot] = text;
          record.starts[slot] = base + from;
          record.ends[slot] = base + to;
          break;
        case 'startItem':
          if (node.list === null || ++this.#itemCount > xmlLimits.items) return false;
          this.#record = this.#newItem(node.list, base + from);
          break;
        case 'endItem':
          if (record.parent !== null) this.#record = record.parent;
          break;
        case 'start':
          if (this.#nodeStarts[node.id] === -1) this.#nodeStarts[node.id] = base + from;
          break;
      }
    }
    return true;
  }

  /** The text before the position becomes a value, unless there is one already. */
  #takeText(
    slot: number,
    { textStart, textUnit, end }: { readonly textStart: number; readonly textUnit: number; readonly end: number },
  ): boolean {
    const cursor = this.#cursor;
    // The tokenizer turns line ends inside values into LF.
    if (cursor.newestCr >= textStart) return false;
    const { values, starts, ends } = this.#record;
    if (values[slot] !== null) return true;
    const value = cursor.textBetween(textUnit, cursor.unit);
    const trimmed = cursor.isTrimmed(textStart, cursor.at) ? value : value.trim();
    values[slot] = cursor.hasReference ? withoutReferences(trimmed) : trimmed;
    starts[slot] = cursor.offset - cursor.unit + textUnit;
    ends[slot] = end;
    return true;
  }

  #newItem({ index, record: plan }: ListPlan, start: number): PooledRecord {
    const items = (this.#record.lists[index] ??= []);
    const item = this.#pool.take(plan, this.#record, { index: items.length, start });
    items.push(item);
    return item;
  }
}

/** A text with the five references that need no declaration as what they stand for. */
function withoutReferences(text: string): string {
  return text.replaceAll(/&(?:amp|lt|gt|quot|apos);/g, (reference) => meanings.get(reference) ?? reference);
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

// What the fast lane remembers of markup it has read: stretches of tags between two texts, and what each does to a record. No reading.

import type { PlanNode } from './profile-plan.ts';
import { childOf } from './profile-plan.ts';
import type { Travel } from './plain-cursor.ts';

/** An element that is open, with those around it. There is one of each way down from the document's invoice. */
export interface OpenElement {
  readonly parent: OpenElement | null;
  /** Null where the profile does not know it. */
  readonly node: PlanNode | null;
  /** As written, with its prefix. */
  readonly name: Uint8Array;
  readonly depth: number;
  readonly children: Map<string, OpenElement>;
  /** Stretches that were read with this element as the innermost one, by their bytes. */
  readonly stretches: Map<string, Stretch>;
}

/** What one tag does. Offsets are code units from the start of the stretch. */
export interface MarkupStep {
  /** `value`: the text before the stretch ends here. `fixed`: an attribute, or an element without text. */
  readonly does: 'value' | 'fixed' | 'startItem' | 'endItem' | 'start';
  readonly node: PlanNode;
  readonly slot: number;
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Tags that follow each other with nothing but white space between them, from the `<` of the first to the `>` of the last. The same bytes
 * inside the same open elements are the same tags again.
 */
export interface Stretch {
  readonly view: DataView;
  readonly travel: Travel;
  readonly steps: readonly MarkupStep[];
  /** The innermost element that is open after it. */
  readonly inside: OpenElement;
  /** What has come next so far, the newest first. */
  readonly followers: Stretch[];
}

/** Stretches that are looked for after one; an older one is learnt again. */
const mostFollowers = 8;
/** Bounds on what is kept, far beyond what documents of one program need. Beyond them nothing more is kept, or read here at all. */
const mostKeptBytes = 1_048_576;
const mostElements = 10_000;

/** The markup of documents that are written alike. Grows while they are read. */
export class LearntMarkup {
  /** Around the invoice: nothing is open, or everything is closed again. */
  readonly outside: OpenElement;
  /** Before the invoice's start tag. */
  readonly begin: Stretch;
  /** Behind it. */
  readonly opened: Stretch;
  readonly #namespaces: ReadonlyMap<string, string>;
  #keptBytes = 0;
  #elements = 2;

  /** `name`: the invoice element's as written. `namespaces`: of every prefix that may be used, '' for names without one. */
  constructor(invoiceNode: PlanNode, name: string, namespaces: ReadonlyMap<string, string>) {
    this.outside = openElement(null, null, new Uint8Array(0));
    const invoice = openElement(this.outside, invoiceNode, Uint8Array.from(Buffer.from(name)));
    this.outside.children.set(name, invoice);
    this.begin = emptyStretch(this.outside);
    this.opened = emptyStretch(invoice);
    this.#namespaces = namespaces;
  }

  /** Whether the bounds are reached: a fresh start costs less than going on. */
  get isFull(): boolean {
    return this.#keptBytes > mostKeptBytes || this.#elements >= mostElements;
  }

  /** The element of this name in another one; null when its prefix is not known or there are too many. */
  child(parent: OpenElement, name: Uint8Array): OpenElement | null {
    const written = Buffer.from(name.buffer, name.byteOffset, name.length).toString('latin1');
    const known = parent.children.get(written);
    if (known !== undefined) return known;
    const colon = written.indexOf(':');
    const uri = this.#namespaces.get(colon < 0 ? '' : written.slice(0, colon));
    if (uri === undefined || parent === this.outside || this.#elements >= mostElements) return null;
    this.#elements++;
    const node = parent.node === null ? null : childOf(parent.node, written.slice(colon + 1), uri);
    const made = openElement(parent, node, name);
    parent.children.set(written, made);
    return made;
  }

  /** Remembers what came after a stretch; returns the one to go on with, which may be an equal one that was known before. */
  keep(after: Stretch, read: Stretch): Stretch {
    const { inside } = after;
    const key = Buffer.from(read.view.buffer, read.view.byteOffset, read.view.byteLength).toString('latin1');
    const known = inside.stretches.get(key);
    if (known === undefined && this.#keptBytes > mostKeptBytes) return read;
    if (known === undefined) {
      this.#keptBytes += key.length;
      inside.stretches.set(key, read);
    }
    const stretch = known ?? read;
    after.followers.unshift(stretch);
    if (after.followers.length > mostFollowers) after.followers.pop();
    return stretch;
  }
}

function openElement(parent: OpenElement | null, node: PlanNode | null, name: Uint8Array): OpenElement {
  return {
    parent,
    node,
    name,
    depth: parent === null ? 0 : parent.depth + 1,
    children: new Map(),
    stretches: new Map(),
  };
}

function emptyStretch(inside: OpenElement): Stretch {
  const travel = { bytes: 0, shift: 0, astral: 0, lines: 0, lineStart: 0 };
  return { view: new DataView(new ArrayBuffer(0)), travel, steps: [], inside, followers: [] };
}

// What is remembered from one document of one invoice to the next: how such documents begin, and the markup they are written in. A document
// that begins as one that was read before needs no tokenizer as long as it is plain. No reading.

import type { SourceContext } from '../ports/import-source.ts';
import type { CompiledProfile } from './compile-profile.ts';
import { LearntMarkup } from './learnt-markup.ts';
import { PlainInvoiceReader } from './plain-invoice.ts';
import type { TextPlace } from './text-place.ts';
import { detectEncoding } from './xml-encoding.ts';
import type { DetectedEncoding, Encoding, PieceDecoder } from './xml-encoding.ts';

/** A place in a document: bytes and code units from its first character on. */
export interface DocumentPlace {
  readonly byte: number;
  readonly unit: number;
  readonly place: TextPlace;
}

/** The start of a document, up to the end of its root's start tag, with everything the tokenizer found in it. */
export interface DocumentHead {
  /** Of its encoding. */
  readonly decoder: PieceDecoder;
  readonly bytes: Uint8Array;
  readonly profile: CompiledProfile;
  /** The root's name as written, and the namespaces it declares by prefix. */
  readonly name: string;
  readonly namespaces: Readonly<Record<string, string>>;
  /** The root's `<`. */
  readonly root: DocumentPlace;
  /** Right after its start tag. */
  readonly end: DocumentPlace;
}

/** A head with a reader for what follows it. */
export interface KnownHead {
  readonly head: DocumentHead;
  /** What a slice of such a document is read with. */
  readonly context: SourceContext;
  readonly reader: PlainInvoiceReader;
}

interface LearntHead extends KnownHead {
  readonly markup: LearntMarkup;
}

/** Heads that are remembered; programs write one or two. */
const mostHeads = 8;
const longestHead = 8_192;

/** Heads of one set of profiles, used by one thread. */
export class AlikeDocuments {
  #heads: LearntHead[] = [];
  /** The newest XML declaration, with what it says. */
  #declaration: { readonly bytes: Uint8Array; readonly detected: DetectedEncoding } | null = null;

  /** As detectEncoding: a file that begins with the same declaration as the one before is in the same encoding. */
  detect(head: Uint8Array): DetectedEncoding {
    const known = this.#declaration;
    if (known !== null && beginsWith(head, known.bytes)) return known.detected;
    const detected = detectEncoding(head);
    const end = declarationEnd(head);
    if (end > 0 && detected.trouble === null) this.#declaration = { bytes: head.slice(0, end), detected };
    return detected;
  }

  /** The head these bytes begin with. */
  find(bytes: Uint8Array, encoding: Encoding): KnownHead | null {
    const known = this.#heads.find(({ head }) => head.decoder.encoding === encoding && beginsWith(bytes, head.bytes));
    if (known === undefined) return null;
    if (!known.markup.isFull) return known;
    this.#heads = this.#heads.filter((each) => each !== known);
    return null;
  }

  /** Remembers the head of a sound document. */
  learn(head: DocumentHead): void {
    const { profile, name, namespaces, bytes } = head;
    const { encoding } = head.decoder;
    if (bytes.length > longestHead || this.find(bytes, encoding) !== null) return;
    const markup = new LearntMarkup(profile.invoiceNode, name, new Map([['', ''], ...Object.entries(namespaces)]));
    const reader = new PlainInvoiceReader(profile, encoding, markup);
    // The invoice is the root: nothing around it declares a namespace.
    const context = { encoding, profileId: profile.profile.id, namespaces: {} };
    this.#heads = [{ head, context, reader, markup }, ...this.#heads.slice(0, mostHeads - 1)];
  }
}

const declarationStart = Uint8Array.from(Buffer.from('<?xml'));
const questionMark = 0x3f;
const greaterThan = 0x3e;

/** Index after the declaration the bytes begin with, 0 when they begin otherwise: with a byte order mark, in UTF-16, with an element. */
function declarationEnd(head: Uint8Array): number {
  if (!beginsWith(head, declarationStart)) return 0;
  const end = head.indexOf(greaterThan);
  return end > 0 && head[end - 1] === questionMark ? end + 1 : 0;
}

function beginsWith(bytes: Uint8Array, head: Uint8Array): boolean {
  const { length } = head;
  if (bytes.length < length) return false;
  for (let index = 0; index < length; index++) if (bytes[index] !== head[index]) return false;
  return true;
}

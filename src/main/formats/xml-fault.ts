// What can be wrong with a file as XML, with its place. Only names and shapes; the words are in shared/words.

import type { TextPlace } from './text-place.ts';

/** Why a document is not well-formed. The list only grows; texts are chosen by it. */
export const wellFormednessReasons = [
  'bareAmpersand',
  'unknownEntity',
  'wrongEndTag',
  'unclosedElement',
  'strayEndTag',
  'lessThanInAttribute',
  'unquotedAttribute',
  'missingAttributeValue',
  'missingSpace',
  'duplicateAttribute',
  'controlCharacter',
  'cdataEndInText',
  'textOutsideRoot',
  'secondRoot',
  'unboundPrefix',
  'badNamespace',
  'badName',
  'badComment',
  'badDeclaration',
  'badInstruction',
  'unfinished',
  'noRoot',
  'other',
] as const;
/** One of {@link wellFormednessReasons}. */
export type WellFormednessReason = (typeof wellFormednessReasons)[number];

/** Caps on what is read; a document beyond one is refused with the cap's name and size. */
export const xmlLimits = {
  /** Nested elements. Namespace look-up in saxes is quadratic in depth. */
  depth: 128,
  /** Attributes of one element. */
  attributes: 256,
  /** Code units of an element or attribute name. */
  nameLength: 1024,
  /** Code units of one attribute value, and of what stands between two tags (text, comments). */
  valueLength: 1_048_576,
  /** Code units of one comment, CDATA section or processing instruction where the text of a document is not kept. */
  markupLength: 16_777_216,
  /** Bytes of the XML declaration, with a byte order mark. */
  declaration: 4_096,
  /** Bytes of one invoice, attachments included. */
  invoiceSize: 16_777_216,
  /** Repeated elements (rows, notes, months) of one invoice. */
  items: 100_000,
} as const;
/** One of the caps in {@link xmlLimits}. */
export type XmlLimit = keyof typeof xmlLimits;

/** One fault that ends the reading of a file. */
export interface XmlFault {
  readonly ruleId: 'core.xml.wellformed' | 'core.xml.doctype' | 'core.xml.limit' | 'core.encoding';
  readonly start: TextPlace;
  readonly end: TextPlace;
  /** What stood there, uncut. */
  readonly found: string | null;
  readonly expected: string | null;
  /** `reason` for well-formedness and encoding, `limit` and `max` for caps. */
  readonly params: Readonly<Record<string, string | number>>;
}

// A request's XML as a tree with places, read by saxes. Knows nothing of any provider; no entity beyond XML's own five, no DTD.

import { SaxesParser } from 'saxes';

/** One element. `text` is all text directly inside, comments left out. */
export interface XmlElement {
  /** Local name. */
  readonly name: string;
  /** Namespace; empty for none. */
  readonly namespace: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  readonly text: string;
  /** Where the element ends, 1-based. */
  readonly line: number;
  readonly column: number;
}

/** One attribute. */
export interface XmlAttribute {
  readonly name: string;
  readonly namespace: string;
  readonly value: string;
}

/** What is not XML, or XML that no provider takes. */
export class XmlFault extends Error {
  readonly line: number;
  readonly column: number;

  constructor(message: string, place: { readonly line: number; readonly column: number }) {
    super(message);
    this.line = place.line;
    this.column = place.column;
  }
}

interface Growing extends XmlElement {
  children: XmlElement[];
  text: string;
  line: number;
  column: number;
}

/** Deeper than any provider's messages. */
const maxDepth = 64;

/** Reads a whole document. Throws XmlFault. */
export function readXml(text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true });
  const open: Growing[] = [];
  const roots: XmlElement[] = [];
  const here = (): { line: number; column: number } => ({ line: parser.line, column: parser.columnIndex + 1 });
  parser.on('error', (error) => {
    throw new XmlFault(error.message.replace(/^\d+:\d+: /u, ''), here());
  });
  parser.on('doctype', () => {
    throw new XmlFault('For security reasons DTD is prohibited in this XML document.', here());
  });
  parser.on('opentag', (tag) => {
    if (open.length >= maxDepth) throw new XmlFault('The document is nested too deeply.', here());
    open.push({
      name: tag.local,
      namespace: tag.uri,
      attributes: Object.values(tag.attributes).map(({ local, uri, value }) => ({
        name: local,
        namespace: uri,
        value,
      })),
      children: [],
      text: '',
      ...here(),
    });
  });
  const addText = (piece: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += piece;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const element = open.pop();
    if (element === undefined) return;
    Object.assign(element, here());
    const parent = open.at(-1);
    (parent?.children ?? roots).push(element);
  });
  parser.write(text).close();
  const [root] = roots;
  if (root === undefined) throw new XmlFault('Root element is missing.', here());
  return root;
}

/** Text for element content and attribute values. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#xD;');
}

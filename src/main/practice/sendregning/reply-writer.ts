// Writing replies as the guide warns of them: another order each time, elements and attributes nobody knows; XML, or JSON where asked.

import { escapeXml } from '../xml-tree.ts';

/** An element of a reply. `text` may stand beside children: mixed content. */
export interface SwsNode {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly text?: string;
  readonly isCdata?: boolean;
  readonly children?: readonly SwsNode[];
}

/** A leaf; nothing at all for null. */
export function leaf(name: string, text: string | null): readonly SwsNode[] {
  return text === null ? [] : [{ name, text }];
}

/** Numbers below 1 that follow from a seed (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One in so many elements gets a child, or an attribute, that is in no guide. */
const strangersIn = 6;

/** The same reply in another order, with strangers. An attribute beside a value changes the shape of JSON, so that only XML has those. */
export function stirred(node: SwsNode, seed: number, form: 'xml' | 'json'): SwsNode {
  const next = chance(seed);
  const isStrange = (): boolean => next() < 1 / strangersIn;
  const stir = (one: SwsNode): SwsNode => {
    const isMarked = isStrange() && (form === 'xml' || one.attributes !== undefined);
    const marked = isMarked ? { ...one, attributes: { ...one.attributes, revision: '7' } } : one;
    if (one.children === undefined) return marked;
    const children = one.children.map(stir);
    if (isStrange()) children.push({ name: 'addedLater', text: 'unknown' });
    return { ...marked, children: shuffled(children, next) };
  };
  return stir(node);
}

function shuffled(nodes: readonly SwsNode[], next: () => number): readonly SwsNode[] {
  const drawn = nodes.map((node) => ({ node, at: next() }));
  return drawn.sort((one, other) => one.at - other.at).map(({ node }) => node);
}

/** The whole document. */
export function xmlText(node: SwsNode): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${elementText(node, '')}\n`;
}

function elementText(node: SwsNode, indent: string): string {
  const attributes = Object.entries(node.attributes ?? {}).map(([name, value]) => ` ${name}="${escapeXml(value)}"`);
  const open = `${indent}<${node.name}${attributes.join('')}`;
  const words = node.text ?? '';
  if (node.children === undefined || node.children.length === 0) {
    if (words === '') return `${open}/>`;
    return `${open}>${node.isCdata === true ? `<![CDATA[${words}]]>` : escapeXml(words)}</${node.name}>`;
  }
  const inner = node.children.map((one) => elementText(one, `${indent}  `));
  // Mixed content has line ends around its word.
  const mixed = words === '' ? [] : [`${indent}  ${escapeXml(words)}`];
  return [`${open}>`, ...mixed, ...inner, `${indent}</${node.name}>`].join('\n');
}

/** As JSON: names are keys, text beside others is `content`, all values text, one of a name is no list. */
export function jsonText(node: SwsNode): string {
  return `${JSON.stringify({ [node.name]: jsonValue(node) })}\n`;
}

function jsonValue(node: SwsNode): unknown {
  const { attributes = {}, children = [], text = '' } = node;
  if (children.length === 0 && Object.keys(attributes).length === 0) return text;
  const value: Record<string, unknown> = { ...attributes };
  if (text !== '') value.content = text;
  for (const [name, same] of Map.groupBy(children, (one) => one.name)) {
    const values = same.map(jsonValue);
    value[name] = values.length === 1 ? values[0] : values;
  }
  return value;
}

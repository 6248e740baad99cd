// A reply of SendRegning as a plain tree, from XML or from JSON. What its names mean is read in the readers, by path.

import { SaxesParser } from 'saxes';
import { err, ok } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';

/** One element. `text` is its own text, without that of its children: several elements of this service have both. */
export interface ReplyNode {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly ReplyNode[];
  readonly text: string;
}

/** Deeper than anything the service describes; a reply beyond it is none. */
const deepest = 60;

interface OpenNode {
  readonly name: string;
  readonly attributes: Map<string, string>;
  readonly children: ReplyNode[];
  text: string;
}

/** Reads a reply in XML. The error is the parser's own words, for the log: a cut reply is not half of an answer. */
export function readXml(text: string): Result<ReplyNode, string> {
  const parser = new SaxesParser();
  const open: OpenNode[] = [];
  const found: { root: ReplyNode | null; fault: string | null } = { root: null, fault: null };
  const addText = (piece: string): void => {
    const node = open.at(-1);
    if (node !== undefined) node.text += piece;
  };
  parser.on('error', ({ message }) => {
    found.fault ??= message;
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length >= deepest) found.fault ??= `more than ${String(deepest)} elements inside each other`;
    const own = new Map(Object.entries(attributes).map(([key, value]) => [localName(key), value]));
    open.push({ name: localName(name), attributes: own, children: [], text: '' });
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const node = open.pop();
    if (node === undefined) return;
    const parent = open.at(-1);
    if (parent === undefined) found.root = node;
    else parent.children.push(node);
  });
  parser.write(text.replace(/^\uFEFF?\s+(?=<\?xml)/u, '')).close();
  if (found.fault !== null) return err(found.fault);
  return found.root === null ? err('there is no element') : ok(found.root);
}

/**
 * Reads a reply in JSON as the same tree: names of attributes and children are keys, an element's text beside them is `content`, and a list of one
 * may be no list. An attribute can't be told from a child, so a plain value is both.
 */
export function readJson(text: string): Result<ReplyNode, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
  if (!isRecord(value)) return err('the reply is no JSON object');
  const entries = Object.entries(value);
  const [only] = entries;
  // With or without the root's own name around it.
  if (entries.length === 1 && only !== undefined && isRecord(only[1])) return ok(nodeOf(only[0], only[1], 0));
  return ok(nodeOf('', value, 0));
}

function nodeOf(name: string, value: unknown, depth: number): ReplyNode {
  if (depth > deepest || value === null || value === undefined) return leaf(name, '');
  if (!isRecord(value)) return leaf(name, textOf(value));
  const attributes = new Map<string, string>();
  const children: ReplyNode[] = [];
  let text = '';
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'content' && !isRecord(inner) && !Array.isArray(inner)) text = textOf(inner);
    else if (Array.isArray(inner)) for (const one of inner as unknown[]) children.push(nodeOf(key, one, depth + 1));
    else {
      if (!isRecord(inner) && inner !== null) attributes.set(key, textOf(inner));
      children.push(nodeOf(key, inner, depth + 1));
    }
  }
  return { name, attributes, children, text };
}

function leaf(name: string, text: string): ReplyNode {
  return { name, attributes: new Map(), children: [], text };
}

function textOf(value: unknown): string {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : '';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** All elements at a path (`lines/line`), in the order they came. */
export function nodesAt(node: ReplyNode, path: string): readonly ReplyNode[] {
  let level: readonly ReplyNode[] = [node];
  for (const step of path.split('/'))
    level = level.flatMap(({ children }) => children.filter(({ name }) => name === step));
  return level;
}

/** Text of the first element at a path, trimmed; null when there is none or it is empty. */
export function textAt(node: ReplyNode, path: string): string | null {
  return blankToNull(nodesAt(node, path)[0]?.text);
}

/** An attribute, trimmed; null when there is none or it is empty. */
export function attributeOf(node: ReplyNode, name: string): string | null {
  return blankToNull(node.attributes.get(name));
}

function blankToNull(text: string | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

// The start tag's part of the diagnosis: attributes, quotes, spaces, prefixes. See xml-diagnose.

import { isQualifiedName, nameAt, scanCharacters } from './xml-characters.ts';
import type { Finding, TokenScan } from './xml-characters.ts';

/** A start tag to look at. */
export interface TagInput {
  readonly text: string;
  /** Offset of its `<`. */
  readonly at: number;
  /** The namespace of a prefix around the tag; empty when it has none. */
  readonly namespaceOf: (prefix: string) => string;
}

interface Attribute {
  readonly name: string;
  readonly from: number;
  readonly end: number;
  readonly value: string;
}

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';
const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/';

/** First fault of the tag, or where it ends. */
export function scanStartTag(input: TagInput): TokenScan {
  const { text, at } = input;
  const name = nameAt(text, at + 1);
  if (name === '')
    return at + 1 >= text.length
      ? { end: null }
      : { finding: { from: at, to: at + 1, reason: 'badName', expected: '&lt;' } };
  const attributes: Attribute[] = [];
  const names = new Set<string>();
  let offset = at + 1 + name.length;
  for (;;) {
    const next = skipSpaces(text, offset);
    if (next >= text.length) return { end: null };
    if (text[next] === '>') return endOf(input, attributes, { end: next + 1, opened: name });
    if (text[next] === '/') {
      if (next + 1 >= text.length) return { end: null };
      return text[next + 1] === '>'
        ? endOf(input, attributes, { end: next + 2, opened: '' })
        : { finding: { from: next, to: next + 1, reason: 'badName' } };
    }
    if (next === offset)
      return { finding: { from: next, to: next + 1, reason: attributes.length === 0 ? 'badName' : 'missingSpace' } };
    const attribute = scanAttribute(text, next);
    if (attribute === null) return { end: null };
    if ('finding' in attribute) return attribute;
    if (names.has(attribute.name))
      return {
        finding: {
          from: next,
          to: next + attribute.name.length,
          reason: 'duplicateAttribute',
          params: { name: attribute.name },
        },
      };
    if (isDeclaration(attribute.name) && isQualifiedName(attribute.name) && !isSoundDeclaration(attribute))
      return badDeclaration(attribute);
    names.add(attribute.name);
    attributes.push(attribute);
    offset = attribute.end;
  }
}

function scanAttribute(text: string, from: number): Attribute | { readonly finding: Finding } | null {
  const name = nameAt(text, from);
  if (name === '') return { finding: { from, to: from + 1, reason: 'badName' } };
  const equals = skipSpaces(text, from + name.length);
  if (equals >= text.length) return null;
  if (text[equals] !== '=') return { finding: { from, to: from + name.length, reason: 'missingAttributeValue' } };
  const opening = skipSpaces(text, equals + 1);
  const quote = text[opening];
  if (quote === undefined) return null;
  if (quote !== '"' && quote !== "'")
    return { finding: { from: opening, to: opening + 1, reason: 'unquotedAttribute', expected: '"' } };
  const closing = text.indexOf(quote, opening + 1);
  const to = closing < 0 ? text.length : closing;
  const less = text.slice(opening + 1, to).indexOf('<') + opening + 1;
  const until = less > opening ? less : to;
  const inValue = scanCharacters(text, { from: opening + 1, to: until });
  if (inValue !== null) return { finding: inValue };
  if (until < to) return { finding: { from: less, to: less + 1, reason: 'lessThanInAttribute', expected: '&lt;' } };
  return closing < 0 ? null : { name, from, end: closing + 1, value: text.slice(opening + 1, closing) };
}

/** At the end of a tag its prefixes must be bound, by the tag itself or around it, and no attribute may stand twice under two prefixes. */
function endOf(
  input: TagInput,
  attributes: readonly Attribute[],
  tag: { readonly end: number; readonly opened: string },
): TokenScan {
  const own = new Map<string, string>();
  for (const { name, value } of attributes) if (isDeclaration(name)) own.set(name.slice(6), value.trim());
  const element = { name: nameAt(input.text, input.at + 1), from: input.at + 1 };
  const seen = new Set<string>();
  for (const used of [element, ...attributes]) {
    const { name, from } = used;
    if (!name.includes(':')) continue;
    const to = from + name.length;
    if (!isQualifiedName(name)) return { finding: { from, to, reason: 'badName' } };
    const [prefix = '', local = ''] = name.split(':');
    if (prefix === 'xmlns') {
      if (used !== element) continue;
      return badDeclaration(element);
    }
    const uri = prefix === 'xml' ? xmlNamespace : (own.get(prefix) ?? input.namespaceOf(prefix));
    if (uri === '') return { finding: { from, to, reason: 'unboundPrefix', params: { prefix } } };
    if (used === element) continue;
    const expanded = `{${uri}}${local}`;
    if (seen.has(expanded)) return { finding: { from, to, reason: 'duplicateAttribute', params: { name } } };
    seen.add(expanded);
  }
  return tag;
}

function isDeclaration(name: string): boolean {
  return name === 'xmlns' || name.startsWith('xmlns:');
}

function badDeclaration({ name, from }: Pick<Attribute, 'name' | 'from'>): { readonly finding: Finding } {
  return { finding: { from, to: from + name.length, reason: 'badNamespace', params: { name } } };
}

/** Namespaces in XML 1.0, section 3: what may not be declared, and the two prefixes that are given. */
function isSoundDeclaration({ name, value }: Attribute): boolean {
  const uri = value.trim();
  if (name === 'xmlns:xml') return uri === xmlNamespace;
  if (name === 'xmlns:xmlns' || uri === xmlNamespace || uri === xmlnsNamespace) return false;
  return name === 'xmlns' || uri !== '';
}

/** The first offset at or after `from` without white space; the text's end when there is none. */
export function skipSpaces(text: string, from: number): number {
  let offset = from;
  for (;;) {
    const code = text.charCodeAt(offset);
    if (code !== 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) return offset;
    offset++;
  }
}

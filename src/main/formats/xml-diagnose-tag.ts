// The start tag's part of the diagnosis: attributes, quotes, spaces, prefixes. See xml-diagnose.

import { nameAt, scanCharacters } from './xml-characters.ts';
import type { Finding, TokenScan } from './xml-characters.ts';

/** A start tag to look at. */
export interface TagInput {
  readonly text: string;
  /** Offset of its `<`. */
  readonly at: number;
  readonly isPrefixBound: (prefix: string) => boolean;
}

interface Attribute {
  readonly name: string;
  readonly from: number;
  readonly end: number;
}

/** First fault of the tag, or where it ends. */
export function scanStartTag(input: TagInput): TokenScan {
  const { text, at } = input;
  const name = nameAt(text, at + 1);
  if (name === '')
    return at + 1 >= text.length
      ? { end: null }
      : { finding: { from: at, to: at + 1, reason: 'badName', expected: '&lt;' } };
  const attributes: Attribute[] = [];
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
    if (attributes.some((other) => other.name === attribute.name))
      return {
        finding: {
          from: next,
          to: next + attribute.name.length,
          reason: 'duplicateAttribute',
          params: { name: attribute.name },
        },
      };
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
  const less = text.indexOf('<', opening + 1);
  const until = less >= 0 && less < to ? less : to;
  const inValue = scanCharacters(text, { from: opening + 1, to: until });
  if (inValue !== null) return { finding: inValue };
  if (until < to) return { finding: { from: less, to: less + 1, reason: 'lessThanInAttribute', expected: '&lt;' } };
  return closing < 0 ? null : { name, from, end: closing + 1 };
}

/** At the end of a tag its prefixes must be bound, by the tag itself or around it. */
function endOf(
  input: TagInput,
  attributes: readonly Attribute[],
  tag: { readonly end: number; readonly opened: string },
): TokenScan {
  const own = new Set(attributes.filter(({ name }) => name.startsWith('xmlns:')).map(({ name }) => name.slice(6)));
  const used = [{ name: nameAt(input.text, input.at + 1), from: input.at + 1 }, ...attributes];
  for (const { name, from } of used) {
    const [prefix = '', local = '', ...rest] = name.split(':');
    if (!name.includes(':')) continue;
    if (prefix === '' || local === '' || rest.length > 0)
      return { finding: { from, to: from + name.length, reason: 'badName' } };
    if (prefix === 'xmlns' || prefix === 'xml' || own.has(prefix) || input.isPrefixBound(prefix)) continue;
    return { finding: { from, to: from + name.length, reason: 'unboundPrefix', params: { prefix } } };
  }
  return tag;
}

function skipSpaces(text: string, from: number): number {
  let offset = from;
  for (;;) {
    const code = text.charCodeAt(offset);
    if (code !== 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) return offset;
    offset++;
  }
}

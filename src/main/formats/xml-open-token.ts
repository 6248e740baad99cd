// Long stretches without a finished tag: how far they are sound, and which cap an unfinished token passes. See xml-stream.

import { longestReference, nameAt, scanCharacters, scanForbidden } from './xml-characters.ts';
import { skipSpaces } from './xml-diagnose-tag.ts';
import { xmlLimits } from './xml-fault.ts';
import type { XmlLimit } from './xml-fault.ts';

/** A cap that a token passes, and how far into it that shows. */
export interface PassedCap {
  readonly limit: XmlLimit;
  /** Offset from the token's start: what stands before it passes no cap. */
  readonly at: number;
}

/** The cap that the start tag at the beginning of `text`, which need not end there, passes; null when it passes none so far. */
export function capOfOpenTag(text: string): PassedCap | null {
  const name = nameAt(text, 1);
  if (name.length > xmlLimits.nameLength) return { limit: 'nameLength', at: 1 };
  let offset = 1 + name.length;
  for (let count = 0; offset < text.length; count++) {
    const from = skipSpaces(text, offset);
    const attribute = nameAt(text, from);
    if (attribute === '') return null;
    if (count === xmlLimits.attributes) return { limit: 'attributes', at: from };
    if (attribute.length > xmlLimits.nameLength) return { limit: 'nameLength', at: from };
    const equals = skipSpaces(text, from + attribute.length);
    const opening = skipSpaces(text, equals + 1);
    const closing = text.indexOf(text[opening] === "'" ? "'" : '"', opening + 1);
    const end = closing < 0 ? text.length : closing;
    if (end - opening - 1 > xmlLimits.valueLength) return { limit: 'valueLength', at: end };
    offset = end + 1;
  }
  return text.length > xmlLimits.markupLength ? { limit: 'valueLength', at: text.length } : null;
}

/** What a stretch of text between tags holds. */
export interface Stretch {
  /** Up to here it is sound, and reading it again could start here. */
  readonly to: number;
  /** What stands open from there on: text, or a comment, CDATA section or instruction; `other` is a tag or a fault. */
  readonly open: 'text' | 'markup' | 'other';
}

/** Looks at text that begins between two tags and goes on after its end. */
export function soundStretch(text: string): Stretch {
  const safeEnd = lastSafeEnd(text);
  let offset = 0;
  for (;;) {
    const next = text.indexOf('<', offset);
    const to = next < 0 || next > safeEnd ? safeEnd : next;
    if (hasFault(text, offset, to)) return { to: offset, open: 'other' };
    if (to !== next) return { to, open: 'text' };
    const end = endOfMarkup(text, next);
    if (end === 'open') return { to: next, open: 'markup' };
    if (end === 'other') return { to: next, open: 'other' };
    offset = end;
  }
}

function hasFault(text: string, from: number, to: number): boolean {
  // Only in the stretch itself: a search to the end of the text, from every tag, would make many small comments quadratic.
  return text.slice(from, to).includes(']]>') || scanCharacters(text, { from, to }) !== null;
}

function endOfMarkup(text: string, at: number): number | 'open' | 'other' {
  const [opening, closing] =
    [
      ['<!--', '--'],
      ['<![CDATA[', ']]>'],
      ['<?', '?>'],
    ].find(([start = '']) => text.startsWith(start, at)) ?? [];
  if (opening === undefined || closing === undefined) return 'other';
  const close = text.indexOf(closing, at + opening.length);
  if (close < 0) return 'open';
  const end = opening === '<!--' ? close + 3 : close + closing.length;
  if (end > text.length) return 'open';
  const isSound = text[end - 1] === '>' && scanForbidden(text, { from: at + opening.length, to: close }) === null;
  return isSound ? end : 'other';
}

/** The last offset that parts neither a character, a line end, a reference nor the end of a CDATA section. */
function lastSafeEnd(text: string): number {
  let end = text.length;
  const ampersand = text.lastIndexOf('&');
  if (ampersand >= 0 && end - ampersand < longestReference && !text.includes(';', ampersand)) end = ampersand;
  while (end > 0 && isInside(text, end)) end--;
  return end;
}

function isInside(text: string, offset: number): boolean {
  const before = text.charCodeAt(offset - 1);
  return before === 0x5d || before === 0x0d || (before >= 0xd800 && before <= 0xdbff);
}

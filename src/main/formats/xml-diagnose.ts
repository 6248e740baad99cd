// Finds the exact place and reason of a well-formedness error, by reading again from the last sound place before it.
// The tokenizer only says "somewhere before here"; this never decides whether a document is sound.

import type { TextPlace } from './text-place.ts';
import { placeAfter } from './text-place.ts';
import { longestReference, nameAt, scanCharacters, scanForbidden } from './xml-characters.ts';
import type { Finding, TokenScan } from './xml-characters.ts';
import { scanStartTag, skipSpaces } from './xml-diagnose-tag.ts';
import type { XmlFault } from './xml-fault.ts';

/** What is known at the last sound place. */
export interface DiagnosisInput {
  /** Text from the last sound place on. */
  readonly text: string;
  /** Place of `text[0]`. */
  readonly start: TextPlace;
  /** Only tokens that begin before this offset are looked at: the tokenizer came no further. */
  readonly limit: number;
  /** True when nothing follows `text`. */
  readonly isEnd: boolean;
  readonly hasRoot: boolean;
  /** Open elements, outermost first, with the line of their start tags. */
  readonly open: readonly { readonly name: string; readonly line: number }[];
  /** The namespace of a prefix in scope; empty when it has none. */
  readonly namespaceOf: (prefix: string) => string;
}

/** The first fault at or after the last sound place; null when this scan sees none. */
export function diagnose(input: DiagnosisInput): XmlFault | null {
  const finding = firstFinding(input);
  return finding === null || (!input.isEnd && mayBeReference(finding, input.text)) ? null : asFault(finding, input);
}

/** Whether an ampersand stands so close to the end of the text read so far that the rest of its reference may follow. */
function mayBeReference({ reason, from }: Finding, text: string): boolean {
  return (
    reason === 'bareAmpersand' && text.length - from < longestReference && /^&[^\s<>&;"']*$/.test(text.slice(from))
  );
}

function firstFinding(input: DiagnosisInput): Finding | null {
  const { text } = input;
  const open = [...input.open];
  let { hasRoot } = input;
  let offset = 0;
  while (offset < text.length && offset <= input.limit) {
    const next = text.indexOf('<', offset);
    const stretch = { from: offset, to: next < 0 ? text.length : next };
    const inText = open.length > 0 ? scanText(text, stretch) : scanOutsideRoot(text, stretch, hasRoot);
    if (inText !== null) return inText;
    offset = stretch.to;
    if (next < 0 || next > input.limit) break;
    const token = scanToken(input, next, { open, hasRoot });
    if ('finding' in token) return token.finding;
    if (token.end === null) return input.isEnd ? { from: next, to: text.length, reason: 'unfinished' } : null;
    if (token.opened !== undefined) {
      hasRoot = true;
      if (token.opened !== '')
        open.push({ name: token.opened, line: placeAfter(input.start, text, { from: 0, to: next }).line });
    }
    if (token.closed === true) open.pop();
    offset = token.end;
  }
  return input.isEnd && offset >= text.length ? scanEnd(text, open, hasRoot) : null;
}

function scanToken(
  input: DiagnosisInput,
  at: number,
  state: { readonly open: readonly { readonly name: string; readonly line: number }[]; readonly hasRoot: boolean },
): TokenScan {
  const { text } = input;
  if (text.startsWith('<!--', at)) return scanComment(text, at);
  if (text.startsWith('<![CDATA[', at)) return scanCdata(text, at, state.open.length > 0);
  if (text.startsWith('<!DOCTYPE', at)) return { finding: { from: at, to: at + 9, reason: 'doctype' } };
  if (text.startsWith('<!', at))
    return text.length - at < 9 ? { end: null } : { finding: { from: at, to: at + 2, reason: 'badDeclaration' } };
  if (text.startsWith('<?', at))
    return scanInstruction(text, at, state.hasRoot || at > 0 || input.start.line > 1 || input.start.column > 1);
  if (text.startsWith('</', at)) return scanEndTag(text, at, state.open.at(-1));
  const tag = scanStartTag({ text, at, namespaceOf: input.namespaceOf });
  if (!('finding' in tag) && tag.end !== null && state.hasRoot && state.open.length === 0)
    return { finding: { from: at, to: tag.end, reason: 'secondRoot', params: { actual: nameAt(text, at + 1) } } };
  return tag;
}

function scanText(text: string, stretch: { readonly from: number; readonly to: number }): Finding | null {
  const cdataEnd = text.slice(stretch.from, stretch.to).indexOf(']]>');
  const until = cdataEnd < 0 ? stretch.to : stretch.from + cdataEnd;
  const finding = scanCharacters(text, { from: stretch.from, to: until });
  if (finding !== null || cdataEnd < 0) return finding;
  return { from: until, to: until + 3, reason: 'cdataEndInText' };
}

function scanOutsideRoot(
  text: string,
  stretch: { readonly from: number; readonly to: number },
  hasRoot: boolean,
): Finding | null {
  for (let index = stretch.from; index < stretch.to; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d) continue;
    const control = scanCharacters(text, { from: index, to: index + 1 });
    if (control?.reason === 'controlCharacter' && hasRoot) return control;
    return { from: index, to: Math.min(stretch.to, index + 40), reason: hasRoot ? 'textOutsideRoot' : 'noRoot' };
  }
  return null;
}

function scanComment(text: string, at: number): TokenScan {
  const dashes = text.indexOf('--', at + 4);
  const control = scanForbidden(text, { from: at + 4, to: dashes < 0 ? text.length : dashes });
  if (control !== null) return { finding: control };
  if (dashes < 0 || dashes + 2 >= text.length) return { end: null };
  return text[dashes + 2] === '>'
    ? { end: dashes + 3 }
    : { finding: { from: dashes, to: dashes + 2, reason: 'badComment' } };
}

function scanCdata(text: string, at: number, isInRoot: boolean): TokenScan {
  if (!isInRoot) return { finding: { from: at, to: at + 9, reason: 'textOutsideRoot' } };
  const end = text.indexOf(']]>', at + 9);
  const control = scanForbidden(text, { from: at + 9, to: end < 0 ? text.length : end });
  if (control !== null) return { finding: control };
  return { end: end < 0 ? null : end + 3 };
}

function scanInstruction(text: string, at: number, isAfterStart: boolean): TokenScan {
  const end = text.indexOf('?>', at + 2);
  const target = nameAt(text, at + 2);
  const isDeclaration = target.toLowerCase() === 'xml';
  const after = text[at + 2 + target.length];
  const isBad =
    target === '' ||
    target.includes(':') ||
    (isDeclaration && (isAfterStart || target !== 'xml')) ||
    (after !== undefined && !/[ \t\r\n?]/.test(after));
  if (isBad) return { finding: { from: at, to: end < 0 ? at + 2 : end + 2, reason: 'badInstruction' } };
  const control = scanForbidden(text, { from: at + 2, to: end < 0 ? text.length : end });
  if (control !== null) return { finding: control };
  if (end < 0) return { end: null };
  if (isDeclaration && !declarationPattern.test(text.slice(at, end + 2)))
    return { finding: { from: at, to: end + 2, reason: 'badInstruction' } };
  return { end: end + 2 };
}

/** XML 1.0, production 23. */
const declarationPattern =
  /^<\?xml\s+version\s*=\s*("1\.\d+"|'1\.\d+')(\s+encoding\s*=\s*("[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(\s+standalone\s*=\s*("(yes|no)"|'(yes|no)'))?\s*\?>$/;

function scanEndTag(
  text: string,
  at: number,
  top: { readonly name: string; readonly line: number } | undefined,
): TokenScan {
  const actual = nameAt(text, at + 2);
  const end = skipSpaces(text, at + 2 + actual.length);
  if (end >= text.length) return { end: null };
  const to = text[end] === '>' ? end + 1 : end;
  if (top === undefined) return { finding: { from: at, to, reason: 'strayEndTag', params: { actual } } };
  if (actual !== top.name)
    return {
      finding: {
        from: at,
        to,
        reason: 'wrongEndTag',
        params: { actual, expected: top.name, openedLine: top.line },
        expected: `</${top.name}>`,
      },
    };
  return text[end] === '>' ? { end: end + 1, closed: true } : { finding: { from: at, to: end, reason: 'badName' } };
}

function scanEnd(
  text: string,
  open: readonly { readonly name: string; readonly line: number }[],
  hasRoot: boolean,
): Finding | null {
  const top = open.at(-1);
  if (top !== undefined)
    return {
      from: text.length,
      to: text.length,
      reason: 'unclosedElement',
      params: { element: top.name, openedLine: top.line },
      expected: `</${top.name}>`,
    };
  return hasRoot ? null : { from: text.length, to: text.length, reason: 'noRoot' };
}

function asFault(finding: Finding, input: DiagnosisInput): XmlFault {
  const start = placeAfter(input.start, input.text, { from: 0, to: finding.from });
  const end = placeAfter(start, input.text, { from: finding.from, to: finding.to });
  const found = finding.to > finding.from ? input.text.slice(finding.from, finding.to) : null;
  if (finding.reason === 'doctype')
    return { ruleId: 'core.xml.doctype', start, end, found, expected: null, params: {} };
  return {
    ruleId: 'core.xml.wellformed',
    start,
    end,
    found,
    expected: finding.expected ?? null,
    params: { reason: finding.reason, ...finding.params },
  };
}

// Characters, names and entities of XML text, for the diagnosis of faulty documents. See xml-diagnose.

import type { WellFormednessReason } from './xml-fault.ts';

/** What a part of the scan found. */
export interface Finding {
  readonly from: number;
  readonly to: number;
  readonly reason: WellFormednessReason | 'doctype';
  readonly params?: Readonly<Record<string, string | number>>;
  readonly expected?: string;
}

/** A finding, or the offset where the token ends and whether it opened or closed an element; null end = it goes on after the text. */
export type TokenScan =
  { readonly finding: Finding } | { readonly end: number | null; readonly opened?: string; readonly closed?: true };

const entityPattern = /&(?:(?:amp|lt|gt|quot|apos)|#(?<decimal>[0-9]+)|#x(?<hex>[0-9A-Fa-f]+));/y;
/** Longest reference (`&#x1F600;`) whose end is waited for, in code units; one padded with more zeros ends as a bare ampersand. */
export const longestReference = 1_024;

/** XML 1.0, fifth edition, productions 4 and 4a. */
const namePattern = new RegExp(
  `${nameCharacters('')}${nameCharacters('\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}-\\u{2040}')}*`,
  'uy',
);
const nameStartPattern = new RegExp(nameCharacters(''), 'uy');

/** The class of characters that start a name, and `others`. */
function nameCharacters(others: string): string {
  return (
    `[:A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}-\\u{200D}\\u{2070}-\\u{218F}` +
    `\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}${others}]`
  );
}

/** The first character of `text` in the range that makes it unsound as character data: a bare &, an unknown entity, a control character. */
export function scanCharacters(text: string, range: { readonly from: number; readonly to: number }): Finding | null {
  for (let index = range.from; index < range.to; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x26) {
      const finding = scanEntity(text, index);
      if (finding !== null) return finding;
    } else if (isForbidden(code))
      return {
        from: index,
        to: index + 1,
        reason: 'controlCharacter',
        params: { codePoint: `U+${code.toString(16).toUpperCase().padStart(4, '0')}` },
      };
  }
  return null;
}

/** The name at `offset`, or '' when none starts there. */
export function nameAt(text: string, offset: number): string {
  namePattern.lastIndex = offset;
  return namePattern.exec(text)?.[0] ?? '';
}

/** True when a name could start at `offset`; a colon counts as a letter, as in XML without namespaces. */
export function isNameStartAt(text: string, offset: number): boolean {
  nameStartPattern.lastIndex = offset;
  return nameStartPattern.test(text);
}

/** True for `local` and `prefix:local`, each a name without a colon (Namespaces in XML 1.0, production 7). */
export function isQualifiedName(name: string): boolean {
  const colon = name.indexOf(':');
  if (colon < 0) return true;
  return colon > 0 && !name.includes(':', colon + 1) && isNameStartAt(name, colon + 1);
}

/** The first control character in a stretch where & is allowed (comment, CDATA). */
export function scanForbidden(text: string, range: { readonly from: number; readonly to: number }): Finding | null {
  for (let index = range.from; index < range.to; index++)
    if (isForbidden(text.charCodeAt(index))) return scanCharacters(text, { from: index, to: index + 1 });
  return null;
}

function scanEntity(text: string, at: number): Finding | null {
  entityPattern.lastIndex = at;
  const match = entityPattern.exec(text);
  if (match !== null) {
    const { decimal, hex } = match.groups ?? {};
    const code = decimal === undefined ? (hex === undefined ? 0x20 : Number.parseInt(hex, 16)) : Number(decimal);
    const isAllowed = code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) && !isForbidden(code);
    return isAllowed
      ? null
      : {
          from: at,
          to: at + match[0].length,
          reason: 'controlCharacter',
          params: {
            codePoint:
              Number.isFinite(code) && code < 2 ** 32
                ? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
                : match[0].slice(0, 80),
          },
        };
  }
  const name = nameAt(text, at + 1);
  if (name !== '' && text[at + 1 + name.length] === ';')
    return { from: at, to: at + name.length + 2, reason: 'unknownEntity', params: { entity: name.slice(0, 80) } };
  return { from: at, to: at + 1, reason: 'bareAmpersand', expected: '&amp;' };
}

function isForbidden(code: number): boolean {
  return (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) || code === 0xfffe || code === 0xffff;
}

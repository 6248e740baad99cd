// Makes text from files safe and fit to print: no control, invisible or direction-changing characters, nothing longer than its place. No layout.

/** Cleans one line of text for a document and cuts it to at most `limit` characters. */
export type CleanText = (text: string, limit?: number) => string;

/** Longest text that any single field gets; a description of this length still leaves a readable page. */
const defaultLimit = 200;

/**
 * Characters that draw nothing or turn the order of their neighbours: controls, lone surrogates, annotation marks, and all that Unicode
 * calls default ignorable (soft hyphen, zero-width characters, direction marks and overrides, variation selectors, byte order mark, tags).
 */
const invisible = /[\p{Cc}\p{Cs}\p{DI}\uFFF9-\uFFFB]/gu;

/** Anything outside printable ASCII and runs of blanks; text without either is passed as it is. */
const needsWork = /[^\x20-\x7E]| {2}|^ | $/u;

/** For text outside the PDF (e-mail): cleaned and cut, every script kept. */
export const cleanPlainText: CleanText = (text, limit = defaultLimit) => {
  if (text.length <= limit && !needsWork.test(text)) return text;
  // Cut before the costly steps too: a field of 20 MB must not be normalised first.
  const visible = text
    .slice(0, limit * 4)
    .replace(/(?:[^\S\uFEFF]|\u0085)+/gu, (blank) => (/^[\u00A0\u202F]$/u.test(blank) ? blank : ' '))
    .replace(invisible, '')
    .normalize('NFC')
    .trim();
  return cut(visible, limit);
};

/** Shortens to at most `limit` code points, the last of them an ellipsis. */
function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const points = Array.from(text);
  return points.length <= limit
    ? text
    : `${points
        .slice(0, limit - 1)
        .join('')
        .trimEnd()}…`;
}

/** For text in the PDF: as {@link cleanPlainText}, and what the font can't draw becomes its plain letter or `?`. */
export function cleanTextFor(hasGlyph: (codePoint: number) => boolean): CleanText {
  return (text, limit) => {
    const clean = cleanPlainText(text, limit);
    if (!needsWork.test(clean)) return clean;
    return Array.from(clean, (character) => drawable(character, hasGlyph)).join('');
  };
}

function drawable(character: string, hasGlyph: (codePoint: number) => boolean): string {
  if (hasGlyph(character.codePointAt(0) ?? 0)) return character;
  const plain = character.normalize('NFKD').replace(/\p{M}/gu, '');
  const isDrawable = plain !== '' && Array.from(plain).every((part) => hasGlyph(part.codePointAt(0) ?? 0));
  if (isDrawable) return plain;
  return /\p{M}/u.test(character) ? '' : '?';
}

// A font file parsed once a thread: what was shaped, measured and made ready to draw is kept for the next document. Each document still has
// a glyph set of its own. No page here.

import { embeddedFontClass } from './pdfmake-parts.ts';
import type { EmbeddedFont, ParsedFont, PdfDocument } from './pdfmake-parts.ts';

/**
 * Glyphs that every document carries, needed or not: then nearly all documents have the same set, and the font file is made once
 * instead of once a document (a fifth of the time). About 4 KB more a document. Anything else is added to the set where it is used.
 */
const commonGlyphs =
  ' ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖÆØÉabcdefghijklmnopqrstuvwxyzåäöæøéü0123456789.,:;-–−/()%&+*@·…\u00A0';

/** A font in one document. */
export interface SharedFontUse extends EmbeddedFont {
  /** The operator that draws the text from the present place on; null where a glyph stands beside the line, which the library draws. */
  drawing(text: string): string | null;
}

/** A font file parsed once, and what of it can be shared between documents. */
export interface SharedFont {
  /** The font in one more document. */
  embedIn(document: PdfDocument): SharedFontUse;
  /** Drops the shaped words collected so far. */
  forgetWords(): void;
}

/** Shares the font that the library has just read and parsed. */
export function shareFont(first: EmbeddedFont): SharedFont {
  const parsed: ParsedFont = first.font;
  // A glyph that is first met as a part of another (ı in í) would never learn which letter it is, and copied text would lack it.
  for (const codePoint of parsed.characterSet) parsed.glyphForCodePoint(codePoint);
  const widths = new Map<string, number>();
  const drawings = new Map<string, string>();
  let layoutCache = first.layoutCache;
  const EmbeddedFont = embeddedFontClass(first);

  class FontUse extends EmbeddedFont implements SharedFontUse {
    override widthOfString(text: string, fontSize: number): number {
      let width = widths.get(text);
      if (width === undefined) {
        width = super.widthOfString(text, 1000);
        widths.set(text, width);
      }
      return width * (fontSize / 1000);
    }

    drawing(text: string): string | null {
      const kept = drawings.get(text);
      if (kept !== undefined) return kept;
      const [codes, positions] = this.encode(text);
      let segment = '';
      let command = '';
      for (const [index, { xAdvance, advanceWidth, xOffset, yOffset }] of positions.entries()) {
        if (xOffset !== 0 || yOffset !== 0) return null;
        segment += codes[index] ?? '';
        if (xAdvance === advanceWidth && index < positions.length - 1) continue;
        command += `${command === '' ? '' : ' '}<${segment}> ${pdfNumber(advanceWidth - xAdvance)}`;
        segment = '';
      }
      command = `[${command}] TJ`;
      // Other glyphs have other numbers in the next document.
      if (codes.every((code) => Number.parseInt(code, 16) < common.glyphs.length)) drawings.set(text, command);
      return command;
    }
  }

  first.encode(commonGlyphs);
  const { glyphs: commonOnes, mapping } = first.subset;
  const common = {
    glyphs: [...commonOnes],
    mapping: { ...mapping },
    widths: [...first.widths],
    unicode: [...first.unicode],
  };
  /** The font file with only the common glyphs. */
  let commonFile: Uint8Array | null = null;
  return {
    embedIn: (document) => {
      document._fontCount += 1;
      const font = new FontUse(document, parsed, `F${document._fontCount}`);
      font.layoutCache = layoutCache;
      font.widths = [...common.widths];
      font.unicode = [...common.unicode];
      const { subset } = font;
      subset.glyphs = [...common.glyphs];
      subset.mapping = { ...common.mapping };
      const encode = subset.encode.bind(subset);
      // Glyphs are only ever added at the end: the same count is the same set.
      subset.encode = () => (subset.glyphs.length === common.glyphs.length ? (commonFile ??= encode()) : encode());
      return font;
    },
    forgetWords: () => {
      layoutCache = Object.create(null) as Record<string, unknown>;
      widths.clear();
      drawings.clear();
    },
  };
}

/** As the library writes numbers. */
export function pdfNumber(value: number): string {
  return String(Math.round(value * 1e6) / 1e6);
}

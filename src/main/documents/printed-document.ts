// pdfmake's document made fast and repeatable: parsed fonts outlive a document, bytes go straight to an array, nothing is said twice on a page.
// How a definition becomes pages is in print-document.ts.

import { deflateSync } from 'node:zlib';
import { embeddedFontClass } from './pdfmake-parts.ts';
import type { EmbeddedFont, ParsedFont, PdfDocument, PdfmakeParts, PdfObject } from './pdfmake-parts.ts';

/**
 * Glyphs that every document carries, needed or not: then nearly all documents have the same set, and the font file is made once
 * instead of once a document (a fifth of the time). About 4 KB more a document. Anything else is added to the set where it is used.
 */
const commonGlyphs =
  ' ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖÆØÉabcdefghijklmnopqrstuvwxyzåäöæøéü0123456789.,:;-–−/()%&+*@·…\u00A0';

/** Font files with only the common glyphs, as the library makes them → the same, compressed. */
const commonFiles = new WeakMap<Uint8Array, Uint8Array>();

/** A font file parsed once, and what of it can be shared between documents. */
export interface SharedFont {
  /** The font in one more document. */
  embedIn(document: PdfDocument): EmbeddedFont;
  /** Drops the shaped words collected so far. */
  forgetWords(): void;
}

/** A document that draws something on each page (from 1) before what flows there. */
export interface PrintedDocument extends PdfDocument {
  drawOnNewPage: (page: number) => void;
}

type PrintedDocumentClass = new (...parameters: ConstructorParameters<PdfmakeParts['PdfDocument']>) => PrintedDocument;

/** The document class over fonts that are kept in `shared` by file name. */
export function documentClass(parts: PdfmakeParts, shared: Map<string, SharedFont>): PrintedDocumentClass {
  return class extends parts.PdfDocument implements PrintedDocument {
    drawOnNewPage: (page: number) => void = () => undefined;
    #pages = 0;

    override provideFont(family: string, isBold: boolean, isItalic: boolean): EmbeddedFont {
      const type = this.getFontType(isBold, isItalic);
      const known = this.fontCache[family]?.[type];
      if (known !== undefined) return known;
      const file = this.getFontFile(family, isBold, isItalic) ?? '';
      let source = shared.get(file);
      if (source === undefined) {
        // Only this first time the library reads and parses the file, in a document that is then thrown away.
        const scratch = new parts.PdfDocument(
          { [family]: { [type]: file } },
          {},
          {},
          {},
          { font: null, autoFirstPage: false },
          this.virtualfs,
          () => false,
        );
        source = shareFont(scratch.provideFont(family, isBold, isItalic));
        shared.set(file, source);
      }
      const font = source.embedIn(this);
      this._fontFamilies[font.name] = font;
      (this.fontCache[family] ??= {})[type] = font;
      return font;
    }

    override addPage(options?: object): PdfDocument {
      // A new page starts in black, whatever the last one ended with.
      Object.assign(this.options, { fill: undefined, stroke: undefined });
      super.addPage(options);
      this.#pages += 1;
      this.drawOnNewPage(this.#pages);
      return this;
    }

    /** Nothing in these documents is transparent; the library would say so before every line. */
    override opacity(): PdfDocument {
      return this;
    }

    override fillColor(color: unknown): PdfDocument {
      if (this.options.fill === color) return this;
      Object.assign(this.options, { fill: color });
      return super.fillColor(color);
    }

    override strokeColor(color: unknown): PdfDocument {
      if (this.options.stroke === color) return this;
      Object.assign(this.options, { stroke: color });
      return super.strokeColor(color);
    }

    /** The common font file is compressed once a thread instead of once a document, with the same bytes as a result. */
    override ref(data?: object): PdfObject {
      const object = super.ref(data);
      const end = object.end.bind(object);
      object.end = (chunk) => {
        const deflated = chunk instanceof Uint8Array ? commonFiles.get(chunk) : undefined;
        if (deflated === undefined) {
          end(chunk);
          return;
        }
        Object.assign(object.data, { Length: deflated.length, Filter: 'FlateDecode' });
        object.compress = false;
        object.buffer.push(deflated);
        end();
      };
      return object;
    }

    override _write(data: string | Buffer): void {
      const bytes = typeof data === 'string' ? Buffer.from(`${data}\n`, 'latin1') : data;
      // Called from the base constructor too, before fields of this class exist: hence the array among the options.
      this.options.chunks?.push(bytes);
      this._offset += bytes.length;
    }

    /** The library puts titles into the XML metadata as they are; `Kraft & Värme` would break it. */
    override _addInfo(): void {
      const info = this.info;
      this.info = Object.fromEntries(
        Object.entries(info).map(([key, value]) => [key, typeof value === 'string' ? escapeXml(value) : value]),
      );
      super._addInfo();
      this.info = info;
    }
  };
}

function shareFont(first: EmbeddedFont): SharedFont {
  const EmbeddedFont = embeddedFontClass(first);
  const parsed: ParsedFont = first.font;
  // A glyph that is first met as a part of another (ı in í) would never learn which letter it is, and copied text would lack it.
  for (const codePoint of parsed.characterSet) parsed.glyphForCodePoint(codePoint);
  let layoutCache = first.layoutCache;
  let commonFile: Uint8Array | null = null;
  return {
    embedIn: (document) => {
      document._fontCount += 1;
      const font = new EmbeddedFont(document, parsed, `F${document._fontCount}`);
      font.layoutCache = layoutCache;
      font.encode(commonGlyphs);
      const { subset } = font;
      const commonCount = subset.glyphs.length;
      const encode = subset.encode.bind(subset);
      // Glyphs are only ever added at the end: the same count is the same set.
      subset.encode = () => (subset.glyphs.length === commonCount ? (commonFile ??= keepCommon(encode())) : encode());
      return font;
    },
    forgetWords: () => {
      layoutCache = Object.create(null) as Record<string, unknown>;
    },
  };
}

function keepCommon(file: Uint8Array): Uint8Array {
  commonFiles.set(file, deflateSync(file));
  return file;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>]/gu, (character) => (character === '&' ? '&amp;' : character === '<' ? '&lt;' : '&gt;'));
}

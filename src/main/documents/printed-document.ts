// pdfmake's document made fast and repeatable: parsed fonts outlive a document, bytes go straight to an array, nothing is said twice on a page.
// How a definition becomes pages is in print-document.ts.

import type { ByteSink, PdfDocument, PdfmakeParts, PdfObject } from './pdfmake-parts.ts';
import { pdfNumber, shareFont } from './shared-font.ts';
import type { SharedFont, SharedFontUse } from './shared-font.ts';
import { gatherStream, sharedStreams } from './shared-streams.ts';

/** A document that draws something on each page (from 1) before what flows there. */
export interface PrintedDocument extends PdfDocument {
  drawOnNewPage: (page: number) => void;
}

const scratchOptions = { font: null, autoFirstPage: false };

type PrintedDocumentClass = new (...parameters: ConstructorParameters<PdfmakeParts['PdfDocument']>) => PrintedDocument;

/** The document class over fonts that are kept in `shared` by file name. */
export function documentClass(parts: PdfmakeParts, shared: Map<string, SharedFont>): PrintedDocumentClass {
  const streams = sharedStreams();
  return class extends parts.PdfDocument implements PrintedDocument {
    declare fontCache: Record<string, Record<string, SharedFontUse> | undefined>;
    declare _font: SharedFontUse;
    drawOnNewPage: (page: number) => void = () => undefined;
    #pages = 0;

    override provideFont(family: string, isBold: boolean, isItalic: boolean): SharedFontUse {
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
          scratchOptions,
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

    /** The same operators as the library's, without its measuring of what nobody asks for. */
    override text(...[text, x, y, options]: Parameters<PdfDocument['text']>): PdfDocument {
      const { _font: font, _fontSize: size, page } = this;
      const drawing = text === '' || text.includes('\n') ? null : font.drawing(text);
      if (drawing === null) return super.text(text, x, y, options);
      page.fonts[font.id] ??= font.ref();
      const { characterSpacing = 0 } = options;
      const baseline = page.height - y - (font.ascender / 1000) * size;
      const spacing = characterSpacing === 0 ? '' : `${pdfNumber(characterSpacing)} Tc\n`;
      return this.addContent(
        `q\n1 0 0 -1 0 ${pdfNumber(page.height)} cm\nBT\n1 0 0 1 ${pdfNumber(x)} ${pdfNumber(baseline)} Tm\n` +
          `/${font.id} ${pdfNumber(size)} Tf\n${spacing}${drawing}\nET\nQ`,
      );
    }

    override ref(data?: object): PdfObject {
      return gatherStream(super.ref(data), streams);
    }

    override _write(data: string | Buffer): void {
      // Called from the base constructor too, before fields of this class exist: hence the sink among the options.
      this._offset += takeIn(this.options.sink, data);
    }

    /** The library puts titles into the XML metadata as they are; `Kraft & Värme` would break it. */
    override _addInfo(): void {
      const info = this.info;
      this.info = escapedTexts(info);
      super._addInfo();
      this.info = info;
    }
  };
}

/** Bytes taken in. */
function takeIn(sink: ByteSink | undefined, data: string | Buffer): number {
  if (typeof data === 'string') sink?.writeText(`${data}\n`);
  else sink?.write(data);
  return typeof data === 'string' ? data.length + 1 : data.length;
}

function escapedTexts(info: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(info).map(([key, value]) => [key, typeof value === 'string' ? escapeXml(value) : value]),
  );
}

function escapeXml(text: string): string {
  return text.replace(/[&<>]/gu, (character) => (character === '&' ? '&amp;' : character === '<' ? '&lt;' : '&gt;'));
}

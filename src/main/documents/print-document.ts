// Turns a document definition into PDF bytes, fast and always the same: fonts are parsed once a thread, nothing depends on clock or chance.
// Knows nothing about invoices.

import { drawFixed } from './fixed-items.ts';
import type { FixedItem } from './fixed-items.ts';
import { fontFamily, fontFiles } from './fonts.ts';
import { loadPdfmakeParts } from './pdfmake-parts.ts';
import type { ByteSink, Definition, EmbeddedFont, FileSource } from './pdfmake-parts.ts';
import { documentClass } from './printed-document.ts';
import type { SharedFont } from './shared-font.ts';

/** What stands at fixed places of a page. */
export type FixedOnPage = (page: number, pages: number) => readonly FixedItem[];

/** Prints documents; one per thread. */
export interface Printer {
  /** PDF 1.7 bytes: on each page (from 1) what is fixed there, then what flows. Uses up the definition. Throws only for bugs. */
  readonly print: (definition: Definition, fixedOnPage: FixedOnPage) => Uint8Array<ArrayBuffer>;
  /** True when both weights can draw the character. */
  readonly hasGlyph: (codePoint: number) => boolean;
  /** Width in points of text set in one line. */
  readonly widthOf: (text: string, fontSize: number, isBold: boolean) => number;
}

/** Shaped words are shared between documents and thrown away after so many, so that they can't grow without bound. */
const documentsPerLayoutCache = 1000;

/** Makes a printer over fonts held in memory. */
export function createPrinter(files: FileSource): Printer {
  const parts = loadPdfmakeParts();
  const shared = new Map<string, SharedFont>();
  const Document = documentClass(parts, shared);
  let measuring = measuringFonts(Document, files);
  let printed = 0;
  const print: Printer['print'] = (definition, fixedOnPage) => {
    printed += 1;
    if (printed % documentsPerLayoutCache === 0) {
      for (const font of shared.values()) font.forgetWords();
      measuring = measuringFonts(Document, files);
    }
    const sink = byteSink();
    const document = new Document(fontFiles, {}, {}, {}, documentOptions(definition, sink), files, () => false);
    const builder = new parts.LayoutBuilder(definition.pageSize, definition.pageMargins, {});
    const pages = builder.layoutDocument(definition.content, document, {}, definition.defaultStyle);
    document.drawOnNewPage = (page) => drawFixed(document, fixedOnPage(page, pages.length));
    new parts.Renderer(document).renderPages(pages);
    document.end();
    return sink.bytes();
  };
  return {
    print,
    hasGlyph: (codePoint) =>
      measuring.regular.font.hasGlyphForCodePoint(codePoint) && measuring.bold.font.hasGlyphForCodePoint(codePoint),
    widthOf: (text, fontSize, isBold) => (isBold ? measuring.bold : measuring.regular).widthOfString(text, fontSize),
  };
}

/** Both weights in a document that is never written, for measuring text before a page is laid out. */
function measuringFonts(
  Document: ReturnType<typeof documentClass>,
  files: FileSource,
): { readonly regular: EmbeddedFont; readonly bold: EmbeddedFont } {
  const document = new Document(
    fontFiles,
    {},
    {},
    {},
    { font: null, autoFirstPage: false, sink: byteSink() },
    files,
    () => false,
  );
  return {
    regular: document.provideFont(fontFamily, false, false),
    bold: document.provideFont(fontFamily, true, false),
  };
}

function documentOptions(definition: Definition, sink: ByteSink): Readonly<Record<string, unknown>> {
  const { title, author, subject, creator, producer, creationDate } = definition.info;
  return {
    size: [definition.pageSize.width, definition.pageSize.height],
    pdfVersion: '1.7',
    lang: definition.language,
    displayTitle: true,
    compress: true,
    autoFirstPage: false,
    font: null,
    info: {
      Producer: producer,
      Creator: creator,
      Title: title,
      Author: author,
      Subject: subject,
      CreationDate: creationDate,
    },
    sink,
  };
}

/** Gathers a file; texts that follow each other become bytes at once. */
function byteSink(): ByteSink & { bytes(): Uint8Array<ArrayBuffer> } {
  const chunks: Uint8Array[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') chunks.push(Buffer.from(text, 'latin1'));
    text = '';
  };
  return {
    write: (bytes) => {
      flush();
      chunks.push(bytes);
    },
    writeText: (more) => {
      text += more;
    },
    bytes: () => {
      flush();
      return Uint8Array.from(Buffer.concat(chunks));
    },
  };
}

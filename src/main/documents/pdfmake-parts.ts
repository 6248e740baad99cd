// The only file that touches pdfmake: its parts, typed as far as they are used here. No layout and no invoice in it.
// The parts are loaded one by one (not through `createPdf`) so that parsed fonts can outlive a document; pdfmake's version is pinned exactly,
// and a test holds the result equal, byte for byte, to what its public `createPdf` makes of the same definition.

import { createRequire } from 'node:module';

/** Style that any node may carry. Lengths in points. */
interface NodeStyle {
  fontSize?: number;
  bold?: boolean;
  color?: string;
  fillColor?: string;
  alignment?: 'left' | 'right' | 'center';
  lineHeight?: number;
  characterSpacing?: number;
  noWrap?: boolean;
  margin?: readonly [number, number, number, number];
  unbreakable?: boolean;
  /** Width inside columns: points, `*` (the rest) or `auto`. */
  width?: number | '*' | 'auto';
  colSpan?: number;
  columnGap?: number;
}

/** Lines and paddings of a table; index of row or column in, points out. */
export interface TableLayout {
  hLineWidth(index: number): number;
  vLineWidth(index: number): number;
  hLineColor(index: number): string;
  paddingLeft(index: number): number;
  paddingRight(index: number): number;
  paddingTop(index: number): number;
  paddingBottom(index: number): number;
}

/** A piece of a page, in pdfmake's notation. pdfmake writes into it while it lays out: use every node once. */
export type Node = NodeStyle &
  (
    | { text: string | readonly (string | (NodeStyle & { text: string }))[] }
    | { stack: Node[] }
    | { columns: Node[] }
    | { canvas: { type: 'rect'; x: number; y: number; w: number; h: number; color: string }[] }
    | {
        table: {
          widths: (number | '*' | 'auto')[];
          body: Node[][];
          headerRows?: number;
          keepWithHeaderRows?: number;
          dontBreakRows?: boolean;
        };
        layout: TableLayout;
      }
  );

/** A whole document. */
export interface Definition {
  pageSize: { width: number; height: number };
  pageMargins: { left: number; top: number; right: number; bottom: number };
  /** BCP 47. */
  language: string;
  info: { title: string; author: string; subject: string; creator: string; producer: string; creationDate: Date };
  defaultStyle: NodeStyle & { font: string };
  /** What flows between the margins, over as many pages as it takes. */
  content: Node[];
}

/** A font inside one document; `font` is the parsed file and may be shared between documents. */
export interface EmbeddedFont {
  readonly font: ParsedFont;
  readonly name: string;
  readonly subset: GlyphSubset;
  /** What the document's pages call it. */
  readonly id: string;
  /** Thousandths of the font size above the line. */
  readonly ascender: number;
  /** By place in the subset; thousandths of the font size. */
  widths: number[];
  /** By place in the subset: the code points it stands for. */
  unicode: (readonly number[])[];
  /** Takes the text's glyphs into the subset, in order: four hexadecimal digits a glyph, and where it stands in thousandths of the font size. */
  encode(text: string): readonly [codes: readonly string[], positions: readonly GlyphPosition[]];
  /** The object that pages name. */
  ref(): PdfObject;
  widthOfString(text: string, fontSize: number): number;
  /** Shaped words; may be shared as long as the parsed font is the same. */
  layoutCache: Record<string, unknown>;
}

interface GlyphPosition {
  readonly xAdvance: number;
  /** The glyph's own width; another advance is kerning. */
  readonly advanceWidth: number;
  readonly xOffset: number;
  readonly yOffset: number;
}

/** The glyphs of a font that one document uses. */
interface GlyphSubset {
  /** Ids in the order of their first use; position 0 is the glyph for what is missing. */
  glyphs: number[];
  /** Id → position. */
  mapping: Record<string, number>;
  /** The font file with only these glyphs. */
  encode(): Uint8Array;
}

/** A parsed font file. */
export interface ParsedFont {
  /** Every code point that the file has a glyph for, ascending. */
  readonly characterSet: readonly number[];
  /** The library keeps the glyph, with the code point it was first asked for. */
  glyphForCodePoint(codePoint: number): unknown;
  hasGlyphForCodePoint(codePoint: number): boolean;
}

type EmbeddedFontClass = new (document: PdfDocument, font: ParsedFont, id: string) => EmbeddedFont;

/** A numbered object of a PDF file, with or without a stream. */
export interface PdfObject {
  readonly data: object;
  compress: boolean;
  readonly buffer: Uint8Array[];
  /** Adds a piece of the stream; a line feed follows a text. */
  write(chunk: string | Uint8Array): void;
  /** Adds the last of the stream and writes the object. */
  end(chunk?: string | Uint8Array): void;
}

/** What pdfmake needs to know of a document, and the hooks that the printer overrides. */
export interface PdfDocument {
  /** What the document was made with; also holds what is noted during the base constructor. */
  readonly options: { readonly sink?: ByteSink; fill?: unknown; stroke?: unknown };
  readonly page: { readonly height: number; readonly fonts: Record<string, PdfObject> };
  info: Record<string, unknown>;
  fontCache: Record<string, Record<string, EmbeddedFont> | undefined>;
  _fontCount: number;
  _fontFamilies: Record<string, EmbeddedFont>;
  _offset: number;
  readonly virtualfs: FileSource;
  getFontType(isBold: boolean, isItalic: boolean): string;
  getFontFile(family: string, isBold: boolean, isItalic: boolean): string | null;
  provideFont(family: string, isBold: boolean, isItalic: boolean): EmbeddedFont;
  /** The font that the next text is drawn in, and its size in points. */
  _font: EmbeddedFont;
  _fontSize: number;
  addPage(options?: object): PdfDocument;
  fontSize(points: number): PdfDocument;
  text(text: string, x: number, y: number, options: { lineBreak: false; characterSpacing?: number }): PdfDocument;
  /** Adds operators to the page. */
  addContent(operators: string): PdfDocument;
  rect(x: number, y: number, width: number, height: number): PdfDocument;
  roundedRect(x: number, y: number, width: number, height: number, radius: number): PdfDocument;
  moveTo(x: number, y: number): PdfDocument;
  lineTo(x: number, y: number): PdfDocument;
  lineWidth(points: number): PdfDocument;
  dash(length: number, options: { space: number }): PdfDocument;
  undash(): PdfDocument;
  fill(): PdfDocument;
  stroke(): PdfDocument;
  opacity(share: number): PdfDocument;
  fillColor(color: unknown, opacity?: number): PdfDocument;
  strokeColor(color: unknown, opacity?: number): PdfDocument;
  ref(data?: object): PdfObject;
  _write(data: string | Buffer): void;
  _addInfo(): void;
  end(): void;
}

/** Takes a file's bytes in order. */
export interface ByteSink {
  write(bytes: Uint8Array): void;
  /** Characters up to U+00FF, one byte each. */
  writeText(text: string): void;
}

/** Files that pdfmake may read; nothing else is reachable for it. */
export interface FileSource {
  existsSync(name: string): boolean;
  readFileSync(name: string): Buffer;
}

type FontFiles = Readonly<Record<string, Readonly<Record<string, string>>>>;
type PdfDocumentClass = new (
  fonts: FontFiles,
  images: object,
  patterns: object,
  attachments: object,
  options: Readonly<Record<string, unknown>>,
  files: FileSource,
  mayReadLocalFile: (path: string) => boolean,
) => PdfDocument;

interface LayoutBuilder {
  registerTableLayouts(layouts: object): void;
  layoutDocument(content: Node[], document: PdfDocument, styles: object, defaultStyle: object): readonly unknown[];
}

/** The classes taken from pdfmake. */
export interface PdfmakeParts {
  readonly PdfDocument: PdfDocumentClass;
  readonly LayoutBuilder: new (
    pageSize: Definition['pageSize'],
    margins: Definition['pageMargins'],
    svgMeasure: object,
  ) => LayoutBuilder;
  readonly Renderer: new (document: PdfDocument) => { renderPages(pages: readonly unknown[]): void };
}

/** Loads pdfmake; about 60 ms the first time in a thread. */
export function loadPdfmakeParts(): PdfmakeParts {
  const require: (id: string) => unknown = createRequire(import.meta.url);
  return {
    PdfDocument: (require('pdfmake/js/PDFDocument.js') as { default: PdfDocumentClass }).default,
    LayoutBuilder: (require('pdfmake/js/LayoutBuilder.js') as { default: PdfmakeParts['LayoutBuilder'] }).default,
    Renderer: (require('pdfmake/js/Renderer.js') as { default: PdfmakeParts['Renderer'] }).default,
  };
}

/** The class of embedded fonts, which the library does not export. */
export function embeddedFontClass(font: EmbeddedFont): EmbeddedFontClass {
  return font.constructor as EmbeddedFontClass;
}

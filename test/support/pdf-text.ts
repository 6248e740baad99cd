// Reads a PDF back with pdf.js, an independent reader: text with its place, page count and metadata.

import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** One piece of text; millimetres from the page's upper left corner to the start of its baseline. */
export interface PlacedText {
  readonly page: number;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** Width in millimetres. */
  readonly width: number;
}

/** What a reader sees. */
export interface ReadPdf {
  readonly pages: number;
  /** All text of a page (1-based) in drawing order, blanks made plain and single. */
  readonly textOf: (page: number) => string;
  readonly text: string;
  readonly places: readonly PlacedText[];
  readonly info: Readonly<Record<string, unknown>>;
  readonly xmpTitle: string | null;
  readonly language: string | null;
}

const mmPerPoint = 25.4 / 72;

/** Opens the bytes (a copy: pdf.js takes over what it is given). */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const loading = getDocument({ data: Uint8Array.from(bytes), verbosity: 0, useSystemFonts: false });
  const document = await loading.promise;
  const places: PlacedText[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const height = page.getViewport({ scale: 1 }).height;
    const content = await page.getTextContent();
    for (const item of content.items) {
      if (!('str' in item) || item.str.trim() === '') continue;
      const [, , , , x = 0, y = 0] = item.transform as number[];
      places.push({
        page: number,
        text: plain(item.str),
        x: x * mmPerPoint,
        y: (height - y) * mmPerPoint,
        width: item.width * mmPerPoint,
      });
    }
  }
  const metadata = await document.getMetadata();
  const pages = document.numPages;
  const textOf = (page: number): string =>
    places
      .filter((place) => place.page === page)
      .map(({ text }) => text)
      .join(' ')
      .replaceAll(/ +/gu, ' ');
  const info = metadata.info as Record<string, unknown>;
  const language = typeof info.Language === 'string' ? info.Language : null;
  const title: unknown = (metadata.metadata as { get(name: string): unknown } | null)?.get('dc:title');
  await loading.destroy();
  return {
    pages,
    textOf,
    text: Array.from({ length: pages }, (_, index) => textOf(index + 1)).join(' '),
    places,
    info,
    xmpTitle: typeof title === 'string' ? title : null,
    language,
  };
}

function plain(text: string): string {
  return text.replaceAll(/[\s\u00A0]+/gu, ' ').trim();
}

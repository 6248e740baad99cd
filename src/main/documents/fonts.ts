// The fonts that documents are set in: subsets kept in resources/fonts (see scripts/subset-fonts.mjs). Reading only.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileSource } from './pdfmake-parts.ts';

/** Name of the only family in documents. */
export const fontFamily = 'Inter';

/** Style → file name, in pdfmake's notation. There is no italic. */
export const fontFiles = { [fontFamily]: { normal: 'Inter-Regular.ttf', bold: 'Inter-SemiBold.ttf' } } as const;

/** Reads the font files into memory once. Throws when one is missing: the installation is broken. */
export function loadFonts(resourcesDir: string): FileSource {
  const files = new Map<string, Buffer>(
    Object.values(fontFiles[fontFamily]).map((name) => [name, readFileSync(join(resourcesDir, 'fonts', name))]),
  );
  return {
    existsSync: (name) => files.has(name),
    readFileSync: (name) => {
      const file = files.get(name);
      if (file === undefined) throw new Error(`Font file ${name} was not loaded.`);
      return file;
    },
  };
}

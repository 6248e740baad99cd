// The measures and colours of the document, read from resources/layouts and checked. What is drawn where is in the page files.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const mm = z.number().min(0).max(297);
const colour = z.string().regex(/^#[0-9A-F]{6}$/u);
const box = z.object({ left: mm, top: mm, right: mm, bottom: mm });
const windowSchema = z.object({ keepClear: box, textLeft: mm, textWidth: mm, senderTop: mm, textTop: mm });

const layoutSchema = z.object({
  page: z.object({ width: mm, height: mm }),
  margin: z.object({ left: mm, right: mm, firstTop: mm, nextTop: mm, bottom: mm }),
  colours: z.object({ ink: colour, muted: colour, accent: colour, tint: colour, bar: colour, line: colour }),
  window: z.object({ left: windowSchema, right: windowSchema }),
  facts: z.object({ top: mm, besideLeftWindow: mm, besideRightWindow: mm, width: mm }),
  summary: z.object({ top: mm, height: mm }),
  energy: z.object({ top: mm, height: mm, chartLeft: mm, chartWidth: mm }),
  slip: z.object({ height: mm, stripHeight: mm }),
});

/** Places in millimetres, colours as `#RRGGBB`. */
export type Layout = z.infer<typeof layoutSchema>;
/** Colours of the document. */
export type Colours = Layout['colours'];

/** Reads the layout. Throws when the file is missing or wrong: the installation is broken. */
export function loadLayout(resourcesDir: string): Layout {
  const text = readFileSync(join(resourcesDir, 'layouts', 'energy-invoice.json'), 'utf8');
  return layoutSchema.parse(JSON.parse(text));
}

/** Points in a millimetre. */
const pointsPerMm = 72 / 25.4;

/** Millimetres as points. */
export function pt(millimetres: number): number {
  return Math.round(millimetres * pointsPerMm * 100) / 100;
}

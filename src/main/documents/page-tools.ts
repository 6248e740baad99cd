// Small helpers to put text and shapes at exact places of a page. No invoice, no colours of their own.

import type { FixedItem } from './fixed-items.ts';
import type { Layout } from './layout.ts';
import type { TableLayout } from './pdfmake-parts.ts';
import type { Printer } from './print-document.ts';

/** What every part of the page is drawn with. */
export interface PageTools {
  readonly layout: Layout;
  readonly widthOf: Printer['widthOf'];
}

/** How a line of text looks; sizes and widths in points. */
export interface LineStyle {
  readonly size: number;
  readonly color: string;
  readonly bold?: boolean;
  readonly align?: 'left' | 'right' | 'center';
  /** Text wider than this is cut with an ellipsis. */
  readonly width: number;
}

/** One line of text, its box's upper left corner at (x, y); never wraps, never leaves its width. */
export function lineAt(
  tools: PageTools,
  place: { readonly x: number; readonly y: number; readonly text: string },
  style: LineStyle,
): FixedItem {
  const isBold = style.bold ?? false;
  const text = fitLine(tools, place.text, style);
  const align = style.align ?? 'left';
  const free = align === 'left' ? 0 : style.width - tools.widthOf(text, style.size, isBold);
  const x = place.x + (align === 'center' ? free / 2 : free);
  return { kind: 'text', x, y: place.y, text, size: style.size, isBold, color: style.color };
}

/** A label on one line, in smaller print where it would not fit: the name of a value is never cut. */
export function labelAt(
  tools: PageTools,
  place: { readonly x: number; readonly y: number; readonly text: string },
  style: LineStyle,
): FixedItem {
  const natural = tools.widthOf(place.text, style.size, style.bold ?? false);
  // A hundredth less, so that rounding does not bring the ellipsis back.
  const size = natural <= style.width ? style.size : Math.floor((style.size * style.width * 99) / natural) / 100;
  return lineAt(tools, { ...place, y: place.y + (style.size - size) * 0.9 }, { ...style, size });
}

/** The text, or as much of it with an ellipsis as the width takes. */
export function fitLine(tools: PageTools, text: string, style: Pick<LineStyle, 'size' | 'bold' | 'width'>): string {
  const isBold = style.bold ?? false;
  if (tools.widthOf(text, style.size, isBold) <= style.width) return text;
  const points = Array.from(text);
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const isFitting = tools.widthOf(`${points.slice(0, middle).join('')}…`, style.size, isBold) <= style.width;
    if (isFitting) low = middle;
    else high = middle - 1;
  }
  return `${points.slice(0, low).join('').trimEnd()}…`;
}

/** Breaks text at blanks into at most `most` lines; the last one is cut where more remains. */
export function breakLines(
  tools: PageTools,
  text: string,
  style: Pick<LineStyle, 'size' | 'bold' | 'width'> & { readonly most: number },
): string[] {
  const fits = (line: string): boolean => tools.widthOf(line, style.size, style.bold ?? false) <= style.width;
  if (fits(text)) return text === '' ? [] : [text];
  const lines: string[] = [];
  let rest = text.split(' ');
  while (rest.length > 0) {
    if (lines.length === style.most - 1) return [...lines, fitLine(tools, rest.join(' '), style)];
    let count = 1;
    while (count < rest.length && fits(rest.slice(0, count + 1).join(' '))) count += 1;
    lines.push(fitLine(tools, rest.slice(0, count).join(' '), style));
    rest = rest.slice(count);
  }
  return lines;
}

/** A table without vertical lines: lines only where asked for, even paddings. */
export function plainTable(options: {
  readonly lineAbove: (row: number) => boolean;
  readonly color: string;
  readonly gap: number;
  readonly above: number;
  readonly below: number;
}): TableLayout {
  return {
    hLineWidth: (row) => (options.lineAbove(row) ? 0.5 : 0),
    vLineWidth: () => 0,
    hLineColor: () => options.color,
    paddingLeft: (column) => (column === 0 ? 0 : options.gap),
    paddingRight: () => 0,
    paddingTop: () => options.above,
    paddingBottom: () => options.below,
  };
}

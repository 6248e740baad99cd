// Text and shapes that stand at a fixed place of a page: drawn straight into the document, without going through the layout of what flows.

import { fontFamily } from './fonts.ts';
import type { PdfDocument } from './pdfmake-parts.ts';

/** Something at a fixed place; points from the page's upper left corner, colours as `#RRGGBB`. */
export type FixedItem =
  /** One line whose box begins at (x, y). */
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly size: number;
      readonly isBold: boolean;
      readonly color: string;
    }
  | {
      readonly kind: 'area';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly radius: number;
      readonly color: string;
    }
  | {
      readonly kind: 'frame';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly radius: number;
      readonly color: string;
    }
  /** A thin horizontal line from x1 to x2; `dash` in points, 0 for a solid one. */
  | {
      readonly kind: 'rule';
      readonly x1: number;
      readonly x2: number;
      readonly y: number;
      readonly color: string;
      readonly dash: number;
    };

const frameWidth = 0.7;
const ruleWidth = 0.5;

/** Draws the items on the document's current page, in order. */
export function drawFixed(document: PdfDocument, items: readonly FixedItem[]): void {
  for (const item of items) {
    switch (item.kind) {
      case 'text':
        document._font = document.provideFont(fontFamily, item.isBold, false);
        document.fillColor(item.color).fontSize(item.size).text(item.text, item.x, item.y, { lineBreak: false });
        break;
      case 'area':
        outline(document, item).fillColor(item.color).fill();
        break;
      case 'frame':
        outline(document, item).lineWidth(frameWidth).strokeColor(item.color).stroke();
        break;
      case 'rule':
        drawRule(document, item);
        break;
    }
  }
}

function outline(document: PdfDocument, box: FixedItem & { kind: 'area' | 'frame' }): PdfDocument {
  if (box.radius === 0) return document.rect(box.x, box.y, box.width, box.height);
  return document.roundedRect(box.x, box.y, box.width, box.height, box.radius);
}

function drawRule(document: PdfDocument, rule: FixedItem & { kind: 'rule' }): void {
  if (rule.dash > 0) document.dash(rule.dash, { space: rule.dash });
  document.moveTo(rule.x1, rule.y).lineTo(rule.x2, rule.y).lineWidth(ruleWidth).strokeColor(rule.color).stroke();
  if (rule.dash > 0) document.undash();
}

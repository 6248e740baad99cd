// The rows of the invoice as a table that may run over pages, with its head on each. Sections keep their heading with their first row.

import type { InvoiceView } from './invoice-view.ts';
import { pt } from './layout.ts';
import type { Colours } from './layout.ts';
import type { Node } from './pdfmake-parts.ts';
import { plainTable } from './page-tools.ts';
import type { PageTools } from './page-tools.ts';
import type { RowSectionView, RowView } from './row-view.ts';

const rowSize = 8;
const headSize = 7;
const columnGap = 5;
/** Height that a section's heading takes above its first row. */
const headingHeight = 13;

/** The table; `spaceAbove` in points places it on the first page. */
export function rowTable(view: InvoiceView, tools: PageTools, spaceAbove: number): Node {
  const { colours } = tools.layout;
  const body = [headRow(view, colours.muted)];
  const sectionStarts = new Set<number>();
  for (const section of view.sections) {
    if (body.length > 1) sectionStarts.add(body.length);
    section.rows.forEach((row, index) => body.push(tableRow(row, index === 0 ? section : null, colours)));
  }
  const last = body.length;
  return {
    margin: [0, spaceAbove, 0, 0],
    table: { widths: columnWidths(tools), body, headerRows: 1, keepWithHeaderRows: 1, dontBreakRows: true },
    layout: plainTable({
      lineAbove: (row) => row === 1 || row === last || sectionStarts.has(row),
      color: colours.line,
      gap: columnGap,
      above: 2.2,
      below: 2.2,
    }),
  };
}

/** All fixed: a column that may grow would be pushed off the page by a word that can't be broken. */
function columnWidths({ layout: { page, margin } }: PageTools): number[] {
  const others = [20, 12, 23, 13, 25].map(pt);
  const taken = others.reduce((sum, width) => sum + width + columnGap, 0);
  return [pt(page.width - margin.left - margin.right) - taken, ...others];
}

function headRow(view: InvoiceView, color: string): Node[] {
  const { words } = view;
  const head = (text: string, alignment: 'left' | 'right' = 'right'): Node => ({
    text,
    alignment,
    fontSize: headSize,
    color,
  });
  return [
    head(words.description, 'left'),
    head(words.quantity),
    head(words.unit, 'left'),
    head(`${words.unitPrice}, ${view.currency}`),
    head(words.vat),
    head(`${words.amount} ${words.exVat}`),
  ];
}

function tableRow(row: RowView, section: RowSectionView | null, colours: Colours): Node[] {
  const title = section?.title ?? null;
  const hasHeading = title !== null;
  const above = hasHeading ? headingHeight : 0;
  const cell = (text: string, alignment: 'left' | 'right' = 'right'): Node => ({
    text,
    alignment,
    fontSize: rowSize,
    noWrap: true,
    margin: [0, above, 0, 0],
  });
  const heading = (text: string, alignment: 'left' | 'right'): Node => ({
    text,
    alignment,
    fontSize: rowSize,
    bold: true,
    color: colours.accent,
    noWrap: true,
    margin: [0, 0, 0, headingHeight - rowSize * 1.21],
  });
  const description: Node[] = [
    ...(hasHeading ? [heading(title, 'left')] : []),
    { text: row.description, fontSize: rowSize },
    ...(row.detail === '' ? [] : [{ text: row.detail, fontSize: 6.8, color: colours.muted } satisfies Node]),
  ];
  const total = section !== null && section.title !== null && section.rows.length > 1 ? section.total : null;
  const amount: Node = { ...cell(row.amount), margin: [0, total === null ? above : 0, 0, 0] };
  return [
    { stack: description },
    cell(row.quantity),
    cell(row.unit, 'left'),
    cell(row.unitPrice),
    cell(row.vat),
    total === null ? amount : { stack: [heading(total, 'right'), amount] },
  ];
}

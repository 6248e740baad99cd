// Below the rows: VAT by rate on the left, the sums on the right, the amount to pay last and largest.

import type { InvoiceView } from './invoice-view.ts';
import { pt } from './layout.ts';
import type { Node } from './pdfmake-parts.ts';
import { plainTable } from './page-tools.ts';
import type { PageTools } from './page-tools.ts';

const size = 8;

/** VAT table and sums side by side. */
export function totals(view: InvoiceView, tools: PageTools): Node {
  return {
    margin: [0, 8, 0, 0],
    columnGap: pt(10),
    columns: [
      { width: pt(84), stack: view.vatRows.length === 0 ? [] : [vatTable(view, tools)] },
      { width: '*', stack: [sumTable(view, tools)] },
    ],
  };
}

function vatTable(view: InvoiceView, tools: PageTools): Node {
  const { colours } = tools.layout;
  const { words } = view;
  const head = (text: string, alignment: 'left' | 'right' = 'right'): Node => ({
    text,
    alignment,
    fontSize: 7,
    color: colours.muted,
  });
  const cell = (text: string, alignment: 'left' | 'right' = 'right'): Node => ({ text, alignment, fontSize: size });
  return {
    table: {
      widths: ['*', pt(27), pt(25)],
      body: [
        [head(words.vatRate, 'left'), head(words.taxable), head(words.vatAmount)],
        ...view.vatRows.map((row) => [cell(row.rate, 'left'), cell(row.taxable), cell(row.tax)]),
      ],
    },
    layout: plainTable({ lineAbove: (row) => row === 1, color: colours.line, gap: 5, above: 1.6, below: 1.6 }),
  };
}

function sumTable(view: InvoiceView, tools: PageTools): Node {
  const { colours } = tools.layout;
  const label = (text: string): Node => ({ text, fontSize: size, color: colours.muted });
  const value = (text: string): Node => ({ text, fontSize: size, alignment: 'right', noWrap: true });
  const strong = { fontSize: 10.5, bold: true, color: colours.accent } as const;
  const amount = `${view.amount.text}\u00A0${view.currency}`;
  return {
    table: {
      widths: ['*', 'auto'],
      body: [
        ...view.sums.map((sum) => [label(sum.label), value(sum.text)]),
        [
          { text: view.amount.label, ...strong },
          { text: amount, ...strong, alignment: 'right', noWrap: true },
        ],
      ],
    },
    layout: plainTable({
      lineAbove: (row) => row === view.sums.length && row > 0,
      color: colours.line,
      gap: 5,
      above: 1.6,
      below: 1.6,
    }),
  };
}

// Puts the parts of the invoice document together: what is fixed on the first page, what flows, and what closes the last page.

import { energyPanel } from './energy-panel.ts';
import type { FixedItem } from './fixed-items.ts';
import { fontFamily } from './fonts.ts';
import type { InvoiceView } from './invoice-view.ts';
import { pt } from './layout.ts';
import { factList, pageHeading, summaryBar, windowAddress } from './page-head.ts';
import { pageFoot, slipReserve } from './payment-slip.ts';
import type { Definition, Node } from './pdfmake-parts.ts';
import { rowTable } from './row-table.ts';
import { totals } from './totals.ts';
import type { PageTools } from './page-tools.ts';

/** Notes up to this many characters stay together with the sums and the slip; longer ones may run over pages. */
const shortNotes = 600;

/** So many VAT rows fit on a page with everything else that is kept together. */
const mostVatRowsKeptTogether = 16;

/** What flows, as a definition to print once. `invoiceDate` (ISO, may be null or wrong) dates the file, so that the same invoice gives the same bytes. */
export function invoiceDefinition(view: InvoiceView, tools: PageTools, invoiceDate: string | null): Definition {
  const { layout } = tools;
  const { page, margin, colours, energy } = layout;
  const bodyTop = view.energy === null ? energy.top : energy.top + energy.height + 3.5;
  return {
    pageSize: { width: pt(page.width), height: pt(page.height) },
    pageMargins: { left: pt(margin.left), top: pt(margin.nextTop), right: pt(margin.right), bottom: pt(margin.bottom) },
    language: { sv: 'sv-SE', nb: 'nb-NO', en: 'en' }[view.language],
    info: {
      title: `${view.title} ${view.number}`.trim(),
      author: view.seller.name,
      subject: [view.recipientName, `${view.amount.label} ${view.amount.text} ${view.currency}`]
        .filter((text) => text !== '')
        .join(' · '),
      creator: 'Utskick',
      producer: 'Utskick (pdfmake)',
      creationDate: fileDate(invoiceDate),
    },
    defaultStyle: { font: fontFamily, fontSize: 8.5, color: colours.ink, lineHeight: 1 },
    content: [
      ...(view.sections.length === 0
        ? [{ text: '', margin: [0, pt(bodyTop - margin.nextTop), 0, 0] } satisfies Node]
        : [rowTable(view, tools, pt(bodyTop - margin.nextTop))]),
      ...closing(view, tools),
    ],
  };
}

/** What stands at a fixed place on a page, 1-based, of so many. */
export function fixedOnPage(
  view: InvoiceView,
  tools: PageTools,
  place: { readonly page: number; readonly pages: number },
): FixedItem[] {
  return [
    ...pageHeading(view, tools, place),
    ...(place.page === 1 ? [...windowAddress(view, tools), ...factList(view, tools), ...summaryBar(view, tools)] : []),
    ...(place.page === 1 && view.energy !== null ? energyPanel(view.energy, tools) : []),
    ...pageFoot(view, tools, place.page === place.pages),
  ];
}

/** Sums, notes and the room for the slip, kept on one page where that is possible. */
function closing(view: InvoiceView, tools: PageTools): Node[] {
  const { colours } = tools.layout;
  const notes = view.notes.map((text, index): Node => ({
    text,
    fontSize: 7.5,
    color: colours.muted,
    lineHeight: 1.15,
    margin: [0, index === 0 ? 8 : 3, 0, 0],
  }));
  const room: Node[] = view.hasSlip
    ? [
        {
          canvas: [{ type: 'rect', x: 0, y: 0, w: 0.01, h: slipReserve(tools), color: '#FFFFFF' }],
          margin: [0, 6, 0, 0],
        },
      ]
    : [];
  const sums = totals(view, tools);
  const isShort = view.notes.join('').length <= shortNotes && view.vatRows.length <= mostVatRowsKeptTogether;
  if (isShort) return [{ unbreakable: true, stack: [sums, ...notes, ...room] }];
  const isKept = view.vatRows.length <= mostVatRowsKeptTogether;
  return [{ unbreakable: isKept, stack: [sums] }, ...notes, ...room];
}

/** Noon UTC of the invoice's day: the same calendar day in every time zone of the customers. */
function fileDate(invoiceDate: string | null): Date {
  const date = new Date(`${invoiceDate ?? ''}T12:00:00Z`);
  return Number.isNaN(date.getTime()) ? new Date('2000-01-01T12:00:00Z') : date;
}

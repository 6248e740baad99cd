// The upper part of the document: heading of every page, the envelope's window, the facts beside it and the bar with the amount to pay.

import type { FixedItem } from './fixed-items.ts';
import type { InvoiceView } from './invoice-view.ts';
import { pt } from './layout.ts';
import { breakLines, labelAt, lineAt } from './page-tools.ts';
import type { PageTools } from './page-tools.ts';
import type { LabelledText } from './view-tools.ts';

/** Heading of a page: seller and title large on the first, one line on the others. */
export function pageHeading(
  view: InvoiceView,
  tools: PageTools,
  place: { readonly page: number; readonly pages: number },
): FixedItem[] {
  const pageText = `${view.words.page} ${place.page} (${place.pages})`;
  return place.page === 1 ? firstHeading(view, tools, pageText) : nextHeading(view, tools, pageText);
}

function firstHeading(view: InvoiceView, tools: PageTools, pageText: string): FixedItem[] {
  const { colours, page, margin } = tools.layout;
  const left = pt(margin.left);
  const right = pt(page.width - margin.right);
  const nameWidth = pt(108);
  // A short name stands where a logo would; a long one gets two smaller lines in the same place.
  const size = tools.widthOf(view.seller.name, 17, true) <= nameWidth ? 17 : 12;
  const lines = breakLines(tools, view.seller.name, { size, bold: true, width: nameWidth, most: 2 });
  const top = pt(12.5) - (lines.length - 1) * 5;
  const titleStyle = { bold: true, align: 'right', width: pt(62) } as const;
  return [
    topBand(tools),
    ...lines.map((text, index) =>
      lineAt(
        tools,
        { x: left, y: top + index * size * 1.25, text },
        { size, bold: true, color: colours.accent, width: nameWidth },
      ),
    ),
    lineAt(
      tools,
      { x: right - pt(62), y: pt(11.5), text: view.title },
      { ...titleStyle, size: 20, color: colours.ink },
    ),
    lineAt(
      tools,
      { x: right - pt(62), y: pt(21), text: pageText },
      { ...titleStyle, bold: false, size: 8, color: colours.muted },
    ),
  ];
}

function nextHeading(view: InvoiceView, tools: PageTools, pageText: string): FixedItem[] {
  const { colours, page, margin } = tools.layout;
  const left = pt(margin.left);
  const right = pt(page.width - margin.right);
  const y = pt(13);
  return [
    topBand(tools),
    { kind: 'rule', x1: left, x2: right, y: pt(20), color: colours.line, dash: 0 },
    lineAt(
      tools,
      { x: left, y, text: view.seller.name },
      { size: 9, bold: true, color: colours.accent, width: pt(80) },
    ),
    lineAt(
      tools,
      { x: right - pt(90), y, text: `${view.title} ${view.number} · ${pageText}` },
      { size: 9, color: colours.muted, align: 'right', width: pt(90) },
    ),
  ];
}

function topBand({ layout: { page, colours } }: PageTools): FixedItem {
  return { kind: 'area', x: 0, y: 0, width: pt(page.width), height: pt(3), radius: 0, color: colours.accent };
}

/** The recipient in the envelope's window, with the sender in small print above. Nothing else may be drawn there. */
export function windowAddress(view: InvoiceView, tools: PageTools): FixedItem[] {
  const { layout } = tools;
  const place = layout.window[view.windowSide];
  const x = pt(place.textLeft);
  const width = pt(place.textWidth);
  const sender = [`${view.words.sender} ${view.seller.name}`, ...view.seller.address].join(', ');
  const size = 10;
  const leading = 12;
  const room = Math.floor((pt(place.keepClear.bottom) - pt(place.textTop)) / leading);
  const [name = '', ...address] = view.recipient;
  const nameLines = breakLines(tools, name, { size, width, most: 2 });
  return [
    lineAt(tools, { x, y: pt(place.senderTop), text: sender }, { size: 6.5, color: layout.colours.muted, width }),
    ...[...nameLines, ...address]
      .slice(0, room)
      .map((text, index) =>
        lineAt(tools, { x, y: pt(place.textTop) + index * leading, text }, { size, color: layout.colours.ink, width }),
      ),
  ];
}

/** Width of the labels before the facts, in millimetres. */
const labelWidth = 28;

/** Numbers, dates and references beside the window; what no longer fits above the bar is left out, the most needed come first. */
export function factList(view: InvoiceView, tools: PageTools): FixedItem[] {
  const { layout } = tools;
  const { facts, colours, summary } = layout;
  const x = pt(view.windowSide === 'left' ? facts.besideLeftWindow : facts.besideRightWindow);
  const valueX = x + pt(labelWidth);
  const width = pt(facts.width) - pt(labelWidth);
  const bottom = pt(summary.top) - 6;
  const leading = 12.4;
  const nodes: FixedItem[] = [];
  let y = pt(facts.top);
  for (const { label, text } of view.facts) {
    const lines = breakLines(tools, text, { size: 8.5, width, most: 2 });
    if (y + lines.length * leading > bottom) break;
    nodes.push(labelAt(tools, { x, y, text: label }, { size: 8.5, color: colours.muted, width: pt(labelWidth - 1) }));
    for (const line of lines) {
      nodes.push(lineAt(tools, { x: valueX, y, text: line }, { size: 8.5, color: colours.ink, width }));
      y += leading;
    }
  }
  return nodes;
}

/** The bar that answers: how much, when, with which number, to which account. */
export function summaryBar(view: InvoiceView, tools: PageTools): FixedItem[] {
  const { colours, page, margin, summary } = tools.layout;
  const left = pt(margin.left);
  const width = pt(page.width - margin.left - margin.right);
  const top = pt(summary.top);
  const cells = summaryCells(view);
  const total = cells.reduce((sum, cell) => sum + cell.share, 0);
  const pad = pt(4);
  const nodes: FixedItem[] = [
    { kind: 'area', x: left, y: top, width, height: pt(summary.height), radius: 2, color: colours.tint },
    { kind: 'area', x: left, y: top, width: 2.5, height: pt(summary.height), radius: 0, color: colours.accent },
  ];
  let x = left + pad;
  for (const cell of cells) {
    const cellWidth = ((width - pad) * cell.share) / total;
    const textWidth = cellWidth - pt(4);
    const size = cell.isMain ? 17 : fittingSize(tools, cell.value.text, textWidth);
    const baseline = top + (cell.isMain ? 17 : 17 + (17 - size) * 0.94);
    nodes.push(
      labelAt(tools, { x, y: top + 6, text: cell.value.label }, { size: 7.5, color: colours.muted, width: textWidth }),
    );
    nodes.push(
      lineAt(
        tools,
        { x, y: baseline, text: cell.value.text },
        { size, bold: true, color: cell.isMain ? colours.accent : colours.ink, width: textWidth },
      ),
    );
    x += cellWidth;
  }
  return nodes;
}

function summaryCells(
  view: InvoiceView,
): { readonly value: LabelledText; readonly share: number; readonly isMain: boolean }[] {
  const amount = { label: view.amount.label, text: `${view.amount.text}\u00A0${view.currency}` };
  const [account] = view.payment.accounts;
  return [
    { value: amount, share: 30, isMain: true },
    ...(view.isCredit
      ? [{ value: { label: view.title, text: view.words.nothingToPay }, share: 64, isMain: false }]
      : []),
    ...(view.dueDate === null ? [] : [{ value: view.dueDate, share: 18, isMain: false }]),
    ...(view.isCredit || view.payment.reference === null
      ? []
      : [{ value: view.payment.reference, share: 28, isMain: false }]),
    ...(view.isCredit || account === undefined
      ? []
      : [{ value: account, share: account.text.length > 16 ? 30 : 18, isMain: false }]),
  ];
}

/** References have up to 25 digits: the largest of a few sizes that still shows all of them. */
function fittingSize(tools: PageTools, text: string, width: number): number {
  return [11, 9.5, 8].find((size) => tools.widthOf(text, size, true) <= width) ?? 7;
}

// The foot of a page: the sender's details, and on the last page the payment slip below a cut line.

import type { FixedItem } from './fixed-items.ts';
import type { InvoiceView } from './invoice-view.ts';
import { pt } from './layout.ts';
import { breakLines, fitLine, labelAt, lineAt } from './page-tools.ts';
import type { PageTools } from './page-tools.ts';
import type { LabelledText } from './view-tools.ts';

/** Points that the slip with the strip above it needs beyond the bottom margin; the end of the content must leave them free. */
export function slipReserve(tools: PageTools): number {
  const { slip, margin } = tools.layout;
  return pt(slip.height + slip.stripHeight - margin.bottom);
}

/** Foot of a page. */
export function pageFoot(view: InvoiceView, tools: PageTools, isLast: boolean): FixedItem[] {
  const { layout } = tools;
  const hasSlip = isLast && view.hasSlip;
  const stripTop = pt(layout.page.height - (hasSlip ? layout.slip.height + layout.slip.stripHeight - 1.5 : 19));
  return [...senderStrip(view, tools, stripTop), ...(hasSlip ? slip(view, tools) : [])];
}

function senderStrip(view: InvoiceView, tools: PageTools, top: number): FixedItem[] {
  const { colours, page, margin } = tools.layout;
  const left = pt(margin.left);
  const width = pt(page.width - margin.left - margin.right);
  const third = width / 3;
  const { facts, name, address } = view.seller;
  const asLine = ({ label, text }: LabelledText): string => `${label} ${text}`;
  // Registration numbers in the middle, ways to reach the sender on the right.
  const isNumber = ({ label }: LabelledText): boolean =>
    label === view.words.organisationNumber || label === view.words.vatNumber;
  const columns = [
    [name, ...address],
    facts.filter(isNumber).map(asLine),
    facts.filter((fact) => !isNumber(fact)).map(asLine),
  ];
  return [
    { kind: 'rule', x1: left, x2: left + width, y: top, color: colours.line, dash: 0 },
    ...columns.flatMap((lines, column) =>
      lines
        .slice(0, 3)
        .map((text, index) =>
          lineAt(
            tools,
            { x: left + column * third, y: top + 5 + index * 9, text },
            { size: 6.8, color: colours.muted, width: third - 10 },
          ),
        ),
    ),
  ];
}

function slip(view: InvoiceView, tools: PageTools): FixedItem[] {
  const { colours, page, margin, slip: place } = tools.layout;
  const top = pt(page.height - place.height);
  return [
    { kind: 'rule', x1: 0, x2: pt(page.width), y: top, color: colours.muted, dash: 3 },
    lineAt(
      tools,
      { x: pt(margin.left), y: top + pt(3), text: view.words.slip },
      { size: 9, bold: true, color: colours.accent, width: pt(80) },
    ),
    ...slipParties(view, tools, top + pt(9.5)),
    ...slipBoxes(view, tools, top + pt(30)),
    ...slipNotes(view, tools, top + pt(44)),
  ];
}

function slipParties(view: InvoiceView, tools: PageTools, top: number): FixedItem[] {
  const { colours, page, margin } = tools.layout;
  const left = pt(margin.left);
  const half = pt(page.width - margin.left - margin.right) / 2;
  const parties = [
    { label: view.words.payee, lines: [view.seller.name, ...view.seller.address] },
    { label: view.words.payer, lines: view.recipient },
  ];
  return parties.flatMap(({ label, lines }, index) => {
    const x = left + index * half;
    const width = half - pt(6);
    return [
      labelAt(tools, { x, y: top, text: label }, { size: 6.8, color: colours.muted, width }),
      ...lines
        .slice(0, 4)
        .map((text, row) =>
          lineAt(tools, { x, y: top + 10 + row * 11, text }, { size: 8.5, color: colours.ink, width }),
        ),
    ];
  });
}

function slipBoxes(view: InvoiceView, tools: PageTools, top: number): FixedItem[] {
  const { colours, page, margin } = tools.layout;
  const width = pt(page.width - margin.left - margin.right);
  const gap = pt(3);
  const height = pt(11.5);
  const [account] = view.payment.accounts;
  const fields = [
    ...(view.payment.reference === null ? [] : [{ ...view.payment.reference, share: 31 }]),
    { ...view.amount, label: `${view.amount.label}, ${view.currency}`, share: 20 },
    ...(view.dueDate === null ? [] : [{ ...view.dueDate, share: 17 }]),
    ...(account === undefined ? [] : [{ ...account, share: account.text.length > 16 ? 34 : 20 }]),
  ];
  const total = fields.reduce((sum, field) => sum + field.share, 0);
  const boxes: FixedItem[] = [];
  const texts: FixedItem[] = [];
  let x = pt(margin.left);
  for (const { label, text, share } of fields) {
    const boxWidth = ((width - gap * (fields.length - 1)) * share) / total;
    const textWidth = boxWidth - 12;
    const size = [11, 9.5, 8].find((candidate) => tools.widthOf(text, candidate, true) <= textWidth) ?? 7;
    boxes.push({ kind: 'frame', x, y: top, width: boxWidth, height, radius: 2, color: colours.line });
    texts.push(
      labelAt(tools, { x: x + 6, y: top + 4, text: label }, { size: 6.5, color: colours.muted, width: textWidth }),
    );
    texts.push(
      lineAt(
        tools,
        { x: x + 6, y: top + 14.5 + (11 - size) * 0.9, text },
        { size, bold: true, color: colours.ink, width: textWidth },
      ),
    );
    x += boxWidth + gap;
  }
  return [...boxes, ...texts];
}

/** The other ways to pay and what to state as reference. */
function slipNotes(view: InvoiceView, tools: PageTools, top: number): FixedItem[] {
  const { colours, page, margin } = tools.layout;
  const width = pt(page.width - margin.left - margin.right);
  const style = { size: 7.5, color: colours.muted, width };
  const others = [...view.payment.accounts.slice(1), ...(view.payment.bic === null ? [] : [view.payment.bic])];
  const ways = others.map(({ label, text }) => `${label} ${text}`).join('   ·   ');
  const hint = view.payment.reference === null ? '' : view.words.slipHint;
  const lines = [hint, fitLine(tools, ways, style)]
    .filter((text) => text !== '')
    .flatMap((text) => breakLines(tools, text, { ...style, most: 2 }));
  return lines.map((text, index) => lineAt(tools, { x: pt(margin.left), y: top + index * 10.5, text }, style));
}

// The look that a batch's papers share (import receipt, proof): page, head and foot, headings, facts, verdict. What they say is in their own files.

import { createHash } from 'node:crypto';
import type { Language } from '../../shared/schema/settings.ts';
import { receiptWords } from '../../shared/words/receipt-words.ts';
import { fillIn } from '../../shared/words/report-words.ts';
import { writeCount } from '../../shared/words/value-words.ts';
import { cleanTextFor } from './clean-text.ts';
import type { CleanText } from './clean-text.ts';
import type { FixedItem } from './fixed-items.ts';
import { fontFamily, loadFonts } from './fonts.ts';
import { loadLayout, pt } from './layout.ts';
import { lineAt, plainTable } from './page-tools.ts';
import type { PageTools } from './page-tools.ts';
import type { Definition, Node } from './pdfmake-parts.ts';
import { createPrinter } from './print-document.ts';
import type { RenderedPdf } from './render-invoice.ts';

/** What a report is drawn with. */
export interface ReportTools {
  readonly tools: PageTools;
  readonly clean: CleanText;
}

/** What stands around a report's content. */
export interface ReportFrame {
  readonly title: string;
  readonly fileName: string | null;
  readonly batchId: string;
  readonly organisationName: string;
  readonly language: Language;
  /** The file's date: fixed, so that the same state gives the same bytes. */
  readonly datedMs: number;
}

/** Red for what does not add up; dark enough to read in print. */
export const wrong = '#B3232B';
/** More files than this make a paper nobody reads; they are counted. */
export const mostFiles = 500;
/** Currencies beside each other; more are put below. */
export const currenciesAbreast = 3;

/** Draws one kind of report in this thread. Same input, same bytes. */
export interface ReportRenderer<Input> {
  render(input: Input): RenderedPdf;
}

/** Loads fonts and layout from the resources folder. Throws when the installation is broken. */
export function createReportRenderer<Input>(
  resourcesDir: string,
  report: {
    readonly frame: (input: Input) => ReportFrame;
    readonly content: (input: Input, drawnWith: ReportTools) => Node[];
  },
): ReportRenderer<Input> {
  const layout = loadLayout(resourcesDir);
  const printer = createPrinter(loadFonts(resourcesDir));
  const drawnWith = { tools: { layout, widthOf: printer.widthOf }, clean: cleanTextFor(printer.hasGlyph) };
  return {
    render: (input) => {
      const frame = report.frame(input);
      const definition = reportDefinition(frame, report.content(input, drawnWith), drawnWith);
      const bytes = printer.print(definition, (page, pages) => onPage(frame, drawnWith, { page, pages }));
      return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
    },
  };
}

function reportDefinition(frame: ReportFrame, content: Node[], { tools, clean }: ReportTools): Definition {
  const { page, margin, colours } = tools.layout;
  const { title, batchId, language } = frame;
  return {
    pageSize: { width: pt(page.width), height: pt(page.height) },
    pageMargins: { left: pt(margin.left), top: pt(margin.nextTop), right: pt(margin.right), bottom: pt(margin.bottom) },
    language: { sv: 'sv-SE', nb: 'nb-NO', en: 'en' }[language],
    info: {
      title: `${title} ${clean(frame.fileName ?? batchId)}`,
      author: clean(frame.organisationName),
      subject: batchId,
      creator: 'Utskick',
      producer: 'Utskick (pdfmake)',
      creationDate: new Date(frame.datedMs),
    },
    defaultStyle: { font: fontFamily, fontSize: 8.5, color: colours.ink, lineHeight: 1.05 },
    content: [{ text: title, fontSize: 18, bold: true, color: colours.accent, margin: [0, 0, 0, 8] }, ...content],
  };
}

/** Who it is from at the top, which import and page at the foot. */
function onPage(
  { batchId, language, organisationName }: ReportFrame,
  { tools, clean }: ReportTools,
  place: { readonly page: number; readonly pages: number },
): FixedItem[] {
  const { page, margin, colours } = tools.layout;
  const left = pt(margin.left);
  const width = pt(page.width - margin.left - margin.right);
  const words = receiptWords[language];
  const muted = { size: 8, color: colours.muted, width: width / 2 };
  const foot = pt(page.height - 14);
  return [
    { kind: 'area', x: 0, y: 0, width: pt(page.width), height: pt(3), radius: 0, color: colours.accent },
    lineAt(
      tools,
      { x: left, y: pt(13), text: clean(organisationName) },
      { size: 9, bold: true, color: colours.accent, width },
    ),
    { kind: 'rule', x1: left, x2: left + width, y: foot - 5, color: colours.line, dash: 0 },
    lineAt(tools, { x: left, y: foot, text: `${words.batchId} ${batchId}` }, muted),
    lineAt(tools, { x: left + width / 2, y: foot, text: fillIn(words.page, place) }, { ...muted, align: 'right' }),
  ];
}

/** Above a part. */
export function heading(text: string, { layout }: PageTools): Node {
  return { text, fontSize: 11, bold: true, color: layout.colours.accent, margin: [0, 14, 0, 4] };
}

/** A table's column head. */
export function headCell(text: string, { layout }: PageTools, alignment: 'left' | 'right' = 'left'): Node {
  return { text, alignment, fontSize: 7.5, color: layout.colours.muted };
}

/** Names and values; null leaves a row out. `nameWidth` in millimetres. */
export function factTable(
  rows: readonly (readonly [name: string, value: string | null])[],
  nameWidth: number,
  { layout }: PageTools,
): Node {
  return {
    table: {
      widths: [pt(nameWidth), '*'],
      body: rows.flatMap(([name, value]): Node[][] =>
        value === null ? [] : [[{ text: name, color: layout.colours.muted }, { text: value }]],
      ),
    },
    layout: plainTable({ lineAbove: () => false, color: layout.colours.line, gap: 6, above: 1.4, below: 1.4 }),
  };
}

/** One sentence where all is well, else every fault in red. */
export function verdict(
  found: {
    readonly addsUp: string;
    readonly doesNotAddUp: string;
    readonly faults: readonly string[];
    readonly withoutAmount: number;
    readonly language: Language;
  },
  { layout }: PageTools,
): Node {
  const { faults, withoutAmount, language } = found;
  const count = writeCount(withoutAmount, language);
  const without: Node[] =
    withoutAmount === 0
      ? []
      : [{ text: fillIn(receiptWords[language].withoutAmount, { count }), margin: [0, 0, 0, 3] }];
  const sentences: Node[] =
    faults.length === 0
      ? [{ text: found.addsUp, color: layout.colours.muted }]
      : [
          { text: found.doesNotAddUp, bold: true, fontSize: 10, color: wrong, margin: [0, 0, 0, 2] },
          ...faults.map((text): Node => ({ text, color: wrong })),
        ];
  return { margin: [0, 7, 0, 0], stack: [...without, ...sentences] };
}

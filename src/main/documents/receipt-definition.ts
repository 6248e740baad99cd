// The import receipt on paper: from which bytes, by whom, what came in, whether it adds up, and the problems by rule. No rendering here.

import type { ReceiptInput } from '../ports/documents.ts';
import { wordsForProblem } from '../../shared/words/problem-words.ts';
import { wordsForFault } from '../../shared/words/receipt-faults.ts';
import { receiptWords } from '../../shared/words/receipt-words.ts';
import { fillIn } from '../../shared/words/report-words.ts';
import { writeCount, writeMoney } from '../../shared/words/value-words.ts';
import type { CleanText } from './clean-text.ts';
import type { FixedItem } from './fixed-items.ts';
import { fontFamily } from './fonts.ts';
import { formatPeriod } from './format-values.ts';
import { pt } from './layout.ts';
import { lineAt, plainTable } from './page-tools.ts';
import type { PageTools } from './page-tools.ts';
import type { Definition, Node } from './pdfmake-parts.ts';

/** What the receipt is drawn with. */
export interface ReceiptTools {
  readonly tools: PageTools;
  readonly clean: CleanText;
}

/** Red for what does not add up; dark enough to read in print. */
const wrong = '#B3232B';
/** More files than this make a receipt nobody reads; they are counted. */
const mostFiles = 500;
/** Currencies beside each other; more are put below. */
const currenciesAbreast = 3;
const size = 8.5;

/** What flows, as a definition to print once. The file is dated with the day of the import. */
export function receiptDefinition(input: ReceiptInput, { tools, clean }: ReceiptTools): Definition {
  const { layout } = tools;
  const { page, margin, colours } = layout;
  const { receipt, language } = input;
  const words = receiptWords[language];
  const [file] = receipt.files;
  return {
    pageSize: { width: pt(page.width), height: pt(page.height) },
    pageMargins: { left: pt(margin.left), top: pt(margin.nextTop), right: pt(margin.right), bottom: pt(margin.bottom) },
    language: { sv: 'sv-SE', nb: 'nb-NO', en: 'en' }[language],
    info: {
      title: `${words.title} ${clean(file?.fileName ?? receipt.batchId)}`,
      author: clean(input.organisationName),
      subject: receipt.batchId,
      creator: 'Utskick',
      producer: 'Utskick (pdfmake)',
      creationDate: new Date(receipt.importedAtMs),
    },
    defaultStyle: { font: fontFamily, fontSize: size, color: colours.ink, lineHeight: 1.05 },
    content: [
      { text: words.title, fontSize: 18, bold: true, color: colours.accent, margin: [0, 0, 0, 8] },
      facts(input, { tools, clean }),
      heading(words.sums, tools),
      ...sumTables(input, tools),
      verdict(input, tools),
      heading(words.problems, tools),
      problemTable(input, { tools, clean }),
      ...(receipt.files.length > 1 ? [heading(words.files, tools), fileTable(input, { tools, clean })] : []),
    ],
  };
}

/** Who it is from at the top, which import and page at the foot. */
export function receiptOnPage(
  input: ReceiptInput,
  { tools, clean, place }: ReceiptTools & { readonly place: { readonly page: number; readonly pages: number } },
): FixedItem[] {
  const { page, margin, colours } = tools.layout;
  const left = pt(margin.left);
  const width = pt(page.width - margin.left - margin.right);
  const words = receiptWords[input.language];
  const muted = { size: 8, color: colours.muted, width: width / 2 };
  const foot = pt(page.height - 14);
  return [
    { kind: 'area', x: 0, y: 0, width: pt(page.width), height: pt(3), radius: 0, color: colours.accent },
    lineAt(
      tools,
      { x: left, y: pt(13), text: clean(input.organisationName) },
      { size: 9, bold: true, color: colours.accent, width },
    ),
    { kind: 'rule', x1: left, x2: left + width, y: foot - 5, color: colours.line, dash: 0 },
    lineAt(tools, { x: left, y: foot, text: `${words.batchId} ${input.receipt.batchId}` }, muted),
    lineAt(tools, { x: left + width / 2, y: foot, text: fillIn(words.page, place) }, { ...muted, align: 'right' }),
  ];
}

function heading(text: string, { layout }: PageTools): Node {
  return { text, fontSize: 11, bold: true, color: layout.colours.accent, margin: [0, 14, 0, 4] };
}

function facts({ receipt, language, importedAt }: ReceiptInput, { tools, clean }: ReceiptTools): Node {
  const words = receiptWords[language];
  const count = (value: number): string => writeCount(value, language);
  const [file] = receipt.files;
  const isOne = receipt.files.length === 1;
  const sizeBytes = receipt.files.reduce((sum, { sizeBytes: bytes }) => sum + bytes, 0);
  const period = formatPeriod(receipt.periodStart, receipt.periodEnd, language);
  const rows: readonly (readonly [string, string | null])[] = [
    isOne ? [words.file, clean(file?.fileName ?? '')] : [words.files, count(receipt.files.length)],
    [words.sha256, isOne ? (file?.sha256 ?? '') : null],
    [words.size, fillIn(words.bytes, { count: count(sizeBytes) })],
    [words.encoding, [...new Set(receipt.files.map(({ encoding }) => encoding.toUpperCase()))].join(', ')],
    [words.lines, isOne ? count(file?.lineCount ?? 0) : null],
    [words.format, [receipt.format, receipt.formatVersion].filter((part) => part !== null).join(' ')],
    [words.seller, receipt.sellerName === null ? null : clean(receipt.sellerName)],
    [words.period, period === '' ? null : period],
    [words.sourceBatchId, receipt.sourceBatchId === null ? null : clean(receipt.sourceBatchId)],
    [words.importedAt, importedAt],
    [words.importedBy, clean(receipt.importedBy)],
    [words.mode, words.modes[receipt.mode]],
    [words.state, words.states[receipt.state === 'keptBack' ? 'keptBack' : 'imported']],
  ];
  return {
    table: {
      widths: [pt(38), '*'],
      body: rows.flatMap(([name, value]): Node[][] =>
        value === null ? [] : [[{ text: name, color: tools.layout.colours.muted }, { text: value }]],
      ),
    },
    layout: plainTable({ lineAbove: () => false, color: tools.layout.colours.line, gap: 6, above: 1.4, below: 1.4 }),
  };
}

/** Parts, their sum, and what was read, in number and in each currency. Where sum and read differ both are red. */
function sumTables({ receipt, language }: ReceiptInput, tools: PageTools): Node[] {
  const words = receiptWords[language];
  const { imported, quarantined, skipped, read, money } = receipt;
  const groups = Array.from({ length: Math.max(1, Math.ceil(money.length / currenciesAbreast)) }, (_, index) =>
    money.slice(index * currenciesAbreast, (index + 1) * currenciesAbreast),
  );
  return groups.map((currencies, index): Node => {
    const amounts = (of: (row: (typeof money)[number]) => number): readonly string[] =>
      currencies.map((row) => writeMoney(of(row), row.currency, language));
    const isWrong = currencies.map((row) => row.readMinor !== row.importedMinor + row.quarantinedMinor);
    const wrongCells = [imported + quarantined + skipped !== read, ...isWrong];
    const row = (name: string, values: readonly string[], look: { bold?: boolean; checked?: boolean } = {}): Node[] => [
      { text: name, bold: look.bold ?? false },
      ...values.map((text, cell): Node => ({
        text,
        alignment: 'right',
        noWrap: true,
        bold: look.bold ?? false,
        ...(look.checked === true && wrongCells[cell] === true ? { color: wrong } : {}),
      })),
    ];
    const counts = [imported, quarantined, skipped, imported + quarantined + skipped, read].map((value) =>
      writeCount(value, language),
    );
    const head = [
      '',
      words.invoices,
      ...currencies.map(({ currency }) => (currency === '' ? words.noCurrency : currency)),
    ];
    const none = currencies.map(() => (skipped === 0 ? '' : '?'));
    return {
      margin: [0, index === 0 ? 0 : 8, 0, 0],
      table: {
        widths: ['*', pt(26), ...currencies.map(() => pt(38))],
        headerRows: 1,
        dontBreakRows: true,
        body: [
          head.map((text, cell): Node => ({
            text,
            fontSize: 7.5,
            color: tools.layout.colours.muted,
            alignment: cell === 0 ? 'left' : 'right',
          })),
          row(words.imported, [counts[0] ?? '', ...amounts(({ importedMinor }) => importedMinor)]),
          row(words.quarantined, [counts[1] ?? '', ...amounts(({ quarantinedMinor }) => quarantinedMinor)]),
          row(words.skipped, [counts[2] ?? '', ...none]),
          row(words.sum, [counts[3] ?? '', ...amounts((sums) => sums.importedMinor + sums.quarantinedMinor)], {
            bold: true,
            checked: true,
          }),
          row(words.read, [counts[4] ?? '', ...amounts(({ readMinor }) => readMinor)], { bold: true, checked: true }),
        ],
      },
      layout: plainTable({
        lineAbove: (line) => line === 1 || line === 4,
        color: tools.layout.colours.line,
        gap: 6,
        above: 2,
        below: 2,
      }),
    };
  });
}

/** One sentence where all is well, else every fault in red. */
function verdict({ receipt, language }: ReceiptInput, { layout }: PageTools): Node {
  const words = receiptWords[language];
  const withoutAmount: Node[] =
    receipt.withoutAmount === 0
      ? []
      : [
          {
            text: fillIn(words.withoutAmount, { count: writeCount(receipt.withoutAmount, language) }),
            margin: [0, 0, 0, 3],
          },
        ];
  const sentences: Node[] =
    receipt.faults.length === 0
      ? [{ text: words.addsUp, color: layout.colours.muted }]
      : [
          { text: words.doesNotAddUp, bold: true, fontSize: 10, color: wrong, margin: [0, 0, 0, 2] },
          ...receipt.faults.map((fault): Node => ({ text: wordsForFault(fault, language), color: wrong })),
        ];
  return { margin: [0, 7, 0, 0], stack: [...withoutAmount, ...sentences] };
}

function problemTable({ receipt, language }: ReceiptInput, { tools, clean }: ReceiptTools): Node {
  const words = receiptWords[language];
  const { colours } = tools.layout;
  if (receipt.problems.length === 0) return { text: words.noProblems, color: colours.muted };
  const head = (text: string, alignment: 'left' | 'right' = 'left'): Node => ({
    text,
    alignment,
    fontSize: 7.5,
    color: colours.muted,
  });
  const number = (value: number): Node => ({ text: writeCount(value, language), alignment: 'right', noWrap: true });
  return {
    table: {
      widths: [pt(20), '*', pt(52), pt(17), pt(17)],
      headerRows: 1,
      dontBreakRows: true,
      body: [
        [
          head(words.severityHead),
          head(words.cause),
          head(words.rule),
          head(words.count, 'right'),
          head(words.inInvoices, 'right'),
        ],
        ...receipt.problems.map(({ ruleId, severity, count, invoiceCount }): Node[] => [
          { text: words.severity[severity], ...(severity === 'error' ? { color: wrong } : {}) },
          { text: clean(wordsForProblem({ ruleId, found: null, expected: null, params: {} }, language).title) },
          { text: clean(ruleId), fontSize: 7.5, color: colours.muted },
          number(count),
          number(invoiceCount),
        ]),
      ],
    },
    layout: plainTable({ lineAbove: (row) => row === 1, color: colours.line, gap: 6, above: 1.8, below: 1.8 }),
  };
}

function fileTable({ receipt, language }: ReceiptInput, { tools, clean }: ReceiptTools): Node {
  const words = receiptWords[language];
  const { colours } = tools.layout;
  const shown = receipt.files.slice(0, mostFiles);
  const left = receipt.files.length - shown.length;
  const head = (text: string, alignment: 'left' | 'right' = 'left'): Node => ({
    text,
    alignment,
    fontSize: 7.5,
    color: colours.muted,
  });
  const more: Node[][] =
    left === 0
      ? []
      : [[{ text: fillIn(words.moreFiles, { count: writeCount(left, language) }) }, { text: '' }, { text: '' }]];
  return {
    table: {
      widths: ['*', pt(26), pt(20)],
      headerRows: 1,
      dontBreakRows: true,
      body: [
        [head(`${words.file}, ${words.sha256}`), head(words.size, 'right'), head(words.invoices, 'right')],
        ...shown.map((file): Node[] => [
          {
            stack: [{ text: clean(file.fileName) }, { text: file.sha256, fontSize: 6.8, color: colours.muted }],
          },
          { text: fillIn(words.bytes, { count: writeCount(file.sizeBytes, language) }), alignment: 'right' },
          { text: writeCount(file.invoices, language), alignment: 'right' },
        ]),
        ...more,
      ],
    },
    layout: plainTable({ lineAbove: (row) => row === 1, color: colours.line, gap: 6, above: 1.8, below: 1.8 }),
  };
}

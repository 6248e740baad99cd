// The import receipt on paper: from which bytes, by whom, what came in, whether it adds up, and the problems by rule. No rendering here.

import type { ReceiptInput } from '../ports/documents.ts';
import { wordsForProblem } from '../../shared/words/problem-words.ts';
import { wordsForFault } from '../../shared/words/receipt-faults.ts';
import { receiptWords } from '../../shared/words/receipt-words.ts';
import { fillIn } from '../../shared/words/report-words.ts';
import { writeCount, writeMoney } from '../../shared/words/value-words.ts';
import { formatPeriod } from './format-values.ts';
import { pt } from './layout.ts';
import { plainTable } from './page-tools.ts';
import type { PageTools } from './page-tools.ts';
import type { Node } from './pdfmake-parts.ts';
import { currenciesAbreast, factTable, headCell, heading, mostFiles, verdict, wrong } from './report-page.ts';
import type { ReportFrame, ReportTools } from './report-page.ts';

/** The import receipt, dated with the day of the import. */
export const receiptReport = {
  frame: ({ receipt, language, organisationName }: ReceiptInput): ReportFrame => ({
    title: receiptWords[language].title,
    fileName: receipt.files[0]?.fileName ?? null,
    batchId: receipt.batchId,
    organisationName,
    language,
    datedMs: receipt.importedAtMs,
  }),
  content: (input: ReceiptInput, { tools, clean }: ReportTools): Node[] => {
    const { receipt, language } = input;
    const words = receiptWords[language];
    const faults = receipt.faults.map((fault) => wordsForFault(fault, language));
    return [
      facts(input, { tools, clean }),
      heading(words.sums, tools),
      ...sumTables(input, tools),
      verdict({ ...words, faults, withoutAmount: receipt.withoutAmount, language }, tools),
      heading(words.problems, tools),
      problemTable(input, { tools, clean }),
      ...(receipt.files.length > 1 ? [heading(words.files, tools), fileTable(input, { tools, clean })] : []),
    ];
  },
};

function facts({ receipt, language, importedAt }: ReceiptInput, { tools, clean }: ReportTools): Node {
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
  return factTable(rows, 38, tools);
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
    const none = skipped === 0 ? amounts(() => 0) : currencies.map(() => '?');
    return {
      margin: [0, index === 0 ? 0 : 8, 0, 0],
      table: {
        widths: ['*', pt(26), ...currencies.map(() => pt(38))],
        headerRows: 1,
        dontBreakRows: true,
        body: [
          head.map((text, cell): Node => headCell(text, tools, cell === 0 ? 'left' : 'right')),
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

function problemTable({ receipt, language }: ReceiptInput, { tools, clean }: ReportTools): Node {
  const words = receiptWords[language];
  const { colours } = tools.layout;
  if (receipt.problems.length === 0) return { text: words.noProblems, color: colours.muted };
  const number = (value: number): Node => ({ text: writeCount(value, language), alignment: 'right', noWrap: true });
  return {
    table: {
      widths: [pt(20), '*', pt(52), pt(17), pt(17)],
      headerRows: 1,
      dontBreakRows: true,
      body: [
        [
          headCell(words.severityHead, tools),
          headCell(words.cause, tools),
          headCell(words.rule, tools),
          headCell(words.count, tools, 'right'),
          headCell(words.inInvoices, tools, 'right'),
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

function fileTable({ receipt, language }: ReceiptInput, { tools, clean }: ReportTools): Node {
  const words = receiptWords[language];
  const { colours } = tools.layout;
  const shown = receipt.files.slice(0, mostFiles);
  const left = receipt.files.length - shown.length;
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
        [
          headCell(`${words.file}, ${words.sha256}`, tools),
          headCell(words.size, tools, 'right'),
          headCell(words.invoices, tools, 'right'),
        ],
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

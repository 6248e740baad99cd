// A batch's proof on paper: from which bytes, where every invoice is, whether it adds up, who did what. The import receipt's look. No rendering here.

import type { ProofInput } from '../ports/documents.ts';
import type { BatchProof } from '../../shared/schema/proof.ts';
import { wordsForProofFault } from '../../shared/words/proof-faults.ts';
import { proofWords } from '../../shared/words/proof-words.ts';
import { receiptWords } from '../../shared/words/receipt-words.ts';
import { fillIn } from '../../shared/words/report-words.ts';
import { writeCount, writeMoney } from '../../shared/words/value-words.ts';
import { pt } from './layout.ts';
import { plainTable } from './page-tools.ts';
import type { PageTools } from './page-tools.ts';
import type { Node } from './pdfmake-parts.ts';
import { currenciesAbreast, factTable, headCell, heading, mostFiles, verdict, wrong } from './report-page.ts';
import type { ReportFrame, ReportTools } from './report-page.ts';

type Row = {
  readonly name: string;
  readonly cells: readonly string[];
  readonly isBold?: boolean;
  readonly red?: readonly boolean[];
};

/** A batch's proof, dated with the last change of the batch. */
export const proofReport = {
  frame: ({ proof, language, organisationName }: ProofInput): ReportFrame => ({
    title: proofWords[language].title,
    fileName: proof.files[0]?.fileName ?? null,
    batchId: proof.batchId,
    organisationName,
    language,
    datedMs: proof.asOfMs,
  }),
  content: (input: ProofInput, { tools, clean }: ReportTools): Node[] => {
    const { proof, language } = input;
    const words = proofWords[language];
    const faults = proof.faults.map((fault) => wordsForProofFault(fault, language));
    return [
      facts(input, { tools, clean }),
      heading(words.sums, tools),
      ...sumTables(input, tools),
      verdict({ ...words, faults, withoutAmount: proof.withoutAmount, language }, tools),
      heading(words.acts, tools),
      actTable(input, { tools, clean }),
      ...(proof.files.length > 1
        ? [heading(receiptWords[language].files, tools), fileTable(input, { tools, clean })]
        : []),
    ];
  },
};

function facts({ proof, language, importedAt, asOf }: ProofInput, { tools, clean }: ReportTools): Node {
  const words = proofWords[language];
  const file = receiptWords[language];
  const count = (value: number): string => writeCount(value, language);
  const [first] = proof.files;
  const isOne = proof.files.length === 1;
  const { accepted } = proof;
  const rows: readonly (readonly [string, string | null])[] = [
    [words.asOf, asOf],
    isOne ? [file.file, clean(first?.fileName ?? '')] : [file.files, count(proof.files.length)],
    [file.sha256, isOne ? (first?.sha256 ?? '') : null],
    [file.format, [proof.format, proof.formatVersion].filter((part) => part !== null).join(' ')],
    [file.seller, proof.sellerName === null ? null : clean(proof.sellerName)],
    [file.sourceBatchId, proof.sourceBatchId === null ? null : clean(proof.sourceBatchId)],
    [file.importedAt, importedAt],
    [file.importedBy, clean(proof.importedBy)],
    [words.documents, count(proof.documents.count)],
    [words.documentList, proof.documents.count === 0 ? null : proof.documents.sha256],
    ['', proof.documents.count === 0 ? null : words.documentListText],
    [
      words.accepted,
      fillIn(words.acceptedText, {
        count: count(accepted.count),
        receipts: count(accepted.withReceipt),
        word: count(accepted.byWord),
      }),
    ],
  ];
  return factTable(rows, 48, tools);
}

/** Every bucket, their sum, and what was read, in number and in each currency. Where the sums differ both are red. */
function sumTables({ proof, language }: ProofInput, tools: PageTools): Node[] {
  const groups = Array.from({ length: Math.max(1, Math.ceil(proof.money.length / currenciesAbreast)) }, (_, index) =>
    proof.money.slice(index * currenciesAbreast, (index + 1) * currenciesAbreast),
  );
  return groups.map((currencies, index): Node => {
    const rows = sumRows(proof, currencies, language);
    const noCurrency = receiptWords[language].noCurrency;
    const head = ['', receiptWords[language].invoices, ...currencies.map(({ currency }) => currency || noCurrency)];
    return {
      margin: [0, index === 0 ? 0 : 8, 0, 0],
      table: {
        widths: ['*', pt(26), ...currencies.map(() => pt(38))],
        headerRows: 1,
        dontBreakRows: true,
        body: [
          head.map((text, cell): Node => headCell(text, tools, cell === 0 ? 'left' : 'right')),
          ...rows.map(({ name, cells, isBold = false, red }): Node[] => [
            { text: name, bold: isBold },
            ...cells.map((text, cell): Node => ({
              text,
              alignment: 'right',
              noWrap: true,
              bold: isBold,
              ...(red?.[cell] === true ? { color: wrong } : {}),
            })),
          ]),
        ],
      },
      layout: plainTable({
        lineAbove: (line) => line === 1 || line === proof.buckets.length + 1,
        color: tools.layout.colours.line,
        gap: 6,
        above: 2,
        below: 2,
      }),
    };
  });
}

function sumRows(proof: BatchProof, currencies: BatchProof['money'], language: ProofInput['language']): Row[] {
  const words = proofWords[language];
  const count = (value: number): string => writeCount(value, language);
  const amounts = (of: (row: BatchProof['money'][number]) => number): string[] =>
    currencies.map((row) => writeMoney(of(row), row.currency, language));
  const sum = proof.buckets.reduce((total, bucket) => total + bucket.count, 0);
  const red = [
    sum !== proof.read,
    ...currencies.map(({ importedMinor, changedMinor, rowsMinor }) => importedMinor + changedMinor !== rowsMinor),
  ];
  const hasChanges = proof.money.some(({ changedMinor }) => changedMinor !== 0);
  const changes: Row[] = hasChanges
    ? [
        { name: words.imported, cells: ['', ...amounts(({ importedMinor }) => importedMinor)] },
        { name: words.corrected, cells: ['', ...amounts(({ changedMinor }) => changedMinor)] },
      ]
    : [];
  return [
    ...proof.buckets.map(({ bucket, count: invoices, sums }): Row => ({
      name: words.buckets[bucket],
      cells: [
        count(invoices),
        ...currencies.map(({ currency }) =>
          bucket === 'skipped'
            ? invoices === 0
              ? ''
              : '?'
            : writeMoney(sums.find((each) => each.currency === currency)?.amountMinor ?? 0, currency, language),
        ),
      ],
    })),
    { name: words.sum, cells: [count(sum), ...amounts(({ rowsMinor }) => rowsMinor)], isBold: true, red },
    ...changes,
    {
      name: hasChanges ? words.equation : words.read,
      cells: [count(proof.read), ...amounts(({ importedMinor, changedMinor }) => importedMinor + changedMinor)],
      isBold: true,
      red,
    },
  ];
}

function actTable({ proof, language, actTimes }: ProofInput, { tools, clean }: ReportTools): Node {
  const words = proofWords[language];
  return {
    table: {
      widths: ['*', pt(26), pt(20), pt(41), pt(41)],
      headerRows: 1,
      dontBreakRows: true,
      body: [
        [
          headCell(words.act, tools),
          headCell(words.actor, tools),
          headCell(receiptWords[language].invoices, tools, 'right'),
          headCell(words.first, tools),
          headCell(words.last, tools),
        ],
        ...proof.acts.map(({ kind, actor, invoices }, index): Node[] => {
          const { first = '', last = '' } = actTimes[index] ?? {};
          return [
            { text: words.actNames[kind] },
            { text: clean(actor) },
            { text: writeCount(invoices, language), alignment: 'right' },
            { text: first, noWrap: true },
            { text: last === first ? '' : last, noWrap: true },
          ];
        }),
      ],
    },
    layout: plainTable({
      lineAbove: (row) => row === 1,
      color: tools.layout.colours.line,
      gap: 6,
      above: 1.8,
      below: 1.8,
    }),
  };
}

function fileTable({ proof, language }: ProofInput, { tools, clean }: ReportTools): Node {
  const words = receiptWords[language];
  const { colours } = tools.layout;
  const left = proof.files.length - mostFiles;
  const more =
    left <= 0 ? [] : [[{ text: fillIn(words.moreFiles, { count: writeCount(left, language) }) }, { text: '' }]];
  return {
    table: {
      widths: ['*', pt(20)],
      headerRows: 1,
      dontBreakRows: true,
      body: [
        [headCell(`${words.file}, ${words.sha256}`, tools), headCell(words.invoices, tools, 'right')],
        ...proof.files
          .slice(0, mostFiles)
          .map((file): Node[] => [
            { stack: [{ text: clean(file.fileName) }, { text: file.sha256, fontSize: 6.8, color: colours.muted }] },
            { text: writeCount(file.invoices, language), alignment: 'right' },
          ]),
        ...more,
      ],
    },
    layout: plainTable({ lineAbove: (row) => row === 1, color: colours.line, gap: 6, above: 1.8, below: 1.8 }),
  };
}

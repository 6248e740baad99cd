// A batch's proof on paper: from which bytes, where every invoice is, whether it adds up, who did what. The import receipt's look. No rendering here.

import type { ProofInput } from '../ports/documents.ts';
import type { BatchProof } from '../../shared/schema/proof.ts';
import { wordsForProofFault } from '../../shared/words/proof-faults.ts';
import { proofWords } from '../../shared/words/proof-words.ts';
import { receiptWords } from '../../shared/words/receipt-words.ts';
import { fillIn } from '../../shared/words/report-words.ts';
import { writeCount, writeMoney } from '../../shared/words/value-words.ts';
import type { CleanText } from './clean-text.ts';
import type { FixedItem } from './fixed-items.ts';
import { fontFamily } from './fonts.ts';
import { pt } from './layout.ts';
import { lineAt, plainTable } from './page-tools.ts';
import type { PageTools } from './page-tools.ts';
import type { Definition, Node } from './pdfmake-parts.ts';

/** What the proof is drawn with. */
export interface ProofTools {
  readonly tools: PageTools;
  readonly clean: CleanText;
}

type Row = {
  readonly name: string;
  readonly cells: readonly string[];
  readonly isBold?: boolean;
  readonly red?: readonly boolean[];
};

/** Red for what does not add up; dark enough to read in print. */
const wrong = '#B3232B';
/** More files than this make a proof nobody reads; they are counted. */
const mostFiles = 500;
/** Currencies beside each other; more are put below. */
const currenciesAbreast = 3;

/** What flows, as a definition to print once. The file is dated with the last change of the batch. */
export function proofDefinition(input: ProofInput, { tools, clean }: ProofTools): Definition {
  const { page, margin, colours } = tools.layout;
  const { proof, language } = input;
  const words = proofWords[language];
  const [file] = proof.files;
  return {
    pageSize: { width: pt(page.width), height: pt(page.height) },
    pageMargins: { left: pt(margin.left), top: pt(margin.nextTop), right: pt(margin.right), bottom: pt(margin.bottom) },
    language: { sv: 'sv-SE', nb: 'nb-NO', en: 'en' }[language],
    info: {
      title: `${words.title} ${clean(file?.fileName ?? proof.batchId)}`,
      author: clean(input.organisationName),
      subject: proof.batchId,
      creator: 'Utskick',
      producer: 'Utskick (pdfmake)',
      creationDate: new Date(proof.asOfMs),
    },
    defaultStyle: { font: fontFamily, fontSize: 8.5, color: colours.ink, lineHeight: 1.05 },
    content: [
      { text: words.title, fontSize: 18, bold: true, color: colours.accent, margin: [0, 0, 0, 8] },
      facts(input, { tools, clean }),
      heading(words.sums, tools),
      ...sumTables(input, tools),
      verdict(input, tools),
      heading(words.acts, tools),
      actTable(input, { tools, clean }),
      ...(proof.files.length > 1
        ? [heading(receiptWords[language].files, tools), fileTable(input, { tools, clean })]
        : []),
    ],
  };
}

/** Who it is from at the top, which import and page at the foot. */
export function proofOnPage(
  input: ProofInput,
  { tools, clean, place }: ProofTools & { readonly place: { readonly page: number; readonly pages: number } },
): FixedItem[] {
  const { page, margin, colours } = tools.layout;
  const left = pt(margin.left);
  const width = pt(page.width - margin.left - margin.right);
  const words = proofWords[input.language];
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
    lineAt(tools, { x: left, y: foot, text: `${words.batchId} ${input.proof.batchId}` }, muted),
    lineAt(tools, { x: left + width / 2, y: foot, text: fillIn(words.page, place) }, { ...muted, align: 'right' }),
  ];
}

function heading(text: string, { layout }: PageTools): Node {
  return { text, fontSize: 11, bold: true, color: layout.colours.accent, margin: [0, 14, 0, 4] };
}

function facts({ proof, language, importedAt, asOf }: ProofInput, { tools, clean }: ProofTools): Node {
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
  return {
    table: {
      widths: [pt(48), '*'],
      body: rows.flatMap(([name, value]): Node[][] =>
        value === null ? [] : [[{ text: name, color: tools.layout.colours.muted }, { text: value }]],
      ),
    },
    layout: plainTable({ lineAbove: () => false, color: tools.layout.colours.line, gap: 6, above: 1.4, below: 1.4 }),
  };
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

/** One sentence where all is well, else every fault in red. */
function verdict({ proof, language }: ProofInput, { layout }: PageTools): Node {
  const words = proofWords[language];
  const withoutAmount: Node[] =
    proof.withoutAmount === 0
      ? []
      : [
          {
            text: fillIn(receiptWords[language].withoutAmount, { count: writeCount(proof.withoutAmount, language) }),
            margin: [0, 0, 0, 3],
          },
        ];
  const sentences: Node[] =
    proof.faults.length === 0
      ? [{ text: words.addsUp, color: layout.colours.muted }]
      : [
          { text: words.doesNotAddUp, bold: true, fontSize: 10, color: wrong, margin: [0, 0, 0, 2] },
          ...proof.faults.map((fault): Node => ({ text: wordsForProofFault(fault, language), color: wrong })),
        ];
  return { margin: [0, 7, 0, 0], stack: [...withoutAmount, ...sentences] };
}

function actTable({ proof, language, actTimes }: ProofInput, { tools, clean }: ProofTools): Node {
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

function fileTable({ proof, language }: ProofInput, { tools, clean }: ProofTools): Node {
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

function headCell(text: string, { layout }: PageTools, alignment: 'left' | 'right' = 'left'): Node {
  return { text, alignment, fontSize: 7.5, color: layout.colours.muted };
}

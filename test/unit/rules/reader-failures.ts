// One document that passes and one that fails each rule of the reader, on the file and its values, and where. Data for reader-rules.test.ts.

import type { RuleId } from '../../../src/shared/words/rule-facts.ts';
import { batchText, invoiceText } from '../formats/gasel-text.ts';
import { placeOf } from '../formats/read-text.ts';

/** A rule with what it takes and what it objects to. */
export interface ReaderFailure {
  readonly id: RuleId;
  /** A document that it was asked about and passed. */
  readonly good: string | Uint8Array;
  readonly bad: string | Uint8Array;
  /** 1-based; null for a rule that is about no place in the file. */
  readonly place: { readonly line: number; readonly column: number } | null;
}

const base = batchText([invoiceText(), invoiceText({ id: '1002' })]);

/** A fault put into the base; `good` is another text in the same place that is no fault. */
function at(
  id: RuleId,
  [from, to, good = from]: readonly [string, string, string?],
  [needle, skip = 0]: readonly [string, number?],
): ReaderFailure {
  if (!base.includes(from)) throw new Error(`the base has no ${from}`);
  const bad = base.replace(from, () => to);
  return { id, good: base.replace(from, () => good), bad, place: placeOf(bad, needle, skip) };
}

const csvHead = 'customer_id,email,invoice_number,amount,currency,due_date\n';
const csv = (row: string): string =>
  `${csvHead}${row}${Array.from({ length: 20 }, (_, index) => `C-${String(index)},c${String(index)}@example.com,N-${String(index)},100.00,SEK,2026-12-15\n`).join('')}`;
const csvRow = 'C-99,a@example.com,N-99,100.00,SEK,2026-12-15\n';

const sendRegning = (type: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<invoices batchId="b-1">\n<!--${' '.repeat(1_000)}-->\n<invoice clientId="1"><name>Ola Nordmann</name><zip>0150</zip><city>Oslo</city><lines><line><itemNo>1</itemNo><qty>1</qty><desc>Nett</desc><unitPrice>100</unitPrice><tax>25</tax></line></lines><optional><invoiceType>${type}</invoiceType><invoiceDate>21.11.26</invoiceDate></optional></invoice>\n</invoices>\n`;

const swedwise = `<?xml version="1.0" encoding="UTF-8"?>\n<statements>\n<!--${' '.repeat(1_000)}-->\n<statement><customer><id>C-1</id></customer></statement>\n</statements>\n`;

const latin = base.replace('UTF-8', 'ISO-8859-1');

/** The first byte of the base that is no UTF-8: a letter of Windows-1252 in a street's name. */
const badByte: ReaderFailure = {
  id: 'core.encoding',
  good: Buffer.from(latin, 'latin1'),
  bad: Buffer.from(base, 'latin1'),
  place: placeOf(base, 'Elvägen', 'Elv'.length),
};

/** The file as it came, and its values. */
export const readerFailures: readonly ReaderFailure[] = [
  at('core.xml.wellformed', ['Åsa Öberg', 'Åsa & Öberg', 'Åsa &amp; Öberg'], ['& Öberg']),
  at('core.xml.doctype', ['<InvoiceBatch', '<!DOCTYPE a>\n<InvoiceBatch', '<!-- a -->\n<InvoiceBatch'], ['<!DOCTYPE']),
  at(
    'core.xml.limit',
    [
      '    <InvoiceLine>',
      `${'<d>'.repeat(127)}${'</d>'.repeat(127)}    <InvoiceLine>`,
      `${'<d>'.repeat(126)}${'</d>'.repeat(126)}    <InvoiceLine>`,
    ],
    ['<d></d>'],
  ),
  badByte,
  { id: 'core.csv.columns', good: csv(csvRow), bad: csv('C-99,a@example.com,N-99\n'), place: { line: 2, column: 1 } },
  {
    id: 'core.csv.quote',
    good: csv(csvRow.replace('N-99', '"N-""99"')),
    bad: csv(csvRow.replace('N-99', '"N-"99')),
    place: placeOf(csv(csvRow.replace('N-99', '"N-"99')), '"N-"99', 4),
  },
  { id: 'core.file.size', good: base, bad: base.slice(0, 1_000), place: null },
  at('core.format.unsupported', ['electricity:invoice:1.0', 'electricity:invoice:9.0'], ['<InvoiceBatch']),
  { id: 'core.format.incomplete', good: base, bad: swedwise, place: placeOf(swedwise, '<statement>') },
  at('core.batch.count', ['<InvoiceCount>2', '<InvoiceCount>3'], ['>3<', 1]),
  at('core.batch.total', ['>1000.00<', '>999.00<'], ['999.00']),
  at('core.required', ['<ID>1001</ID>', ''], ['  <Invoice>', 2]),
  at('core.type.date', ['2026-12-06', '2026-02-30', '2026-12-07'], ['2026-02-30']),
  at('core.type.decimal', ['<PayableAmount>500.00', '<PayableAmount>500,00', '<PayableAmount>500.0'], ['500,00']),
  at('core.type.integer', ['<InvoiceCount>2', '<InvoiceCount>two'], ['two']),
  at('core.type.currency', ['<DocumentCurrencyCode>SEK', '<DocumentCurrencyCode>kr'], ['>kr<', 1]),
  {
    id: 'core.type.value',
    good: sendRegning('ordinary'),
    bad: sendRegning('normal'),
    place: placeOf(sendRegning('normal'), 'normal'),
  },
  {
    id: 'core.duplicate.batch',
    good: base,
    bad: base.replace('1002', '1001'),
    place: placeOf(base, '1002'),
  },
];

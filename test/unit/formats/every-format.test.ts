// Every format: detected, read, added up, with the exact place of its fields, and one planted error found where it stands.

import { describe, expect, it } from 'vitest';
import { generateSampleBatch, generateSampleFiles } from '../../../src/main/domain/sample/generate-sample-batch.ts';
import { plantedErrors } from '../../../src/main/domain/sample/planted-errors.ts';
import { sampleFormats, sampleWriters } from '../../../src/main/domain/sample/sample-formats.ts';
import type { SampleFormat } from '../../../src/main/domain/sample/sample-formats.ts';
import { createReadInvoiceSlice } from '../../../src/main/formats/read-invoice-slice.ts';
import type { FieldPlace, Invoice } from '../../../src/shared/schema/invoice.ts';
import { placeOf, readContent, resourcesDir } from './read-text.ts';
import type { ReadOutcome } from './read-text.ts';

interface ReadDocument extends ReadOutcome {
  readonly text: string;
  readonly invoice: Invoice;
  readonly places: readonly FieldPlace[];
}

/** One of a sample's documents: the whole batch, or the first file. Invoice 2 of the batch, 1 of the files, is looked at. */
async function readSample(format: SampleFormat): Promise<ReadDocument> {
  const options = { invoices: 6, errors: 0, seed: 3, format };
  const [file] = sampleWriters[format].isSingleInvoice ? [...generateSampleFiles(options)].slice(4) : [];
  return readDocument(file?.text ?? [...generateSampleBatch(options)].join(''), file === undefined ? 4 : 0);
}

async function readDocument(text: string, ordinal = 0): Promise<ReadDocument> {
  const outcome = await readContent(text);
  const row = outcome.rows[ordinal];
  if (!outcome.result.ok || row === undefined) throw new Error(JSON.stringify(outcome.result));
  const bytes = Buffer.from(text).subarray(row.byteOffset, row.byteOffset + row.byteLength);
  const slice = createReadInvoiceSlice({ resourcesDir })(bytes, row, outcome.result.file.context);
  if (!slice.ok) throw new Error(JSON.stringify(slice.error));
  return { ...outcome, text, ...slice.value };
}

const sums = {
  lineNetMinor: 149_650,
  netMinor: 149_650,
  vatMinor: 37_413,
  grossMinor: 187_063,
  roundingMinor: 37,
  payableMinor: 187_100,
};

/** The fifth invoice of seed 3 is what every format writes; what differs is the standard's own. */
const expected: Readonly<
  Record<
    Exclude<SampleFormat, `${string}-creditnote`>,
    { readonly name: readonly [string, string]; readonly totals: Partial<Invoice['totals']> }
  >
> = {
  gasel: { name: ['GASEL', '1.0'], totals: {} },
  xellent: { name: ['XELLENT', '1'], totals: {} },
  zynergy: { name: ['ZYNERGY', '1'], totals: {} },
  ubl: { name: ['UBL', '2.1'], totals: {} },
  'en-16931': { name: ['EN 16931', '2017'], totals: {} },
  'peppol-bis': { name: ['Peppol BIS', '3.0'], totals: {} },
  ehf: { name: ['EHF', '3.0'], totals: {} },
  'ehf-forward-billing': { name: ['EHF', '3.0 forward billing'], totals: {} },
  'ehf-2': { name: ['EHF', '2.0'], totals: {} },
  oioubl: { name: ['OIOUBL', '2'], totals: { netMinor: null } },
  svefaktura: { name: ['Svefaktura', '1.0'], totals: {} },
  swedwise: { name: ['Swedwise', 'statements'], totals: { roundingMinor: null, payableMinor: 187_063 } },
  sendregning: {
    name: ['SendRegning', 'invoices'],
    totals: {
      lineNetMinor: null,
      netMinor: null,
      vatMinor: null,
      grossMinor: null,
      roundingMinor: null,
      payableMinor: null,
    },
  },
};

/** A credit note says the same as the invoice of its standard. */
function expectedOf(format: SampleFormat): (typeof expected)[keyof typeof expected] {
  const invoice = Object.entries(expected).find(([name]) => name === format.replace(/-creditnote$/u, ''))?.[1];
  if (invoice === undefined) throw new Error(`nothing is known of ${format}`);
  return invoice;
}

/** Formats that lack what an invoice needs; each of their invoices says so and nothing else. */
const incomplete: readonly SampleFormat[] = ['swedwise', 'sendregning'];

describe.each(sampleFormats)('%s', (format) => {
  it('is told by namespace, root and what the document says, and adds up', async () => {
    const { result, problems } = await readSample(format);
    const [name, formatVersion] = expectedOf(format).name;
    expect(result).toMatchObject({ ok: true, file: { format: name, formatVersion, problems: [] } });
    const wrong = problems.filter(({ severity }) => severity !== 'info').map(({ ruleId }) => ruleId);
    expect([...new Set(wrong)]).toEqual(incomplete.includes(format) ? ['core.format.incomplete'] : []);
  });

  it('is read with the same values as every other format', async () => {
    const gasel = await readSample('gasel');
    const { invoice } = await readSample(format);
    const own = expectedOf(format).totals;
    const totals = { ...gasel.invoice.totals, ...own };
    if (format === 'swedwise') totals.grossMinor = totals.payableMinor = gasel.invoice.totals.grossMinor;
    expect(invoice.kind).toBe(format.endsWith('-creditnote') ? 'creditNote' : 'invoice');
    expect(invoice.totals).toEqual(totals);
    expect(invoice.customerId).toBe('K200004');
    expect(invoice.dueDate).toBe('2026-12-21');
    expect(invoice.invoiceDate).toBe(format === 'swedwise' ? null : '2026-11-21');
    expect(invoice.buyer.name).toBe(format === 'swedwise' ? null : gasel.invoice.buyer.name);
    expect(invoice.buyer.email).toBe(gasel.invoice.buyer.email);
    if (format !== 'swedwise')
      expect(
        invoice.lines.map(({ quantity, unitPrice, netMinor, vatRate }) => [quantity, unitPrice, netMinor, vatRate]),
      ).toEqual(
        gasel.invoice.lines.map(({ quantity, unitPrice, netMinor, vatRate }) => [
          quantity,
          unitPrice,
          netMinor,
          vatRate,
        ]),
      );
    if (!incomplete.includes(format)) {
      expect(invoice.invoiceNumber).toBe('100300004');
      expect(invoice.vat).toMatchObject([{ rate: '25', taxMinor: gasel.invoice.totals.vatMinor }]);
      expect(invoice.payment.reference).toBe(gasel.invoice.payment.reference);
    }
  });

  it('shows every field at the line and column where its text stands', async () => {
    const { text, places } = await readSample(format);
    const lines = text.split('\n').map((line) => Array.from(line));
    expect(places.length).toBeGreaterThan(10);
    for (const place of places)
      expect([place.field, lines[place.line - 1]?.slice(place.column - 1, place.endColumn - 1).join('')]).toEqual([
        place.field,
        place.text,
      ]);
  });
});

/** For each format an error in a file, and what is found: rule, place of `needle`, path. */
const planted: readonly {
  readonly format: SampleFormat;
  readonly from: RegExp;
  readonly to: string;
  readonly ruleId: string;
  readonly needle: string;
  readonly path: string;
}[] = [
  {
    format: 'xellent',
    from: /<SumTax>[\d.]+<\/SumTax>/u,
    to: '<SumTax>1 0</SumTax>',
    ruleId: 'core.type.decimal',
    needle: '1 0<',
    path: 'CustInvoiceJour[0]/SumTax',
  },
  {
    format: 'zynergy',
    from: /toPay="[\d.]+"/u,
    to: 'toPay="9999.00"',
    ruleId: 'core.total.payable',
    needle: '9999.00',
    path: 'Bill[0]/Sum/@toPay',
  },
  {
    format: 'peppol-bis',
    from: /<cbc:DueDate>[\d-]+/u,
    to: '<cbc:DueDate>2026-02-30',
    ruleId: 'core.type.date',
    needle: '2026-02-30',
    path: 'Invoice[0]/cbc:DueDate',
  },
  {
    format: 'ehf',
    from: /TaxInclusiveAmount currencyID="NOK">[\d.]+/u,
    to: 'TaxInclusiveAmount currencyID="NOK">7777.00',
    ruleId: 'BR-CO-15',
    needle: '7777.00',
    path: 'Invoice[0]/cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount',
  },
  {
    format: 'ehf-2',
    from: /TaxInclusiveAmount currencyID="NOK">[\d.]+/u,
    to: 'TaxInclusiveAmount currencyID="NOK">7777.00',
    ruleId: 'core.total.gross',
    needle: '7777.00',
    path: 'Invoice[0]/cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount',
  },
  {
    format: 'oioubl',
    from: /TaxExclusiveAmount currencyID="DKK">[\d.]+/u,
    to: 'TaxExclusiveAmount currencyID="DKK">5050.00',
    ruleId: 'core.vat.sum',
    needle: '5050.00',
    path: 'Invoice[0]/cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount',
  },
  {
    format: 'svefaktura',
    from: /TaxInclusiveTotalAmount amountCurrencyID="SEK">[\d.]+/u,
    to: 'TaxInclusiveTotalAmount amountCurrencyID="SEK">6666.00',
    ruleId: 'core.total.gross',
    needle: '6666.00',
    path: 'Invoice[0]/cac:LegalTotal/cbc:TaxInclusiveTotalAmount',
  },
  {
    format: 'swedwise',
    from: /<total>[\d.]+/u,
    to: '<total>5555.00',
    ruleId: 'core.total.gross',
    needle: '5555.00',
    path: 'statement[0]/charges/total',
  },
  {
    format: 'sendregning',
    from: /<dueDate>[\d.]+/u,
    to: '<dueDate>31.02.26',
    ruleId: 'core.type.date',
    needle: '31.02.26',
    path: 'invoice[0]/optional/dueDate',
  },
];

/** A credit note names what it credits, where its format has a place for it. */
describe('the credited invoice’s number', () => {
  it.each([
    [
      'svefaktura',
      /(<InvoiceTypeCode>)380(<\/InvoiceTypeCode>)/u,
      '$1381$2',
      /<cac:BuyerParty>/u,
      '<InitialInvoiceDocumentReference><cac:ID>4711</cac:ID></InitialInvoiceDocumentReference><cac:BuyerParty>',
    ],
    [
      'sendregning',
      /<optional>/u,
      '<optional><invoiceType>credit</invoiceType>',
      /<orderNo>/u,
      '<creditedId>4711</creditedId><orderNo>',
    ],
  ] as const)('is read from %s', async (format, from, to, before, reference) => {
    const options = { invoices: 1, errors: 0, seed: 3, format };
    const text = sampleWriters[format].isSingleInvoice
      ? ([...generateSampleFiles(options)][0]?.text ?? '')
      : [...generateSampleBatch(options)].join('');
    const { invoice } = await readDocument(text.replace(from, to).replace(before, reference));
    expect(invoice).toMatchObject({ kind: 'creditNote', creditedInvoiceNumber: '4711' });
  });
});

describe('a planted error', () => {
  it.each(planted.map((each) => [each.format, each] as const))('in %s is found at its place', async (format, error) => {
    const options = { invoices: 2, errors: 0, seed: 9, format };
    const good = sampleWriters[format].isSingleInvoice
      ? ([...generateSampleFiles(options)][0]?.text ?? '')
      : [...generateSampleBatch(options)].join('');
    const text = good.replace(error.from, error.to);
    expect(text).not.toBe(good);
    const { problems } = await readContent(text);
    expect(problems).toContainEqual(
      expect.objectContaining({ ruleId: error.ruleId, path: error.path, ...placeOf(text, error.needle) }),
    );
  });

  it.each(
    sampleFormats.filter((format) => sampleWriters[format].takesErrors && !sampleWriters[format].isSingleInvoice),
  )('of each kind is found in a sample of %s', async (format) => {
    const text = [...generateSampleBatch({ invoices: 40, errors: plantedErrors.length, seed: 5, format })].join('');
    const { result, rows } = await readContent(text);
    expect(rows.filter(({ errorCount }) => errorCount > 0)).toHaveLength(plantedErrors.length);
    expect(result).toMatchObject({ ok: true, file: { problems: [] } });
  });

  it.each(sampleFormats.filter((format) => sampleWriters[format].isSingleInvoice))(
    'of each kind that one file can show is found in files of %s',
    async (format) => {
      let wrong = 0;
      for (const { text } of generateSampleFiles({ invoices: 12, errors: plantedErrors.length, seed: 5, format }))
        wrong += (await readContent(text)).rows.filter(({ errorCount }) => errorCount > 0).length;
      // A number that stands twice shows only when the files come in together, and a credit note needs no due date.
      expect(wrong).toBe(plantedErrors.length - (format.endsWith('-creditnote') ? 2 : 1));
    },
  );
});

describe('the StandardBusinessDocument around a document', () => {
  const header =
    '<sh:StandardBusinessDocumentHeader><sh:HeaderVersion>1.0</sh:HeaderVersion><sh:Sender><sh:Identifier Authority="iso6523">0007:5566778899</sh:Identifier></sh:Sender></sh:StandardBusinessDocumentHeader>';
  const wrapped = (documents: string, after = ''): string =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<sh:StandardBusinessDocument xmlns:sh="http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">\n${header}\n${documents}${after}</sh:StandardBusinessDocument>`;
  const documentOf = (format: SampleFormat): string =>
    ([...generateSampleFiles({ invoices: 1, errors: 0, seed: 3, format })][0]?.text ?? '').replace(/^<\?xml.*\n/u, '');

  it.each(['peppol-bis', 'ehf', 'oioubl', 'svefaktura'] as const)('is passed over for %s', async (format) => {
    const text = wrapped(
      documentOf(format),
      '<x:Envelope xmlns:x="urn:x"><x:Invoice><x:ID>no</x:ID></x:Invoice></x:Envelope>',
    );
    const { result, invoice, places, rows } = await readDocument(text);
    expect(result).toMatchObject({ ok: true, file: { format: expectedOf(format).name[0], invoiceCount: 1 } });
    expect(invoice.totals).toMatchObject({ ...sums, ...expectedOf(format).totals });
    expect(rows[0]).toMatchObject({ line: 4, column: 1 });
    const number = places.find(({ field }) => field === 'invoiceNumber');
    expect(number).toMatchObject(placeOf(text, '100300000<'));
    expect(number?.path).toMatch(/^Invoice\[0\]\/(?:cbc:)?ID$/u);
  });

  it('may declare a prefix that the document inside uses', async () => {
    const inner = documentOf('peppol-bis').replace(/ xmlns:cbc="[^"]+"/u, '');
    const { invoice } = await readDocument(wrapped(inner));
    expect(invoice.invoiceNumber).toBe('100300000');
  });

  it('names the place in the document inside when the XML is broken there', async () => {
    const text = wrapped(documentOf('peppol-bis').replace('</cac:TaxTotal>', '</cac:TaxTotals>'));
    const { result } = await readContent(text);
    if (result.ok) throw new Error('it was read');
    expect(result.refusal.problems[0]).toMatchObject({
      ...placeOf(text, '</cac:TaxTotals>'),
      path: expect.stringMatching(/^Invoice\[0\]\/cac:TaxTotal/u) as string,
    });
  });

  it('is refused without a document, with one of an unknown format, and with two kinds', async () => {
    const creditNote = documentOf('peppol-bis')
      .replaceAll('Invoice-2', 'CreditNote-2')
      .replace('<Invoice ', '<CreditNote ')
      .replace('</Invoice>', '</CreditNote>');
    const none = await readContent(wrapped(' '.repeat(1_000)));
    expect(none.result).toMatchObject({ ok: false, refusal: { error: { code: 'VALIDATION_ERROR' } } });
    const other = await readContent(wrapped(`<Order xmlns="urn:other">${' '.repeat(1_000)}</Order>`));
    expect(other.result).toMatchObject({
      ok: false,
      refusal: {
        error: { code: 'UNSUPPORTED_FORMAT', details: { detectedNamespace: 'urn:other', detectedRoot: 'Order' } },
      },
    });
    const both = wrapped(documentOf('peppol-bis') + creditNote);
    const mixed = await readContent(both);
    expect(mixed.result).toMatchObject({
      ok: false,
      refusal: { error: { code: 'UNSUPPORTED_FORMAT' }, problems: [{ ...placeOf(both, '<CreditNote') }] },
    });
  });

  it('may hold several documents of one kind', async () => {
    const second = documentOf('peppol-bis').replaceAll('100300000', '100300001');
    const { rows } = await readContent(wrapped(documentOf('peppol-bis') + second));
    expect(rows.map(({ invoiceNumber }) => invoiceNumber)).toEqual(['100300000', '100300001']);
  });
});

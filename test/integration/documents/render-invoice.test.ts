// The PDF as an independent reader sees it: everything that must be on it, where it must be, whatever the file held.

import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { loadLayout } from '../../../src/main/documents/layout.ts';
import type { Layout } from '../../../src/main/documents/layout.ts';
import { createInvoiceRenderer } from '../../../src/main/documents/render-invoice.ts';
import type { InvoiceRenderer } from '../../../src/main/documents/render-invoice.ts';
import {
  creditNote,
  documentOf,
  foreignInvoice,
  line,
  norwegianInvoice,
  organisation,
  swedishInvoice,
} from '../../support/document-samples.ts';
import { readPdf } from '../../support/pdf-text.ts';
import type { ReadPdf } from '../../support/pdf-text.ts';

const resourcesDir = join(import.meta.dirname, '../../../resources');
let renderer: InvoiceRenderer;
let layout: Layout;

beforeAll(() => {
  renderer = createInvoiceRenderer(resourcesDir);
  layout = loadLayout(resourcesDir);
});

const render = (...input: Parameters<typeof documentOf>): Promise<ReadPdf> =>
  readPdf(renderer.render(documentOf(...input)).bytes);

test('a Swedish invoice says everything an accountant looks for', async () => {
  const { text, pages } = await render(swedishInvoice());
  expect(pages).toBe(1);
  const wanted = [
    ...[
      'Faktura',
      'Sida 1 (1)',
      '1042',
      '700123',
      '2026-11-05',
      '2026-11-30',
      '2026-10-01 – 2026-10-31',
      '121212-****',
    ],
    ...['Åsa Öström-Lindéngård', 'Björkvägen 7 B', '603 58 Norrköping', 'Avs: Norrköpings Kraft & Värme AB'],
    ...['735 999 1000 0000 0010', 'SE3', 'NKP', '48 112 907', '45 210,5 – 46 445', '1 234,5 kWh', '1 980'],
    ...[
      'Elförbrukning, rörligt pris SE3',
      '0,8731',
      '1 077,84',
      'Elnätsabonnemang 20 A',
      '312,00',
      'Energiskatt',
      '541,95',
      '25 %',
    ],
    ...['2 284,68', '571,17', '2 855,85', 'Öresavrundning 0,15', 'Att betala 2 856,00 kr'],
    ...[
      'OCR-nummer 1042000010428',
      'Bankgiro 5402-9681',
      'Plusgiro 28 65 43-4',
      'SE45 5000 0000 0583 9825 7466',
      'ESSESESS',
    ],
    ...['Org.nr 556677-8899', 'Momsreg.nr SE556677889901', 'Vid betalning efter förfallodagen'],
  ];
  expect(wanted.filter((part) => !text.includes(part))).toEqual([]);
  expect(text).not.toContain('19121212');
});

test('a Norwegian invoice has KID, account number and its own letters', async () => {
  const { text } = await render(norwegianInvoice(), 'nb');
  for (const part of [
    'Bjørn Ærlig Håkonsen',
    'KID-nummer 602243',
    '8601 11 17947',
    'Å betale 1 347,10 kr',
    'Forfallsdato 30.11.2026',
    'NÆR',
    'Nettleie',
  ]) {
    expect(text).toContain(part);
  }
});

test('a long invoice repeats the head of its table and has its slip on the last page only', async () => {
  const { pages, textOf } = await render(foreignInvoice(60), 'en');
  expect(pages).toBeGreaterThanOrEqual(3);
  for (let page = 1; page <= pages; page += 1) {
    expect(textOf(page)).toContain(`Page ${page} (${pages})`);
    expect(textOf(page).includes('Payment slip')).toBe(page === pages);
    if (textOf(page).includes('Item no.')) expect(textOf(page)).toContain('Description Quantity Unit');
  }
  const all = Array.from({ length: pages }, (_, index) => textOf(index + 1)).join(' ');
  for (let row = 1; row <= 60; row += 1) expect(all).toContain(`Item no. ${row}:`);
  expect(all).toContain('Amount due 851.42 EUR');
});

test('a credit note has its own title and no slip', async () => {
  const { text } = await render(creditNote());
  expect(text).toContain('Kreditfaktura');
  expect(text).toContain('Kreditbelopp 763,00 kr');
  for (const part of ['Betalningsunderlag', 'Bankgiro', 'OCR-nummer']) expect(text).not.toContain(part);
});

test.each([
  ['right', () => documentOf(swedishInvoice())],
  ['left', () => documentOf(norwegianInvoice(), 'nb')],
] as const)("the %s window shows the recipient and nothing but the letter's addresses", async (side, input) => {
  const { places } = await readPdf(renderer.render(input()).bytes);
  const { keepClear } = layout.window[side];
  const inside = places.filter(
    ({ page, x, y, width }) =>
      page === 1 && y > keepClear.top && y - 3 < keepClear.bottom && x + width > keepClear.left && x < keepClear.right,
  );
  const { buyer, seller } = input().invoice;
  expect(inside[0]?.text).toContain(seller.name);
  expect(inside[1]?.text).toBe(buyer.name);
  expect(inside.at(-1)?.text).toContain(buyer.address.city);
  expect(inside.length).toBeLessThanOrEqual(5);
  // Always seen, however the page slides in its envelope: see "about" in the layout file.
  for (const { x, y, width } of inside.slice(1)) {
    expect(x).toBeGreaterThanOrEqual(side === 'left' ? 15 : 109);
    expect(x + width).toBeLessThanOrEqual(side === 'left' ? 101 : 195);
    expect(y - 3).toBeGreaterThanOrEqual(44);
    expect(y).toBeLessThanOrEqual(65.5);
  }
});

test('amounts stand under each other to the digit', async () => {
  const { places } = await render(swedishInvoice());
  const right = ['1 077,84', '39,20', '14,94', '2 284,68', '571,17'].map((amount) => {
    const found = places.filter(({ text, x }) => text === amount && x > 150);
    return found.map(({ x, width }) => (x + width).toFixed(1));
  });
  expect(new Set(right.flat())).toEqual(new Set(['192.0']));
  const digits = renderer.define(documentOf(swedishInvoice()));
  expect(digits.defaultStyle.font).toBe('Inter');
});

test('hostile text stays text and stays inside the page', async () => {
  const base = swedishInvoice();
  const { places, text, pages } = await render(
    swedishInvoice({
      invoiceNumber: '../../x'.repeat(50),
      buyer: {
        ...base.buyer,
        name: `<script>alert(1)</script> ${'Åå'.repeat(5000)}`,
        address: { ...base.buyer.address, street: 'W'.repeat(2000) },
      },
      seller: { ...base.seller, name: 'M'.repeat(10_000) },
      customerId: 'W'.repeat(300),
      payment: { ...base.payment, reference: '1'.repeat(500), bankgiro: '2'.repeat(500), terms: 'x'.repeat(10_000) },
      lines: base.lines.map((row) =>
        line({
          ...row,
          description: 'W'.repeat(10_000),
          quantity: '9'.repeat(100),
          unit: 'U'.repeat(500),
          unitPrice: '9'.repeat(100),
        }),
      ),
      notes: ['\u202Etxet desrever\u202C', '中文', 'n'.repeat(10_000)],
    }),
  );
  expect(text).toContain('<script>alert(1)</script>');
  expect(text).toContain('txet desrever');
  expect(pages).toBeLessThanOrEqual(4);
  const outside = places.filter(({ x, y, width }) => x < 0 || x + width > 210 || y < 0 || y > 297);
  expect(outside).toEqual([]);
});

test('everything missing still gives a page', async () => {
  const base = swedishInvoice();
  const noAddress = { street: null, street2: null, postalCode: null, city: null, country: null };
  const nobody = {
    name: null,
    registrationNumber: null,
    vatNumber: null,
    address: noAddress,
    email: null,
    phone: null,
    contactName: null,
  };
  const { pages, text } = await render({
    ...base,
    invoiceNumber: null,
    invoiceDate: '2026-13-45',
    dueDate: null,
    currency: null,
    seller: nobody,
    buyer: nobody,
    lines: [],
    vat: [],
    metering: null,
    notes: [],
  });
  expect(pages).toBe(1);
  expect(text).toContain(organisation.name);
});

test('long notes run over pages and the slip still closes the last one', async () => {
  const { pages, textOf } = await render(
    swedishInvoice({
      notes: Array.from(
        { length: 40 },
        (_, index) => `Meddelande ${index + 1}: ${'information om avtalet '.repeat(12)}`,
      ),
    }),
  );
  expect(pages).toBeGreaterThan(1);
  expect(textOf(pages)).toContain('Betalningsunderlag');
  expect(textOf(1)).not.toContain('Betalningsunderlag');
  expect(Array.from({ length: pages }, (_, index) => textOf(index + 1)).join(' ')).toContain('Meddelande 40:');
});

test('nothing of the content lies under the slip', async () => {
  for (let rows = 1; rows <= 30; rows += 1) {
    const { places, pages } = await render(foreignInvoice(rows), 'en');
    const slipTop = layout.page.height - layout.slip.height - layout.slip.stripHeight;
    const sums = places.filter(({ page, text, x }) => page === pages && x > 100 && text === '851.42 EUR' && page > 0);
    expect(sums.length).toBeGreaterThan(0);
    const lowest = Math.max(...sums.map(({ y }) => y));
    expect(lowest).toBeLessThan(slipTop);
  }
});

test('the file says what it is, and a seller with & does not break its metadata', async () => {
  const { info, xmpTitle, language } = await render(swedishInvoice());
  expect(info).toMatchObject({
    Title: 'Faktura 1042',
    Author: 'Norrköpings Kraft & Värme AB',
    Creator: 'Utskick',
    CreationDate: 'D:20261105120000Z',
    PDFFormatVersion: '1.7',
  });
  expect(xmpTitle).toBe('Faktura 1042');
  expect(language).toBe('sv-SE');
  const raw = Buffer.from(renderer.render(documentOf(swedishInvoice())).bytes).toString('utf8');
  expect(raw).toContain('<rdf:li>Norrköpings Kraft &amp; Värme AB</rdf:li>');
});

test.each(['sv', 'nb', 'en'] as const)('no label is cut in %s', async (language) => {
  for (const invoice of [swedishInvoice(), norwegianInvoice(), creditNote()]) {
    const { places } = await render(invoice, language);
    // The sender's address in small print is one line, and no label.
    const cut = places.filter(({ text }) => text.endsWith('…') && !text.includes(', '));
    expect(cut.map(({ text }) => text)).toEqual([]);
  }
});

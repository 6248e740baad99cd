// What an invoice says before it is drawn.

import { expect, test } from 'vitest';
import { cleanPlainText } from '../../../src/main/documents/clean-text.ts';
import { invoiceView } from '../../../src/main/documents/invoice-view.ts';
import { documentWords } from '../../../src/main/documents/words.ts';
import {
  creditNote,
  documentOf,
  foreignInvoice,
  norwegianInvoice,
  organisation,
  swedishInvoice,
} from '../../support/document-samples.ts';

const view = (...input: Parameters<typeof documentOf>) => invoiceView(documentOf(...input), cleanPlainText);
const plain = (text: string | undefined): string => (text ?? '').replaceAll('\u00A0', ' ');

test('a personal number is masked, an organisation number is not', () => {
  expect(view(swedishInvoice()).facts).toContainEqual({ label: 'Personnummer', text: '121212-****' });
  const norwegian = view(norwegianInvoice(), 'nb').facts;
  expect(norwegian.find(({ label }) => label === 'Fødselsnummer')?.text).toBe('168225*****');
  expect(view(foreignInvoice(1), 'en').facts).toContainEqual({ label: 'Company reg. no.', text: '5560360793' });
});

test('a seller without address or phone gets them from the organisation when it is the same company', () => {
  const base = swedishInvoice();
  const noAddress = { street: null, street2: null, postalCode: null, city: null, country: null };
  const seller = { ...base.seller, address: noAddress, phone: null };
  const { seller: shown } = view(swedishInvoice({ seller }));
  expect(shown.address.map(plain)).toEqual(['Älvgatan 12', '602 30  Norrköping']);
  expect(shown.facts).toContainEqual({ label: 'Telefon', text: organisation.phone });
});

test("one company's details never stand under another's name", () => {
  const base = swedishInvoice();
  const seller = {
    ...base.seller,
    name: 'Annat Bolag AB',
    registrationNumber: '559999-9999',
    phone: null,
    email: null,
  };
  expect(view(swedishInvoice({ seller })).seller.facts.map(({ text }) => text)).not.toContain(organisation.phone);
});

test('rows stand by kind, with the sum of each kind', () => {
  const { sections } = view(swedishInvoice());
  expect(sections.map(({ title, total, rows }) => [title, plain(total), rows.length])).toEqual([
    ['Elhandel', '1 131,98', 3],
    ['Elnät', '610,75', 2],
    ['Skatter', '541,95', 1],
  ]);
});

test('rows of one kind only get no heading; allowances and charges follow them', () => {
  const { sections } = view(foreignInvoice(3), 'en');
  expect(sections.map(({ title }) => title)).toEqual([null, 'Allowances and charges']);
  expect(sections[1]?.rows.map(({ description, amount }) => [description, amount])).toEqual([
    ['Loyal customer', '−150.00'],
    ['Freight', '10.00'],
  ]);
});

test('the sums are the ones of the source, with rounding and what is already paid', () => {
  expect(view(foreignInvoice(3), 'en').sums).toEqual([
    { label: 'Total excl. VAT', text: '1,486.00' },
    { label: 'VAT', text: '365.12' },
    { label: 'Total incl. VAT', text: '1,851.12' },
    { label: 'Rounding', text: '0.30' },
    { label: 'Already paid', text: '−1,000.00' },
  ]);
});

test('a VAT row without VAT says why', () => {
  expect(view(foreignInvoice(3), 'en').vatRows.map(({ rate }) => plain(rate))).toEqual([
    '25 %',
    '12 %',
    '0 % Reverse charge',
  ]);
});

test('a credit note asks for no payment', () => {
  const credit = view(creditNote());
  expect([credit.title, credit.hasSlip, credit.dueDate, credit.amount.label]).toEqual([
    'Kreditfaktura',
    false,
    null,
    'Kreditbelopp',
  ]);
});

test.each([0, -12500])('an invoice over %i asks for no payment', (payableMinor) => {
  const base = swedishInvoice();
  const shown = view(swedishInvoice({ totals: { ...base.totals, payableMinor } }));
  expect(shown.hasSlip).toBe(false);
  expect(shown.amount.text).not.toContain('−');
});

test('the window is on the left for a Norwegian sender and on the right for others', () => {
  expect(view(norwegianInvoice(), 'nb').windowSide).toBe('left');
  expect(view(swedishInvoice()).windowSide).toBe('right');
});

test('the country stands in the address only when the letter goes abroad', () => {
  expect(view(swedishInvoice()).recipient).toHaveLength(4);
  expect(view(foreignInvoice(1), 'en').recipient.at(-1)).toBe('SWEDEN');
});

test('large consumption is charted in MWh so that the numbers fit', () => {
  const base = swedishInvoice().metering;
  if (base === null) throw new Error('the sample has a metering point');
  const metering = {
    ...base,
    history: [
      { month: '2026-09', kwh: '98000' },
      { month: '2026-10', kwh: '123456.7' },
    ],
  };
  const { energy } = view(swedishInvoice({ metering }));
  expect(energy?.chartTitle).toBe('Din elförbrukning per månad, MWh');
  expect(energy?.months.map(({ value, share }) => [value, Math.round(share * 100)])).toEqual([
    ['98', 79],
    ['123,5', 100],
  ]);
});

test('an empty invoice still gives a view', () => {
  const base = swedishInvoice();
  const nothing = {
    name: null,
    registrationNumber: null,
    vatNumber: null,
    address: { street: null, street2: null, postalCode: null, city: null, country: null },
    email: null,
    phone: null,
    contactName: null,
  };
  const totals = {
    lineNetMinor: null,
    allowanceMinor: null,
    chargeMinor: null,
    netMinor: null,
    vatMinor: null,
    grossMinor: null,
    roundingMinor: null,
    prepaidMinor: null,
    payableMinor: null,
  };
  const shown = view({
    ...base,
    invoiceNumber: null,
    invoiceDate: null,
    dueDate: null,
    currency: null,
    seller: nothing,
    buyer: nothing,
    lines: [],
    vat: [],
    totals,
    metering: null,
    notes: [],
  });
  expect([shown.number, shown.sections, shown.hasSlip, shown.amount.text]).toEqual(['', [], false, '–']);
});

test('every word exists in all three languages', () => {
  const keys = Object.keys(documentWords('sv')).sort();
  for (const language of ['nb', 'en'] as const) {
    expect(Object.keys(documentWords(language)).sort()).toEqual(keys);
    expect(Object.values(documentWords(language)).every((word) => typeof word !== 'string' || word !== '')).toBe(true);
  }
});

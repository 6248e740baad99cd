// Invoices as Svea orders: totals as the service computes them, one basis for all rows, identities by country, and every reason why one does not fit.

import { describe, expect, it } from 'vitest';
import { mapOrder } from '../../../../src/main/adapters/svea/compose.ts';
import type { OrderRow } from '../../../../src/main/adapters/svea/order.ts';
import { hundredthsOf, onOtherBasis, orderTotal, roundHalfEven } from '../../../../src/main/adapters/svea/totals.ts';
import { postalCodeOf, results } from '../../../../src/main/adapters/svea/results.ts';
import type { SveaConfig } from '../../../../src/shared/schema/connection.ts';
import type { Invoice, Party } from '../../../../src/shared/schema/invoice.ts';
import { sveaConfig, sveaInvoice, sveaLine, swedishCompany, swedishPerson } from '../../../support/svea-samples.ts';

const row = (price: string, vat: string, isIncluding: boolean, units = '1'): OrderRow => ({
  Description: 'x',
  PricePerUnit: price,
  PriceIncludingVat: isIncluding,
  NumberOfUnits: units,
  VatPercent: vat,
  DiscountPercent: '0',
  DiscountAmount: null,
  DiscountAmountIncludingVat: null,
  RowType: null,
});

function mapped(invoice: Invoice, config: Partial<SveaConfig> = {}) {
  const found = mapOrder(invoice, sveaConfig(config));
  if (!found.ok) throw new Error(JSON.stringify(found.error));
  return found.value;
}
function codes(invoice: Invoice, config: Partial<SveaConfig> = {}): readonly string[] {
  const found = mapOrder(invoice, sveaConfig(config));
  return found.ok ? [] : found.error.map(({ code, field }) => `${code} ${field ?? ''}`);
}
const buyer = (registrationNumber: string | null, change: Partial<Party> = {}): Invoice =>
  sveaInvoice({ buyer: { ...swedishPerson, registrationNumber, ...change } });

describe('an order’s total', () => {
  it('is rounded row by row: 159.01 without VAT in the prices, 159.00 with it', () => {
    expect(orderTotal(['116.94', '7.26', '4.03'].map((price) => row(price, '24', false)))).toBe(15_901);
    expect(orderTotal(['145.00', '9.00', '5.00'].map((price) => row(price, '24', true)))).toBe(15_900);
  });

  it('rounds halves to the even neighbour, units and price to two decimals first', () => {
    expect([5n, 15n, -5n, -15n, 25n].map((each) => roundHalfEven(each, 10n))).toEqual([0n, 2n, 0n, -2n, 2n]);
    expect(['1', '-0.005', '0.015', '12.3', '2.675'].map(hundredthsOf)).toEqual([100n, 0n, 2n, 1_230n, 268n]);
    expect(orderTotal([row('0.10', '25', true, '1.25')])).toBe(12);
    expect(() => hundredthsOf('1e3')).toThrow();
  });

  it('is kept when the rows change their basis, or they do not change', () => {
    const rows = [row('100.00', '25', false), row('39.00', '25', false)];
    expect(onOtherBasis(rows)?.map(({ PricePerUnit }) => PricePerUnit)).toEqual(['125.00', '48.75']);
    expect(onOtherBasis([row('0.01', '25', true), row('0.01', '25', true)])?.length ?? null).not.toBe(0);
    expect(onOtherBasis(Array.from({ length: 3 }, () => row('0.03', '25', true)))).toBeNull();
  });
});

describe('an invoice’s rows', () => {
  it('are one unit each at their amount, with the quantity in the text and the rounding as a row without VAT', () => {
    const { order, totalMinor } = mapped(sveaInvoice());
    const rows = order.OrderRows.OrderRow;
    expect(rows.map(({ Description }) => Description)).toContain('Elenergi rörligt pris SE4 258 kWh');
    expect(rows.at(-1)).toMatchObject({ Description: 'Öresavrundning', PricePerUnit: '0.15', VatPercent: '0' });
    expect(new Set(rows.map(({ PriceIncludingVat }) => PriceIncludingVat))).toEqual(new Set([true]));
    expect(totalMinor).toBe(56_900);
    expect(order.OrderDate).toBe('2026-11-21T00:00:00');
  });

  it('spread an öre over the rows where rounding each would miss the invoice’s VAT', () => {
    const lines = ['1', '2', '3'].map((id) => sveaLine(id, 2));
    const { order } = mapped(sveaInvoice({ lines }, 0));
    // 0.06 and 25 % of it rounded is 0.08; 0.025 each would round to 0.06.
    expect(order.OrderRows.OrderRow.map(({ PricePerUnit }) => PricePerUnit).toSorted()).toEqual([
      '0.02',
      '0.03',
      '0.03',
    ]);
  });

  it('of a company stay without VAT, and become text under one sum where their own VAT does not add up', () => {
    const fine = mapped(sveaInvoice({ buyer: swedishCompany }));
    expect(fine.order.OrderRows.OrderRow[0]).toMatchObject({ PricePerUnit: '229.03', PriceIncludingVat: false });
    const lines = ['1', '2', '3'].map((id) => sveaLine(id, 10));
    const summed = mapped(sveaInvoice({ lines, buyer: swedishCompany }, 0));
    expect(summed.order.OrderRows.OrderRow.map(({ Description, PricePerUnit }) => [Description, PricePerUnit])).toEqual(
      [
        ['Elenergi rörligt pris SE4 258 kWh 0.10', '0.00'],
        ['Elenergi rörligt pris SE4 258 kWh 0.10', '0.00'],
        ['Elenergi rörligt pris SE4 258 kWh 0.10', '0.00'],
        ['Summa, moms 25 %', '0.30'],
      ],
    );
    expect(summed.totalMinor).toBe(38);
  });

  it('have texts of at most 40 characters, and never lose an amount for it', () => {
    const long = sveaLine('1', 100, {
      description: 'Överföring av el till en mycket lång anläggningsadress 😀',
      unit: 'KWH',
    });
    const [first] = mapped(sveaInvoice({ lines: [long] }, 0)).order.OrderRows.OrderRow;
    expect(first?.Description.length).toBeLessThanOrEqual(40);
    expect(first?.Description).toMatch(/… 258 kWh$/u);
    const control = sveaLine('1', 100, { description: 'a\u0000b\tc\nd' });
    expect(mapped(sveaInvoice({ lines: [control] }, 0)).order.OrderRows.OrderRow[0]?.Description).toBe(
      'a b c d 258 kWh',
    );
  });
});

describe('a customer', () => {
  it.each([
    ['SE', '19460509-2222', 'Individual', '194605092222'],
    ['SE', '460509-2222', 'Individual', '4605092222'],
    ['SE', '556677-8899', 'Company', '5566778899'],
    ['SE', '16556677-8899', 'Company', '165566778899'],
    ['NO', '02025400000', 'Individual', '02025400000'],
    ['NO', '923 313 850', 'Company', '923313850'],
    ['DK', '010190-1234', 'Individual', '0101901234'],
    ['DK', '12345678', 'Company', '12345678'],
    ['FI', '160264-999N', 'Individual', '160264-999N'],
    ['FI', '1234567-8', 'Company', '1234567-8'],
  ] as const)('of %s with %s is a %s', (country, written, type, sent) => {
    const currency = { SE: 'SEK', NO: 'NOK', DK: 'DKK', FI: 'EUR' }[country];
    const { order } = mapped({ ...buyer(written), currency }, { country });
    expect(order.CustomerIdentity).toEqual({
      NationalIdNumber: sent,
      Email: 'tess@example.com',
      CountryCode: country,
      CustomerType: type,
    });
  });

  it('of Germany or the Netherlands is known by name, address and birth date or VAT number', () => {
    const address = { street: 'Hauptstraße 12 a', street2: null, postalCode: '10115', city: 'Berlin', country: 'DE' };
    const german = buyer('1980-01-31', { name: 'Eva Maria Muster', address });
    expect(mapped({ ...german, currency: 'EUR' }, { country: 'DE' }).order.CustomerIdentity).toMatchObject({
      FullName: 'Eva Maria Muster',
      Street: 'Hauptstraße',
      HouseNumber: '12a',
      ZipCode: '10115',
      IndividualIdentity: { FirstName: 'Eva', LastName: 'Maria Muster', BirthDate: '19800131' },
    });
    const dutch = buyer('1980-01-31', { name: 'Eva Muster', address: { ...address, country: 'NL' } });
    expect(
      mapped({ ...dutch, currency: 'EUR' }, { country: 'NL' }).order.CustomerIdentity.IndividualIdentity?.Initials,
    ).toBe('E');
    const company = buyer(null, { vatNumber: 'DE123456789', address });
    expect(mapped({ ...company, currency: 'EUR' }, { country: 'DE' }).order.CustomerIdentity).toMatchObject({
      CustomerType: 'Company',
      CompanyIdentity: { CompanyVatNumber: 'DE123456789' },
    });
    expect(
      codes({ ...buyer(null, { address: { ...address, street: 'Platz' } }), currency: 'EUR' }, { country: 'DE' }),
    ).toEqual(['svea.house-number buyer.address.street', 'svea.birth-date buyer.registrationNumber']);
  });
});

it.each([
  ['a credit note', { kind: 'creditNote' }, {}, 'svea.credit-note kind'],
  ['another currency', { currency: 'NOK' }, {}, 'svea.currency currency'],
  ['no date', { invoiceDate: null }, {}, 'svea.invoice-date invoiceDate'],
  [
    'a VAT rate with decimals',
    { lines: [sveaLine('1', 100, { vatRate: '12.5' })] },
    {},
    'svea.vat-rate lines[0].vatRate',
  ],
  ['a row too large', { lines: [sveaLine('1', 900_000_000)] }, {}, 'svea.amount-too-large lines[0].netMinor'],
  [
    'an unknown number',
    { buyer: { ...swedishPerson, registrationNumber: '12' } },
    {},
    'svea.national-id buyer.registrationNumber',
  ],
  [
    'no e-mail address',
    { buyer: { ...swedishPerson, email: null } },
    { distribution: 'Email' },
    'svea.email buyer.email',
  ],
  [
    'a company’s plan',
    { buyer: swedishCompany },
    { orderType: 'PaymentPlan', campaignCode: '1' },
    'svea.plan-for-company buyer.registrationNumber',
  ],
  ['Peppol for a person', {}, { distribution: 'Peppol' }, 'svea.peppol-id buyer.registrationNumber'],
  ['an e-invoice outside Norway', {}, { distribution: 'EInvoiceB2B' }, 'svea.e-invoice buyer.registrationNumber'],
] as const)('%s does not fit, and the field is named', (_, change, config, expected) => {
  expect(
    codes(sveaInvoice({ ...change, lines: 'lines' in change ? [...change.lines] : sveaInvoice().lines }, 0), config),
  ).toContain(expected);
});

it('an amount that the rows do not come to is found, whatever the reason', () => {
  const invoice = sveaInvoice();
  const other = { ...invoice, totals: { ...invoice.totals, payableMinor: 57_000 } };
  expect(codes(other)).toEqual(['svea.total-differs totals.payableMinor']);
  expect(codes({ ...invoice, totals: { ...invoice.totals, prepaidMinor: 100 } })).toEqual([
    'svea.prepaid totals.prepaidMinor',
  ]);
});

it('Peppol is for companies, by their number', () => {
  expect(mapped(sveaInvoice({ buyer: swedishCompany }), { distribution: 'Peppol' }).order.PeppolId).toBe(
    '0007:5566778899',
  );
});

it('answers are read tolerantly: missing, nil, empty and one-element lists, unknown elements', () => {
  const read = results.GetAddresses.parse({
    Accepted: true,
    RejectionCode: 'Accepted',
    Addresses: { CustomerAddress: { Postcode: '259', BusinessType: 'Alien', New: 'x' } },
    EffectiveInterest: '1',
  });
  expect(read.Addresses).toHaveLength(1);
  expect(read.Addresses.map((address) => postalCodeOf(address, 'NO'))).toEqual(['0259']);
  expect(results.GetAddresses.parse({ Accepted: false, Addresses: '' }).Addresses).toEqual([]);
  expect(results.GetOrders.parse({}).Orders).toEqual([]);
  expect(
    results.CreateOrderEu.parse({ Accepted: true, CreateOrderResult: { PendingReasons: { string: 'BankId' } } })
      .CreateOrderResult?.PendingReasons,
  ).toEqual(['BankId']);
});

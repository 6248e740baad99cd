// Canonical invoices as SendRegning takes them: limits, amounts to the øre, shipment always said, our own keys. No network.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countryName } from '../../../src/main/adapters/sendregning/countries.ts';
import { estimateLine } from '../../../src/main/adapters/sendregning/decimals.ts';
import { mapInvoice } from '../../../src/main/adapters/sendregning/map-invoice.ts';
import type { MapOptions, MappedInvoice } from '../../../src/main/adapters/sendregning/map-invoice.ts';
import { percentOfMinor } from '../../../src/main/domain/money.ts';
import type { Invoice, InvoiceLine } from '../../../src/shared/schema/invoice.ts';

const noAddress = { street: null, street2: null, postalCode: null, city: null, country: null };
const party = {
  name: null,
  registrationNumber: null,
  vatNumber: null,
  address: noAddress,
  email: null,
  phone: null,
  contactName: null,
};

const row = (part: Partial<InvoiceLine>): InvoiceLine => ({
  id: '1',
  description: 'Strøm',
  kind: 'energy',
  quantity: null,
  unit: null,
  unitPrice: null,
  priceBaseQuantity: null,
  adjustmentMinor: 0,
  netMinor: 10_000,
  vatRate: '25',
  vatCategory: 'S',
  periodStart: null,
  periodEnd: null,
  ...part,
});

/** An invoice that adds up, VAT counted once over each rate. */
function invoiceOf(lines: readonly InvoiceLine[], part: Partial<Invoice> = {}): Invoice {
  const byRate = Map.groupBy(lines, ({ vatRate }) => vatRate ?? '0');
  const net = lines.reduce((sum, { netMinor }) => sum + netMinor, 0);
  const vat = [...byRate].reduce(
    (sum, [rate, rows]) =>
      sum +
      (percentOfMinor(
        rows.reduce((minor, { netMinor }) => minor + netMinor, 0),
        rate,
      ) ?? 0),
    0,
  );
  return {
    kind: 'invoice',
    invoiceNumber: '1042',
    invoiceDate: '2026-11-21',
    dueDate: '2026-12-05',
    periodStart: null,
    periodEnd: null,
    currency: 'NOK',
    seller: { ...party, name: 'Nordkraft AS', registrationNumber: '923609016' },
    buyer: {
      ...party,
      name: 'Kari Nordmann',
      email: 'kari@example.no',
      address: { ...noAddress, street: 'Storgata 1', postalCode: '0010', city: 'OSLO', country: 'NO' },
    },
    customerId: 'PID_12',
    preferredChannel: null,
    orderReference: null,
    buyerReference: null,
    lines: [...lines],
    adjustments: [],
    vat: [],
    totals: {
      lineNetMinor: net,
      allowanceMinor: null,
      chargeMinor: null,
      netMinor: net,
      vatMinor: vat,
      grossMinor: net + vat,
      roundingMinor: null,
      prepaidMinor: null,
      payableMinor: net + vat,
    },
    payment: { reference: null, bankgiro: null, plusgiro: null, iban: null, bic: null, account: null, terms: null },
    metering: null,
    notes: [],
    ...part,
  };
}

const usual: MapOptions = { shipment: 'asInvoice', creditedId: null };

function mapped(invoice: Invoice, options: MapOptions = usual): MappedInvoice {
  const result = mapInvoice(invoice, options);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

function codes(invoice: Invoice, options: MapOptions = usual): readonly string[] {
  const result = mapInvoice(invoice, options);
  return result.ok
    ? []
    : result.error.map(({ code, field }) => `${code.replace('channel.sendregning.', '')} ${field ?? ''}`);
}

const withTotals = (invoice: Invoice, totals: Partial<Invoice['totals']>): Invoice => ({
  ...invoice,
  totals: { ...invoice.totals, ...totals },
});

describe('an invoice for SendRegning', () => {
  it('has quantity, price and discount where the service counts the same, the amount itself where it would not', () => {
    const lines = [
      row({ quantity: '7.5', unitPrice: '250', adjustmentMinor: -18_750, netMinor: 168_750 }),
      row({ quantity: '412.50', unit: 'KWH', unitPrice: '0.8731', netMinor: 36_015 }),
      row({ quantity: '1000.00', unitPrice: '1.00', netMinor: 100_000 }),
      row({ quantity: '-2', unitPrice: '50', netMinor: -10_000, description: 'Rettelse' }),
    ];
    const { sws, totalMinor } = mapped(invoiceOf(lines));
    expect(sws.lines.slice(0, 4).map(({ qty, unitPrice, discount, desc }) => [qty, unitPrice, discount, desc])).toEqual(
      [
        ['7.5', '250', '10', 'Strøm'],
        ['1', '360.15', null, 'Strøm (412,50 KWH × 0,8731)'],
        ['1000', '1', null, 'Strøm'],
        ['1', '-100', null, 'Rettelse (-2 × 50)'],
      ],
    );
    expect(estimateLine(sws.lines[0] ?? { qty: null, unitPrice: null, discount: null, tax: null })?.totalMinor).toBe(
      210_938,
    );
    expect(totalMinor).toBe(invoiceOf(lines).totals.payableMinor);
  });

  it('asks for what the invoice says, to the øre, whatever the rows are', () => {
    const anyRow = fc.record({
      netMinor: fc.integer({ min: -900_000, max: 9_000_000 }),
      vatRate: fc.constantFrom('25', '15', '12', '0'),
      kind: fc.constantFrom('energy' as const, 'grid' as const, 'fee' as const),
      description: fc.string({ unit: 'grapheme', maxLength: 200 }),
    });
    fc.assert(
      fc.property(fc.array(anyRow, { minLength: 1, maxLength: 40 }), (rows) => {
        const invoice = invoiceOf(rows.map((part) => row(part)));
        const result = mapInvoice(invoice, usual);
        if (!result.ok) {
          // Only an amount beyond the service's nine characters may stand in the way.
          expect(result.error.map(({ code }) => code)).toContain('channel.sendregning.amount');
          return;
        }
        const { sws, totalMinor } = result.value;
        expect(totalMinor).toBe(invoice.totals.payableMinor);
        expect(sws.lines.length).toBeLessThanOrEqual(18);
        for (const { qty, unitPrice, desc } of sws.lines) {
          expect(qty?.length).toBeLessThanOrEqual(6);
          expect(unitPrice?.length).toBeLessThanOrEqual(9);
          expect(desc?.length ?? 0).toBeLessThanOrEqual(75);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('with more than 18 rows has one line for each kind and VAT rate, which says how many it stands for', () => {
    const lines = Array.from({ length: 30 }, (_, index) =>
      row({ kind: index % 2 === 0 ? 'energy' : 'grid', vatRate: index === 0 ? '0' : '25', netMinor: 101 }),
    );
    const { sws } = mapped(invoiceOf(lines));
    expect(sws.lines.map(({ desc, unitPrice, tax }) => [desc, unitPrice, tax])).toEqual([
      ['Strøm', '1.01', '0'],
      ['Nettleie (15 linjer)', '15.15', '25'],
      ['Strøm (14 linjer)', '14.14', '25'],
      ...sws.lines.slice(3).map(({ desc, unitPrice, tax }) => [desc, unitPrice, tax]),
    ]);
    expect(sws.lines.map(({ itemNo }) => itemNo)).toEqual(sws.lines.map((_, index) => index + 1));
  });

  it('always says how it is handed over', () => {
    const invoice = invoiceOf([row({})]);
    const kindOf = (part: Partial<Invoice>, shipment: MapOptions['shipment'] = 'asInvoice'): string =>
      mapped({ ...invoice, ...part }, { shipment, creditedId: null }).sws.shipment.kind;
    expect(kindOf({})).toBe('EMAIL');
    expect(kindOf({ preferredChannel: 'postal' })).toBe('PAPER');
    expect(kindOf({ buyer: { ...invoice.buyer, email: null } })).toBe('PAPER');
    expect(kindOf({}, 'PAPER_AND_EMAIL')).toBe('PAPER_AND_EMAIL');
    expect(kindOf({}, 'PAPER')).toBe('PAPER');
    expect(
      codes({ ...invoice, buyer: { ...invoice.buyer, email: null } }, { shipment: 'EMAIL', creditedId: null }),
    ).toEqual(['missing buyer.email']);
  });

  it('carries what EHF needs, one recipient number for one customer, and our own key as order number and client id', () => {
    const invoice = invoiceOf([row({})], {
      buyerReference: 'Kari',
      orderReference: 'PO 7',
      notes: ['Takk for at du er kunde.'],
    });
    const company = { ...invoice, buyer: { ...invoice.buyer, registrationNumber: '974 760 673' } };
    const { sws } = mapped(company);
    expect(sws.optional).toMatchObject({
      recipientOrgNo: '974760673',
      yourRef: 'Kari',
      recipientNo: 'PID_12',
      country: 'NORGE',
      invoiceDate: '21.11.26',
      dueDate: '05.12.26',
      invoiceText: 'Ordre PO 7. Takk for at du er kunde.',
    });
    expect(sws.optional.orderNo).toBe(sws.clientId);
    expect(sws.clientId).toMatch(/^1042-[0-9a-f]{10}$/u);
    expect(mapped({ ...company, customerId: null }).sws.optional.recipientNo).toMatch(/^U[0-9a-f]{20}$/u);
    expect(mapped({ ...company, notes: [] }).sws.clientId).not.toBe(sws.clientId);
    // A personal number is nobody's customer number, and no organisation.
    expect(
      mapped({ ...invoice, buyer: { ...invoice.buyer, registrationNumber: '01010112345' } }).sws.optional
        .recipientOrgNo,
    ).toBeUndefined();
    const long = mapped({ ...company, invoiceNumber: 'N'.repeat(60) }).sws.clientId;
    expect(long).toHaveLength(30);
  });

  it('as a credit invoice names the invoice it credits, and has no due date', () => {
    const invoice = invoiceOf([row({})], { kind: 'creditNote' });
    expect(codes(invoice)).toEqual(['credited kind']);
    const { optional } = mapped(invoice, { shipment: 'asInvoice', creditedId: '000123' }).sws;
    expect(optional).toMatchObject({ invoiceType: 'credit', creditedId: '000123' });
    expect(optional.dueDate).toBeUndefined();
  });

  it('that does not fit says everything that does not, by field', () => {
    const invoice = invoiceOf([row({ vatRate: '12.5' }), row({ vatRate: null }), row({ netMinor: 100_000_055 })], {
      currency: 'SEK',
      dueDate: '1999-01-01',
    });
    const buyer = {
      ...invoice.buyer,
      name: 'N'.repeat(43),
      address: { ...invoice.buyer.address, postalCode: null, city: 'C'.repeat(37), country: 'QQ' },
    };
    expect(codes({ ...invoice, buyer })).toEqual([
      'length buyer.name',
      'missing buyer.address.postalCode',
      'length buyer.address.city',
      'vat-rate lines[0].vatRate',
      'vat-rate lines[1].vatRate',
      'amount lines[2].netMinor',
      'date dueDate',
      'country buyer.address.country',
      'currency currency',
    ]);
    const other = invoiceOf([row({})]);
    expect(codes(withTotals(other, { prepaidMinor: 5_000 }))).toEqual(['prepaid totals.prepaidMinor']);
    expect(codes(withTotals(other, { payableMinor: 13_000 }))).toEqual(['total totals.payableMinor']);
    expect(codes({ ...other, lines: [] })).toContain('lines lines');
    expect(mapped(withTotals(other, { payableMinor: 12_600, roundingMinor: 100 })).sws.lines.at(-1)).toMatchObject({
      desc: 'Øreavrunding',
      unitPrice: '1',
      tax: '0',
    });
  });

  it('goes by the service’s lists: the rates that hold on the invoice’s day, and the countries it has', () => {
    const rate = (percent: string, from: string | null, to: string | null) => ({ percent, from, to });
    const lists = {
      vatRates: [
        rate('0', null, null),
        rate('12', '2005-01-01', '2026-11-20'),
        rate('15', '2026-11-22', null),
        rate('25', '2026-11-21', '2026-11-21'),
      ],
      countries: ['NORGE', 'SOUTH KOREA'],
    };
    const invoice = invoiceOf([row({ vatRate: '12' }), row({ vatRate: '15' }), row({ vatRate: '25' })]);
    expect(codes(invoice, { ...usual, lists })).toEqual(['vat-rate lines[0].vatRate', 'vat-rate lines[1].vatRate']);
    expect(codes({ ...invoice, invoiceDate: '2026-11-20' }, { ...usual, lists })).toEqual([
      'vat-rate lines[1].vatRate',
      'vat-rate lines[2].vatRate',
    ]);
    const plain = invoiceOf([row({})]);
    const to = (country: string): Invoice => ({
      ...plain,
      buyer: { ...plain.buyer, address: { ...plain.buyer.address, country } },
    });
    expect(codes(to('SE'), { ...usual, lists })).toEqual(['country buyer.address.country']);
    expect(mapped(to('SE')).sws.optional.country).toBe('SWEDEN');
    expect(mapped(to('KR'), { ...usual, lists }).sws.optional.country).toBe('SOUTH KOREA');
  });

  it('knows countries by the service’s names', () => {
    expect(['NO', 'SE', 'DK', 'FI', 'AX', 'GB', 'KR', 'no', 'QQ', ''].map((code) => countryName(code))).toEqual([
      'NORGE',
      'SWEDEN',
      'DENMARK',
      'FINLAND',
      'ÅLAND',
      'UNITED KINGDOM',
      'KOREA, REPUBLIC OF',
      null,
      null,
      null,
    ]);
  });
});

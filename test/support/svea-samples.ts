// Invoices and settings for the tests of the Svea adapter. Test persons are those of the practice Svea.

import type { SveaConfig } from '../../src/shared/schema/connection.ts';
import type { Invoice, InvoiceLine, Party } from '../../src/shared/schema/invoice.ts';

/** Settings of a connection for Swedish invoices. */
export function sveaConfig(change: Partial<SveaConfig> = {}): SveaConfig {
  return {
    channel: 'svea',
    url: 'https://webpaywsstage.svea.com/sveawebpay.asmx',
    clientNumber: '71001',
    username: 'practice',
    country: 'SE',
    orderType: 'Invoice',
    distribution: 'Post',
    campaignCode: null,
    creditDays: null,
    parallel: 4,
    ...change,
  };
}

/** A person with the number given. */
export const swedishPerson: Party = {
  name: 'Tess T Persson',
  registrationNumber: '19460509-2222',
  vatNumber: null,
  address: { street: 'Testgatan 1', street2: null, postalCode: '999 99', city: 'Stan', country: null },
  email: 'tess@example.com',
  phone: null,
  contactName: null,
};
/** A company. */
export const swedishCompany: Party = { ...swedishPerson, name: 'Testbolaget AB', registrationNumber: '556677-8899' };

/** A row without VAT. */
export function sveaLine(id: string, netMinor: number, change: Partial<InvoiceLine> = {}): InvoiceLine {
  return {
    id,
    description: 'Elenergi rörligt pris SE4',
    kind: 'energy',
    quantity: '258',
    unit: 'KWH',
    unitPrice: '0.8877',
    priceBaseQuantity: null,
    adjustmentMinor: 0,
    netMinor,
    vatRate: '25',
    vatCategory: 'S',
    periodStart: null,
    periodEnd: null,
    ...change,
  };
}

/** An invoice whose VAT is that of each rate's sum, rounded; every field can be replaced. */
export function sveaInvoice(change: Partial<Invoice> = {}, roundingMinor = 15): Invoice {
  const lines = change.lines ?? [
    sveaLine('1', 22_903),
    sveaLine('2', 129),
    sveaLine('3', 3_900),
    sveaLine('4', 9_288),
    sveaLine('5', 9_288),
  ];
  const byRate = Map.groupBy(lines, ({ vatRate }) => vatRate ?? '0');
  const vat = [...byRate].map(([rate, group]) => {
    const taxableMinor = group.reduce((sum, { netMinor }) => sum + netMinor, 0);
    return { rate, category: 'S', taxableMinor, taxMinor: Math.round((taxableMinor * Number(rate)) / 100) };
  });
  const netMinor = lines.reduce((sum, line) => sum + line.netMinor, 0);
  const vatMinor = vat.reduce((sum, { taxMinor }) => sum + taxMinor, 0);
  return {
    kind: 'invoice',
    invoiceNumber: '100100000',
    invoiceDate: '2026-11-21',
    dueDate: '2026-12-21',
    periodStart: null,
    periodEnd: null,
    currency: 'SEK',
    seller: swedishCompany,
    buyer: swedishPerson,
    customerId: null,
    preferredChannel: null,
    orderReference: null,
    buyerReference: null,
    lines,
    adjustments: [],
    vat,
    totals: {
      lineNetMinor: netMinor,
      allowanceMinor: null,
      chargeMinor: null,
      netMinor,
      vatMinor,
      grossMinor: netMinor + vatMinor,
      roundingMinor,
      prepaidMinor: null,
      payableMinor: netMinor + vatMinor + roundingMinor,
    },
    payment: { reference: null, bankgiro: null, plusgiro: null, iban: null, bic: null, account: null, terms: null },
    metering: null,
    notes: [],
    ...change,
  };
}

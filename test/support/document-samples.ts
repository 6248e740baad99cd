// Invoices for document tests and the PDF bench: realistic ones in each language, and ways to make them awkward. Invented data only.

import type { Invoice, InvoiceLine } from '../../src/shared/schema/invoice.ts';
import type { Language, Organisation } from '../../src/shared/schema/settings.ts';
import type { DocumentInput } from '../../src/main/ports/documents.ts';

const noAddress = { street: null, street2: null, postalCode: null, city: null, country: null };

/** The sender of the workspace; same company as the Swedish sample's seller. */
export const organisation: Organisation = {
  name: 'Norrköpings Kraft & Värme AB',
  registrationNumber: '556677-8899',
  vatNumber: 'SE556677889901',
  address: { street: 'Älvgatan 12', street2: null, postalCode: '60230', city: 'Norrköping', country: 'SE' },
  email: 'kundservice@example.com',
  phone: '011-123 45 67',
  website: 'www.example.com',
};

/** One row with everything that is not given left plain. */
export function line(part: Partial<InvoiceLine> & Pick<InvoiceLine, 'description' | 'netMinor'>): InvoiceLine {
  return {
    id: '1',
    kind: 'other',
    quantity: null,
    unit: null,
    unitPrice: null,
    priceBaseQuantity: null,
    adjustmentMinor: 0,
    vatRate: '25',
    vatCategory: 'S',
    periodStart: null,
    periodEnd: null,
    ...part,
  };
}

const period = { periodStart: '2026-10-01', periodEnd: '2026-10-31' };

const swedishLines: readonly InvoiceLine[] = [
  line({
    kind: 'energy',
    description: 'Elförbrukning, rörligt pris SE3',
    quantity: '1234.5',
    unit: 'KWH',
    unitPrice: '0.8731',
    netMinor: 107784,
    ...period,
  }),
  line({
    kind: 'energy',
    description: 'Fast avgift elhandel',
    quantity: '1',
    unit: 'MON',
    unitPrice: '39.2',
    netMinor: 3920,
    ...period,
  }),
  line({
    kind: 'certificate',
    description: 'Elcertifikatsavgift',
    quantity: '1234.5',
    unit: 'KWH',
    unitPrice: '0.0121',
    netMinor: 1494,
    ...period,
  }),
  line({
    kind: 'grid',
    description: 'Elnätsabonnemang 20 A',
    quantity: '1',
    unit: 'MON',
    unitPrice: '312',
    netMinor: 31200,
    ...period,
  }),
  line({
    kind: 'grid',
    description: 'Elöverföring',
    quantity: '1234.5',
    unit: 'KWH',
    unitPrice: '0.242',
    netMinor: 29875,
    ...period,
  }),
  line({
    kind: 'tax',
    description: 'Energiskatt',
    quantity: '1234.5',
    unit: 'KWH',
    unitPrice: '0.439',
    netMinor: 54195,
    ...period,
  }),
];

const history = [
  '2025-10',
  '2025-11',
  '2025-12',
  '2026-01',
  '2026-02',
  '2026-03',
  '2026-04',
  '2026-05',
  '2026-06',
  '2026-07',
  '2026-08',
  '2026-09',
  '2026-10',
].map((month, index) => ({
  month,
  kwh:
    ['1190.2', '1421', '1722.5', '1980', '1711', '1402.9', '1003', '702', '511.5', '430', '470', '690', '1234.5'][
      index
    ] ?? '0',
}));

/** A Swedish consumer's electricity invoice of six rows, sums correct. */
export function swedishInvoice(change: Partial<Invoice> = {}): Invoice {
  return {
    kind: 'invoice',
    invoiceNumber: '1042',
    invoiceDate: '2026-11-05',
    dueDate: '2026-11-30',
    ...period,
    currency: 'SEK',
    seller: {
      name: 'Norrköpings Kraft & Värme AB',
      registrationNumber: '556677-8899',
      vatNumber: 'SE556677889901',
      address: { street: 'Älvgatan 12', street2: null, postalCode: '60230', city: 'Norrköping', country: 'SE' },
      email: 'kundservice@example.com',
      phone: '011-123 45 67',
      contactName: null,
    },
    buyer: {
      name: 'Åsa Öström-Lindéngård',
      registrationNumber: '19121212-1212',
      vatNumber: null,
      address: {
        street: 'Björkvägen 7 B',
        street2: 'Lgh 1102',
        postalCode: '60358',
        city: 'Norrköping',
        country: 'SE',
      },
      email: 'asa.ostrom@example.com',
      phone: null,
      contactName: null,
    },
    customerId: '700123',
    preferredChannel: 'email',
    orderReference: null,
    buyerReference: null,
    lines: [...swedishLines],
    adjustments: [],
    vat: [{ rate: '25', category: 'S', taxableMinor: 228468, taxMinor: 57117 }],
    totals: {
      lineNetMinor: 228468,
      allowanceMinor: null,
      chargeMinor: null,
      netMinor: 228468,
      vatMinor: 57117,
      grossMinor: 285585,
      roundingMinor: 15,
      prepaidMinor: null,
      payableMinor: 285600,
    },
    payment: {
      reference: '1042000010428',
      bankgiro: '54029681',
      plusgiro: '2865434',
      iban: 'SE4550000000058398257466',
      bic: 'ESSESESS',
      account: null,
      terms: '25 dagar',
    },
    metering: {
      meteringPointId: '735999100000000010',
      area: 'SE3',
      gridArea: 'NKP',
      siteAddress: { street: 'Björkvägen 7 B', street2: null, postalCode: '60358', city: 'Norrköping', country: 'SE' },
      meterNumber: '48 112 907',
      readingStart: '45210.5',
      readingEnd: '46445',
      consumptionKwh: '1234.5',
      history,
    },
    notes: ['Vid betalning efter förfallodagen debiteras dröjsmålsränta enligt räntelagen.'],
    ...change,
  };
}

/** A Norwegian consumer's invoice: KID, account number, window on the left. */
export function norwegianInvoice(change: Partial<Invoice> = {}): Invoice {
  const base = swedishInvoice();
  return {
    ...base,
    invoiceNumber: '30017',
    currency: 'NOK',
    seller: {
      name: 'Fjordkraft Nærøy AS',
      registrationNumber: '923609016',
      vatNumber: 'NO923609016MVA',
      address: { street: 'Strandgata 4', street2: null, postalCode: '7970', city: 'Kolvereid', country: 'NO' },
      email: 'post@example.net',
      phone: '74 12 34 56',
      contactName: null,
    },
    buyer: {
      name: 'Bjørn Ærlig Håkonsen',
      registrationNumber: '16822548834',
      vatNumber: null,
      address: { street: 'Kirkegårdsveien 21', street2: null, postalCode: '7970', city: 'Kolvereid', country: 'NO' },
      email: null,
      phone: null,
      contactName: null,
    },
    customerId: '88210',
    lines: [
      line({
        kind: 'energy',
        description: 'Strøm, spotpris NO3',
        quantity: '912',
        unit: 'KWH',
        unitPrice: '0.5123',
        netMinor: 46722,
        ...period,
      }),
      line({
        kind: 'energy',
        description: 'Månedspris',
        quantity: '1',
        unit: 'MON',
        unitPrice: '39.2',
        netMinor: 3920,
        ...period,
      }),
      line({
        kind: 'grid',
        description: 'Energiledd',
        quantity: '912',
        unit: 'KWH',
        unitPrice: '0.2016',
        netMinor: 18386,
        ...period,
      }),
      line({
        kind: 'grid',
        description: 'Kapasitetsledd 2–5 kW',
        quantity: '1',
        unit: 'MON',
        unitPrice: '240',
        netMinor: 24000,
        ...period,
      }),
      line({
        kind: 'tax',
        description: 'Forbruksavgift',
        quantity: '912',
        unit: 'KWH',
        unitPrice: '0.0979',
        netMinor: 8928,
        ...period,
      }),
      line({
        kind: 'tax',
        description: 'Enova-avgift',
        quantity: '912',
        unit: 'KWH',
        unitPrice: '0.01',
        netMinor: 912,
        ...period,
      }),
      line({
        kind: 'fee',
        description: 'Papirfakturagebyr',
        quantity: '1',
        unit: 'EA',
        unitPrice: '49',
        netMinor: 4900,
      }),
    ],
    vat: [{ rate: '25', category: 'S', taxableMinor: 107768, taxMinor: 26942 }],
    totals: {
      ...base.totals,
      lineNetMinor: 107768,
      netMinor: 107768,
      vatMinor: 26942,
      grossMinor: 134710,
      roundingMinor: null,
      payableMinor: 134710,
    },
    payment: {
      reference: '602243',
      bankgiro: null,
      plusgiro: null,
      iban: 'NO9386011117947',
      bic: 'DNBANOKK',
      account: '86011117947',
      terms: null,
    },
    metering: {
      ...(base.metering ?? {
        history: [],
        siteAddress: noAddress,
        meterNumber: null,
        readingStart: null,
        readingEnd: null,
        consumptionKwh: null,
      }),
      meteringPointId: '707057500011223344',
      area: 'NO3',
      gridArea: 'NÆR',
      siteAddress: {
        street: 'Kirkegårdsveien 21',
        street2: null,
        postalCode: '7970',
        city: 'Kolvereid',
        country: 'NO',
      },
      consumptionKwh: '912',
    },
    notes: [],
    ...change,
  };
}

/** A company's invoice in euro with many plain rows, two VAT rates, an allowance, prepayment and no metering point. */
export function foreignInvoice(rows: number, change: Partial<Invoice> = {}): Invoice {
  const base = swedishInvoice();
  return {
    ...base,
    invoiceNumber: 'TOSL108',
    currency: 'EUR',
    seller: {
      ...base.seller,
      name: 'The Sellercompany Incorporated',
      registrationNumber: '402697',
      vatNumber: 'NL8200.98.395.B.01',
      address: { street: 'Postbus 7l', street2: null, postalCode: '1950 AB', city: 'Velsen-Noord', country: 'NL' },
    },
    buyer: {
      ...base.buyer,
      name: 'Buyercompany Ltd',
      registrationNumber: '5560360793',
      vatNumber: 'SE556036079301',
      contactName: 'John Doe',
      address: { street: 'Anystreet 8', street2: 'Back door', postalCode: '101', city: 'Anytown', country: 'SE' },
    },
    orderReference: 'PO-2026/123',
    lines: Array.from({ length: rows }, (_, index) =>
      line({
        id: String(index + 1),
        description: `Item no. ${index + 1}: printing paper, A4, 80 g/m², box of five reams`,
        quantity: String(2 + index),
        unit: 'EA',
        unitPrice: '12.45',
        netMinor: (2 + index) * 1245,
        vatRate: index % 4 === 0 ? '12' : '25',
        adjustmentMinor: index === 2 ? -100 : 0,
      }),
    ),
    adjustments: [
      { isCharge: false, reason: 'Loyal customer', amountMinor: 15000, vatRate: '25', vatCategory: 'S' },
      { isCharge: true, reason: 'Freight', amountMinor: 1000, vatRate: '25', vatCategory: 'S' },
    ],
    vat: [
      { rate: '25', category: 'S', taxableMinor: 146000, taxMinor: 36500 },
      { rate: '12', category: 'S', taxableMinor: 100, taxMinor: 12 },
      { rate: '0', category: 'AE', taxableMinor: 2500, taxMinor: 0 },
    ],
    totals: {
      lineNetMinor: 162600,
      allowanceMinor: 15000,
      chargeMinor: 1000,
      netMinor: 148600,
      vatMinor: 36512,
      grossMinor: 185112,
      roundingMinor: 30,
      prepaidMinor: 100000,
      payableMinor: 85142,
    },
    payment: {
      reference: '0003434323213231',
      bankgiro: null,
      plusgiro: null,
      iban: 'NL57RABO0107307510',
      bic: 'RABONL2U',
      account: null,
      terms: '2 % discount if paid within 2 days',
    },
    metering: null,
    notes: ['Ordered in our booth at the convention.'],
    ...change,
  };
}

/** A credit note for a part of the Swedish invoice. */
export function creditNote(): Invoice {
  const base = swedishInvoice();
  return swedishInvoice({
    kind: 'creditNote',
    invoiceNumber: 'K1043',
    dueDate: null,
    lines: base.lines.slice(3, 5),
    vat: [{ rate: '25', category: 'S', taxableMinor: 61075, taxMinor: 15269 }],
    totals: {
      ...base.totals,
      lineNetMinor: 61075,
      netMinor: 61075,
      vatMinor: 15269,
      grossMinor: 76344,
      roundingMinor: -44,
      payableMinor: 76300,
    },
    notes: ['Avser faktura 1042.'],
  });
}

/** The input for a document in a language. */
export function documentOf(invoice: Invoice, language: Language = 'sv'): DocumentInput {
  return { invoice, organisation, language };
}

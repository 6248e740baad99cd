// An invoice nobody gets: drawn once when a worker starts early, so that the code is compiled and the fonts are parsed before they are needed.

import type { Address, LineKind } from '../../shared/schema/invoice.ts';
import type { DocumentInput } from '../ports/documents.ts';

const address: Address = {
  street: 'Storgatan 1',
  street2: null,
  postalCode: '11122',
  city: 'Stockholm',
  country: 'SE',
};
const party = {
  name: 'Utskick',
  registrationNumber: null,
  vatNumber: null,
  address,
  email: null,
  phone: null,
  contactName: null,
};
const kinds: readonly LineKind[] = ['energy', 'energy', 'grid', 'grid', 'tax', 'fee'];

/** Touches every part of the page: rows of several kinds, chart, VAT, notes and slip. */
export const warmUpInput: DocumentInput = {
  language: 'sv',
  organisation: { name: 'Utskick', registrationNumber: '', vatNumber: '', address, email: '', phone: '', website: '' },
  invoice: {
    kind: 'invoice',
    invoiceNumber: '0',
    invoiceDate: '2026-01-01',
    dueDate: '2026-01-31',
    periodStart: '2025-12-01',
    periodEnd: '2025-12-31',
    currency: 'SEK',
    seller: party,
    buyer: party,
    customerId: '0',
    preferredChannel: null,
    orderReference: null,
    buyerReference: null,
    lines: kinds.map((kind, index) => ({
      id: String(index),
      description: 'Elförbrukning, rörligt pris',
      kind,
      quantity: '1234.5',
      unit: 'KWH',
      unitPrice: '0.8731',
      priceBaseQuantity: null,
      adjustmentMinor: 0,
      netMinor: 107784,
      vatRate: '25',
      vatCategory: 'S',
      periodStart: null,
      periodEnd: null,
    })),
    adjustments: [],
    vat: [{ rate: '25', category: 'S', taxableMinor: 646704, taxMinor: 161676 }],
    totals: {
      lineNetMinor: 646704,
      allowanceMinor: null,
      chargeMinor: null,
      netMinor: 646704,
      vatMinor: 161676,
      grossMinor: 808380,
      roundingMinor: 20,
      prepaidMinor: null,
      payableMinor: 808400,
    },
    payment: {
      reference: '1230',
      bankgiro: '54029681',
      plusgiro: null,
      iban: null,
      bic: null,
      account: null,
      terms: null,
    },
    metering: {
      meteringPointId: '735999100000000010',
      area: 'SE3',
      gridArea: null,
      siteAddress: address,
      meterNumber: null,
      readingStart: null,
      readingEnd: null,
      consumptionKwh: '1234.5',
      history: Array.from({ length: 13 }, (_, index) => ({
        month: `2025-${String((index % 12) + 1).padStart(2, '0')}`,
        kwh: '1000',
      })),
    },
    notes: ['Utskick'],
  },
};

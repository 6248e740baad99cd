// Moves an invented Swedish invoice to Norway or Denmark: seller, towns, metering point and row texts. Amounts stay as they are.

import { gs1CheckDigit } from '../identifiers/metering-point.ts';
import type { SampleInvoice } from './sample-invoice.ts';
import { sampleSeller } from './sample-seller.ts';

/** A country samples are made for. */
export type SampleCountry = 'SE' | 'NO' | 'DK';

/** The seller of a country's samples; all numbers are test numbers or invented ones with right check digits. */
export interface CountrySeller {
  readonly name: string;
  readonly companyId: string;
  readonly vatNumber: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  /** Scheme of its electronic address (EAS): organisation number. */
  readonly endpointScheme: string;
}

/** The sellers. */
export const countrySellers: Readonly<Record<SampleCountry, CountrySeller>> = {
  SE: {
    ...sampleSeller,
    companyId: '5566778899',
    street: 'Elvägen 2',
    postalCode: '652 24',
    city: 'Karlstad',
    endpointScheme: '0007',
  },
  NO: {
    name: 'Eksempelkraft AS',
    companyId: '923609016',
    vatNumber: 'NO923609016MVA',
    street: 'Fossveien 4',
    postalCode: '5700',
    city: 'Voss',
    endpointScheme: '0192',
  },
  DK: {
    name: 'Eksempelenergi ApS',
    companyId: 'DK16356706',
    vatNumber: 'DK16356706',
    street: 'Strømvej 8',
    postalCode: '8000',
    city: 'Aarhus',
    endpointScheme: '0184',
  },
};

const towns: Readonly<Record<'NO' | 'DK', readonly (readonly [postalCode: string, city: string])[]>> = {
  NO: [
    ['0150', 'Oslo'],
    ['5014', 'Bergen'],
    ['7013', 'Trondheim'],
    ['4006', 'Stavanger'],
    ['9008', 'Tromsø'],
  ],
  DK: [
    ['2100', 'København Ø'],
    ['5000', 'Odense C'],
    ['8200', 'Aarhus N'],
    ['9000', 'Aalborg'],
  ],
};

/** The invoice as a seller of the country would send it. Personal numbers are Swedish and left out elsewhere. */
export function inCountry(invoice: SampleInvoice, country: SampleCountry): SampleInvoice {
  if (country === 'SE') return invoice;
  const number = Number(invoice.invoiceNumber);
  const [postalCode, city] = towns[country][number % towns[country].length] ?? ['0150', 'Oslo'];
  return {
    ...invoice,
    customer: { ...invoice.customer, personalNumber: null, postalCode, city },
    metering: { ...invoice.metering, id: meteringPoint(invoice.metering.id, country) },
    lines: invoice.lines.map((line) => ({ ...line, description: rowWords[country][line.type] })),
  };
}

const rowWords = {
  NO: {
    ENERGY: 'Strøm, spotpris',
    CERTIFICATE: 'Elsertifikat',
    FEE: 'Månedsbeløp',
    GRID: 'Nettleie',
    TAX: 'Forbruksavgift',
  },
  DK: { ENERGY: 'El, spotpris', CERTIFICATE: 'Elcertifikat', FEE: 'Abonnement', GRID: 'Nettarif', TAX: 'Elafgift' },
} as const;

/** Norway 7070575…, Denmark 571313…; the serial stays. */
function meteringPoint(id: string, country: 'NO' | 'DK'): string {
  const point = `${country === 'NO' ? '7070575' : '5713131'}${id.slice(7, 17)}`;
  return point + gs1CheckDigit(point);
}

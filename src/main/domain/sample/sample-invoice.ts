// Makes one invented invoice as plain values: who, where, how much. No XML, no planted errors.

import { addDays, addMonths, daysInMonth } from '../dates.ts';
import { luhnCheckDigit } from '../identifiers/luhn.ts';
import { gs1CheckDigit } from '../identifiers/metering-point.ts';
import { ocrReference } from '../identifiers/ocr.ts';
import { createRandom } from './random.ts';
import type { Random } from './random.ts';
import { firstNames, lastNames, organisationNames, streets, towns } from './sample-words.ts';
import type { Town } from './sample-words.ts';

/** One row; amounts in öre. */
export interface SampleLine {
  readonly type: 'ENERGY' | 'GRID' | 'FEE' | 'TAX' | 'CERTIFICATE';
  readonly description: string;
  readonly quantity: number;
  readonly unit: 'KWH' | 'MON';
  /** Price in ten-thousandths of a krona. */
  readonly priceTenThousandths: number;
  readonly netMinor: number;
}

/** The customer. */
export interface SampleCustomer {
  readonly id: string;
  readonly name: string;
  /** Null for organisations. */
  readonly personalNumber: string | null;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  /** Null: goes by post. */
  readonly email: string | null;
}

/** The metering point. */
export interface SampleMetering {
  readonly id: string;
  readonly area: Town['area'];
  readonly meterNumber: string;
  /** Null on invoices for the grid subscription alone. */
  readonly use: SampleUse | null;
}

/** What was used in the billed month and the twelve before. */
export interface SampleUse {
  readonly consumptionKwh: number;
  readonly readingStart: number;
  /** 13 months, oldest first, the billed one last. */
  readonly history: readonly { readonly month: string; readonly kwh: number }[];
}

/** An invented invoice whose sums are right; amounts in öre. */
export interface SampleInvoice {
  readonly invoiceNumber: string;
  readonly invoiceDate: string;
  readonly dueDate: string;
  readonly periodStart: string;
  readonly periodEnd: string;
  readonly customer: SampleCustomer;
  readonly channel: 'email' | 'postal';
  readonly metering: SampleMetering;
  readonly lines: readonly SampleLine[];
  readonly netMinor: number;
  readonly vatMinor: number;
  readonly grossMinor: number;
  readonly roundingMinor: number;
  readonly payableMinor: number;
  readonly reference: string;
}

/** What all invoices of a batch share. */
export interface SampleBatchFacts {
  readonly seed: number;
  /** ISO date of the billing run. */
  readonly baseDate: string;
}

/** 30 days to pay. */
const daysToPay = 30;
/** Customers without an e-mail address, and customers with one who still want paper. */
const shareWithoutEmail = 0.12;
const shareOfPaperLovers = 0.05;
const shareOfOrganisations = 0.06;
/**
 * Every fourth invoice is for electricity and grid with a year's history, the others for the grid subscription alone. The mix keeps the
 * mean at about 2 KB an invoice, so that 50,000 of them are a file of about 100 MB.
 */
const invoicesPerUse = 4;
/** Energy tax without VAT in ten-thousandths of a krona per kWh (Sweden, 2026: 36 öre). */
const energyTax = 3_600;
/** Share of the year's use by month, January first, in thousandths (a house with electric heating). */
const useByMonth = [140, 122, 112, 84, 60, 44, 38, 42, 55, 80, 102, 121] as const;

/** The invoice at a position of the batch: the same facts and position always give the same invoice. */
export function sampleInvoice({ seed, baseDate }: SampleBatchFacts, ordinal: number): SampleInvoice {
  const random = createRandom(seed, ordinal);
  const invoiceNumber = String(100_000_000 + (seed % 8_000) * 100_000 + ordinal);
  const billedMonth = addMonths(baseDate, -1);
  const town = random.pick<Town>(towns);
  const customer = sampleCustomer(random, { ordinal, town });
  const metering = sampleMetering(random, { ordinal, seed, town, billedMonth });
  const lines = sampleLines(random, metering);
  const wantsEmail = customer.email !== null && !random.chance(shareOfPaperLovers);
  return {
    invoiceNumber,
    invoiceDate: baseDate,
    dueDate: addDays(baseDate, daysToPay),
    periodStart: `${billedMonth}-01`,
    periodEnd: `${billedMonth}-${daysInMonth(Number(billedMonth.slice(0, 4)), Number(billedMonth.slice(5)))}`,
    customer,
    channel: wantsEmail ? 'email' : 'postal',
    metering,
    lines,
    ...sampleTotals(lines),
    reference: ocrReference(invoiceNumber, { hasLengthDigit: true }),
  };
}

function sampleCustomer(
  random: Random,
  { ordinal, town }: { readonly ordinal: number; readonly town: Town },
): SampleCustomer {
  const isOrganisation = random.chance(shareOfOrganisations);
  const first = random.pick(firstNames);
  const last = random.pick(lastNames);
  const organisation = random.pick(organisationNames);
  const domain = random.pick(['example.com', 'example.org', 'example.net']);
  const hasEmail = !random.chance(shareWithoutEmail);
  const mailbox = isOrganisation
    ? `faktura.${asciiOf(organisation)}`
    : `${asciiOf(first)}.${asciiOf(last)}${random.whole(1, 99)}`;
  return {
    id: `K${String(200_000 + ordinal)}`,
    name: isOrganisation ? organisation : `${first} ${last}`,
    personalNumber: isOrganisation ? null : testPersonalNumber(random),
    street: `${random.pick(streets)} ${random.whole(1, 98)}${random.chance(0.15) ? random.pick(['A', 'B', 'C']) : ''}`,
    postalCode: `${town.postalStart} ${random.whole(10, 99)}`,
    city: town.city,
    email: hasEmail ? `${mailbox}@${domain}` : null,
  };
}

/** Tax authority's test pattern: born in the 1890s with a serial from 980, which was never given to anybody. */
function testPersonalNumber(random: Random): string {
  const day = `9${random.whole(0, 9)}${two(random.whole(1, 12))}${two(random.whole(1, 28))}`;
  const serial = `98${random.whole(0, 9)}`;
  return `18${day}-${serial}${luhnCheckDigit(day + serial)}`;
}

interface MeteringFacts {
  readonly ordinal: number;
  readonly seed: number;
  readonly town: Town;
  readonly billedMonth: string;
}

function sampleMetering(random: Random, { ordinal, seed, town, billedMonth }: MeteringFacts): SampleMetering {
  const point = `735999${String((seed % 1_000) * 100_000 + ordinal).padStart(11, '0')}`;
  return {
    id: point + gs1CheckDigit(point),
    area: town.area,
    meterNumber: String(random.whole(10_000_000, 99_999_999)),
    use: ordinal % invoicesPerUse === 0 ? sampleUse(random, billedMonth) : null,
  };
}

function sampleUse(random: Random, billedMonth: string): SampleUse {
  const yearlyKwh = random.whole(2_200, 24_000);
  const history = Array.from({ length: 13 }, (_, index) => {
    const month = addMonths(billedMonth, index - 12);
    return { month, kwh: monthlyUse(random, yearlyKwh, month) };
  });
  return { consumptionKwh: history.at(-1)?.kwh ?? 1, readingStart: random.whole(1_000, 90_000), history };
}

function monthlyUse(random: Random, yearlyKwh: number, month: string): number {
  const share = useByMonth[Number(month.slice(5)) - 1] ?? 83;
  return Math.max(1, Math.round((yearlyKwh * share * random.whole(85, 115)) / 100_000));
}

function sampleLines(random: Random, { area, use }: SampleMetering): SampleLine[] {
  if (use === null) {
    const [fuse, kronor] = random.pick<readonly [string, number]>([
      ['16 A', 315],
      ['20 A', 445],
      ['25 A', 560],
    ]);
    return [
      line('GRID', `Elnätsabonnemang ${fuse}`, {
        quantity: 1,
        unit: 'MON',
        price: kronor * 10_000 + random.whole(0, 99) * 100,
      }),
    ];
  }
  const perKwh = (price: number) => ({ quantity: use.consumptionKwh, unit: 'KWH', price }) as const;
  return [
    line('ENERGY', `Elenergi rörligt pris ${area}`, perKwh(random.whole(4_100, 12_900))),
    line('CERTIFICATE', 'Elcertifikat', perKwh(random.whole(40, 95))),
    line('FEE', 'Månadsavgift', { quantity: 1, unit: 'MON', price: 10_000 * random.pick([29, 39, 49]) }),
    line('GRID', 'Elöverföring', perKwh(random.whole(2_200, 3_800))),
    line('TAX', 'Energiskatt', perKwh(energyTax)),
  ];
}

function line(
  type: SampleLine['type'],
  description: string,
  how: { readonly quantity: number; readonly unit: SampleLine['unit']; readonly price: number },
): SampleLine {
  const netMinor = Math.floor((how.quantity * how.price + 50) / 100);
  return { type, description, quantity: how.quantity, unit: how.unit, priceTenThousandths: how.price, netMinor };
}

/** VAT 25 % rounded to the öre; what is to be paid in whole kronor, 50 öre up (lag 1970:1029). */
function sampleTotals(
  lines: readonly SampleLine[],
): Pick<SampleInvoice, 'netMinor' | 'vatMinor' | 'grossMinor' | 'roundingMinor' | 'payableMinor'> {
  let netMinor = 0;
  for (const each of lines) netMinor += each.netMinor;
  const vatMinor = Math.floor((netMinor + 2) / 4);
  const grossMinor = netMinor + vatMinor;
  const payableMinor = Math.floor((grossMinor + 50) / 100) * 100;
  return { netMinor, vatMinor, grossMinor, roundingMinor: payableMinor - grossMinor, payableMinor };
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** Letters without marks, lower case; everything else is left out. */
function asciiOf(text: string): string {
  return text
    .normalize('NFD')
    .replace(/ı/gu, 'i')
    .replace(/[^a-zA-Z]/gu, '')
    .toLowerCase();
}

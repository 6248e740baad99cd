// One way to break each rule of a service's channel (Svea, SendRegning) in a GASEL file, and where it must be found. Data for service-rules.test.ts.

import type { ChannelRuleId } from '../../../src/shared/words/channel-rule-facts.ts';
import { noks, numbered, toPay } from './own-failures.ts';

type Changes = readonly (readonly [string, string])[];

/** A change of the service's good document and the findings it must give. */
export interface ServiceFailure {
  readonly id: ChannelRuleId;
  readonly service: 'svea' | 'sendregning';
  /** From the service's good document. */
  readonly changes: Changes;
  /** A text of the changed document, and how many characters into it the finding starts. */
  readonly at: readonly [string, number?];
  /** Other rules that the same fault breaks. */
  readonly also?: readonly string[];
}

/** What makes the GASEL base a document that the service takes. */
export const goodFor: Readonly<Record<ServiceFailure['service'], Changes>> = {
  svea: [numbered('19121212-1212')],
  sendregning: noks,
};

const buyerCountry = '<Country>SE</Country></Address>\n      <Contact>';
const inEuros = ['<DocumentCurrencyCode>SEK', '<DocumentCurrencyCode>EUR'] as const;
const subtotal = '<TaxSubtotal><TaxableAmount>400.00</TaxableAmount><TaxAmount>100.00</TaxAmount><Percent>25</Percent>';
const creditNote: Changes = [['<InvoiceTypeCode>380', '<InvoiceTypeCode>381']];
const halfPercent: Changes = [
  ['<Percent>25', '<Percent>12.5'],
  ['<TaxPercent>25', '<TaxPercent>12.5'],
  ['<TaxAmount>100.00', '<TaxAmount>50.00'],
  ['      <TaxAmount>100.00', '      <TaxAmount>50.00'],
  ['<TaxInclusiveAmount>500.00', '<TaxInclusiveAmount>450.00'],
  [toPay, '      <PayableAmount>450.00'],
];

/** The same invoice with every amount so many times as large. */
function times(zeros: string): Changes {
  return [
    ['<PriceAmount>1.00', `<PriceAmount>1${zeros}.00`],
    ['<LineExtensionAmount>400.00', `<LineExtensionAmount>400${zeros}.00`],
    ['<TaxableAmount>400.00', `<TaxableAmount>400${zeros}.00`],
    ['<TaxAmount>100.00', `<TaxAmount>100${zeros}.00`],
    ['<LineExtensionAmount>400.00', `<LineExtensionAmount>400${zeros}.00`],
    ['<TaxExclusiveAmount>400.00', `<TaxExclusiveAmount>400${zeros}.00`],
    ['<TaxAmount>100.00', `<TaxAmount>100${zeros}.00`],
    ['<TaxInclusiveAmount>500.00', `<TaxInclusiveAmount>500${zeros}.00`],
    [toPay, `      <PayableAmount>500${zeros}.00`],
  ];
}

const prepaid: Changes = [[toPay, '      <PrepaidAmount>100.00</PrepaidAmount><PayableAmount>400.00']];

/** VAT that no stated rate explains: the sums add up, and the service would compute others. */
const otherVat: Changes = [
  [subtotal, subtotal.replace('100.00', '100.30').replace('<Percent>25</Percent>', '')],
  ['      <TaxAmount>100.00', '      <TaxAmount>100.30'],
  ['<TaxInclusiveAmount>500.00', '<TaxInclusiveAmount>500.30'],
  [toPay, '      <PayableAmount>500.30'],
];

const kinds = ['ENERGY', 'GRID', 'FEE', 'TAX', 'CERTIFICATE', 'REMINDER', 'DISCOUNT'];
const rowsOfManyKinds = ['25', '15', '12']
  .flatMap((rate) => kinds.map((kind) => [rate, kind] as const))
  .map(
    ([rate, kind], index) =>
      `    <InvoiceLine><ID>${String(index + 2)}</ID><LineType>${kind}</LineType><Description>Rad</Description><LineExtensionAmount>0.00</LineExtensionAmount><TaxPercent>${rate}</TaxPercent><TaxCategory>S</TaxCategory></InvoiceLine>\n`,
  )
  .join('');

const svea: readonly Omit<ServiceFailure, 'service'>[] = [
  {
    id: 'channel.svea.country',
    changes: [[buyerCountry, buyerCountry.replace('SE', 'FI')]],
    at: ['>FI<', 1],
  },
  {
    id: 'channel.svea.national-id',
    changes: [['19121212-1212', '12345']],
    at: ['>12345<', 1],
    also: ['core.number.organisation'],
  },
  {
    id: 'channel.svea.national-id',
    changes: [['<PersonalNumber>19121212-1212</PersonalNumber>', '']],
    at: ['<CustomerParty>'],
  },
  {
    // With euros the customer's country tells which of Svea's is meant: a Swedish number is no Finnish one, and no German birth date.
    id: 'channel.svea.national-id',
    changes: [inEuros, [buyerCountry, buyerCountry.replace('SE', 'FI')]],
    at: ['>19121212-1212<', 1],
  },
  {
    id: 'channel.svea.customer',
    changes: [inEuros, [buyerCountry, buyerCountry.replace('SE', 'DE')]],
    at: ['>19121212-1212<', 1],
  },
  { id: 'channel.svea.credit-note', changes: creditNote, at: ['>381<', 1] },
  { id: 'channel.svea.vat-rate', changes: halfPercent, at: ['<TaxPercent>12.5', 12], also: ['core.vat.rate'] },
  { id: 'channel.svea.prepaid', changes: prepaid, at: ['<PrepaidAmount>100.00', 15] },
  {
    id: 'channel.svea.not-positive',
    changes: [[toPay, '      <PrepaidAmount>500.00</PrepaidAmount><PayableAmount>0.00']],
    at: ['<PayableAmount>0.00', 15],
    also: ['channel.svea.prepaid'],
  },
  { id: 'channel.svea.amount-too-large', changes: times('00000'), at: ['<LineExtensionAmount>40000000.00', 21] },
  { id: 'channel.svea.total-differs', changes: otherVat, at: ['<PayableAmount>500.30', 15] },
];

const sendRegning: readonly Omit<ServiceFailure, 'service'>[] = [
  {
    id: 'channel.sendregning.missing',
    changes: [
      ['<StreetName>Provgatan 1</StreetName><PostalZone>652 24</PostalZone>', '<StreetName>Provgatan 1</StreetName>'],
    ],
    at: ['<Address><StreetName>Provgatan 1'],
  },
  {
    id: 'channel.sendregning.length',
    changes: [['Åsa Öberg', `Åsa ${'Ö'.repeat(40)}`]],
    at: ['Åsa Ö'],
  },
  {
    id: 'channel.sendregning.currency',
    changes: [['<DocumentCurrencyCode>NOK', '<DocumentCurrencyCode>EUR']],
    at: ['>EUR<', 1],
  },
  {
    id: 'channel.sendregning.country',
    changes: [[buyerCountry, buyerCountry.replace('SE', 'XX')]],
    at: ['>XX<', 1],
  },
  {
    id: 'channel.sendregning.date',
    changes: [['2026-12-06', '2100-01-01']],
    at: ['2100-01-01'],
    also: ['core.duedate.far'],
  },
  {
    id: 'channel.sendregning.lines',
    changes: [['    <TaxTotal>', `${rowsOfManyKinds}    <TaxTotal>`]],
    at: ['<InvoiceLine>'],
  },
  { id: 'channel.sendregning.vat-rate', changes: halfPercent, at: ['<TaxPercent>12.5', 12], also: ['core.vat.rate'] },
  {
    id: 'channel.sendregning.amount',
    changes: times('000000000'),
    at: ['<LineExtensionAmount>400000000000.00', 21],
  },
  { id: 'channel.sendregning.prepaid', changes: prepaid, at: ['<PrepaidAmount>100.00', 15] },
  { id: 'channel.sendregning.total', changes: otherVat, at: ['<PayableAmount>500.30', 15] },
  { id: 'channel.sendregning.credited', changes: creditNote, at: ['>381<', 1] },
];

/** Every rule of the services' channels at least once. */
export const serviceFailures: readonly ServiceFailure[] = [
  ...svea.map((each) => ({ ...each, service: 'svea' as const })),
  ...sendRegning.map((each) => ({ ...each, service: 'sendregning' as const })),
];

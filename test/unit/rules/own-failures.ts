// One way to break each of the product's own rules in a GASEL file, and where it must be found. Data for own-rules.test.ts.

import type { RuleId } from '../../../src/shared/words/rule-facts.ts';
import type { Severity } from '../../../src/shared/schema/problem.ts';

/** A change of the base document and the findings it must give. */
export interface OwnFailure {
  readonly id: RuleId;
  /** Text of the base → what stands there instead. */
  readonly changes: readonly (readonly [string, string])[];
  /** A text that is unique in the changed document, and how many characters into it the finding starts. */
  readonly at: readonly [string, number?];
  /** Other rules that the same fault breaks. */
  readonly also?: readonly RuleId[];
  /** Changes that put the same question and answer it well, for what the base does not hold; left out, the base itself passes. */
  readonly good?: readonly (readonly [string, string])[];
  /** Where it is milder than usual. */
  readonly severity?: Severity;
}

const sums = '<MonetaryTotal>\n      <LineExtensionAmount>';
export const toPay = '      <PayableAmount>500.00';
const post = ['<DeliveryChannel>email', '<DeliveryChannel>post'] as const;
const buyerAddress =
  '<Name>Åsa Öberg</Name>\n      <Address><StreetName>Provgatan 1</StreetName><PostalZone>652 24</PostalZone><CityName>Karlstad</CityName>';
const payment = '<PaymentMeans><PaymentReference>1230</PaymentReference><Bankgiro>5402-9681</Bankgiro></PaymentMeans>';

function value(id: RuleId, from: string, to: string, also: readonly RuleId[] = []): OwnFailure {
  return { id, changes: [[`>${from}<`, `>${to}<`]], at: [`>${to}<`, 1], also };
}

/** The means of payment with one thing in it. */
function paidBy(id: RuleId, element: string, [account, good]: readonly [string, string]): OwnFailure {
  const means = (number: string) =>
    [payment, `<PaymentMeans><${element}>${number}</${element}></PaymentMeans>`] as const;
  return { id, changes: [means(account)], good: [means(good)], at: [`>${account}<`, 1] };
}

/** The customer with a personal number. */
export function numbered(number: string): readonly [string, string] {
  return ['<CustomerID>K-1</CustomerID>', `<CustomerID>K-1</CustomerID><PersonalNumber>${number}</PersonalNumber>`];
}

/** Öre to pay more than the sum, and the batch's total with it. */
function rounded(rounding: string, payable: string): readonly (readonly [string, string])[] {
  return [
    [toPay, `      <RoundingAmount>${rounding}</RoundingAmount><PayableAmount>${payable}`],
    ['<TotalAmount currencyID="SEK">500.00', `<TotalAmount currencyID="SEK">${payable}`],
  ];
}

/** 500.25 rounded to 500: a row of öre without VAT makes the sum. */
const oreGone: readonly (readonly [string, string])[] = [
  [
    '    <TaxTotal>',
    '    <InvoiceLine><ID>2</ID><LineType>FEE</LineType><Description>Avgift</Description><LineExtensionAmount>0.25</LineExtensionAmount><TaxPercent>0</TaxPercent><TaxCategory>Z</TaxCategory></InvoiceLine>\n    <TaxTotal>',
  ],
  [
    '</TaxTotal>',
    '<TaxSubtotal><TaxableAmount>0.25</TaxableAmount><TaxAmount>0.00</TaxAmount><Percent>0</Percent><TaxCategory>Z</TaxCategory></TaxSubtotal></TaxTotal>',
  ],
  [`${sums}400.00`, `${sums}400.25`],
  ['<TaxExclusiveAmount>400.00', '<TaxExclusiveAmount>400.25'],
  ['<TaxInclusiveAmount>500.00', '<TaxInclusiveAmount>500.25'],
  [toPay, '      <RoundingAmount>-0.25</RoundingAmount><PayableAmount>500.00'],
];

/** A Norwegian seller, in kroner. */
export const noks = [
  ['<DocumentCurrencyCode>SEK', '<DocumentCurrencyCode>NOK'],
  ['<TotalAmount currencyID="SEK">', '<TotalAmount currencyID="NOK">'],
  [
    '<CompanyID>5566778899</CompanyID>\n      <VATNumber>SE556677889901',
    '<CompanyID>923609016</CompanyID>\n      <VATNumber>NO923609016MVA',
  ],
  ['<Country>SE', '<Country>NO'],
] as const;

/** A reading before and one after the consumption of 400 kWh. */
function readings(from: string, to: string): readonly [string, string] {
  const consumption = '<Consumption unitCode="KWH">400<';
  return [consumption, `<ReadingStart>${from}</ReadingStart><ReadingEnd>${to}</ReadingEnd>${consumption}`];
}

function gridRule(id: RuleId, change: readonly [string, string], at: OwnFailure['at']): OwnFailure {
  return { id, changes: [change], at };
}

/** Every rule of the sets core, channel and vendor at least once. */
export const ownFailures: readonly OwnFailure[] = [
  {
    id: 'core.lines.missing',
    changes: [
      ['<InvoiceLine>', '<Nothing>'],
      ['</InvoiceLine>', '</Nothing>'],
    ],
    at: ['<Invoice>'],
  },
  {
    id: 'core.row.amount',
    changes: [['<PriceAmount>1.00', '<PriceAmount>1.10']],
    at: ['<LineExtensionAmount>400.00', 21],
  },
  {
    id: 'core.total.rows',
    changes: [[`${sums}400.00`, `${sums}410.00`]],
    at: ['410.00'],
    also: ['core.total.net'],
  },
  {
    id: 'core.total.adjustments',
    changes: [['<TaxExclusiveAmount>', '<AllowanceTotalAmount>7.00</AllowanceTotalAmount><TaxExclusiveAmount>']],
    good: [['<TaxExclusiveAmount>', '<AllowanceTotalAmount>0.00</AllowanceTotalAmount><TaxExclusiveAmount>']],
    at: ['7.00'],
    also: ['core.total.net'],
  },
  {
    id: 'core.total.net',
    changes: [['<TaxExclusiveAmount>400.00', '<TaxExclusiveAmount>401.00']],
    at: ['401.00'],
    also: ['core.total.gross'],
  },
  {
    id: 'core.vat.amount',
    changes: [
      ['<TaxAmount>100.00', '<TaxAmount>102.00'],
      ['<TaxAmount>100.00', '<TaxAmount>102.00'],
      ['<TaxInclusiveAmount>500', '<TaxInclusiveAmount>502'],
      [toPay, '      <PayableAmount>502.00'],
      ['<TotalAmount currencyID="SEK">500', '<TotalAmount currencyID="SEK">502'],
    ],
    at: ['<TaxAmount>102.00</TaxAmount><Percent>', 11],
  },
  {
    id: 'core.vat.sum',
    changes: [['      <TaxAmount>100.00', '      <TaxAmount>100.50']],
    at: ['100.50'],
    also: ['core.total.gross'],
  },
  { id: 'core.vat.base', changes: [['<TaxableAmount>400', '<TaxableAmount>403']], at: ['403.00'] },
  {
    id: 'core.vat.rate',
    changes: [
      ['<Percent>25', '<Percent>24.9'],
      ['<TaxPercent>25', '<TaxPercent>24.9'],
    ],
    at: ['<Percent>24.9', 9],
  },
  {
    id: 'core.total.gross',
    changes: [['<TaxInclusiveAmount>500.00', '<TaxInclusiveAmount>501.00']],
    at: ['501.00'],
    also: ['core.total.payable'],
  },
  {
    id: 'core.total.payable',
    changes: [
      [toPay, '      <PayableAmount>501.00'],
      ['<TotalAmount currencyID="SEK">500', '<TotalAmount currencyID="SEK">501'],
    ],
    at: ['<PayableAmount>501.00', 15],
  },
  {
    id: 'core.rounding.size',
    changes: rounded('1.00', '501.00'),
    good: oreGone,
    at: ['<RoundingAmount>1.00', 16],
  },
  {
    id: 'core.rounding.payable',
    changes: rounded('0.25', '500.25'),
    good: oreGone,
    at: ['<PayableAmount>500.25', 15],
  },
  {
    id: 'core.payable.negative',
    changes: [
      [toPay, '      <PrepaidAmount>600.00</PrepaidAmount><PayableAmount>-100.00'],
      ['<TotalAmount currencyID="SEK">500', '<TotalAmount currencyID="SEK">-100'],
    ],
    at: ['<PayableAmount>-100.00', 15],
  },
  {
    id: 'core.currency.unknown',
    changes: [
      ['<DocumentCurrencyCode>SEK', '<DocumentCurrencyCode>SKR'],
      ['<TotalAmount currencyID="SEK">', '<TotalAmount currencyID="SKR">'],
    ],
    at: ['<DocumentCurrencyCode>SKR', 22],
  },
  { id: 'core.duedate.missing', changes: [['<DueDate>2026-12-06</DueDate>', '']], at: ['<Invoice>'] },
  value('core.duedate.beforeInvoice', '2026-12-06', '2026-11-05'),
  value('core.duedate.past', '2026-12-06', '2026-11-20'),
  value('core.duedate.far', '2026-12-06', '2027-12-06'),
  value('core.period.order', '2026-10-31', '2026-09-30'),
  value('core.email.syntax', 'asa@example.com', 'asa@@example.com'),
  {
    id: 'core.email.missing',
    changes: [['<ElectronicMail>asa@example.com</ElectronicMail>', '']],
    at: ['<Contact>'],
  },
  value('core.name.tooLong', 'Åsa Öberg', `Åsa ${'Ö'.repeat(140)}`),
  {
    id: 'core.text.control',
    changes: [['<ID>1001', '<ID>10\u202e01']],
    at: ['<ID>10\u202e01', 4],
  },
  {
    id: 'core.text.encoding',
    changes: [[buyerAddress, buyerAddress.replace('Provgatan 1', 'PrÃ¥vgatan 1')]],
    at: ['PrÃ¥vgatan'],
  },
  {
    id: 'core.address.incomplete',
    changes: [post, [buyerAddress, buyerAddress.replace('<PostalZone>652 24</PostalZone>', '')]],
    good: [post],
    at: ['<Address><StreetName>Provgatan 1'],
  },
  {
    id: 'core.address.postalCode',
    changes: [post, [buyerAddress, buyerAddress.replace('652 24', '6522')]],
    good: [post],
    at: ['>6522<', 1],
  },
  value('core.reference.ocr', '1230', '1800355'),
  {
    id: 'core.reference.kid',
    changes: [...noks, [payment, '<PaymentMeans><PaymentReference>0003434323213231</PaymentReference></PaymentMeans>']],
    good: [...noks, [payment, '<PaymentMeans><PaymentReference>0000000001230</PaymentReference></PaymentMeans>']],
    at: ['0003434323213231'],
  },
  paidBy('core.account.bankgiro', 'Bankgiro', ['1112222', '991-2346']),
  paidBy('core.account.plusgiro', 'Plusgiro', ['28 65 43-5', '28 65 43-4']),
  paidBy('core.account.iban', 'IBAN', ['SE1250000000058398257466', 'SE4550000000058398257466']),
  {
    id: 'core.account.norwegian',
    changes: [...noks, [payment, '<PaymentMeans><Account>86011117948</Account></PaymentMeans>']],
    good: [...noks, [payment, '<PaymentMeans><Account>86011117947</Account></PaymentMeans>']],
    at: ['86011117948'],
  },
  value('core.number.meteringPoint', '735999100000000010', '731234567890123456'),
  {
    id: 'core.number.personal',
    changes: [numbered('19121212-1213')],
    good: [numbered('19121212-1212')],
    at: ['19121212-1213'],
  },
  {
    id: 'core.number.personal',
    // A coordination number: 60 is added to the day.
    changes: [numbered('701063-2392')],
    good: [numbered('701063-2391')],
    at: ['701063-2392'],
  },
  {
    id: 'core.number.organisation',
    changes: [['      <CompanyID>5566778899', '      <CompanyID>5566778898']],
    at: ['<CompanyID>5566778898', 11],
  },
  value('core.number.vat', 'SE556677889901', 'SE55667788990'),
  {
    id: 'core.number.phone',
    changes: [['<ElectronicMail>', '<Telephone>070-12</Telephone><ElectronicMail>']],
    good: [['<ElectronicMail>', '<Telephone>070-174 06 05</Telephone><ElectronicMail>']],
    at: ['070-12'],
  },
  value('channel.email.domain', 'asa@example.com', 'asa@kund.invalid'),
  {
    id: 'channel.sftp.name',
    changes: [post, ['<ID>1001<', '<ID>2026/1001<']],
    good: [post, ['<ID>1001<', '<ID>2026-1001_A<']],
    at: ['2026/1001'],
    severity: 'info',
  },
  gridRule('vendor.metering.missing', ['      <ID>735999100000000010</ID>\n', ''], ['<MeteringPoint>']),
  value('vendor.metering.area', 'SE3', 'STH'),
  {
    ...gridRule('vendor.metering.readings', readings('1000', '1500'), ['"KWH">400<', 6]),
    good: [readings('99900', '300')],
  },
];

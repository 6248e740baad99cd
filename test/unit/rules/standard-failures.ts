// One way to break each rule of the public standards, and where it must be found. Data for standard-rules.test.ts.

import type { StandardRuleId } from '../../../src/shared/words/standard-rule-facts.ts';
import type { Category } from './standard-text.ts';

/** A change of the base document and the findings it must give. */
export interface Failure {
  readonly id: StandardRuleId;
  readonly category?: Category;
  /** Text of the base → what stands there instead. */
  readonly changes: readonly (readonly [string, string])[];
  /** Changes that put the same question and answer it well, for what the base does not hold; left out, the base itself passes. */
  readonly good?: readonly (readonly [string, string])[];
  /** A text that is unique in the changed document, and how many characters into it the finding starts. */
  readonly at: readonly [string, number?];
  /** Other rules that the same fault breaks. */
  readonly also?: readonly string[];
}

const vatNumber =
  '<cac:PartyTaxScheme><cbc:CompanyID>SE556677889901</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>';
const fSkatt =
  '<cac:PartyTaxScheme><cbc:CompanyID>Godkänd för F-skatt</cbc:CompanyID><cac:TaxScheme><cbc:ID>TAX</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>';
const sellerAddress =
  '<cac:PostalAddress><cbc:StreetName>Elvägen 2</cbc:StreetName><cac:Country><cbc:IdentificationCode>SE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>';
const buyerAddress =
  '<cac:PostalAddress><cbc:StreetName>Provgatan 1</cbc:StreetName><cbc:CityName>Karlstad</cbc:CityName><cac:Country><cbc:IdentificationCode>SE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>';
const total = (name: string, amount: string): string => `<cbc:${name} currencyID="SEK">${amount}</cbc:${name}>`;
const country = '<cac:Country><cbc:IdentificationCode>SE</cbc:IdentificationCode></cac:Country>';
const seller = ['<cac:AccountingSupplierParty><cac:Party>', '<cac:AccountingSupplierParty>'.length] as const;
const buyer = ['<cac:AccountingCustomerParty><cac:Party>', '<cac:AccountingCustomerParty>'.length] as const;
const sums = ['<cac:LegalMonetaryTotal>'] as const;

function gone(id: StandardRuleId, element: string, at: readonly [string, number?]): Failure {
  return { id, changes: [[element, '']], at };
}

/** An amount that is changed, found at its value. */
function amount(
  id: StandardRuleId,
  name: string,
  values: readonly [string, string],
  also: readonly string[] = [],
): Failure {
  const tag = `<cbc:${name} currencyID="SEK">`;
  return { id, changes: [[`${tag}${values[0]}`, `${tag}${values[1]}`]], at: [`${tag}${values[1]}<`, tag.length], also };
}

/** One value for another, found where it stands. */
function value(id: StandardRuleId, values: readonly [string, string], also: readonly string[] = []): Failure {
  return { id, changes: [[`>${values[0]}<`, `>${values[1]}<`]], at: [`>${values[1]}<`, 1], also };
}

const presence: readonly Failure[] = [
  gone(
    'BR-01',
    '<cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0</cbc:CustomizationID>',
    ['<Invoice'],
  ),
  gone('BR-02', '<cbc:ID>F-1</cbc:ID>', ['<Invoice']),
  gone('BR-03', '<cbc:IssueDate>2026-11-06</cbc:IssueDate>', ['<Invoice']),
  gone('BR-04', '<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>', ['<Invoice']),
  gone('BR-05', '<cbc:DocumentCurrencyCode>SEK</cbc:DocumentCurrencyCode>', ['<Invoice']),
  {
    id: 'BR-06',
    changes: [
      ['<cbc:RegistrationName>Exempelenergi AB</cbc:RegistrationName>', ''],
      ['<cac:PartyName><cbc:Name>Exempelenergi</cbc:Name></cac:PartyName>', ''],
    ],
    at: ['<cac:PartyLegalEntity><cbc:CompanyID>5566778899'],
  },
  gone('BR-07', '<cbc:RegistrationName>Prov AB</cbc:RegistrationName>', [
    '<cac:PartyLegalEntity><cbc:CompanyID>5560360793',
  ]),
  gone('BR-08', sellerAddress, seller),
  gone('BR-09', country, ['<cac:PostalAddress><cbc:StreetName>Elvägen 2']),
  gone('BR-10', buyerAddress, buyer),
  {
    id: 'BR-11',
    changes: [[`<cbc:CityName>Karlstad</cbc:CityName>${country}`, '<cbc:CityName>Karlstad</cbc:CityName>']],
    at: ['<cac:PostalAddress><cbc:StreetName>Provgatan 1'],
  },
  gone('BR-12', total('LineExtensionAmount', '100.00'), sums),
  gone('BR-13', total('TaxExclusiveAmount', '110.00'), sums),
  gone('BR-14', total('TaxInclusiveAmount', '137.50'), sums),
  gone('BR-15', total('PayableAmount', '128.00'), sums),
  {
    id: 'BR-16',
    changes: [
      ['<cac:InvoiceLine>', '<cac:Nothing>'],
      ['</cac:InvoiceLine>', '</cac:Nothing>'],
    ],
    at: ['<Invoice'],
    also: ['BR-S-08'],
  },
];

/** Too much VAT, with sums that follow from it. */
const tooMuchVat: Failure['changes'] = [
  ['27.50', '29.00'],
  ['27.50', '29.00'],
  ['137.50', '139.00'],
  ['>0.50<', '>0.00<'],
  ['128.00', '129.00'],
];
const subtotalVat = '110.00</cbc:TaxableAmount><cbc:TaxAmount currencyID="SEK">';

const conditions: readonly Failure[] = [
  {
    id: 'BR-CO-03',
    changes: [
      ['<cbc:InvoiceTypeCode>', '<cbc:TaxPointDate>2026-11-06</cbc:TaxPointDate><cbc:InvoiceTypeCode>'],
      ['</cbc:EndDate>', '</cbc:EndDate><cbc:DescriptionCode>35</cbc:DescriptionCode>'],
    ],
    at: ['>35<', 1],
  },
  {
    id: 'BR-CO-04',
    changes: [['<cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID>', '<cac:ClassifiedTaxCategory>']],
    at: ['<cac:InvoiceLine>'],
    also: ['BR-S-08'],
  },
  {
    id: 'BR-CO-09',
    changes: [
      [
        '<cac:PartyLegalEntity><cbc:RegistrationName>Prov AB',
        '<cac:PartyTaxScheme><cbc:CompanyID>ZZ12345</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme><cac:PartyLegalEntity><cbc:RegistrationName>Prov AB',
      ],
    ],
    at: ['ZZ12345'],
  },
  amount('BR-CO-10', 'LineExtensionAmount', ['100.00', '101.00'], ['BR-CO-13']),
  amount('BR-CO-11', 'AllowanceTotalAmount', ['20.00', '21.00'], ['BR-CO-13']),
  amount('BR-CO-12', 'ChargeTotalAmount', ['30.00', '31.00'], ['BR-CO-13']),
  amount('BR-CO-13', 'TaxExclusiveAmount', ['110.00', '111.00'], ['BR-CO-15']),
  amount('BR-CO-14', 'TaxAmount', ['27.50', '27.60'], ['BR-CO-15']),
  amount('BR-CO-15', 'TaxInclusiveAmount', ['137.50', '137.60'], ['BR-CO-16']),
  amount('BR-CO-16', 'PayableAmount', ['128.00', '129.00']),
  { id: 'BR-CO-17', changes: tooMuchVat, at: [subtotalVat, subtotalVat.length], also: ['BR-S-09'] },
  {
    id: 'BR-CO-18',
    changes: [
      ['<cac:TaxSubtotal>', '<cac:Nothing>'],
      ['</cac:TaxSubtotal>', '</cac:Nothing>'],
    ],
    at: ['<cac:TaxTotal>'],
    also: ['BR-S-01'],
  },
  gone('BR-CO-25', '<cbc:DueDate>2026-12-06</cbc:DueDate>', ['<Invoice']),
];

const rowAmount = '</cbc:InvoicedQuantity>\n    <cbc:LineExtensionAmount currencyID="SEK">';

const decimals: readonly Failure[] = [
  amount('BR-DEC-01', 'Amount', ['20.00', '20.000']),
  amount('BR-DEC-02', 'BaseAmount', ['101.00', '101.000']),
  amount('BR-DEC-05', 'Amount', ['30.00', '30.000']),
  amount('BR-DEC-06', 'BaseAmount', ['102.00', '102.000']),
  amount('BR-DEC-09', 'LineExtensionAmount', ['100.00', '100.000']),
  amount('BR-DEC-10', 'AllowanceTotalAmount', ['20.00', '20.000']),
  amount('BR-DEC-11', 'ChargeTotalAmount', ['30.00', '30.000']),
  amount('BR-DEC-12', 'TaxExclusiveAmount', ['110.00', '110.000']),
  amount('BR-DEC-13', 'TaxAmount', ['27.50', '27.500']),
  amount('BR-DEC-14', 'TaxInclusiveAmount', ['137.50', '137.500']),
  value('BR-DEC-15', ['2.51', '2.510']),
  amount('BR-DEC-16', 'PrepaidAmount', ['10.00', '10.000']),
  amount('BR-DEC-17', 'PayableRoundingAmount', ['0.50', '0.500']),
  amount('BR-DEC-18', 'PayableAmount', ['128.00', '128.000']),
  // An amount that is not exact can't be read: the same rule says so, and its severity can't be changed.
  amount('BR-DEC-18', 'PayableAmount', ['128.00', '128.001']),
  amount('BR-DEC-19', 'TaxableAmount', ['110.00', '110.000']),
  {
    id: 'BR-DEC-20',
    changes: [[`${subtotalVat}27.50`, `${subtotalVat}27.500`]],
    at: [`${subtotalVat}27.500`, subtotalVat.length],
  },
  {
    id: 'BR-DEC-23',
    changes: [[`${rowAmount}100.00`, `${rowAmount}100.000`]],
    at: [`${rowAmount}100.000`, rowAmount.length],
  },
  amount('BR-DEC-24', 'Amount', ['10.00', '10.000']),
  amount('BR-DEC-25', 'BaseAmount', ['103.00', '103.000']),
  amount('BR-DEC-27', 'Amount', ['5.00', '5.000']),
  amount('BR-DEC-28', 'BaseAmount', ['104.00', '104.000']),
];

const inSubtotal = '      <cac:TaxCategory>';
const inRow = '<cac:ClassifiedTaxCategory>';
const inAllowance = '101.00</cbc:BaseAmount>\n    <cac:TaxCategory>';
const inCharge = '102.00</cbc:BaseAmount>\n    <cac:TaxCategory>';

function numberFailures(category: Category): Failure[] {
  const ids = ['02', '03', '04'].map((part) => `BR-${category}-${part}` as StandardRuleId);
  const changes: Failure['changes'] =
    category === 'O'
      ? [[fSkatt, `${vatNumber}${fSkatt}`]]
      : [
          [vatNumber, ''],
          [fSkatt, ''],
        ];
  return ids.map((id) => ({
    id,
    category,
    changes,
    at: category === 'O' ? ['SE556677889901'] : seller,
    also: ids.filter((other) => other !== id),
  }));
}

function rateFailures(category: Category): Failure[] {
  const places = [
    ['05', inRow],
    ['06', inAllowance],
    ['07', inCharge],
  ] as const;
  return places.map(([part, where]) => {
    const before = `${where}<cbc:ID>${category}</cbc:ID>`;
    const good = category === 'S' ? '<cbc:Percent>25<' : category === 'O' ? '<' : '<cbc:Percent>0<';
    const bad =
      category === 'S' ? '<cbc:Percent>0<' : category === 'O' ? '<cbc:Percent>0</cbc:Percent><' : '<cbc:Percent>25<';
    return {
      id: `BR-${category}-${part}` as StandardRuleId,
      category,
      changes: [[`${before}${good}`, `${before}${bad}`]],
      at: [`${before}${bad}`, before.length + '<cbc:Percent>'.length],
      also: category === 'S' ? ['BR-S-08', 'SE-R-006'] : [],
    };
  });
}

function vatFailure(category: Category): Failure {
  const id = `BR-${category}-09` as StandardRuleId;
  if (category === 'S') return { id, changes: tooMuchVat, at: [subtotalVat, subtotalVat.length], also: ['BR-CO-17'] };
  const tag = '<cbc:TaxAmount currencyID="SEK">';
  return {
    id,
    category,
    changes: [
      [`${tag}0.00`, `${tag}1.50`],
      [`${tag}0.00`, `${tag}1.50`],
      [total('TaxInclusiveAmount', '110.00'), total('TaxInclusiveAmount', '111.50')],
      [total('PayableAmount', '100.00'), total('PayableAmount', '101.50')],
    ],
    at: [subtotalVat, subtotalVat.length],
    also: category === 'O' ? [] : ['BR-CO-17'],
  };
}

function reasonFailure(category: Category): Failure {
  const id = `BR-${category}-10` as StandardRuleId;
  const reason = '<cbc:TaxExemptionReason>No VAT here</cbc:TaxExemptionReason>';
  if (category !== 'S' && category !== 'Z') return { id, category, changes: [[reason, '']], at: ['<cac:TaxSubtotal>'] };
  const before = `${inSubtotal}<cbc:ID>${category}</cbc:ID>`;
  return { id, category, changes: [[before, `${before}${reason}`]], at: ['No VAT here'] };
}

function categoryFailures(category: Category): Failure[] {
  return [
    {
      id: `BR-${category}-01` as StandardRuleId,
      category,
      changes: [[`${inSubtotal}<cbc:ID>${category}<`, `${inSubtotal}<cbc:ID>L<`]],
      at: ['<cac:TaxTotal>'],
    },
    ...numberFailures(category),
    ...rateFailures(category),
    { ...amount(`BR-${category}-08` as StandardRuleId, 'TaxableAmount', ['110.00', '112.00']), category },
    vatFailure(category),
    reasonFailure(category),
  ];
}

function mixed(id: StandardRuleId, where: string): Failure {
  const before = `${where}<cbc:ID>`;
  return {
    id,
    category: 'O',
    changes: [[`${before}O</cbc:ID>`, `${before}S</cbc:ID><cbc:Percent>25</cbc:Percent>`]],
    at: [`${before}S`, before.length],
    also: ['BR-O-08', 'BR-S-01'],
  };
}

const notSubject: readonly Failure[] = [
  {
    id: 'BR-O-11',
    category: 'O',
    changes: [
      [
        '</cac:TaxSubtotal>',
        `</cac:TaxSubtotal><cac:TaxSubtotal>${total('TaxableAmount', '0.00')}${total('TaxAmount', '0.00')}<cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>25</cbc:Percent></cac:TaxCategory></cac:TaxSubtotal>`,
      ],
    ],
    at: ['>S<', 1],
  },
  mixed('BR-O-12', inRow),
  mixed('BR-O-13', inAllowance),
  mixed('BR-O-14', inCharge),
];

const sweden: readonly Failure[] = [
  value('SE-R-001', ['SE556677889901', 'SE5566778899']),
  value('SE-R-002', ['SE556677889901', 'SE55667788990X']),
  value('SE-R-003', ['5566778899', '556677889X']),
  value('SE-R-004', ['5566778899', '55667788990']),
  value('SE-R-005', ['Godkänd för F-skatt', 'F-skatt']),
  {
    id: 'SE-R-006',
    changes: [[`${inRow}<cbc:ID>S</cbc:ID><cbc:Percent>25`, `${inRow}<cbc:ID>S</cbc:ID><cbc:Percent>20`]],
    at: ['>20<', 1],
    also: ['BR-S-08'],
  },
  value('SE-R-007', ['2865434', '286543-4']),
  value('SE-R-008', ['54029681', '5402-968']),
  value('SE-R-009', ['54029681', '540296811']),
  value('SE-R-010', ['2865434', '286543400']),
  value('SE-R-011', ['30', '50']),
  value('SE-R-012', ['30', '31']),
  value('SE-R-013', ['5566778899', '5566778898']),
];

const norwegianSeller: Failure['changes'] = [
  ['>SE<', '>NO<'],
  ['>5566778899<', '>923609016<'],
];

/** As the Norwegian rules want it. */
const registered: Failure['changes'] = [
  ...norwegianSeller,
  ['SE556677889901', 'NO923609016MVA'],
  ['Godkänd för F-skatt', 'Foretaksregisteret'],
];

const norway: readonly Failure[] = [
  {
    id: 'NO-R-001',
    changes: [...norwegianSeller, ['SE556677889901', 'NO923609016'], ['Godkänd för F-skatt', 'Foretaksregisteret']],
    good: registered,
    at: ['NO923609016'],
  },
  {
    id: 'NO-R-002',
    changes: [...norwegianSeller, ['SE556677889901', 'NO923609016MVA']],
    good: registered,
    at: ['Godkänd för F-skatt'],
  },
];

/** Every rule at least once. */
export const standardFailures: readonly Failure[] = [
  ...presence,
  ...conditions,
  ...decimals,
  ...(['S', 'Z', 'E', 'AE', 'O'] as const).flatMap(categoryFailures),
  ...notSubject,
  ...sweden,
  ...norway,
];

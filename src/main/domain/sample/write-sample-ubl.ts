// Writes an invented invoice or credit note as UBL 2.1: plain, EN 16931, Peppol BIS 3, EHF 3, EHF forward billing, EHF 2 and OIOUBL 2.

import type { InvoiceTexts } from './planted-errors.ts';
import { countrySellers, inCountry } from './sample-country.ts';
import type { SampleCountry } from './sample-country.ts';
import type { SampleInvoice, SampleLine } from './sample-invoice.ts';
import { sampleSeller } from './sample-seller.ts';
import type { SampleWriter } from './sample-writer.ts';
import { attribute, element, kronor, priceText } from './xml-text.ts';

interface Dialect {
  readonly country: SampleCountry;
  readonly currency: SampleWriter['currency'];
  readonly customizationId: string | null;
  readonly profileId: string | null;
  /** Older standards have the due date beside the payment. */
  readonly isDueWithPayment: boolean;
  readonly isOioubl: boolean;
  /** EHF 2: the total with VAT holds the rounding. */
  readonly isRoundingInGross: boolean;
}

const billing = 'urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0';
const peppol: Dialect = {
  country: 'SE',
  currency: 'SEK',
  customizationId: billing,
  profileId: 'urn:fdc:peppol.eu:2017:poacc:billing:01:1.0',
  isDueWithPayment: false,
  isOioubl: false,
  isRoundingInGross: false,
};
const ehf: Dialect = { ...peppol, country: 'NO', currency: 'NOK' };

const invoiceDialects = {
  ubl: { ...peppol, customizationId: null, profileId: null },
  'en-16931': { ...peppol, customizationId: 'urn:cen.eu:en16931:2017', profileId: null },
  'peppol-bis': peppol,
  ehf,
  'ehf-forward-billing': {
    ...ehf,
    customizationId: `${billing}#conformant#urn:fdc:anskaffelser.no:2019:ehf:forward-billing:3.0`,
  },
  'ehf-2': {
    ...ehf,
    customizationId:
      'urn:www.cenbii.eu:transaction:biitrns010:ver2.0:extended:urn:www.peppol.eu:bis:peppol4a:ver2.0:extended:urn:www.difi.no:ehf:faktura:ver2.0',
    profileId: 'urn:www.cenbii.eu:profile:bii04:ver2.0',
    isDueWithPayment: true,
    isRoundingInGross: true,
  },
  oioubl: {
    ...peppol,
    country: 'DK',
    currency: 'DKK',
    customizationId: 'OIOUBL-2.01',
    profileId: 'Procurement-BilSim-1.0',
    isDueWithPayment: true,
    isOioubl: true,
  },
} as const satisfies Readonly<Record<string, Dialect>>;

type InvoiceDialect = keyof typeof invoiceDialects;

/** Names of credit notes: the invoice's with an ending. */
const creditNoteEnding = '-creditnote';

const opening =
  '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">';

/** The writer of one standard's invoices. */
export function ublSample(name: InvoiceDialect): SampleWriter {
  return writerOf(invoiceDialects[name], (text) => text);
}

/** The writer of one standard's credit notes: the same content under the other root. */
export function ublCreditNoteSample(name: `${InvoiceDialect}${typeof creditNoteEnding}`): SampleWriter {
  const dialect: Dialect = invoiceDialects[name.slice(0, -creditNoteEnding.length) as InvoiceDialect];
  // UBL's credit note has no due date of its own.
  const customizationId = dialect.customizationId?.replace(':ehf:faktura:', ':ehf:kreditnota:') ?? null;
  return writerOf({ ...dialect, customizationId, isDueWithPayment: true }, asCreditNote);
}

function asCreditNote(text: string): string {
  return text
    .replace('<Invoice ', '<CreditNote ')
    .replace(':Invoice-2"', ':CreditNote-2"')
    .replace('</Invoice>', '</CreditNote>')
    .replace('<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>', '<cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>')
    .replaceAll('cac:InvoiceLine>', 'cac:CreditNoteLine>')
    .replaceAll('cbc:InvoicedQuantity', 'cbc:CreditedQuantity');
}

function writerOf(dialect: Dialect, finish: (text: string) => string): SampleWriter {
  return {
    isSingleInvoice: true,
    takesErrors: true,
    currency: dialect.currency,
    header: () => '<?xml version="1.0" encoding="UTF-8"?>\n',
    invoice: (invoice, texts) => finish(writeInvoice(inCountry(invoice, dialect.country), texts, dialect)),
    footer: '',
  };
}

function writeInvoice(invoice: SampleInvoice, texts: InvoiceTexts, dialect: Dialect): string {
  const money = (name: string, text: string): string => element(name, text, attribute('currencyID', texts.currency));
  const dueDate = dialect.isDueWithPayment ? null : texts.dueDate;
  return [
    opening,
    `<cbc:UBLVersionID>2.1</cbc:UBLVersionID>${element('cbc:CustomizationID', dialect.customizationId)}${element('cbc:ProfileID', dialect.profileId)}`,
    `${element('cbc:ID', texts.invoiceNumber)}${element('cbc:IssueDate', texts.invoiceDate)}${element('cbc:DueDate', dueDate)}<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>`,
    `${element('cbc:DocumentCurrencyCode', texts.currency)}${element('cbc:BuyerReference', invoice.customer.id)}`,
    `<cac:InvoicePeriod>${element('cbc:StartDate', invoice.periodStart)}${element('cbc:EndDate', invoice.periodEnd)}</cac:InvoicePeriod>`,
    `<cac:AdditionalDocumentReference>${element('cbc:ID', invoice.metering.id, attribute('schemeID', dialect.country === 'NO' ? 'AVE' : 'AUV'))}<cbc:DocumentTypeCode>130</cbc:DocumentTypeCode></cac:AdditionalDocumentReference>`,
    writeSeller(dialect.country),
    writeBuyer(invoice, texts, dialect.country),
    writePayment(invoice, texts, dialect),
    `<cac:TaxTotal>${money('cbc:TaxAmount', texts.vat)}`,
    `<cac:TaxSubtotal>${money('cbc:TaxableAmount', kronor(invoice.netMinor))}${money('cbc:TaxAmount', texts.vatOfRate)}${category('cac:TaxCategory', dialect)}</cac:TaxSubtotal></cac:TaxTotal>`,
    writeTotals(invoice, texts, { dialect, money }),
    ...invoice.lines.map((line, index) =>
      writeLine(line, {
        number: index + 1,
        net: index === 0 ? texts.firstRowNet : kronor(line.netMinor),
        money,
        dialect,
      }),
    ),
    '</Invoice>\n',
  ].join('\n');
}

function category(name: string, { isOioubl }: Dialect): string {
  return `<${name}><cbc:ID>${isOioubl ? 'StandardRated' : 'S'}</cbc:ID><cbc:Percent>25</cbc:Percent><cac:TaxScheme><cbc:ID>${isOioubl ? '63' : 'VAT'}</cbc:ID></cac:TaxScheme></${name}>`;
}

function writeSeller(country: SampleCountry): string {
  const seller = countrySellers[country];
  return [
    `<cac:AccountingSupplierParty><cac:Party>${element('cbc:EndpointID', seller.companyId, attribute('schemeID', seller.endpointScheme))}<cac:PartyName>${element('cbc:Name', seller.name)}</cac:PartyName>`,
    `<cac:PostalAddress>${element('cbc:StreetName', seller.street)}${element('cbc:CityName', seller.city)}${element('cbc:PostalZone', seller.postalCode)}<cac:Country>${element('cbc:IdentificationCode', country)}</cac:Country></cac:PostalAddress>`,
    `<cac:PartyTaxScheme>${element('cbc:CompanyID', seller.vatNumber)}<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>${registration(country)}`,
    `<cac:PartyLegalEntity>${element('cbc:RegistrationName', seller.name)}${element('cbc:CompanyID', seller.companyId)}</cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>`,
  ].join('\n');
}

/** What national rules ask for: F-skatt in Sweden, Foretaksregisteret in Norway. */
function registration(country: SampleCountry): string {
  if (country === 'DK') return '';
  const text = country === 'SE' ? 'Godkänd för F-skatt' : 'Foretaksregisteret';
  return `<cac:PartyTaxScheme>${element('cbc:CompanyID', text)}<cac:TaxScheme><cbc:ID>TAX</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>`;
}

function writeBuyer({ customer }: SampleInvoice, texts: InvoiceTexts, country: SampleCountry): string {
  const names =
    texts.customerName === null
      ? ''
      : `<cac:PartyLegalEntity>${element('cbc:RegistrationName', texts.customerName)}</cac:PartyLegalEntity>`;
  return [
    `<cac:AccountingCustomerParty><cac:Party>${element('cbc:EndpointID', texts.email ?? `${customer.id}@example.com`, ' schemeID="EM"')}<cac:PartyIdentification>${element('cbc:ID', customer.id)}</cac:PartyIdentification>`,
    `<cac:PostalAddress>${element('cbc:StreetName', customer.street)}${element('cbc:CityName', customer.city)}${element('cbc:PostalZone', customer.postalCode)}<cac:Country>${element('cbc:IdentificationCode', country)}</cac:Country></cac:PostalAddress>`,
    `${names}${texts.email === null ? '' : `<cac:Contact>${element('cbc:ElectronicMail', texts.email)}</cac:Contact>`}</cac:Party></cac:AccountingCustomerParty>`,
  ].join('\n');
}

function writePayment({ reference }: SampleInvoice, texts: InvoiceTexts, dialect: Dialect): string {
  const due = dialect.isDueWithPayment ? element('cbc:PaymentDueDate', texts.dueDate) : '';
  if (dialect.isOioubl)
    return `<cac:PaymentMeans><cbc:PaymentMeansCode>42</cbc:PaymentMeansCode>${due}<cac:PayeeFinancialAccount><cbc:ID>1234567890</cbc:ID>${element('cbc:PaymentNote', reference)}</cac:PayeeFinancialAccount></cac:PaymentMeans>`;
  const account =
    dialect.country === 'NO'
      ? '<cbc:ID>NO9386011117947</cbc:ID>'
      : `${element('cbc:ID', sampleSeller.bankgiro.replace('-', ''))}<cac:FinancialInstitutionBranch><cbc:ID>SE:BANKGIRO</cbc:ID></cac:FinancialInstitutionBranch>`;
  return `<cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode>${due}${element('cbc:PaymentID', reference)}<cac:PayeeFinancialAccount>${account}</cac:PayeeFinancialAccount></cac:PaymentMeans>`;
}

function writeTotals(
  invoice: SampleInvoice,
  texts: InvoiceTexts,
  { dialect, money }: { readonly dialect: Dialect; readonly money: (name: string, text: string) => string },
): string {
  // What OIOUBL has in this element is the VAT; an error planted in the net amount's way of writing lands in it all the same.
  const vat = texts.net.includes(',') ? texts.vat.replace('.', ',') : texts.vat;
  const exclusive = dialect.isOioubl ? vat : texts.net;
  const inclusive = dialect.isRoundingInGross ? kronor(invoice.grossMinor + invoice.roundingMinor) : texts.gross;
  return `<cac:LegalMonetaryTotal>${money('cbc:LineExtensionAmount', texts.lineNet)}${money('cbc:TaxExclusiveAmount', exclusive)}${money('cbc:TaxInclusiveAmount', inclusive)}${money('cbc:PayableRoundingAmount', texts.rounding)}${money('cbc:PayableAmount', texts.payable)}</cac:LegalMonetaryTotal>`;
}

function writeLine(
  line: SampleLine,
  how: {
    readonly number: number;
    readonly net: string;
    readonly money: (name: string, text: string) => string;
    readonly dialect: Dialect;
  },
): string {
  const quantity = element('cbc:InvoicedQuantity', String(line.quantity), attribute('unitCode', line.unit));
  const price = how.money('cbc:PriceAmount', priceText(line.priceTenThousandths));
  return `<cac:InvoiceLine>${element('cbc:ID', String(how.number))}${quantity}${how.money('cbc:LineExtensionAmount', how.net)}<cac:Item>${element('cbc:Name', line.description)}${category('cac:ClassifiedTaxCategory', how.dialect)}</cac:Item><cac:Price>${price}</cac:Price></cac:InvoiceLine>`;
}

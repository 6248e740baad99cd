// Writes an invented invoice as Svefaktura 1.0 (profile svefaktura-1.0).

import type { InvoiceTexts } from './planted-errors.ts';
import { countrySellers } from './sample-country.ts';
import type { SampleInvoice, SampleLine } from './sample-invoice.ts';
import { sampleSeller } from './sample-seller.ts';
import type { SampleWriter } from './sample-writer.ts';
import { attribute, element, kronor, priceText } from './xml-text.ts';

/** Svefaktura 1.0. */
export const svefakturaSample: SampleWriter = {
  isSingleInvoice: true,
  takesErrors: true,
  currency: 'SEK',
  header: () => '<?xml version="1.0" encoding="UTF-8"?>\n',
  invoice: writeInvoice,
  footer: '',
};

const opening =
  '<Invoice xmlns="urn:sfti:documents:BasicInvoice:1:0" xmlns:cac="urn:sfti:CommonAggregateComponents:1:0" xmlns:cbc="urn:oasis:names:tc:ubl:CommonBasicComponents:1:0">';
const vatScheme = '<cac:TaxScheme><cac:ID>VAT</cac:ID></cac:TaxScheme>';
const category = `<cac:TaxCategory><cac:ID>S</cac:ID><cbc:Percent>25</cbc:Percent>${vatScheme}</cac:TaxCategory>`;

function writeInvoice(invoice: SampleInvoice, texts: InvoiceTexts): string {
  const { customer, metering } = invoice;
  const money = (name: string, text: string): string =>
    element(name, text, attribute('amountCurrencyID', texts.currency));
  return [
    opening,
    `${element('ID', texts.invoiceNumber)}${element('cbc:IssueDate', texts.invoiceDate)}<InvoiceTypeCode>380</InvoiceTypeCode>`,
    element('cbc:Note', `Anläggnings-id ${metering.id}, elområde ${metering.area}`),
    element('InvoiceCurrencyCode', texts.currency),
    element('LineItemCountNumeric', String(invoice.lines.length)),
    `<cac:BuyerParty><cac:Party><cac:PartyIdentification>${element('cac:ID', customer.id)}</cac:PartyIdentification>${texts.customerName === null ? '' : `<cac:PartyName>${element('cbc:Name', texts.customerName)}</cac:PartyName>`}`,
    `<cac:Address>${element('cbc:StreetName', customer.street)}${element('cbc:CityName', customer.city)}${element('cbc:PostalZone', customer.postalCode)}</cac:Address>`,
    `${texts.email === null ? '' : `<cac:Contact>${element('cbc:ElectronicMail', texts.email)}</cac:Contact>`}</cac:Party></cac:BuyerParty>`,
    writeSeller(),
    `<cac:PaymentMeans><cac:PaymentMeansTypeCode>1</cac:PaymentMeansTypeCode>${element('cbc:DuePaymentDate', texts.dueDate)}<cac:PayeeFinancialAccount>${element('cac:ID', sampleSeller.bankgiro.replace('-', ''))}<cac:FinancialInstitutionBranch><cac:FinancialInstitution><cac:ID>BGABSESS</cac:ID></cac:FinancialInstitution></cac:FinancialInstitutionBranch>${element('cac:PaymentInstructionID', invoice.reference)}</cac:PayeeFinancialAccount></cac:PaymentMeans>`,
    `<cac:TaxTotal>${money('cbc:TotalTaxAmount', texts.vat)}`,
    `<cac:TaxSubTotal>${money('cbc:TaxableAmount', kronor(invoice.netMinor))}${money('cbc:TaxAmount', texts.vatOfRate)}${category}</cac:TaxSubTotal></cac:TaxTotal>`,
    `<cac:LegalTotal>${money('cbc:LineExtensionTotalAmount', texts.lineNet)}${money('cbc:TaxExclusiveTotalAmount', texts.net)}${money('cbc:TaxInclusiveTotalAmount', texts.payable)}${money('cac:RoundOffAmount', texts.rounding)}</cac:LegalTotal>`,
    ...invoice.lines.map((line, index) =>
      writeLine(line, { number: index + 1, net: index === 0 ? texts.firstRowNet : kronor(line.netMinor), money }),
    ),
    '</Invoice>\n',
  ].join('\n');
}

function writeSeller(): string {
  const { name, vatNumber, companyId, street, city, postalCode } = countrySellers.SE;
  return [
    `<cac:SellerParty><cac:Party><cac:PartyName>${element('cbc:Name', name)}</cac:PartyName>`,
    `<cac:Address>${element('cbc:StreetName', street)}${element('cbc:CityName', city)}${element('cbc:PostalZone', postalCode)}</cac:Address>`,
    `<cac:PartyTaxScheme>${element('cac:CompanyID', vatNumber)}${vatScheme}</cac:PartyTaxScheme>`,
    `<cac:PartyTaxScheme>${element('cac:CompanyID', companyId)}<cbc:ExemptionReason>F-skattebevis finns</cbc:ExemptionReason><cac:TaxScheme><cac:ID>SWT</cac:ID></cac:TaxScheme></cac:PartyTaxScheme></cac:Party></cac:SellerParty>`,
  ].join('\n');
}

function writeLine(
  line: SampleLine,
  how: { readonly number: number; readonly net: string; readonly money: (name: string, text: string) => string },
): string {
  const price = how.money('cbc:PriceAmount', priceText(line.priceTenThousandths));
  const quantity = element('cbc:InvoicedQuantity', String(line.quantity), attribute('quantityUnitCode', line.unit));
  return `<cac:InvoiceLine>${element('cac:ID', String(how.number))}${quantity}${how.money('cbc:LineExtensionAmount', how.net)}<cac:Item>${element('cbc:Description', line.description)}${category}<cac:BasePrice>${price}</cac:BasePrice></cac:Item></cac:InvoiceLine>`;
}

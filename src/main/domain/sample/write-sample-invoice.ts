// Writes an invented invoice as GASEL (profile gasel-1.0). Names of elements live here and nowhere else in the sample.

import type { InvoiceTexts } from './planted-errors.ts';
import type { SampleInvoice, SampleLine, SampleMetering } from './sample-invoice.ts';
import { sampleSeller } from './sample-seller.ts';
import type { SampleHeader, SampleWriter } from './sample-writer.ts';
import { element, kronor, priceText } from './xml-text.ts';

/** The texts of a good invoice, ready for an error to be planted in them. */
export function textsOf(invoice: SampleInvoice, currency: string): InvoiceTexts {
  const vat = kronor(invoice.vatMinor);
  return {
    invoiceNumber: invoice.invoiceNumber,
    invoiceDate: invoice.invoiceDate,
    dueDate: invoice.dueDate,
    currency,
    customerName: invoice.customer.name,
    email: invoice.customer.email,
    channel: invoice.channel,
    firstRowNet: kronor(invoice.lines[0]?.netMinor ?? 0),
    lineNet: kronor(invoice.netMinor),
    net: kronor(invoice.netMinor),
    vat,
    vatOfRate: vat,
    gross: kronor(invoice.grossMinor),
    rounding: kronor(invoice.roundingMinor),
    payable: kronor(invoice.payableMinor),
  };
}

/** GASEL. */
export const gaselSample: SampleWriter = {
  isSingleInvoice: false,
  takesErrors: true,
  currency: 'SEK',
  header: writeSampleHeader,
  invoice: writeSampleInvoice,
  footer: '</InvoiceBatch>\n',
};

/** The `Invoice` element with a line break at its end. One block a line, so that a problem's line tells what it is about. */
function writeSampleInvoice(invoice: SampleInvoice, texts: InvoiceTexts): string {
  const { customer } = invoice;
  return [
    '<Invoice>',
    `${element('ID', texts.invoiceNumber)}${element('IssueDate', texts.invoiceDate)}${element('DueDate', texts.dueDate)}${element('DocumentCurrencyCode', texts.currency)}`,
    `<InvoicePeriod>${element('StartDate', invoice.periodStart)}${element('EndDate', invoice.periodEnd)}</InvoicePeriod>`,
    `<SupplierParty>${element('Name', sampleSeller.name)}${element('CompanyID', sampleSeller.companyId)}</SupplierParty>`,
    `<CustomerParty>${element('CustomerID', customer.id)}${element('Name', texts.customerName)}${element('PersonalNumber', customer.personalNumber)}`,
    `<Address>${element('StreetName', customer.street)}${element('PostalZone', customer.postalCode)}${element('CityName', customer.city)}</Address>`,
    `${texts.email === null ? '' : `<Contact>${element('ElectronicMail', texts.email)}</Contact>`}</CustomerParty>`,
    element('DeliveryChannel', texts.channel),
    writeMetering(invoice.metering),
    ...invoice.lines.map((line, index) =>
      writeLine(line, { id: index + 1, net: index === 0 ? texts.firstRowNet : kronor(line.netMinor) }),
    ),
    `<TaxTotal><TaxSubtotal>${element('TaxableAmount', kronor(invoice.netMinor))}${element('TaxAmount', texts.vatOfRate)}${element('Percent', '25')}</TaxSubtotal></TaxTotal>`,
    `<MonetaryTotal>${element('LineExtensionAmount', texts.lineNet)}${element('TaxExclusiveAmount', texts.net)}${element('TaxAmount', texts.vat)}`,
    `${element('TaxInclusiveAmount', texts.gross)}${element('RoundingAmount', texts.rounding)}${element('PayableAmount', texts.payable)}</MonetaryTotal>`,
    `<PaymentMeans>${element('PaymentReference', invoice.reference)}${element('Bankgiro', sampleSeller.bankgiro)}</PaymentMeans>`,
    '</Invoice>\n',
  ].join('\n');
}

/** Everything before the first invoice. */
function writeSampleHeader(header: SampleHeader): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<InvoiceBatch xmlns="urn:ediel:se:electricity:invoice:1.0">',
    element('BatchID', header.batchId),
    element('CreationDate', header.baseDate),
    element('InvoiceCount', String(header.invoices)),
    `<TotalAmount currencyID="SEK">${kronor(header.totalMinor)}</TotalAmount>`,
    `<Seller>${element('Name', sampleSeller.name)}${element('CompanyID', sampleSeller.companyId)}</Seller>`,
    '',
  ].join('\n');
}

function writeMetering({ id, area, meterNumber, use }: SampleMetering): string {
  const start = `<MeteringPoint>${element('ID', id)}${element('PriceArea', area)}${element('MeterNumber', meterNumber)}`;
  if (use === null) return `${start}</MeteringPoint>`;
  const { readingStart, consumptionKwh, history } = use;
  const readings = `${element('ReadingStart', String(readingStart))}${element('ReadingEnd', String(readingStart + consumptionKwh))}`;
  const months = history.map(({ month, kwh }) => `<Month period="${month}">${kwh}</Month>`).join('');
  return `${start}${readings}${element('Consumption', String(consumptionKwh))}\n<History>${months}</History>\n</MeteringPoint>`;
}

function writeLine(line: SampleLine, { id, net }: { readonly id: number; readonly net: string }): string {
  const quantity = `<InvoicedQuantity unitCode="${line.unit}">${line.quantity}</InvoicedQuantity>`;
  const price = element('PriceAmount', priceText(line.priceTenThousandths));
  return `<InvoiceLine>${element('ID', String(id))}${element('LineType', line.type)}${element('Description', line.description)}${quantity}${price}${element('LineExtensionAmount', net)}${element('TaxPercent', '25')}</InvoiceLine>`;
}

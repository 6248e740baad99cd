// Writes an invented invoice as XELLENT (profile xellent-1). Names of elements live here and in the profile.

import type { InvoiceTexts } from './planted-errors.ts';
import type { SampleInvoice, SampleLine } from './sample-invoice.ts';
import { sampleSeller } from './sample-seller.ts';
import type { SampleHeader, SampleWriter } from './sample-writer.ts';
import { element, kronor, priceText } from './xml-text.ts';

/** XELLENT. */
export const xellentSample: SampleWriter = {
  isSingleInvoice: false,
  takesErrors: true,
  currency: 'SEK',
  header: writeHeader,
  invoice: writeInvoice,
  footer: '</CustInvoiceJournal>\n',
};

function writeHeader({ batchId, baseDate, invoices, totalMinor }: SampleHeader): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<CustInvoiceJournal xmlns="urn:utskick:profile:xellent:1">',
    element('JournalId', batchId),
    element('TransDate', baseDate),
    element('NumOfInvoices', String(invoices)),
    element('TotalInvoiceAmount', kronor(totalMinor)),
    element('CurrencyCode', 'SEK'),
    element('CompanyName', sampleSeller.name),
    element('CoRegNum', sampleSeller.companyId),
    '',
  ].join('\n');
}

function writeInvoice(invoice: SampleInvoice, texts: InvoiceTexts): string {
  const { customer, metering } = invoice;
  return [
    '<CustInvoiceJour>',
    `${element('InvoiceId', texts.invoiceNumber)}${element('InvoiceAccount', customer.id)}${element('InvoiceDate', texts.invoiceDate)}${element('DueDate', texts.dueDate)}`,
    `${element('CurrencyCode', texts.currency)}${element('FromDate', invoice.periodStart)}${element('ToDate', invoice.periodEnd)}`,
    `${element('CompanyName', sampleSeller.name)}${element('CoRegNum', sampleSeller.companyId)}`,
    `${element('InvoicingName', texts.customerName)}${element('OrgId', customer.personalNumber)}`,
    `${element('InvoiceStreet', customer.street)}${element('InvoiceZipCode', customer.postalCode)}${element('InvoiceCity', customer.city)}`,
    `${element('Email', texts.email)}${element('DlvMode', texts.channel)}`,
    `${element('MeteringPointId', metering.id)}${element('PriceArea', metering.area)}${element('MeterNumber', metering.meterNumber)}${element('Consumption', metering.use === null ? null : String(metering.use.consumptionKwh))}`,
    ...invoice.lines.map((line, index) =>
      writeLine(line, { number: index + 1, net: index === 0 ? texts.firstRowNet : kronor(line.netMinor) }),
    ),
    `<TaxTrans>${element('TaxCode', 'S')}${element('TaxValue', '25')}${element('TaxBaseAmount', kronor(invoice.netMinor))}${element('TaxAmount', texts.vatOfRate)}</TaxTrans>`,
    `${element('SalesBalance', texts.net)}${element('SumTax', texts.vat)}${element('InvoiceRoundOff', texts.rounding)}${element('InvoiceAmount', texts.payable)}`,
    `${element('PaymentReference', invoice.reference)}${element('BankGiro', sampleSeller.bankgiro)}`,
    '</CustInvoiceJour>\n',
  ].join('\n');
}

const items = { ENERGY: 'EL', GRID: 'NAT', FEE: 'AVG', TAX: 'SKATT', CERTIFICATE: 'CERT' } as const;

function writeLine(line: SampleLine, { number, net }: { readonly number: number; readonly net: string }): string {
  return `<CustInvoiceTrans>${element('LineNum', String(number))}${element('ItemId', items[line.type])}${element('Name', line.description)}${element('Qty', String(line.quantity))}${element('SalesUnit', line.unit)}${element('SalesPrice', priceText(line.priceTenThousandths))}${element('LineAmount', net)}${element('TaxValue', '25')}</CustInvoiceTrans>`;
}

// Writes an invented invoice as ZYNERGY (profile zynergy-1): attributes instead of elements.

import type { InvoiceTexts } from './planted-errors.ts';
import type { SampleInvoice, SampleLine, SampleMetering } from './sample-invoice.ts';
import { sampleSeller } from './sample-seller.ts';
import type { SampleHeader, SampleWriter } from './sample-writer.ts';
import { attribute, kronor, priceText } from './xml-text.ts';

/** ZYNERGY. */
export const zynergySample: SampleWriter = {
  isSingleInvoice: false,
  takesErrors: true,
  currency: 'SEK',
  header: writeHeader,
  invoice: writeInvoice,
  footer: '</BillingExport>\n',
};

type Attributes = Readonly<Record<string, string | null>>;

function tag(name: string, attributes: Attributes): string {
  return `<${name}${Object.entries(attributes)
    .map(([each, text]) => attribute(each, text))
    .join('')}`;
}

function writeHeader({ batchId, baseDate, invoices, totalMinor }: SampleHeader): string {
  const run = {
    xmlns: 'urn:utskick:profile:zynergy:1',
    runId: batchId,
    created: baseDate,
    bills: String(invoices),
    total: kronor(totalMinor),
    currency: 'SEK',
    supplier: sampleSeller.name,
    supplierOrgNo: sampleSeller.companyId,
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${tag('BillingExport', run)}>\n`;
}

function writeInvoice(invoice: SampleInvoice, texts: InvoiceTexts): string {
  const { customer } = invoice;
  const bill = {
    no: texts.invoiceNumber,
    date: texts.invoiceDate,
    due: texts.dueDate,
    currency: texts.currency,
    from: invoice.periodStart,
    to: invoice.periodEnd,
    channel: texts.channel,
  };
  const person = {
    no: customer.id,
    name: texts.customerName,
    idNo: customer.personalNumber,
    street: customer.street,
    zip: customer.postalCode,
    city: customer.city,
    email: texts.email,
  };
  const sums = { net: texts.net, vat: texts.vat, gross: texts.gross, rounding: texts.rounding, toPay: texts.payable };
  return [
    `${tag('Bill', bill)}>`,
    `${tag('Supplier', { name: sampleSeller.name, orgNo: sampleSeller.companyId })}/>`,
    `${tag('Customer', person)}/>`,
    writeMeter(invoice.metering),
    ...invoice.lines.map((line, index) =>
      writeLine(line, { number: index + 1, net: index === 0 ? texts.firstRowNet : kronor(line.netMinor) }),
    ),
    `${tag('Vat', { rate: '25', base: kronor(invoice.netMinor), amount: texts.vatOfRate })}/>`,
    `${tag('Sum', sums)}/>`,
    `${tag('Pay', { ref: invoice.reference, bankgiro: sampleSeller.bankgiro })}/>`,
    '</Bill>\n',
  ].join('\n');
}

function writeMeter({ id, area, meterNumber, use }: SampleMetering): string {
  const meter = { point: id, area, no: meterNumber };
  if (use === null) return `${tag('Meter', meter)}/>`;
  const { readingStart, consumptionKwh, history } = use;
  const readings = {
    start: String(readingStart),
    end: String(readingStart + consumptionKwh),
    kwh: String(consumptionKwh),
  };
  const months = history.map(({ month, kwh }) => `${tag('Use', { month, kwh: String(kwh) })}/>`).join('');
  return `${tag('Meter', { ...meter, ...readings })}>${months}</Meter>`;
}

function writeLine(line: SampleLine, { number, net }: { readonly number: number; readonly net: string }): string {
  const row = {
    no: String(number),
    kind: line.type,
    text: line.description,
    qty: String(line.quantity),
    unit: line.unit,
    price: priceText(line.priceTenThousandths),
    net,
    vatRate: '25',
  };
  return `${tag('Row', row)}/>`;
}

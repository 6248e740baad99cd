// Writes an invented invoice as SendRegning takes it (profile sendregning-invoices).

import type { InvoiceTexts } from './planted-errors.ts';
import { inCountry } from './sample-country.ts';
import type { SampleInvoice, SampleLine } from './sample-invoice.ts';
import type { SampleWriter } from './sample-writer.ts';
import { attribute, element, priceText } from './xml-text.ts';

/** SendRegning. The provider numbers and sums the invoices, so that there is little to plant errors in. */
export const sendRegningSample: SampleWriter = {
  isSingleInvoice: false,
  takesErrors: false,
  currency: 'NOK',
  header: ({ batchId }) => `<?xml version="1.0" encoding="UTF-8"?>\n<invoices${attribute('batchId', batchId)}>\n`,
  invoice: writeInvoice,
  footer: '</invoices>\n',
};

function writeInvoice(swedish: SampleInvoice, texts: InvoiceTexts): string {
  const invoice = inCountry(swedish, 'NO');
  const { customer } = invoice;
  const shipment =
    invoice.channel === 'email' && texts.email !== null
      ? `  <shipment>EMAIL\n    <emailaddresses>${element('email', texts.email)}</emailaddresses>\n  </shipment>`
      : '  <shipment>PAPER</shipment>';
  return [
    `<invoice${attribute('clientId', texts.invoiceNumber)}>`,
    `  ${element('name', texts.customerName)}${element('zip', customer.postalCode)}${element('city', customer.city)}`,
    '  <lines>',
    ...invoice.lines.map((line, index) => writeLine(line, index + 1)),
    '  </lines>',
    '  <optional>',
    `    ${element('invoiceDate', shortDate(texts.invoiceDate))}${element('dueDate', shortDate(texts.dueDate))}`,
    `    ${element('orderNo', texts.invoiceNumber)}${element('recipientNo', customer.id)}${element('address1', customer.street)}`,
    '  </optional>',
    shipment,
    '</invoice>\n',
  ].join('\n');
}

/** At most 9 characters for the price, 6 for the quantity. */
function writeLine(line: SampleLine, number: number): string {
  return `    <line>${element('itemNo', String(number))}${element('qty', String(line.quantity))}${element('desc', line.description)}${element('unitPrice', priceText(line.priceTenThousandths))}${element('tax', '25')}</line>`;
}

/** `2026-11-21` as `21.11.26`. */
function shortDate(date: string | null): string | null {
  return date === null ? null : `${date.slice(8, 10)}.${date.slice(5, 7)}.${date.slice(2, 4)}`;
}

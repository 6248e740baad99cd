// Writes an invented invoice as a Swedwise statement (profile swedwise-statements).

import { addMonths } from '../dates.ts';
import type { InvoiceTexts } from './planted-errors.ts';
import type { SampleInvoice, SampleLine } from './sample-invoice.ts';
import type { SampleWriter } from './sample-writer.ts';
import { element, kronor } from './xml-text.ts';

/** Swedwise statements. They have no invoice number and no sums to plant errors in. */
export const swedwiseSample: SampleWriter = {
  isSingleInvoice: false,
  takesErrors: false,
  currency: 'SEK',
  header: () => '<?xml version="1.0" encoding="UTF-8"?>\n<statements>\n',
  invoice: writeStatement,
  footer: '</statements>\n',
};

function writeStatement(invoice: SampleInvoice, texts: InvoiceTexts): string {
  const { customer, metering, lines } = invoice;
  const period = invoice.periodStart.slice(0, 7);
  const history = metering.use?.history ?? [];
  const usedIn = (month: string): string => String(history.find((each) => each.month === month)?.kwh ?? 0);
  return [
    '  <statement>',
    `    ${element('customer_id', customer.id)}`,
    ...(texts.email === null ? [] : [`    ${element('email', texts.email)}`]),
    `    ${element('period', period)}`,
    '    <usage>',
    `      ${element('current_month', usedIn(period))}`,
    `      ${element('previous_month', usedIn(addMonths(period, -1)))}`,
    `      ${element('same_month_last_year', usedIn(addMonths(period, -12)))}`,
    `      ${element('unit', 'kWh')}`,
    '    </usage>',
    '    <charges>',
    `      ${element(
      'energy_cost',
      sumOf(lines, (line) => line.type !== 'GRID'),
    )}`,
    `      ${element(
      'distribution_cost',
      sumOf(lines, (line) => line.type === 'GRID'),
    )}`,
    `      ${element('taxes', texts.vat)}`,
    `      ${element('total', texts.gross)}`,
    `      ${element('currency', texts.currency)}`,
    '    </charges>',
    '    <payment>',
    `      ${element('due_date', texts.dueDate)}`,
    `      ${element('payment_link', `https://portal.example.com/pay/${invoice.invoiceNumber}`)}`,
    '    </payment>',
    '  </statement>\n',
  ].join('\n');
}

function sumOf(lines: readonly SampleLine[], isCounted: (line: SampleLine) => boolean): string {
  let sum = 0;
  for (const line of lines) if (isCounted(line)) sum += line.netMinor;
  return kronor(sum);
}

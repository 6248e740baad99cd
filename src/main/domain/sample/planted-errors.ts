// Which errors a sample can hold, and how each changes the texts of a good invoice. Every kind gives its invoice at least one error.

/** Kinds of planted errors. */
export const plantedErrors = [
  'payableTooHigh',
  'dueDateImpossible',
  'amountWithComma',
  'emailBroken',
  'dueDateMissing',
  'numberRepeated',
  'dueDateBeforeInvoice',
  'rowAmountWrong',
  'nameMissing',
  'currencyUnknown',
  'emailWithLineBreak',
  'vatWrong',
] as const;
/** One of {@link plantedErrors}. */
export type PlantedError = (typeof plantedErrors)[number];

/** The texts of an invoice as they will stand in the file; null leaves the element out. */
export interface InvoiceTexts {
  invoiceNumber: string;
  invoiceDate: string;
  dueDate: string | null;
  currency: string;
  customerName: string | null;
  email: string | null;
  channel: string;
  firstRowNet: string;
  lineNet: string;
  net: string;
  vat: string;
  vatOfRate: string;
  gross: string;
  rounding: string;
  payable: string;
}

/** Changes the texts so that they hold the error. `previousNumber` is the number of the invoice before, null for the first. */
export function plantError(kind: PlantedError, texts: InvoiceTexts, previousNumber: string | null): void {
  switch (kind) {
    case 'payableTooHigh':
      texts.payable = moreBy(texts.payable, 100);
      return;
    case 'dueDateImpossible':
      texts.dueDate = `${(texts.dueDate ?? texts.invoiceDate).slice(0, 4)}-02-30`;
      return;
    case 'amountWithComma':
      texts.net = texts.net.replace('.', ',');
      return;
    case 'emailBroken':
      texts.email = (texts.email ?? 'kund@example.com').replace('@', '@@');
      texts.channel = 'email';
      return;
    case 'dueDateMissing':
      texts.dueDate = null;
      return;
    case 'numberRepeated':
      if (previousNumber === null) texts.dueDate = null;
      else texts.invoiceNumber = previousNumber;
      return;
    case 'dueDateBeforeInvoice':
      texts.dueDate = `${String(Number(texts.invoiceDate.slice(0, 4)) - 1)}-12-31`;
      return;
    case 'rowAmountWrong':
      texts.firstRowNet = moreBy(texts.firstRowNet, 250);
      return;
    case 'nameMissing':
      texts.customerName = null;
      return;
    case 'currencyUnknown':
      texts.currency = 'SKR';
      return;
    case 'emailWithLineBreak':
      texts.email = `${texts.email ?? 'kund@example.com'}\nBcc: alla@example.org`;
      texts.channel = 'email';
      return;
    case 'vatWrong':
      texts.vatOfRate = moreBy(texts.vatOfRate, 15);
      return;
  }
}

/** An amount text raised by whole kronor. */
function moreBy(text: string, kronor: number): string {
  const [whole = '0', fraction = '00'] = text.split('.');
  return `${String(Number(whole) + kronor)}.${fraction}`;
}

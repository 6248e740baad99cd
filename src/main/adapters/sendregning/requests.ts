// The XML that SendRegning is sent: invoices, dunnings and both selects, byte for byte the same for the same values. No network, no mapping.

/** One line; a line with only a text is a text line. Numbers as decimal text, already short enough. */
export interface SwsLine {
  readonly itemNo: number;
  readonly qty: string | null;
  readonly prodCode: string | null;
  readonly desc: string | null;
  readonly unitPrice: string | null;
  readonly discount: string | null;
  /** Percent, whole. */
  readonly tax: string | null;
}

/** How the service hands the invoice over. There is always one: left out, it would be printed. */
export interface SwsShipment {
  readonly kind: 'PAPER' | 'EMAIL' | 'PAPER_AND_EMAIL';
  readonly emailAddresses: readonly string[];
  readonly copyAddresses: readonly string[];
}

/** One invoice as the service takes it; names as on the wire, dates dd.MM.yy. */
export interface SwsInvoice {
  readonly clientId: string;
  readonly name: string;
  readonly zip: string;
  readonly city: string;
  readonly lines: readonly SwsLine[];
  readonly optional: Partial<Readonly<Record<OptionalName, string>>>;
  readonly shipment: SwsShipment;
}

/** What may stand in `optional`, in the order it is written. */
export const optionalNames = [
  'invoiceType',
  'creditedId',
  'orderNo',
  'invoiceDate',
  'dueDate',
  'orderDate',
  'recipientNo',
  'recipientOrgNo',
  'address1',
  'address2',
  'country',
  'email',
  'mobile',
  'phone',
  'fax',
  'ourRef',
  'yourRef',
  'comment',
  'invoiceText',
  'printDunningInfo',
  'itemTaxInclude',
] as const;
/** One of {@link optionalNames}. */
export type OptionalName = (typeof optionalNames)[number];

/** Largest XML the service takes, in bytes of UTF-8, before the multipart framing (guide, XML). */
export const maxBodyBytes = 2_097_152;

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** One `<invoice>`, ended by a line break. It is what is frozen at a release, and stands unchanged in the request. */
export function writeInvoice(invoice: SwsInvoice): string {
  const optional = optionalNames.map((name) => element(name, invoice.optional[name] ?? null)).filter(isThere);
  return [
    `<invoice clientId="${escapeText(invoice.clientId)}">`,
    element('name', invoice.name),
    element('zip', invoice.zip),
    element('city', invoice.city),
    '<lines>',
    ...invoice.lines.map(writeLine),
    '</lines>',
    ...(optional.length === 0 ? [] : ['<optional>', ...optional, '</optional>']),
    writeShipment(invoice.shipment),
    '</invoice>\n',
  ]
    .filter(isThere)
    .join('\n');
}

/** Start and end of a request body that holds written invoices. */
export function invoicesFrame(batchId: string): { readonly head: string; readonly tail: string } {
  return { head: `${declaration}<invoices batchId="${escapeText(batchId)}">\n`, tail: '</invoices>\n' };
}

/** A whole request body of invoices. */
export function writeInvoices(batchId: string, parts: readonly string[]): string {
  const { head, tail } = invoicesFrame(batchId);
  return head + parts.join('') + tail;
}

/** One dunning. */
export interface SwsDunning {
  readonly invoiceNo: string;
  readonly dunningFee: boolean;
  readonly interest: boolean;
  /** `1Dunning` … `9Dunning`, `deptCollectionNotice` (sic); null = the next in the sequence. */
  readonly dunningType: string | null;
  readonly dunningText: string | null;
  /** Null = 14. */
  readonly dunningDays: number | null;
}

/** A request body of dunnings. */
export function writeDunnings(dunnings: readonly SwsDunning[]): string {
  const written = dunnings.map((dunning) =>
    [
      '<dunning>',
      element('invoiceNo', dunning.invoiceNo),
      element('dunningFee', String(dunning.dunningFee)),
      element('interest', String(dunning.interest)),
      element('dunningType', dunning.dunningType),
      element('dunningText', dunning.dunningText),
      element('dunningDays', dunning.dunningDays === null ? null : String(dunning.dunningDays)),
      '</dunning>\n',
    ]
      .filter(isThere)
      .join('\n'),
  );
  return `${declaration}<dunnings>\n${written.join('')}</dunnings>\n`;
}

/** Which invoices are asked for: these numbers, or all, the first or the last of those that fit. */
export type SwsSelection =
  | { readonly invoiceNumbers: readonly string[] }
  | {
      readonly which: 'ALL' | { readonly first: number } | { readonly last: number };
      readonly recipientNumbers?: readonly string[];
      readonly states?: readonly string[];
    };

/** What a select of invoices gives back. */
export interface SelectOptions {
  /** JPG only with exactly one invoice number. */
  readonly format?: 'XML' | 'PDF' | 'JPG';
  /** Only with exactly one invoice number. */
  readonly dunningType?: string;
}

/** A request body of `select invoice`. */
export function writeSelect(selection: SwsSelection, options: SelectOptions = {}): string {
  const format = options.format ?? 'XML';
  return [
    '<select>',
    ...writeSelection(selection),
    element('dunningType', options.dunningType ?? null),
    format === 'XML' ? null : element('format', format),
    '</select>\n',
  ]
    .filter(isThere)
    .join('\n');
}

/** A request body of `select invoice-status`. */
export function writeSelectStatus(selection: SwsSelection): string {
  return ['<select-status>', ...writeSelection(selection), '</select-status>\n'].join('\n');
}

function writeSelection(selection: SwsSelection): string[] {
  if ('invoiceNumbers' in selection)
    return [
      '<invoiceNumbers>',
      ...selection.invoiceNumbers.map((number) => `<invoiceNumber>${escapeText(number)}</invoiceNumber>`),
      '</invoiceNumbers>',
    ];
  const { which, recipientNumbers = [], states = [] } = selection;
  const word =
    which === 'ALL' ? 'ALL' : 'first' in which ? `FIRST ${String(which.first)}` : `LAST ${String(which.last)}`;
  if (recipientNumbers.length + states.length === 0) return [word];
  return [
    word,
    '<where>',
    ...listOf('recipientNumbers', 'recipientNumber', recipientNumbers),
    ...listOf('states', 'state', states),
    '</where>',
  ];
}

function listOf(outer: string, inner: string, values: readonly string[]): string[] {
  if (values.length === 0) return [];
  return [`<${outer}>`, ...values.map((value) => `<${inner}>${escapeText(value)}</${inner}>`), `</${outer}>`];
}

function writeLine(line: SwsLine): string {
  const fields = [
    element('itemNo', String(line.itemNo)),
    element('qty', line.qty),
    element('prodCode', line.prodCode),
    element('desc', line.desc),
    element('unitPrice', line.unitPrice),
    element('discount', line.discount),
    element('tax', line.tax),
  ];
  return `<line>${fields.filter(isThere).join('')}</line>`;
}

/** Mixed content: the word, then the addresses. */
function writeShipment({ kind, emailAddresses, copyAddresses }: SwsShipment): string {
  const addresses = [
    ...listOf('emailaddresses', 'email', emailAddresses),
    ...listOf('copyaddresses', 'email', copyAddresses),
  ];
  return `<shipment>${kind}${addresses.join('')}</shipment>`;
}

function element(name: string, value: string | null): string | null {
  return value === null || value === '' ? null : `<${name}>${escapeText(value)}</${name}>`;
}

function isThere(text: string | null): text is string {
  return text !== null;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What XML 1.0 cannot hold becomes a blank; it would make the whole body unreadable. */
function escapeText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, ' ')
    .replace(/[&<>"]/gu, (character) => entities[character] ?? character);
}

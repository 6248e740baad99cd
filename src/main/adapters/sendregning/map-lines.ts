// An invoice's rows as SendRegning's lines: quantities and prices where they give the same amount there, the amount itself otherwise. Pure.

import type { Invoice, InvoiceLine, LineKind } from '../../../shared/schema/invoice.ts';
import { addDecimals, decimalToText, divideDecimals, multiplyDecimals, parseDecimal } from '../../domain/decimal.ts';
import type { ComposeProblem } from '../../ports/channel-adapter.ts';
import { estimateLine, fitDecimal, minorToShort, shortDecimal } from './decimals.ts';
import { longest, mostLines } from './limits.ts';
import type { SwsLine } from './requests.ts';

/** A line without its number. */
export type NewLine = Omit<SwsLine, 'itemNo'>;

/** Words of lines that stand for several rows. The invoice is Norwegian whatever the window's language is. */
const kindWords: Readonly<Record<LineKind, string>> = {
  energy: 'Strøm',
  grid: 'Nettleie',
  fee: 'Gebyr',
  tax: 'Avgift',
  certificate: 'Elsertifikat',
  rounding: 'Øreavrunding',
  reminder: 'Purring',
  discount: 'Rabatt',
  other: 'Annet',
};

/** One row of what is to be sent: the source's own, or an allowance or charge on the whole invoice. */
interface Row {
  readonly field: string;
  readonly kind: LineKind;
  readonly description: string;
  readonly netMinor: number;
  readonly vatRate: string | null;
  readonly line: InvoiceLine | null;
}

/**
 * Lines and what does not fit. More than 18 rows: those of one kind and VAT rate become one line, which says how many it stands for. `vatRates`: what
 * the service lists for the invoice's day; null: not known, and any rate it could take is taken.
 */
export function mapLines(
  invoice: Invoice,
  vatRates: readonly string[] | null,
): {
  readonly lines: readonly NewLine[];
  readonly problems: readonly ComposeProblem[];
} {
  const problems: ComposeProblem[] = [];
  const own = rowsOf(invoice);
  const rows = own.length > mostLines ? groupedRows(own) : own;
  if (rows.length === 0) problems.push(problem('lines', 'lines', ['0', `1–${String(mostLines)}`]));
  if (rows.length > mostLines) problems.push(problem('lines', 'lines', [String(own.length), `1–${String(mostLines)}`]));
  const lines = rows.map((row) => {
    const tax = wholePercent(row.vatRate);
    if (tax === null || !isListed(tax, vatRates))
      problems.push(problem('vat-rate', `${row.field}.vatRate`, [row.vatRate ?? '', vatRates?.join(', ') ?? '25']));
    const line = mapRow(row, tax ?? '0');
    if (line !== null) return line;
    problems.push(problem('amount', `${row.field}.netMinor`, [minorToShort(row.netMinor), '999999.99']));
    return amountLine(row, tax ?? '0', '0');
  });
  return { lines, problems };
}

function rowsOf({ lines, adjustments }: Invoice): Row[] {
  return [
    ...lines.map((line, index) => ({ ...line, field: `lines[${String(index)}]`, line })),
    ...adjustments.map(({ isCharge, reason, amountMinor, vatRate }, index) => ({
      field: `adjustments[${String(index)}]`,
      kind: isCharge ? ('fee' as const) : ('discount' as const),
      description: reason ?? (isCharge ? kindWords.fee : kindWords.discount),
      netMinor: isCharge ? amountMinor : -amountMinor,
      vatRate,
      line: null,
    })),
  ];
}

function groupedRows(rows: readonly Row[]): Row[] {
  const groups = Map.groupBy(rows, ({ kind, vatRate }) => `${kind} ${vatRate ?? ''}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.length === 1) return group;
    const netMinor = group.reduce((sum, row) => sum + row.netMinor, 0);
    return [
      { ...first, description: `${kindWords[first.kind]} (${String(group.length)} linjer)`, netMinor, line: null },
    ];
  });
}

function mapRow(row: Row, tax: string): NewLine | null {
  const priced = row.line === null ? null : pricedLine(row.line, tax);
  if (priced !== null) return priced;
  const unitPrice = fitDecimal(minorToShort(row.netMinor), longest.unitPrice);
  return unitPrice === null ? null : amountLine(row, tax, unitPrice);
}

/** Quantity and price as they stand, where the service's two decimals and lengths hold them and give the row's own amount. */
function pricedLine(line: InvoiceLine, tax: string): NewLine | null {
  const { quantity, unitPrice: price, priceBaseQuantity: base } = line;
  if (quantity === null || price === null || quantity.startsWith('-')) return null;
  if (base !== null && parseDecimal(base)?.digits !== 1n) return null;
  const qty = fitDecimal(quantity, longest.qty);
  const unitPrice = fitDecimal(price, longest.unitPrice);
  if (qty === null || unitPrice === null || !isSame(quantity, qty) || !isSame(price, unitPrice)) return null;
  const discount = line.adjustmentMinor === 0 ? null : discountOf(line, quantity, price);
  if (line.adjustmentMinor !== 0 && discount === null) return null;
  const figures = { qty, unitPrice, discount, tax };
  const estimate = estimateLine(figures);
  if (estimate?.isExact !== true || estimate.netMinor !== line.netMinor) return null;
  return { ...figures, prodCode: null, desc: cut(line.description, longest.desc) };
}

/** A row's allowance as percent, where the service takes it: 0 to 100 with at most 5 characters. */
function discountOf({ adjustmentMinor }: InvoiceLine, quantity: string, price: string): string | null {
  const [count, each] = [parseDecimal(quantity), parseDecimal(price)];
  if (count === null || each === null || adjustmentMinor > 0) return null;
  const share = divideDecimals({ digits: BigInt(-adjustmentMinor) * 100n, scale: 2 }, multiplyDecimals(count, each), 2);
  return share === null || share.digits < 0n || share.digits > 10_000n
    ? null
    : fitDecimal(decimalToText(share), longest.discount);
}

/** One times the amount. What it came of stands in the text, where there is room for it. */
function amountLine({ description, line }: Row, tax: string, unitPrice: string): NewLine {
  const plain = oneLine(description);
  const { quantity = null, unitPrice: price = null, unit = null } = line ?? {};
  const made =
    quantity === null || price === null
      ? ''
      : ` (${comma(quantity)}${unit === null ? '' : ` ${unit}`} × ${comma(price)})`;
  const desc = plain.length + made.length <= longest.desc ? plain + made : cut(plain, longest.desc);
  return { qty: '1', prodCode: null, desc, unitPrice, discount: null, tax };
}

/** A line of öre without VAT: what the service's rounding line by line makes less or more than the invoice says. */
export function roundingLine(differenceMinor: number): NewLine {
  return {
    qty: '1',
    prodCode: null,
    desc: kindWords.rounding,
    unitPrice: minorToShort(differenceMinor),
    discount: null,
    tax: '0',
  };
}

/** A whole percentage of one or two digits; null for any other: the service takes no other. No rate is not 0 %. */
function wholePercent(rate: string | null): string | null {
  const short = rate === null ? null : shortDecimal(rate);
  return short !== null && /^\d{1,2}$/u.test(short) ? short : null;
}

/** Whether the service lists a rate; true where its list is not known. */
export function isListed(percent: string, vatRates: readonly string[] | null): boolean {
  return vatRates?.some((rate) => isSame(rate, percent)) ?? true;
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [parseDecimal(one), parseDecimal(other)];
  if (left === null || right === null) return false;
  return addDecimals(left, { digits: -right.digits, scale: right.scale }).digits === 0n;
}

/** At most so many characters; what is cut ends with a mark. */
export function cut(text: string, length: number): string {
  const plain = oneLine(text);
  return plain.length <= length ? plain : `${plain.slice(0, length - 1).trimEnd()}…`.toWellFormed();
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

function comma(decimal: string): string {
  return decimal.replace('.', ',');
}

/** A problem of this channel: its rule, the field, and what was found and would fit. */
export function problem(
  rule: string,
  field: string,
  [found, expected]: readonly [found: string, expected: string],
): ComposeProblem {
  return { code: `channel.sendregning.${rule}`, field, found, expected };
}

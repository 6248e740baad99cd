// An invoice's rows as order rows: one unit at the row's amount with the quantity in the text, so that the total is the invoice's to the cent. Pure.

import type { SveaConfig } from '../../../shared/schema/connection.ts';
import type { Invoice, InvoiceLine } from '../../../shared/schema/invoice.ts';
import type { ComposeProblem } from '../../ports/channel-adapter.ts';
import type { OrderRow } from './order.ts';
import { cleanText, nameWithTail } from './texts.ts';
import { amountText, orderTotal, roundHalfEven, rowAmount } from './totals.ts';

/** Longest description of a row, and the largest price: Decimal(9,2). */
const longestDescription = 40;
const largestPriceMinor = 999_999_999;

const roundingNames = { SE: 'Öresavrundning', NO: 'Øreavrunding', DK: 'Øreafrunding' } as const;
const sumNames = { SE: 'Summa, moms', NO: 'Sum, mva.', DK: 'I alt, moms' } as const;

/** A row of the invoice on its way. */
interface Item {
  readonly field: string;
  readonly text: string;
  readonly netMinor: number;
  /** Whole percent. */
  readonly rate: number;
  readonly id: string | null;
}

type Mapped =
  | { readonly rows: readonly OrderRow[]; readonly totalMinor: number }
  | { readonly problems: readonly ComposeProblem[] };

/**
 * Individuals get prices including VAT, companies excluding; one basis for the whole order. Including VAT, what rounding each row gains or
 * loses against the invoice's VAT is spread over the rows, an öre each. Excluding VAT, where each row's own VAT does not sum up to the
 * invoice's, the rows of that rate become lines of text under one row with their sum (two, where half an öre needs it).
 */
export function mapRows(invoice: Invoice, config: SveaConfig, isCompany: boolean): Mapped {
  const problems: ComposeProblem[] = [];
  const items = itemsOf(invoice, problems);
  const payableMinor = invoice.totals.payableMinor ?? 0;
  if ((invoice.totals.prepaidMinor ?? 0) !== 0)
    problems.push(
      problem('svea.prepaid', 'totals.prepaidMinor', [amountText(invoice.totals.prepaidMinor ?? 0), '0.00']),
    );
  if (payableMinor <= 0)
    problems.push(problem('svea.not-positive', 'totals.payableMinor', [amountText(payableMinor), '> 0']));
  if (problems.length > 0) return { problems };
  const byRate = Map.groupBy(items, ({ rate }) => rate);
  const rows = [...byRate].flatMap(([rate, group]) => {
    const vatMinor = vatOf(invoice, rate, group);
    return isCompany ? exclusiveRows(group, vatMinor, config) : inclusiveRows(group, vatMinor);
  });
  // In the order of the invoice, whatever their rates.
  rows.sort((one, other) => items.indexOf(one.item) - items.indexOf(other.item));
  const all = rows.map(({ row }) => row);
  const tooLarge = rows.find(({ row }) => Math.abs(rowAmount(row).grossMinor) > largestPriceMinor);
  if (tooLarge !== undefined)
    return {
      problems: [problem('svea.amount-too-large', tooLarge.item.field, [tooLarge.row.PricePerUnit, '9999999.99'])],
    };
  const totalMinor = orderTotal(all);
  if (totalMinor !== payableMinor)
    return {
      problems: [
        problem('svea.total-differs', 'totals.payableMinor', [amountText(totalMinor), amountText(payableMinor)]),
      ],
    };
  return { rows: all, totalMinor };
}

function problem(
  code: string,
  field: string | null,
  [found, expected]: readonly [found: string, expected: string],
): ComposeProblem {
  return { code, field, found, expected };
}

function itemsOf(invoice: Invoice, problems: ComposeProblem[]): Item[] {
  const rateOf = (rate: string | null, category: string | null, field: string): number => {
    const [only] = invoice.vat;
    const written = rate ?? (isUntaxed(category) ? '0' : invoice.vat.length === 1 ? (only?.rate ?? null) : null);
    const whole = /^(\d{1,2})(?:\.0+)?$/u.exec(written ?? '')?.[1];
    if (whole === undefined) problems.push(problem('svea.vat-rate', field, [written ?? '', '0, 6, 12, 25 …']));
    return Number(whole ?? 0);
  };
  const lines = invoice.lines.map((line, at): Item => ({
    field: `lines[${String(at)}].netMinor`,
    text: nameWithTail(cleanText(line.description), tailOf(line), longestDescription),
    netMinor: line.netMinor,
    rate: rateOf(line.vatRate, line.vatCategory, `lines[${String(at)}].vatRate`),
    id: line.id,
  }));
  const adjustments = invoice.adjustments.map((each, at): Item => ({
    field: `adjustments[${String(at)}].amountMinor`,
    text: nameWithTail(cleanText(each.reason ?? ''), '', longestDescription),
    netMinor: each.isCharge ? each.amountMinor : -each.amountMinor,
    rate: rateOf(each.vatRate, each.vatCategory, `adjustments[${String(at)}].vatRate`),
    id: null,
  }));
  const roundingMinor = invoice.totals.roundingMinor ?? 0;
  const name = roundingNames[countryOf(invoice)];
  const rounding: Item[] =
    roundingMinor === 0
      ? []
      : [{ field: 'totals.roundingMinor', text: name, netMinor: roundingMinor, rate: 0, id: null }];
  return [...lines, ...adjustments, ...rounding];
}

function countryOf({ currency }: Invoice): keyof typeof roundingNames {
  if (currency === 'NOK') return 'NO';
  return currency === 'DKK' ? 'DK' : 'SE';
}

function isUntaxed(category: string | null): boolean {
  return category !== null && ['Z', 'E', 'O', 'AE', 'K', 'G'].includes(category);
}

/** "258 KWH": Svea's own number of units has room for 999.99 only, and its price for two decimals. */
function tailOf({ quantity, unit }: InvoiceLine): string {
  if (quantity === null || quantity === '1' || unit === null) return '';
  return cleanText(`${quantity} ${unit === 'KWH' ? 'kWh' : unit.toLowerCase()}`);
}

/** The invoice's own VAT of a rate, or what the rate gives where it states none. */
function vatOf({ vat }: Invoice, rate: number, items: readonly Item[]): number {
  const stated = vat.filter((each) => each.rate !== null && Number(each.rate) === rate);
  if (rate !== 0 && stated.length > 0) return stated.reduce((sum, { taxMinor }) => sum + taxMinor, 0);
  return vatOn(
    items.reduce((sum, { netMinor }) => sum + netMinor, 0),
    rate,
  );
}

function vatOn(netMinor: number, rate: number): number {
  return Number(roundHalfEven(BigInt(netMinor) * BigInt(rate), 100n));
}

interface MappedRow {
  readonly item: Item;
  readonly row: OrderRow;
}

function rowOf(item: Item, priceMinor: number, isIncludingVat: boolean): MappedRow {
  return {
    item,
    row: {
      Description: item.text,
      PricePerUnit: amountText(priceMinor),
      PriceIncludingVat: isIncludingVat,
      NumberOfUnits: '1',
      VatPercent: String(item.rate),
      DiscountPercent: '0',
      DiscountAmount: null,
      DiscountAmountIncludingVat: null,
      ...(item.id === null ? {} : { TemporaryReference: item.id }),
      RowType: null,
    },
  };
}

/** Prices including VAT. The difference to the invoice's VAT goes, an öre each, to the rows whose rounding caused most of it. */
function inclusiveRows(items: readonly Item[], vatMinor: number): readonly MappedRow[] {
  const parts = items.map((item) => {
    const exact = item.netMinor * (100 + item.rate);
    const grossMinor = Number(roundHalfEven(BigInt(exact), 100n));
    return { item, grossMinor, error: exact - grossMinor * 100 };
  });
  const wanted = items.reduce((sum, { netMinor }) => sum + netMinor, 0) + vatMinor;
  const missing = wanted - parts.reduce((sum, { grossMinor }) => sum + grossMinor, 0);
  const step = Math.sign(missing);
  // Rows of nothing (texts) stay nothing.
  const order = parts
    .filter(({ grossMinor }) => grossMinor !== 0)
    .sort((one, other) => step * (other.error - one.error));
  const moved = new Set(order.slice(0, Math.abs(missing)));
  return parts.map((part) => rowOf(part.item, part.grossMinor + (moved.has(part) ? step : 0), true));
}

/** Prices excluding VAT, each row by itself where that gives the invoice's VAT; else one row with the sum, after the others as text. */
function exclusiveRows(items: readonly Item[], vatMinor: number, config: SveaConfig): readonly MappedRow[] {
  const rows = items.map((item) => rowOf(item, item.netMinor, false));
  if (rows.reduce((sum, { row }) => sum + rowAmount(row).vatMinor, 0) === vatMinor) return rows;
  const [last] = items.slice(-1);
  if (last === undefined) return rows;
  const netMinor = items.reduce((sum, item) => sum + item.netMinor, 0);
  const name = sumNames[config.country === 'NO' || config.country === 'DK' ? config.country : 'SE'];
  const texts = items.map((item) => {
    const text = nameWithTail(item.text, amountText(item.netMinor), longestDescription);
    return rowOf({ ...item, text }, 0, false);
  });
  const text = `${name} ${String(last.rate)} %`;
  const apart = apartFrom(netMinor, { vatMinor, rate: last.rate });
  const sums = [netMinor - apart, ...(apart === 0 ? [] : [apart])];
  const sumRows = sums.map((each) => rowOf({ ...last, text, id: null }, each, false));
  return [...texts, ...sumRows].map((each, at) => ({ ...each, item: items[at] ?? last }));
}

/**
 * What of a sum is put in a row of its own so that the two rows' VAT is the invoice's; 0 where the sum alone gives it. An invoice rounds half
 * an öre up, the service to the even one: a few öre apart make up for it.
 */
function apartFrom(netMinor: number, { vatMinor, rate }: { readonly vatMinor: number; readonly rate: number }): number {
  if (vatOn(netMinor, rate) === vatMinor) return 0;
  for (let apart = 1; apart < 100; apart += 1)
    if (vatOn(netMinor - apart, rate) + vatOn(apart, rate) === vatMinor) return apart;
  return 0;
}

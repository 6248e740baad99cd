// The rows of an invoice by kind, and its VAT by rate, in words. No drawing, no sums of our own except a section's.

import type { Invoice, InvoiceLine, VatSubtotal } from '../../shared/schema/invoice.ts';
import { formatDecimal, formatPeriod } from './format-values.ts';
import type { ViewTools } from './view-tools.ts';
import { rowSections, sectionOfKind, unitWord } from './words.ts';

/** One printed row. */
export interface RowView {
  readonly description: string;
  /** Period or allowance of the row, printed small under the description; empty where there is nothing to say. */
  readonly detail: string;
  readonly quantity: string;
  readonly unit: string;
  readonly unitPrice: string;
  readonly vat: string;
  readonly amount: string;
}

/** Rows that belong together. */
export interface RowSectionView {
  /** Null where all rows are of one section and a heading would only repeat. */
  readonly title: string | null;
  /** Sum of the section's rows. */
  readonly total: string;
  readonly rows: readonly RowView[];
}

/** VAT of one rate. */
export interface VatRowView {
  readonly rate: string;
  readonly taxable: string;
  readonly tax: string;
}

/** Rows grouped by kind, in the source's order within each group; allowances and charges on the whole invoice last. */
export function rowSectionsOf(invoice: Invoice, tools: ViewTools): RowSectionView[] {
  const sections = rowSections.flatMap((section): RowSectionView[] => {
    const lines = invoice.lines.filter((line) => sectionOfKind[line.kind] === section);
    if (lines.length === 0) return [];
    const total = lines.reduce((sum, line) => sum + line.netMinor, 0);
    const title = tools.words.sections[section];
    return [{ title, total: tools.money(total), rows: lines.map((line) => rowOf(line, invoice, tools)) }];
  });
  const adjustments = adjustmentsOf(invoice, tools);
  const [only] = sections;
  if (sections.length === 1 && only !== undefined) return [{ ...only, title: null }, ...adjustments];
  return [...sections, ...adjustments];
}

function rowOf(line: InvoiceLine, invoice: Invoice, tools: ViewTools): RowView {
  const { language, clean, money, words } = tools;
  const isOwnPeriod = line.periodStart !== invoice.periodStart || line.periodEnd !== invoice.periodEnd;
  const period = isOwnPeriod ? formatPeriod(line.periodStart, line.periodEnd, language) : '';
  const adjustment = line.adjustmentMinor === 0 ? '' : `${words.rowAdjustment} ${money(line.adjustmentMinor)}`;
  const base = line.priceBaseQuantity;
  const per = base === null || /^0*1(\.0*)?$/u.test(base) ? '' : `/${formatDecimal(base, language)}`;
  return {
    description: clean(line.description, 160),
    detail: clean([period, adjustment].filter((part) => part !== '').join(' · '), 100),
    quantity: line.quantity === null ? '' : clean(formatDecimal(line.quantity, language), 20),
    unit: line.unit === null ? '' : clean(unitWord(line.unit, language), 12),
    unitPrice: line.unitPrice === null ? '' : clean(formatDecimal(line.unitPrice, language, 2) + per, 24),
    vat: rateText(line.vatRate, line.vatCategory, tools).short,
    amount: money(line.netMinor),
  };
}

function adjustmentsOf(invoice: Invoice, tools: ViewTools): RowSectionView[] {
  const { words, clean, money } = tools;
  if (invoice.adjustments.length === 0) return [];
  const signed = invoice.adjustments.map((adjustment) =>
    adjustment.isCharge ? adjustment.amountMinor : -adjustment.amountMinor,
  );
  const rows = invoice.adjustments.map((adjustment, index): RowView => ({
    description: clean(adjustment.reason ?? (adjustment.isCharge ? words.charge : words.allowance), 160),
    detail: '',
    quantity: '',
    unit: '',
    unitPrice: '',
    vat: rateText(adjustment.vatRate, adjustment.vatCategory, tools).short,
    amount: money(signed[index] ?? 0),
  }));
  return [{ title: words.adjustments, total: money(signed.reduce((sum, amount) => sum + amount, 0)), rows }];
}

/** VAT as the source states it, highest rate first as it usually stands there. */
export function vatRowsOf(invoice: Invoice, tools: ViewTools): VatRowView[] {
  return invoice.vat.map((subtotal: VatSubtotal) => ({
    rate: rateText(subtotal.rate, subtotal.category, tools).long,
    taxable: tools.money(subtotal.taxableMinor),
    tax: tools.money(subtotal.taxMinor),
  }));
}

/** Rate for the narrow column and for the VAT table, where the reason for a missing VAT has to be said (UNCL5305 categories). */
function rateText(
  rate: string | null,
  category: string | null,
  { language, words, clean }: ViewTools,
): { short: string; long: string } {
  const percent = rate === null ? '' : `${clean(formatDecimal(rate, language), 8)}\u00A0%`;
  const reasons: Readonly<Record<string, string>> = {
    AE: words.reverseCharge,
    E: words.exempt,
    Z: words.zeroRated,
    O: words.outsideVat,
    G: words.exempt,
    K: words.reverseCharge,
  };
  const reason = reasons[category ?? ''] ?? '';
  const long = [percent, reason].filter((part) => part !== '').join(' ');
  return { short: percent, long: long === '' ? words.noRate : long };
}

// What is known of a customer's earlier invoices when a new one is judged, and how the usual amount follows from it. No rules here.

/** A customer's last invoices from the same seller and in the same currency, all imported before and none in quarantine. */
export interface CustomerHistory {
  /** What was to be paid, newest first, minor units; at most {@link rememberedAmounts}, only amounts above zero. */
  readonly amountsMinor: readonly number[];
  /** See InvoiceTerms.vatRate, of the newest invoice that had one. */
  readonly vatRate: string | null;
  /** See InvoiceTerms.payeeAccounts, of the newest invoice that had one; for a new customer all that the seller has used. */
  readonly payeeAccounts: string;
  readonly accountsAreOf: 'customer' | 'seller';
}

/** How many earlier amounts are remembered: half a year of monthly invoices. */
export const rememberedAmounts = 6;

/** From this many times the usual amount on an invoice is told of. */
export const unusualFactor = 10;

/** The median of the remembered amounts (of two in the middle their mean, in whole minor units): one odd invoice does not move it. Null when there are none. */
export function usualAmountMinor({ amountsMinor }: Pick<CustomerHistory, 'amountsMinor'>): number | null {
  const sorted = amountsMinor.toSorted((one, other) => one - other);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) return null;
  const before = sorted[sorted.length / 2 - 1];
  return before === undefined ? middle : Math.round((before + middle) / 2);
}

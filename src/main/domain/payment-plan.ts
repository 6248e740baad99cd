// What a payment plan or an account credit costs a month and in all, as Svea's specification computes it. Pure; amounts are decimal text and integers, never floats.

import { minorDigits } from '../../shared/currency.ts';
import { addDecimals, compareDecimals, multiplyDecimals, parseDecimal } from './decimal.ts';
import type { Decimal } from './decimal.ts';

/** A campaign as the service lists it; decimal text, whole numbers. */
export interface PaymentPlanTerms {
  readonly monthlyAnnuityFactor: string;
  readonly notificationFee: string;
  readonly initialFee: string;
  readonly contractLengthInMonths: number;
  readonly fromAmount: string;
  readonly toAmount: string;
}

/** What a plan costs, in minor units. */
export interface PaymentPlanCost {
  readonly monthlyMinor: number;
  /** The initial fee and every month. */
  readonly totalMinor: number;
  /** A year, in percent; 0 where nothing is paid beyond the price. */
  readonly effectiveInterestPercent: number;
}

/** Length of a month in years, as Svea's own packages count it. */
const monthYears = 0.08327627652;

/**
 * The cost of a price under a campaign; null where the price is outside its limits (both inclusive) or its terms are no numbers. The month is
 * price times factor plus notification fee, rounded up to a whole unit (euro: cent); the initial fee is paid once (specification, "Calculation
 * examples": 129 with the factor 0.050020791054524637 and the fee 29 is 36 a month, 864 in all). Shops' packages round differently.
 */
export function paymentPlanCost(priceMinor: number, currency: string, terms: PaymentPlanTerms): PaymentPlanCost | null {
  const digits = minorDigits(currency);
  const price: Decimal = { digits: BigInt(priceMinor), scale: digits };
  const factor = parseDecimal(terms.monthlyAnnuityFactor);
  const fee = parseDecimal(terms.notificationFee);
  const initial = parseDecimal(terms.initialFee);
  const from = parseDecimal(terms.fromAmount);
  const to = parseDecimal(terms.toAmount);
  if (factor === null || fee === null || initial === null || from === null || to === null) return null;
  if (isLess(price, from) || isLess(to, price)) return null;
  const months = terms.contractLengthInMonths;
  const step = currency === 'EUR' ? 1n : 10n ** BigInt(digits);
  const monthly = minorUp(addDecimals(multiplyDecimals(price, factor), fee), digits);
  const monthlyMinor = Number(((monthly + step - 1n) / step) * step);
  const initialMinor = Number(minorUp(initial, digits));
  const totalMinor = initialMinor + monthlyMinor * months;
  return {
    monthlyMinor,
    totalMinor,
    effectiveInterestPercent: effectiveInterest(priceMinor, { monthlyMinor, initialMinor, months }),
  };
}

/** The cheapest month among campaigns that fit, first of equals; null where none fits. */
export function cheapestPlan<Terms extends PaymentPlanTerms>(
  priceMinor: number,
  currency: string,
  campaigns: readonly Terms[],
): { readonly campaign: Terms; readonly cost: PaymentPlanCost } | null {
  const fitting = campaigns.flatMap((campaign) => {
    const cost = paymentPlanCost(priceMinor, currency, campaign);
    return cost === null ? [] : [{ campaign, cost }];
  });
  return fitting.reduce<(typeof fitting)[number] | null>(
    (best, each) => (best === null || each.cost.monthlyMinor < best.cost.monthlyMinor ? each : best),
    null,
  );
}

/** An account credit's campaign as the service lists it. */
export interface AccountCreditTerms {
  readonly lowestAmountToPayPerMonth: string;
  /** As listed: no public sample tells whether it is a share or a percentage; below 1 it is taken for a share. */
  readonly lowestPercentToPayPerMonth: string;
  readonly lowestOrderAmount: string;
}

/** The larger of the lowest amount and the lowest share of the total; null below the lowest order amount. */
export function lowestMonthlyCredit(totalMinor: number, currency: string, terms: AccountCreditTerms): number | null {
  const digits = minorDigits(currency);
  const total: Decimal = { digits: BigInt(totalMinor), scale: digits };
  const amount = parseDecimal(terms.lowestAmountToPayPerMonth);
  const percent = parseDecimal(terms.lowestPercentToPayPerMonth);
  const least = parseDecimal(terms.lowestOrderAmount);
  if (amount === null || percent === null || least === null || isLess(total, least)) return null;
  const share = isLess(percent, { digits: 1n, scale: 0 }) ? percent : { ...percent, scale: percent.scale + 2 };
  const ofTotal = minorUp(multiplyDecimals(total, share), digits);
  const lowest = minorUp(amount, digits);
  return Number(ofTotal > lowest ? ofTotal : lowest);
}

function isLess(one: Decimal, other: Decimal): boolean {
  return compareDecimals(one, other) < 0;
}

/** In minor units, rounded up. */
function minorUp({ digits, scale }: Decimal, minorScale: number): bigint {
  if (scale <= minorScale) return digits * 10n ** BigInt(minorScale - scale);
  const divisor = 10n ** BigInt(scale - minorScale);
  return (digits + divisor - 1n) / divisor;
}

/** The yearly rate at which the payments are worth the price, by bisection; a rate, so a float may hold it. */
function effectiveInterest(
  priceMinor: number,
  plan: { readonly monthlyMinor: number; readonly initialMinor: number; readonly months: number },
): number {
  const { monthlyMinor, initialMinor, months } = plan;
  if (monthlyMinor * months + initialMinor - priceMinor <= 0) return 0;
  const worth = (rate: number): number => {
    let sum = 0;
    for (let month = 1; month <= months; month += 1)
      sum += (monthlyMinor + (month === 1 ? initialMinor : 0)) / (1 + rate) ** (month * monthYears);
    return sum;
  };
  let [low, high] = [0, 1];
  while (worth(high) > priceMinor && high < 1e6) high *= 2;
  for (let round = 0; round < 100; round += 1) {
    const middle = (low + high) / 2;
    if (worth(middle) > priceMinor) low = middle;
    else high = middle;
  }
  return Math.round(high * 10_000) / 100;
}

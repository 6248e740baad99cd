// Payment plans and account credit as the specification computes them; money exact, up to the whole unit.

import { expect, it } from 'vitest';
import { cheapestPlan, lowestMonthlyCredit, paymentPlanCost } from '../../../src/main/domain/payment-plan.ts';

const example = {
  monthlyAnnuityFactor: '0.050020791054524637',
  notificationFee: '29',
  initialFee: '0',
  contractLengthInMonths: 24,
  fromAmount: '1',
  toAmount: '30000',
};

it('129 with the specification’s campaign is 36 a month and 864 in all', () => {
  expect(paymentPlanCost(12_900, 'SEK', example)).toMatchObject({ monthlyMinor: 3_600, totalMinor: 86_400 });
});

it('is rounded up to the whole crown, to the cent for euro, and not at all when it is whole', () => {
  const even = { ...example, monthlyAnnuityFactor: '0.1', notificationFee: '0.00', contractLengthInMonths: 10 };
  expect(paymentPlanCost(10_000, 'SEK', even)).toMatchObject({
    monthlyMinor: 1_000,
    totalMinor: 10_000,
    effectiveInterestPercent: 0,
  });
  expect(paymentPlanCost(10_001, 'SEK', even)?.monthlyMinor).toBe(1_100);
  expect(paymentPlanCost(10_001, 'EUR', even)?.monthlyMinor).toBe(1_001);
});

it('is offered from the lowest to the highest amount, both included, and never where the terms are no numbers', () => {
  const offered = (minor: number) => paymentPlanCost(minor, 'SEK', example) !== null;
  expect([99, 100, 3_000_000, 3_000_001].map(offered)).toEqual([false, true, true, false]);
  expect(paymentPlanCost(12_900, 'SEK', { ...example, notificationFee: '' })).toBeNull();
});

it('has an effective interest that its payments are worth the price at', () => {
  const plan = {
    ...example,
    monthlyAnnuityFactor: '0.09',
    notificationFee: '0',
    initialFee: '195',
    contractLengthInMonths: 12,
  };
  const cost = paymentPlanCost(1_000_000, 'SEK', plan);
  expect(cost).toMatchObject({ monthlyMinor: 90_000, totalMinor: 1_099_500 });
  expect(cost?.effectiveInterestPercent).toBeGreaterThan(19);
  expect(cost?.effectiveInterestPercent).toBeLessThan(21);
});

it('the cheapest month wins among those that fit', () => {
  const longer = { ...example, monthlyAnnuityFactor: '0.03', contractLengthInMonths: 36 };
  const tooLarge = { ...example, monthlyAnnuityFactor: '0.001', fromAmount: '5000' };
  expect(cheapestPlan(12_900, 'SEK', [example, longer, tooLarge])?.campaign).toBe(longer);
  expect(cheapestPlan(12_900, 'SEK', [tooLarge])).toBeNull();
});

it('an account credit is paid by its lowest amount or share, from its lowest order on', () => {
  const terms = { lowestAmountToPayPerMonth: '100', lowestPercentToPayPerMonth: '0.03', lowestOrderAmount: '500' };
  expect(lowestMonthlyCredit(100_000, 'SEK', terms)).toBe(10_000);
  expect(lowestMonthlyCredit(1_000_000, 'SEK', terms)).toBe(30_000);
  expect(lowestMonthlyCredit(1_000_000, 'SEK', { ...terms, lowestPercentToPayPerMonth: '3' })).toBe(30_000);
  expect(lowestMonthlyCredit(49_999, 'SEK', terms)).toBeNull();
});

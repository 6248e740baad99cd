// Rule: allowances and charges on the whole invoice add up to their stated sums.

import type { Invoice } from '../../../shared/schema/invoice.ts';
import { amountFinding, currencyOf, defineRule, noFindings } from './define-rule.ts';
import type { Finding } from './rule.ts';

/** `core.total.adjustments`, exact. Silent where the source states no sum. */
export const totalAdjustments = defineRule('core.total.adjustments', (invoice) => {
  const { allowanceMinor, chargeMinor } = invoice.totals;
  if (allowanceMinor === null && chargeMinor === null) return noFindings;
  const allowance = compare(invoice, { isCharge: false, statedMinor: allowanceMinor, field: 'totals.allowanceMinor' });
  const charge = compare(invoice, { isCharge: true, statedMinor: chargeMinor, field: 'totals.chargeMinor' });
  if (allowance === null && charge === null) return noFindings;
  return [allowance, charge].filter((each) => each !== null);
});

function compare(
  invoice: Invoice,
  stated: { readonly isCharge: boolean; readonly statedMinor: number | null; readonly field: string },
): Finding | null {
  const { isCharge, statedMinor, field } = stated;
  if (statedMinor === null) return null;
  const expectedMinor = sumOfAdjustments(invoice, isCharge);
  if (expectedMinor === statedMinor) return null;
  const params = { kind: isCharge ? 'charge' : 'allowance' };
  return amountFinding('core.total.adjustments', {
    field,
    statedMinor,
    expectedMinor,
    currency: currencyOf(invoice),
    params,
  });
}

function sumOfAdjustments(invoice: Invoice, isCharge: boolean): number {
  let sum = 0;
  for (const adjustment of invoice.adjustments) if (adjustment.isCharge === isCharge) sum += adjustment.amountMinor;
  return sum;
}

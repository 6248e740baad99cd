// The sums that follow from other stated sums; shared by the rules on totals. Nothing is reported here.

import type { Invoice } from '../../../shared/schema/invoice.ts';

/** Stated sum of rows − allowances + charges; null when the source states no sum of rows. */
export function netFromRows({ totals, adjustments }: Invoice): number | null {
  if (totals.lineNetMinor === null) return null;
  let net = totals.lineNetMinor;
  let stated = 0;
  for (const { isCharge, amountMinor } of adjustments) stated += isCharge ? amountMinor : -amountMinor;
  if (totals.allowanceMinor === null && totals.chargeMinor === null) return net + stated;
  net -= totals.allowanceMinor ?? 0;
  net += totals.chargeMinor ?? 0;
  return net;
}

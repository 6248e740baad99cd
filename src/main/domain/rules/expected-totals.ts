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

/**
 * True when the rounding already is inside the stated total with VAT, as EHF 2 has it: net + VAT + rounding = total, and the total less
 * prepayments is what is to be paid.
 */
export function hasRoundingInGross(invoice: Invoice): boolean {
  const { netMinor, vatMinor, grossMinor, roundingMinor, prepaidMinor, payableMinor } = invoice.totals;
  if (
    roundingMinor === null ||
    roundingMinor === 0 ||
    netMinor === null ||
    grossMinor === null ||
    payableMinor === null
  )
    return false;
  return netMinor + (vatMinor ?? 0) + roundingMinor === grossMinor && grossMinor - (prepaidMinor ?? 0) === payableMinor;
}

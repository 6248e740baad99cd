// The seller's part of the business key "seller + invoice number". Not for showing.

import type { Party } from '../../shared/schema/invoice.ts';

/**
 * Normalised organisation number, else VAT number, else name in lower case; empty when the party has none. Ways of writing one company
 * give one key: `556677-8899`, `165566778899` and `SE556677889901` are all `5566778899`; `NO923609016MVA` is `923609016`.
 */
export function sellerKey(seller: Pick<Party, 'name' | 'registrationNumber' | 'vatNumber'>): string {
  const number = compact(seller.registrationNumber) || compact(seller.vatNumber);
  if (number !== '') return withoutDecoration(number);
  return (seller.name ?? '').trim().replace(/\s+/gu, ' ').toLowerCase();
}

function compact(text: string | null): string {
  return (text ?? '').replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();
}

/** Takes off what country and tax office add around the organisation number. */
function withoutDecoration(number: string): string {
  const match =
    /^SE(\d{10})\d{2}$/u.exec(number) ?? /^16(\d{10})$/u.exec(number) ?? /^(?:NO)?(\d{9})(?:MVA)?$/u.exec(number);
  return match?.[1] ?? number;
}

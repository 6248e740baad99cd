// Which country's number rules apply to a party or an invoice. Only what the source says; nothing is guessed from names.

import type { Invoice, Party } from '../../../shared/schema/invoice.ts';

/** The party's country: its address, else its VAT number's prefix, else the currency's home; null when none tells. */
export function partyCountry(party: Party, currency: string | null): string | null {
  if (party.address.country !== null) return party.address.country;
  const vat = party.vatNumber?.slice(0, 2).toUpperCase() ?? '';
  if (vat === 'SE' || vat === 'NO') return vat;
  if (currency === 'SEK') return 'SE';
  return currency === 'NOK' ? 'NO' : null;
}

/** The seller's country, which decides VAT rates and how one pays. */
export function sellerCountry(invoice: Invoice): string | null {
  return partyCountry(invoice.seller, invoice.currency);
}

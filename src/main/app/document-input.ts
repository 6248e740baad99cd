// Decides language and sender of an invoice's document, so that preview, release and e-mail agree.

import type { Invoice } from '../../shared/schema/invoice.ts';
import type { Language, Settings } from '../../shared/schema/settings.ts';
import type { DocumentInput } from '../ports/documents.ts';

/** Input of the document renderer and of the e-mail body for one invoice. */
export function documentInput(invoice: Invoice, settings: Settings): DocumentInput {
  return { invoice, organisation: settings.organisation, language: documentLanguage(invoice, settings.language) };
}

/**
 * The language of the customer's country, else of the seller's, else of the currency's country; the operator's own language only where
 * the source tells none of them.
 */
function documentLanguage(invoice: Invoice, fallback: Language): Language {
  const country = invoice.buyer.address.country ?? invoice.seller.address.country ?? currencyCountry(invoice.currency);
  if (country === 'SE') return 'sv';
  if (country === 'NO') return 'nb';
  return country === null ? fallback : 'en';
}

function currencyCountry(currency: string | null): 'SE' | 'NO' | null {
  if (currency === 'SEK') return 'SE';
  return currency === 'NOK' ? 'NO' : null;
}

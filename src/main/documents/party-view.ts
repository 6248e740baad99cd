// Sender and recipient as they stand on the letter: whose details are used, and the lines of an address. No drawing.

import type { Address, Party } from '../../shared/schema/invoice.ts';
import type { DocumentInput } from '../ports/documents.ts';
import { formatTown } from './format-values.ts';
import type { ViewTools } from './view-tools.ts';
import { countryWord } from './words.ts';

/** The seller with what the file leaves out filled in from the organisation's settings; empty text where nobody knows. */
export interface EffectiveSeller {
  readonly name: string;
  readonly registrationNumber: string;
  readonly vatNumber: string;
  readonly address: Address;
  readonly email: string;
  readonly phone: string;
  readonly website: string;
}

/**
 * Fills gaps in the seller from the organisation, but only where both are the same company (or the file names none):
 * one company's phone number under another's name would be a false statement on an invoice.
 */
export function effectiveSeller({ invoice: { seller }, organisation }: DocumentInput): EffectiveSeller {
  const isSame =
    seller.name === null ||
    sameText(seller.name, organisation.name) ||
    (digits(seller.registrationNumber ?? '') !== '' &&
      digits(seller.registrationNumber ?? '') === digits(organisation.registrationNumber));
  const own = isSame ? organisation : null;
  const hasAddress =
    seller.address.street !== null || seller.address.city !== null || seller.address.postalCode !== null;
  const address = hasAddress || own === null ? seller.address : own.address;
  return {
    name: seller.name ?? own?.name ?? '',
    registrationNumber: seller.registrationNumber ?? own?.registrationNumber ?? '',
    vatNumber: seller.vatNumber ?? own?.vatNumber ?? '',
    address: { ...address, country: seller.address.country ?? own?.address.country ?? null },
    email: seller.email ?? own?.email ?? '',
    phone: seller.phone ?? own?.phone ?? '',
    website: own?.website ?? '',
  };
}

/** Name and address for the window; at most 6 lines, the country only when it is not the sender's. */
export function recipientLines(buyer: Party, senderCountry: string | null, tools: ViewTools): string[] {
  const isAbroad = buyer.address.country !== null && senderCountry !== null && buyer.address.country !== senderCountry;
  const name = tools.clean(buyer.name ?? '', 90);
  return [name, ...addressLines(buyer.address, isAbroad ? buyer.address.country : null, tools)].filter(
    (line) => line !== '',
  );
}

/** Street, second street line, postal code with town, and the country where one is given. */
export function addressLines(address: Address, country: string | null, { clean, language }: ViewTools): string[] {
  const town = formatTown(clean(address.postalCode ?? '', 12), clean(address.city ?? '', 50), address.country);
  return [
    clean(address.street ?? '', 60),
    clean(address.street2 ?? '', 60),
    town,
    country === null ? '' : clean(countryWord(country, language), 40),
  ].filter((line) => line !== '');
}

function sameText(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

function digits(text: string): string {
  return text.replace(/\D/gu, '');
}

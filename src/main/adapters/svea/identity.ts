// Who the customer is to Svea, by country: SE, NO, DK and FI by number, DE and NL by name, address and birth date or VAT number. Pure.

import type { SveaConfig } from '../../../shared/schema/connection.ts';
import type { Invoice, Party } from '../../../shared/schema/invoice.ts';
import { isSwedishOrganisationNumber } from '../../domain/identifiers/swedish-organisation-number.ts';
import { looksLikeSwedishPersonalNumber } from '../../domain/identifiers/swedish-personal-number.ts';
import type { ComposeProblem } from '../../ports/channel-adapter.ts';
import type { CustomerIdentity } from './order.ts';
import { cleanText, lengthOf } from './texts.ts';

/** Currency that a client number of each country has. */
export const currencyOf = { SE: 'SEK', NO: 'NOK', DK: 'DKK', FI: 'EUR', DE: 'EUR', NL: 'EUR' } as const;

type CustomerType = CustomerIdentity['CustomerType'];
type Found = { readonly identity: CustomerIdentity } | { readonly problems: readonly ComposeProblem[] };

/** Longest texts, in characters (CustomerIdentity). */
const longest = { Email: 50, PhoneNumber: 18, FullName: 40, Street: 40, Locality: 20, ZipCode: 5 } as const;

/** The customer, or what is missing or too long. */
export function customerIdentity({ buyer }: Invoice, config: SveaConfig): Found {
  const { country } = config;
  if (buyer.address.country !== null && buyer.address.country !== country)
    return wrong('svea.country', 'buyer.address.country', [buyer.address.country, country]);
  if (config.distribution === 'Email' && (buyer.email === null || !fits(buyer.email, longest.Email)))
    return wrong('svea.email', 'buyer.email', [buyer.email ?? '', `≤ ${String(longest.Email)}`]);
  const contact = {
    ...(buyer.email !== null && fits(buyer.email, longest.Email) ? { Email: buyer.email } : {}),
    ...(buyer.phone !== null && fits(buyer.phone, longest.PhoneNumber) ? { PhoneNumber: buyer.phone } : {}),
  };
  return country === 'DE' || country === 'NL' ? byName(buyer, country, contact) : byNumber(buyer, country, contact);
}

type Contact = Pick<CustomerIdentity, 'Email' | 'PhoneNumber'>;

function byNumber(buyer: Party, country: 'SE' | 'NO' | 'DK' | 'FI', contact: Contact): Found {
  const written = buyer.registrationNumber ?? (country === 'SE' ? null : digitsOfVat(buyer.vatNumber));
  const found = written === null ? null : nationalNumber(written, country);
  if (found === null)
    return wrong('svea.national-id', 'buyer.registrationNumber', [written ?? '', expectedNumber[country]]);
  const { number, type } = found;
  return { identity: { NationalIdNumber: number, ...contact, CountryCode: country, CustomerType: type } };
}

const expectedNumber = {
  SE: 'ÅÅÅÅMMDD-NNNN, NNNNNN-NNNN',
  NO: 'NNNNNNNNNNN, NNNNNNNNN',
  DK: 'DDMMYY-NNNN, NNNNNNNN',
  FI: 'DDMMYY-NNNX, NNNNNNN-N',
} as const;

function digitsOfVat(vatNumber: string | null): string | null {
  return vatNumber === null ? null : vatNumber.replace(/^[A-Z]{2}|MVA$|\s/gu, '');
}

/** A number as it is sent (at most 12 characters), and whether it is a person's. Leading zeros stay. */
function nationalNumber(
  written: string,
  country: 'SE' | 'NO' | 'DK' | 'FI',
): { readonly number: string; readonly type: CustomerType } | null {
  if (country === 'FI') {
    const text = written.replace(/\s/gu, '').toUpperCase();
    if (/^\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]$/u.test(text)) return { number: text, type: 'Individual' };
    return /^\d{7}-?\d$/u.test(text) ? { number: text, type: 'Company' } : null;
  }
  const digits = written.replace(/[\s+-]/gu, '');
  if (!/^\d+$/u.test(digits)) return null;
  const of = (type: CustomerType) => ({ number: digits, type });
  switch (country) {
    case 'SE':
      if (digits.length === 10 && isSwedishOrganisationNumber(digits) && !looksLikeSwedishPersonalNumber(written))
        return of('Company');
      if (digits.length === 12 && digits.startsWith('16')) return of('Company');
      return digits.length === 10 || digits.length === 12 ? of('Individual') : null;
    case 'NO':
      if (digits.length === 11) return of('Individual');
      return digits.length === 9 ? of('Company') : null;
    case 'DK':
      if (digits.length === 10) return of('Individual');
      return digits.length === 8 ? of('Company') : null;
  }
}

/** Countries without unique numbers: as much as the specification asks for, so that the customer can be found. */
function byName(buyer: Party, country: 'DE' | 'NL', contact: Contact): Found {
  const problems: ComposeProblem[] = [];
  const need = (field: string, value: string | null, max: number | null = null): string => {
    const text = cleanText(value ?? '');
    if (text === '' || (max !== null && !fits(text, max)))
      problems.push({
        code: text === '' ? 'svea.customer-missing' : 'svea.too-long',
        field,
        found: text,
        expected: max === null ? '' : `≤ ${String(max)}`,
      });
    return text;
  };
  const name = need('buyer.name', buyer.name, longest.FullName);
  const { street, houseNumber } = splitStreet(need('buyer.address.street', buyer.address.street, longest.Street));
  if (street !== '' && houseNumber === '')
    problems.push({ code: 'svea.house-number', field: 'buyer.address.street', found: street, expected: 'Straße 1' });
  const address = {
    FullName: name,
    Street: street,
    ZipCode: need(
      'buyer.address.postalCode',
      buyer.address.postalCode?.replace(/\s/gu, '') ?? null,
      // "1234 AB": the specification's five are too few for the Netherlands.
      country === 'NL' ? 6 : longest.ZipCode,
    ),
    HouseNumber: houseNumber,
    Locality: need('buyer.address.city', buyer.address.city, longest.Locality),
  };
  const common = { ...contact, ...address, CountryCode: country };
  if (buyer.vatNumber !== null && buyer.vatNumber !== '') {
    const identity = {
      ...common,
      CustomerType: 'Company',
      CompanyIdentity: { CompanyVatNumber: buyer.vatNumber },
    } as const;
    return problems.length > 0 ? { problems } : { identity };
  }
  const birthDate = (buyer.registrationNumber ?? '').replace(/-/gu, '');
  if (!/^(?:19|20)\d{6}$/u.test(birthDate))
    problems.push({
      code: 'svea.birth-date',
      field: 'buyer.registrationNumber',
      found: birthDate,
      expected: 'YYYYMMDD',
    });
  const [firstName = '', ...others] = name.split(' ');
  const person = {
    FirstName: firstName,
    LastName: need('buyer.name', others.join(' ')),
    ...(country === 'NL' ? { Initials: firstName.slice(0, 1) } : {}),
    BirthDate: birthDate,
  };
  return problems.length > 0
    ? { problems }
    : { identity: { ...common, CustomerType: 'Individual', IndividualIdentity: person } };
}

/** "Hauptstraße 12 a" in its two parts; no house number where none ends it. */
function splitStreet(text: string): { readonly street: string; readonly houseNumber: string } {
  const found = /^(.*?\D)\s+(\d+\s?[A-Za-z]?(?:-\d+)?)$/u.exec(text);
  return found === null
    ? { street: text, houseNumber: '' }
    : { street: found[1] ?? '', houseNumber: (found[2] ?? '').replace(/\s/gu, '') };
}

function fits(text: string, max: number): boolean {
  return lengthOf(text) <= max;
}

function wrong(code: string, field: string, [found, expected]: readonly [found: string, expected: string]): Found {
  return { problems: [{ code, field, found, expected }] };
}

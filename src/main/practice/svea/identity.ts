// Who an order is for: read from a request, held against what its country demands, and found in the service's own register.

import type { Fields } from './fields.ts';
import type { OrderCustomer } from './ledger-entries.ts';
import { findCustomer } from './customers.ts';
import type { FoundCustomer } from './customers.ts';
import { numberCountries } from './national-ids.ts';
import { tooLong } from './order-rows.ts';
import { rejection } from './result-codes.ts';
import type { Rejection } from './result-codes.ts';

const sizes = {
  NationalIdNumber: 12,
  Email: 50,
  PhoneNumber: 18,
  FullName: 40,
  Street: 40,
  CoAddress: 40,
  Locality: 20,
  CountryCode: 2,
} as const;
/** The specification says 5; the real service takes the Netherlands' `1102 HG` as well. */
const zipForms: Readonly<Record<string, RegExp>> = {
  SE: /^\d{3} ?\d{2}$/u,
  NO: /^\d{4}$/u,
  DK: /^\d{4}$/u,
  FI: /^\d{5}$/u,
  DE: /^\d{5}$/u,
  NL: /^\d{4} ?[A-Z]{2}$/iu,
};
const addressFields = ['FullName', 'Street', 'HouseNumber', 'ZipCode', 'Locality'] as const;

/** Somebody, and what the service thinks of them. */
export interface Identified {
  readonly customer: OrderCustomer;
  /** Null where the country has no numbers. */
  readonly found: FoundCustomer | null;
}

/** What a client and a request say together. */
export interface IdentityQuestion {
  readonly identity: Fields | null;
  /** The client's country. */
  readonly country: string;
  /** Empty when none was chosen. */
  readonly addressSelector: string;
}

/** The customer, or why there is none. */
export function identify(question: IdentityQuestion): Identified | Rejection {
  const { identity, country, addressSelector } = question;
  if (identity === null) return rejection(50013);
  const isCompany = identity.one('CustomerType', 'CustomerType', ['Individual', 'Company']) === 'Company';
  const given = identity.filled('CountryCode');
  if (given === null) return rejection(50017);
  for (const [name, size] of Object.entries(sizes))
    if ((identity.text(name) ?? '').length > size) return tooLong(`CustomerIdentity.${name}`, size);
  if (zipForms[given] === undefined) return rejection(40001);
  if (given !== country) return rejection(50007);
  const misplaced = misplacedPart(identity, isCompany, isNumberCountry(country));
  if (misplaced !== null) return misplaced;
  const zip = identity.filled('ZipCode');
  if (zip !== null && zipForms[country]?.test(zip) === false) return rejection(50025);
  return isNumberCountry(country)
    ? byNumber(identity, { country, isCompany, addressSelector })
    : byAddress(identity, { country, isCompany, addressSelector });
}

/** True where customers are known by number. */
export function isNumberCountry(country: string): boolean {
  return numberCountries.some((known) => known === country);
}

function misplacedPart(identity: Fields, isCompany: boolean, hasNumbers: boolean): Rejection | null {
  const individual = identity.part('IndividualIdentity');
  const company = identity.part('CompanyIdentity');
  if (!isCompany && company !== null) return rejection(50019);
  if (isCompany && individual !== null) return rejection(50020);
  if (hasNumbers && individual !== null) return rejection(50021);
  return hasNumbers && company !== null ? rejection(50022) : null;
}

interface Asked {
  readonly country: string;
  readonly isCompany: boolean;
  readonly addressSelector: string;
}

function byNumber(identity: Fields, { country, isCompany, addressSelector }: Asked): Identified | Rejection {
  const id = identity.filled('NationalIdNumber');
  if (id === null) return rejection(50005);
  const found = findCustomer(country, isCompany, id);
  if (found === null) return rejection(40000);
  if (found.verdict.code !== null) return { customer: emptyCustomer(country, isCompany), found };
  const address =
    addressSelector === ''
      ? found.addresses[0]
      : found.addresses.find(({ selector }) => selector === addressSelector.trim());
  if (address === undefined) return rejection(addressSelector === '' ? 40004 : 50023);
  const customer = {
    // The service does not give Finnish numbers back.
    id: country === 'FI' ? null : found.id,
    isCompany,
    country,
    fullName: found.legalName,
    street: address.street,
    houseNumber: null,
    coAddress: address.coAddress,
    zipCode: address.zipCode,
    locality: address.locality,
    email: identity.filled('Email'),
    phoneNumber: identity.filled('PhoneNumber'),
  };
  return { customer, found };
}

function byAddress(identity: Fields, { country, isCompany, addressSelector }: Asked): Identified | Rejection {
  if (addressSelector !== '') return rejection(50002);
  if (addressFields.some((name) => identity.filled(name) === null)) return rejection(50029);
  const missing = isCompany ? missingOfCompany(identity) : missingOfPerson(identity, country);
  if (missing !== null) return missing;
  const text = (name: string): string => identity.filled(name) ?? '';
  return {
    found: null,
    customer: {
      id: null,
      isCompany,
      country,
      fullName: text('FullName'),
      street: text('Street'),
      houseNumber: text('HouseNumber'),
      coAddress: null,
      zipCode: text('ZipCode'),
      locality: text('Locality'),
      email: identity.filled('Email'),
      phoneNumber: identity.filled('PhoneNumber'),
    },
  };
}

function missingOfPerson(identity: Fields, country: string): Rejection | null {
  const person = identity.part('IndividualIdentity');
  const needed = ['FirstName', 'LastName', 'BirthDate', ...(country === 'NL' ? ['Initials'] : [])];
  if (person === null || needed.some((name) => person.filled(name) === null)) return rejection(50005);
  const birth = /^(\d{4})(\d{2})(\d{2})$/u
    .exec(person.filled('BirthDate') ?? '')
    ?.slice(1)
    .join('-');
  const day = new Date(`${birth ?? ''}T00:00:00Z`);
  const isDay = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(birth ?? ' ');
  return isDay ? null : rejection(40002, 'BirthDate must be a date written YYYYMMDD.');
}

function missingOfCompany(identity: Fields): Rejection | null {
  return (identity.part('CompanyIdentity')?.filled('CompanyVatNumber') ?? null) === null ? rejection(50005) : null;
}

function emptyCustomer(country: string, isCompany: boolean): OrderCustomer {
  const nothing = { id: null, houseNumber: null, coAddress: null, email: null, phoneNumber: null };
  return { ...nothing, isCompany, country, fullName: '', street: '', zipCode: '', locality: '' };
}

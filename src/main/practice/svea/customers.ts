// Who the service finds: named test persons with a verdict of their own, and for every other number that can be somebody's, made-up names and addresses.

import { createHash } from 'node:crypto';
import { keptId, numberCountries } from './national-ids.ts';
import type { NumberCountry } from './national-ids.ts';

/** An address that the service has, with its selector. */
export interface FoundAddress {
  readonly selector: string;
  readonly coAddress: string | null;
  readonly street: string;
  readonly zipCode: string;
  readonly locality: string;
}

/** Somebody with an identity number. */
export interface FoundCustomer {
  readonly id: string;
  readonly isCompany: boolean;
  readonly legalName: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly addresses: readonly FoundAddress[];
  readonly verdict: Verdict;
}

/** What becomes of this customer's orders. */
export interface Verdict {
  readonly pendingReasons: readonly string[];
  /** Refused with this code; null: not refused. */
  readonly code: number | null;
}

interface TestCustomer {
  readonly country: NumberCountry;
  readonly id: string;
  readonly isCompany: boolean;
  readonly pending?: string;
  readonly code?: number;
  readonly addresses?: number;
}

/** Numbers with right check digits; the README lists them. */
const testCustomers: readonly TestCustomer[] = [
  { country: 'SE', id: '194605092222', isCompany: false },
  { country: 'SE', id: '4608142222', isCompany: true, addresses: 3 },
  { country: 'SE', id: '191902022308', isCompany: false, pending: 'HighAmount' },
  { country: 'SE', id: '191903032306', isCompany: false, pending: 'SMSOnHighAmount' },
  { country: 'SE', id: '191904042304', isCompany: false, code: 30000 },
  { country: 'SE', id: '191905052302', isCompany: false, code: 30001 },
  { country: 'SE', id: '191906062300', isCompany: false, code: 30002 },
  { country: 'SE', id: '191907072308', isCompany: false, code: 30003 },
  { country: 'SE', id: '191908082306', isCompany: false, code: 30004 },
  { country: 'SE', id: '191909092304', isCompany: false, code: 40004, addresses: 0 },
  { country: 'SE', id: '191910102308', isCompany: false, code: 40000, addresses: 0 },
  { country: 'SE', id: '5561001008', isCompany: true, pending: 'UseOfUnofficialDeliveryAddressB2B' },
  { country: 'SE', id: '5562001007', isCompany: true, code: 30002 },
  { country: 'NO', id: '17054512066', isCompany: false },
  { country: 'NO', id: '923313850', isCompany: true, addresses: 2 },
  { country: 'NO', id: '810000015', isCompany: true, pending: 'PendingScoringDecision' },
  { country: 'NO', id: '810000023', isCompany: true, code: 30002 },
  { country: 'FI', id: '160264-999N', isCompany: false },
];

/** Somebody whose number can be, and who is not of the other kind. Null: no customer found. */
export function findCustomer(country: string, isCompany: boolean, given: string): FoundCustomer | null {
  const known = numberCountries.find((code) => code === country);
  const id = known === undefined ? null : keptId(known, isCompany, given);
  if (known === undefined || id === null) return null;
  const tested = testCustomers.find((test) => test.country === known && isSameId(known, test.id, id));
  if (tested !== undefined && tested.isCompany !== isCompany) return null;
  return makeCustomer(known, { id, isCompany, test: tested });
}

/** A Swedish company's number may look like a person's: the last ten digits say who it is. */
function isSameId(country: NumberCountry, one: string, other: string): boolean {
  return country === 'SE' ? one.slice(-10) === other.slice(-10) : one === other;
}

const firstNames = ['Astrid', 'Björn', 'Cecilia', 'Dag', 'Eldbjørg', 'Frida', 'Göran', 'Håkon', 'Ingrid', 'Jonas'];
const lastNames = ['Åkerlund', 'Bergström', 'Dahl', 'Ekeberg', 'Fjeld', 'Grönvall', 'Hauge', 'Lindqvist', 'Østby'];
const companyNames = ['Ängsbackens Bageri', 'Fjordlys', 'Granholms Snickeri', 'Nordkraft Drift', 'Sjøgata Kafé'];
const companyForms = { SE: 'AB', NO: 'AS', DK: 'ApS', FI: 'Oy' } as const;
const streets = ['Ringvägen', 'Storgatan', 'Fjellveien', 'Havnegata', 'Björkstigen', 'Kirkegata'];
const places = {
  SE: ['Borås', 'Växjö', 'Umeå'],
  NO: ['Oslo', 'Bodø', 'Ålesund'],
  DK: ['Aarhus', 'Odense', 'Køge'],
  FI: ['Tampere', 'Åbo', 'Oulu'],
} as const;
const zipLengths = { SE: 5, NO: 4, DK: 4, FI: 5 } as const;

function makeCustomer(
  country: NumberCountry,
  who: { readonly id: string; readonly isCompany: boolean; readonly test: TestCustomer | undefined },
): FoundCustomer {
  const { id, isCompany, test } = who;
  const draw = lottery(`${country}/${id}`);
  const firstName = draw(firstNames);
  const lastName = draw(lastNames);
  const isTess = id === '194605092222';
  const personName = isTess ? 'Persson Tess T' : `${lastName} ${firstName}`;
  return {
    id,
    isCompany,
    legalName: isCompany ? `${draw(companyNames)} ${companyForms[country]}` : personName,
    firstName: isCompany ? null : isTess ? 'Tess T' : firstName,
    lastName: isCompany ? null : isTess ? 'Persson' : lastName,
    addresses: Array.from({ length: test?.addresses ?? 1 }, (_none, index) =>
      makeAddress(country, `${id}/${String(index)}`),
    ),
    verdict: { pendingReasons: test?.pending === undefined ? [] : [test.pending], code: test?.code ?? null },
  };
}

function makeAddress(country: NumberCountry, key: string): FoundAddress {
  const draw = lottery(`${country}/${key}`);
  const number = draw(Array.from({ length: 89 }, (_none, index) => index + 1));
  const zip = draw(Array.from({ length: 900 }, (_none, index) => index + 100));
  const hash = createHash('sha256').update(`${country}/${key}`).digest('hex');
  return {
    selector: hash.slice(0, 32),
    coAddress: number % 7 === 0 ? `c/o ${draw(lastNames)}` : null,
    street: `${draw(streets)} ${String(number)}`,
    // Norwegian post codes begin with a zero here, so that whoever drops it is found out.
    zipCode: (country === 'NO' ? String(zip) : String(zip * 97).slice(0, 5))
      .padStart(zipLengths[country], '0')
      .slice(0, zipLengths[country]),
    locality: draw(places[country]),
  };
}

/** Draws that are the same each time for the same key. */
function lottery(key: string): <Item>(items: readonly [Item, ...Item[]] | readonly Item[]) => Item {
  const bytes = createHash('sha256').update(key).digest();
  let next = 0;
  return (items) => {
    const drawn = items[bytes.readUInt16BE((next * 2) % 32) % items.length];
    next += 1;
    if (drawn === undefined) throw new RangeError('nothing to draw from');
    return drawn;
  };
}

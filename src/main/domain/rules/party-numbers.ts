// Tells what a party's registration number is meant to be and whether its check digits are right. No findings are made here.

import type { Party } from '../../../shared/schema/invoice.ts';
import { isNorwegianOrganisationNumber } from '../identifiers/norwegian-organisation-number.ts';
import { isNorwegianPersonalNumber } from '../identifiers/norwegian-personal-number.ts';
import { isSwedishOrganisationNumber } from '../identifiers/swedish-organisation-number.ts';
import { isSwedishPersonalNumber, looksLikeSwedishPersonalNumber } from '../identifiers/swedish-personal-number.ts';
import { partyCountry } from './country.ts';

/** `fine`: right, or of a country whose numbers are not judged. */
export type NumberVerdict = 'fine' | 'badPersonal' | 'badOrganisation';

/** Judges the registration number by the party's country. */
export function judgeRegistrationNumber(party: Party, currency: string | null): NumberVerdict {
  if (party.registrationNumber === null) return 'fine';
  const { registrationNumber } = party;
  const number = registrationNumber.includes(' ') ? registrationNumber.replaceAll(' ', '') : registrationNumber;
  switch (partyCountry(party, currency)) {
    case 'SE':
      return judgeSwedish(number);
    case 'NO':
      return judgeNorwegian(number.replace(/^NO/iu, '').replace(/MVA$/iu, ''));
    default:
      return 'fine';
  }
}

function judgeSwedish(number: string): NumberVerdict {
  if (isSwedishOrganisationNumber(number) || isSwedishPersonalNumber(number)) return 'fine';
  const isMonthPossible =
    looksLikeSwedishPersonalNumber(number) || /^(?:18|19|20)?\d{2}[01]\d{3}[-+]?\d{4}$/u.test(number);
  return isMonthPossible ? 'badPersonal' : 'badOrganisation';
}

function judgeNorwegian(number: string): NumberVerdict {
  if (number.length === 11) return isNorwegianPersonalNumber(number) ? 'fine' : 'badPersonal';
  return isNorwegianOrganisationNumber(number) ? 'fine' : 'badOrganisation';
}

// Norwegian organisation numbers: 9 digits, mod 11 with weights 3, 2, 7, 6, 5, 4, 3, 2.

import { rememberNewest } from '../remember-newest.ts';
import { weightedSum } from './mod11.ts';

const weights = [3, 2, 7, 6, 5, 4, 3, 2, 1] as const;

/** Whether the text is an organisation number, with or without spaces: `923 609 016`. */
export const isNorwegianOrganisationNumber = rememberNewest((text) => {
  const digits = text.replaceAll(' ', '');
  return digits.length === 9 && /^\d{9}$/u.test(digits) && weightedSum(digits, weights) % 11 === 0;
});

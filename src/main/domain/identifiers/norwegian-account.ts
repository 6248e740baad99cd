// Norwegian bank account numbers: 11 digits, mod 11 with weights 5, 4, 3, 2, 7, 6, 5, 4, 3, 2.

import { weightedSum } from './mod11.ts';

const weights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1] as const;

/** Whether the text is an account number, with or without spaces and points: `8601 11 17947`. */
export function isNorwegianAccount(text: string): boolean {
  const digits = text.replace(/[ .]/gu, '');
  return /^\d{11}$/u.test(digits) && weightedSum(digits, weights) % 11 === 0;
}

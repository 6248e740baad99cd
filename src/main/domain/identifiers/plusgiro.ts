// Plusgiro numbers: 2 to 8 digits with a Luhn check digit, written `28 65 43-4`.

import { isLuhnValid } from './luhn.ts';

/** Whether the text is a plusgiro number, with or without spaces and hyphen. */
export function isPlusgiro(text: string): boolean {
  return /^[\d ]{1,10}-?\d$/u.test(text) && isLuhnOfLength(text.replace(/[ -]/gu, ''));
}

function isLuhnOfLength(digits: string): boolean {
  return digits.length >= 2 && digits.length <= 8 && isLuhnValid(digits);
}

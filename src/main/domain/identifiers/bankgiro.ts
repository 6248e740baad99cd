// Bankgiro numbers: 7 or 8 digits with a Luhn check digit, written NNN-NNNN or NNNN-NNNN.

import { isLuhnValid } from './luhn.ts';

/** Whether the text is a bankgiro number, with or without the hyphen. */
export function isBankgiro(text: string): boolean {
  return /^\d{3,4}-?\d{4}$/u.test(text) && isLuhnValid(text.replace('-', ''));
}

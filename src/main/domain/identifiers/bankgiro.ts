// Bankgiro numbers: 7 or 8 digits with a Luhn check digit, written NNN-NNNN or NNNN-NNNN.

import { isLuhnValidWithLastFour } from './luhn.ts';

/** Whether the text is a bankgiro number, with or without the hyphen. */
export function isBankgiro(text: string): boolean {
  const { length } = text;
  const end = length - (text.charCodeAt(length - 5) === 0x2d ? 5 : 4);
  return (end === 3 || end === 4) && isLuhnValidWithLastFour(text, 0, end);
}

// Swedish OCR references: 2 to 25 digits, the last a Luhn check digit, the second last optionally the length (Bankgirot's manual, 5.2).

import { isLuhnValid, luhnCheckDigit } from './luhn.ts';

/** Whether the text, spaces left out, is an OCR reference with a right check digit. The length digit is an agreement and not asked for. */
export function isOcrReference(text: string): boolean {
  const digits = text.includes(' ') ? text.replaceAll(' ', '') : text;
  return digits.length <= 25 && isLuhnValid(digits);
}

/** Whether the second last digit is the whole number's length, modulo 10. */
export function hasLengthDigit(digits: string): boolean {
  return digits.length > 2 && digits.at(-2) === String(digits.length % 10);
}

/** An OCR reference from a number of at most 23 digits: `123` → `1230`, with length digit `12351`. */
export function ocrReference(digits: string, options: { readonly hasLengthDigit: boolean }): string {
  const body = options.hasLengthDigit ? `${digits}${(digits.length + 2) % 10}` : digits;
  return body + luhnCheckDigit(body);
}

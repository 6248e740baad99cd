// Metering points: GSRN of 18 digits with the GS1 check digit (mod 10, weights 3 and 1 from the right).

import { digitsBetween } from './digits.ts';

/** Whether the text is 18 digits with a right check digit. */
export function isMeteringPoint(text: string): boolean {
  return text.length === 18 && digitsBetween(text, 0, 18) >= 0 && gs1CheckDigit(text.slice(0, -1)) === text.slice(-1);
}

/** The GS1 check digit to put after the digits. The text must be digits only. */
export function gs1CheckDigit(digits: string): string {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const weight = (digits.length - index) % 2 === 1 ? 3 : 1;
    sum += (digits.charCodeAt(index) - 48) * weight;
  }
  return String((10 - (sum % 10)) % 10);
}

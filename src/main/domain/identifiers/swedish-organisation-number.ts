// Swedish organisation numbers: 10 digits, Luhn, third digit at least 2. Sole traders use their personal number instead.

import { digitsBetween } from './digits.ts';
import { isLuhnValidWithLastFour } from './luhn.ts';

/** Whether the text is an organisation number: `556677-8899`, `5566778899` or with the century mark `16` before it. */
export function isSwedishOrganisationNumber(text: string): boolean {
  const { length } = text;
  const end = length - (text.charCodeAt(length - 5) === 0x2d ? 5 : 4);
  if (end !== 6 && !(end === 8 && text.startsWith('16'))) return false;
  // The third digit is what tells it from a personal number, whose month starts with 0 or 1.
  if (digitsBetween(text, end - 4, end - 3) < 2 || digitsBetween(text, end - 6, end) < 0) return false;
  return isLuhnValidWithLastFour(text, end - 6, 6);
}

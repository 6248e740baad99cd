// Swedish organisation numbers: 10 digits, Luhn, third digit at least 2. Sole traders use their personal number instead.

import { isLuhnValid } from './luhn.ts';

/** Whether the text is an organisation number: `556677-8899`, `5566778899` or with the century mark `16` before it. */
export function isSwedishOrganisationNumber(text: string): boolean {
  const match = /^(?:16)?(\d{2}[2-9]\d{3})-?(\d{4})$/u.exec(text);
  return match !== null && isLuhnValid(`${match[1] ?? ''}${match[2] ?? ''}`);
}

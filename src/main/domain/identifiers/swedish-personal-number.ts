// Swedish personal numbers and coordination numbers (personnummer, samordningsnummer): YYMMDD-NNNC, 10 or 12 digits.

import { daysInMonth } from '../dates.ts';
import { isLuhnValid } from './luhn.ts';

const form = /^(\d{2})?(\d{2})(\d{2})(\d{2})([-+]?)\d{4}$/u;

/** Whether the text has the form of a personal or coordination number with a possible month and day; the check digit is not looked at. */
export function looksLikeSwedishPersonalNumber(text: string): boolean {
  const match = form.exec(text);
  if (match === null) return false;
  const [, century, year, month, day] = match;
  if (century !== undefined && century !== '18' && century !== '19' && century !== '20') return false;
  const dayOfMonth = Number(day) > 60 ? Number(day) - 60 : Number(day);
  // Without a century the year's leap day is not known for certain: 00 was a leap year in 2000 but not in 1900.
  const fullYear = century === undefined ? 2000 + Number(year) : Number(`${century}${year ?? ''}`);
  return dayOfMonth >= 1 && dayOfMonth <= daysInMonth(fullYear, Number(month));
}

/** Whether the text is a personal or coordination number with a right check digit (Luhn over the last 10 digits). */
export function isSwedishPersonalNumber(text: string): boolean {
  return looksLikeSwedishPersonalNumber(text) && isLuhnValid(text.replace(/[-+]/u, '').slice(-10));
}

// Swedish personal numbers and coordination numbers (personnummer, samordningsnummer): YYMMDD-NNNC, 10 or 12 digits.

import { daysInMonth } from '../dates.ts';
import { digitsBetween } from './digits.ts';
import { isLuhnValidWithLastFour } from './luhn.ts';

/** Whether the text has the form of a personal or coordination number with a possible month and day; the check digit is not looked at. */
export function looksLikeSwedishPersonalNumber(text: string): boolean {
  const dateEnd = endOfDate(text);
  if ((dateEnd !== 6 && dateEnd !== 8) || digitsBetween(text, text.length - 4, text.length) < 0) return false;
  const century = dateEnd === 8 ? digitsBetween(text, 0, 2) : null;
  if (century !== null && century !== 18 && century !== 19 && century !== 20) return false;
  const year = digitsBetween(text, dateEnd - 6, dateEnd - 4);
  const month = digitsBetween(text, dateEnd - 4, dateEnd - 2);
  const day = digitsBetween(text, dateEnd - 2, dateEnd);
  if (year < 0 || month < 0 || day < 0) return false;
  const dayOfMonth = day > 60 ? day - 60 : day;
  // Without a century the year's leap day is not known for certain: 00 was a leap year in 2000 but not in 1900.
  return dayOfMonth >= 1 && dayOfMonth <= daysInMonth((century ?? 20) * 100 + year, month);
}

/** Whether the text is a personal or coordination number with a right check digit (Luhn over the last 10 digits). */
export function isSwedishPersonalNumber(text: string): boolean {
  if (!looksLikeSwedishPersonalNumber(text)) return false;
  return isLuhnValidWithLastFour(text, endOfDate(text) - 6, 6);
}

/** Characters before the last four digits and the sign in front of them. */
function endOfDate(text: string): number {
  const sign = text.charCodeAt(text.length - 5);
  return text.length - (sign === 0x2d || sign === 0x2b ? 5 : 4);
}

// Norwegian KID references: 2 to 25 characters, mod 10 (Luhn) or mod 11 by the payee's agreement with its bank.

import { isLuhnValid } from './luhn.ts';
import { mod11Control } from './mod11.ts';

/** Whether the text, spaces left out, is a KID by either algorithm; which one was agreed can't be seen from the number. */
export function isKidReference(text: string): boolean {
  const kid = text.replaceAll(' ', '');
  if (kid.length < 2 || kid.length > 25 || !/^\d+[\d-]$/u.test(kid)) return false;
  return isLuhnValid(kid) || mod11Control(kid.slice(0, -1)) === kid.slice(-1);
}

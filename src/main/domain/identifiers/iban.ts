// IBAN (ISO 13616): country, two check digits, account; mod 97 = 1.

import { rememberNewest } from '../remember-newest.ts';

/** Lengths that the product's own countries and their neighbours have; other countries are checked by mod 97 only. */
const lengths: ReadonlyMap<string, number> = new Map([
  ['SE', 24],
  ['NO', 15],
  ['DK', 18],
  ['FI', 18],
  ['DE', 22],
  ['NL', 18],
]);

/** Whether the text is an IBAN, with or without spaces. */
export const isIban = rememberNewest((text) => {
  const iban = text.replaceAll(' ', '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/u.test(iban)) return false;
  const length = lengths.get(iban.slice(0, 2));
  return (length === undefined || length === iban.length) && remainder97(iban.slice(4) + iban.slice(0, 4)) === 1;
});

/** Letters count as 10 to 35, written out as two digits. */
function remainder97(text: string): number {
  let remainder = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
}

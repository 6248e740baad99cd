// Norwegian identity numbers (fødselsnummer, D-nummer): 11 digits, DDMMYYIIIKK, two mod 11 control digits.

import { weightedSum } from './mod11.ts';

const firstWeights = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1] as const;
const secondWeights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1] as const;

/** Whether the text is 11 digits with a possible day and month (D-nummer: day + 40; synthetic: month + 40, + 65 or + 80); control digits not looked at. */
export function looksLikeNorwegianPersonalNumber(text: string): boolean {
  if (!/^\d{11}$/u.test(text)) return false;
  const day = Number(text.slice(0, 2)) % 40;
  const month = Number(text.slice(2, 4));
  const isMonth = [0, 40, 65, 80].some((added) => month - added >= 1 && month - added <= 12);
  return day >= 1 && day <= 31 && Number(text.slice(0, 2)) <= 71 && isMonth;
}

/** Whether the text is an identity number with right control digits. */
export function isNorwegianPersonalNumber(text: string): boolean {
  if (!looksLikeNorwegianPersonalNumber(text)) return false;
  return weightedSum(text, firstWeights) % 11 === 0 && weightedSum(text, secondWeights) % 11 === 0;
}

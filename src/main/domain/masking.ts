// Hides personal numbers wherever people other than the sender may read along: lists, problems, exports, logs.

import { isLuhnValid } from './identifiers/luhn.ts';
import {
  isNorwegianPersonalNumber,
  looksLikeNorwegianPersonalNumber,
} from './identifiers/norwegian-personal-number.ts';
import { looksLikeSwedishPersonalNumber } from './identifiers/swedish-personal-number.ts';

/** Swedish: 10 or 12 digits, with or without a sign or space before the last four. Norwegian: 11 digits, with or without a space before the last five. */
const forms = String.raw`(?:(?:\d{6}|\d{8})[-+ ]?\d{4}|\d{6} ?\d{5})(?!\d|[.,]\d)`;
/** Not part of a longer number or of an amount; a full stop or comma of the sentence may stand beside it. */
const candidates = new RegExp(String.raw`(?<!\d|\d[.,])${forms}`, 'gu');
/** Nor part of a word such as a hash or an identifier. */
const standingAlone = new RegExp(String.raw`(?<![\p{L}\p{N}]|\d[.,])${forms}(?![\p{L}\p{N}])`, 'gu');

/**
 * A registration number as it may be shown: a Swedish personal number becomes `YYMMDD-****`, a Norwegian one `DDMMYY*****`; an
 * organisation number comes back unchanged. A number with a wrong check digit is masked too: it is somebody's, misspelt.
 */
export function maskPersonalNumber(text: string): string {
  const trimmed = text.trim();
  const joined = trimmed.replace(' ', '');
  if (looksLikeSwedishPersonalNumber(joined)) return `${joined.replace(/[-+]?\d{4}$/u, '').slice(-6)}-****`;
  if (looksLikeNorwegianPersonalNumber(joined)) return `${joined.slice(0, 6)}*****`;
  return text;
}

/**
 * Masks every personal number inside a text. A number without the sign before its last four digits is only taken for one when its check
 * digits are right, so that references and amounts stay readable.
 */
export function maskPersonalNumbersIn(text: string): string {
  if (!/\d{4}/u.test(text)) return text;
  return text.replace(candidates, (number) => (isSurelyPersonal(number) ? maskPersonalNumber(number) : number));
}

/** As {@link maskPersonalNumbersIn}, but as long as before: columns in a source line stay where they are. */
export function coverPersonalNumbersIn(text: string): string {
  if (!/\d{4}/u.test(text)) return text;
  return text.replace(candidates, (number) => {
    if (!isSurelyPersonal(number)) return number;
    const hidden = digitsOf(number).length === 11 ? 5 : 4;
    return number.slice(0, -hidden) + '*'.repeat(hidden);
  });
}

/** For logs: every number of such a form becomes `[number]`, whatever its check digits say; nobody needs it there. */
export function dropPossiblePersonalNumbersIn(text: string): string {
  return text.replace(standingAlone, '[number]');
}

function isSurelyPersonal(number: string): boolean {
  if (/[-+]/u.test(number)) return looksLikeSwedishPersonalNumber(number);
  const digits = digitsOf(number);
  if (digits.length === 11) return isNorwegianPersonalNumber(digits);
  return looksLikeSwedishPersonalNumber(digits) && isLuhnValid(digits.slice(-10));
}

function digitsOf(number: string): string {
  return number.replace(/[-+ ]/u, '');
}

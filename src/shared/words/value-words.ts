// How values are written inside texts in each language: amounts, dates, numbers, quotations. No texts of its own.

import { minorDigits } from '../currency.ts';
import type { Language } from '../schema/settings.ts';

/** No-break space: an amount and its currency stay on one line. */
const gap = '\u00A0';
const minus = '\u2212';

const signs = {
  sv: { group: gap, decimal: ',', open: '”', close: '”', home: 'SEK' },
  nb: { group: gap, decimal: ',', open: '«', close: '»', home: 'NOK' },
  en: { group: ',', decimal: '.', open: '“', close: '”', home: null },
} as const satisfies Record<
  Language,
  { group: string; decimal: string; open: string; close: string; home: string | null }
>;

/** `1 234,50 kr`; the code where "kr" could be mistaken, nothing behind the number when the currency is not known. */
export function writeMoney(amountMinor: number, currency: string, language: Language): string {
  const { decimal, home } = signs[language];
  const digits = minorDigits(currency);
  const text = Math.abs(amountMinor)
    .toString()
    .padStart(digits + 1, '0');
  const whole = groupThousands(text.slice(0, text.length - digits), language);
  const number = digits === 0 ? whole : `${whole}${decimal}${text.slice(-digits)}`;
  const unit = currency === '' ? '' : `${gap}${currency === home ? 'kr' : currency}`;
  return `${amountMinor < 0 ? minus : ''}${number}${unit}`;
}

/** `4 812`; not for identifiers. */
export function writeCount(count: number, language: Language): string {
  return `${count < 0 ? minus : ''}${groupThousands(Math.trunc(Math.abs(count)).toString(), language)}`;
}

/** Decimal text with the language's decimal sign; text that is no decimal number comes back unchanged. */
export function writeDecimal(text: string, language: Language): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/u.exec(text);
  if (match === null) return text;
  const [, sign = '', whole = '', fraction] = match;
  const decimals = fraction === undefined ? '' : signs[language].decimal + fraction;
  return `${sign === '-' ? minus : ''}${groupThousands(whole, language)}${decimals}`;
}

/** An ISO date as the language writes it: `2026-11-21`, in Norwegian `21.11.2026`; other text comes back unchanged. */
export function writeDate(isoDate: string, language: Language): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(isoDate);
  if (match === null || language !== 'nb') return isoDate;
  return `${match[3] ?? ''}.${match[2] ?? ''}.${match[1] ?? ''}`;
}

/** In the language's quotation marks, cut to 80 characters; line breaks and other control characters are made visible (`␊`). */
export function quote(text: string, language: Language): string {
  const { open, close } = signs[language];
  const characters = Array.from(text.replace(/\p{Cc}/gu, visibleControl));
  return `${open}${characters.length > 80 ? `${characters.slice(0, 79).join('')}…` : characters.join('')}${close}`;
}

/** Unicode's control pictures; C1 controls have none. */
function visibleControl(character: string): string {
  const code = character.charCodeAt(0);
  return code < 32 ? String.fromCharCode(0x2400 + code) : '\uFFFD';
}

/** First letter in upper case. */
export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function groupThousands(digits: string, language: Language): string {
  return digits.replace(/\B(?=(?:\d{3})+$)/gu, signs[language].group);
}

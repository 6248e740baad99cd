// How numbers, money, dates and account numbers look on a document in each language. Text in, text out; no floats, no layout.

import type { Language } from '../../shared/schema/settings.ts';

/** No-break space: groups of thousands never break over two lines. */
const gap = '\u00A0';
const minus = '\u2212';

const signs = {
  sv: { group: gap, decimal: ',' },
  nb: { group: gap, decimal: ',' },
  en: { group: ',', decimal: '.' },
} as const satisfies Record<Language, { group: string; decimal: string }>;

/** `-1234.5` as `−1 234,50` with at least `minDecimals`; text that is no decimal number comes back unchanged. */
export function formatDecimal(text: string, language: Language, minDecimals = 0): string {
  const match = /^([+-]?)(\d+)(?:\.(\d+))?$/u.exec(text.trim());
  if (match === null) return text;
  const [, sign = '', whole = '0', fraction = ''] = match;
  const digits = fraction.replace(/0+$/u, '').padEnd(minDecimals, '0');
  const { group, decimal } = signs[language];
  const grouped = whole.replace(/^0+(?=\d)/u, '').replace(/\B(?=(?:\d{3})+$)/gu, group);
  const isZero = /^0*$/u.test(whole + digits);
  return `${sign === '-' && !isZero ? minus : ''}${grouped}${digits === '' ? '' : decimal + digits}`;
}

/** Minor units as decimal text of the language, without currency: `123450` → `1 234,50`. */
export function formatMinor(amountMinor: number, minorDigits: number, language: Language): string {
  const digits = Math.abs(amountMinor)
    .toString()
    .padStart(minorDigits + 1, '0');
  const whole = digits.slice(0, digits.length - minorDigits);
  const text = minorDigits === 0 ? whole : `${whole}.${digits.slice(-minorDigits)}`;
  return formatDecimal(amountMinor < 0 ? `-${text}` : text, language, minorDigits);
}

/** `kr` where it can't be mistaken (SEK in Swedish, NOK in Norwegian), else the ISO 4217 code. */
export function currencyLabel(currency: string, language: Language): string {
  const isHome = (currency === 'SEK' && language === 'sv') || (currency === 'NOK' && language === 'nb');
  return isHome ? 'kr' : currency;
}

/** An ISO date as the language writes it: `2026-11-21`, `21.11.2026`, `21 Nov 2026`; other text comes back unchanged. */
export function formatDate(isoDate: string, language: Language): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(isoDate);
  if (match === null) return isoDate;
  const [, year = '', month = '', day = ''] = match;
  if (language === 'sv') return isoDate;
  if (language === 'nb') return `${day}.${month}.${year}`;
  return `${Number(day)}${gap}${monthName(Number(month), 'en')}${gap}${year}`;
}

/** Two dates as a period; one date where only one is known, empty where none is. */
export function formatPeriod(start: string | null, end: string | null, language: Language): string {
  return [start, end].flatMap((date) => (date === null ? [] : [formatDate(date, language)])).join(`${gap}– `);
}

const monthNames = {
  sv: ['jan', 'feb', 'mar', 'apr', 'maj', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec'],
  nb: ['jan', 'feb', 'mar', 'apr', 'mai', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'des'],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
} as const satisfies Record<Language, readonly string[]>;

/** Short name of month 1 to 12; empty outside. */
export function monthName(month: number, language: Language): string {
  return monthNames[language][month - 1] ?? '';
}

/** Bankgiro as printed, NNN-NNNN or NNNN-NNNN; anything that is not 7 or 8 digits is left as it stands. */
export function formatBankgiro(text: string): string {
  return /^\d{7,8}$/u.test(text) ? `${text.slice(0, -4)}-${text.slice(-4)}` : text;
}

/** Plusgiro as printed, `28 65 43-4`: pairs counted from the check digit. */
export function formatPlusgiro(text: string): string {
  if (!/^\d{2,8}$/u.test(text)) return text;
  return `${text.slice(0, -1).replace(/\B(?=(?:\d{2})+$)/gu, gap)}-${text.slice(-1)}`;
}

/** IBAN in groups of four. */
export function formatIban(text: string): string {
  const compact = text.replace(/\s/gu, '');
  return /^[A-Z]{2}\d{2}[A-Z0-9]{8,30}$/u.test(compact) ? compact.replace(/(.{4})(?=.)/gu, `$1${gap}`) : text;
}

/** Norwegian account number as printed, `8601 11 17947`. */
export function formatAccount(text: string): string {
  return /^\d{11}$/u.test(text) ? `${text.slice(0, 4)}${gap}${text.slice(4, 6)}${gap}${text.slice(6)}` : text;
}

/** Metering point id (18 digits) in groups that can be read aloud; as on the meter cabinet's label: 3-3-4-4-4. */
export function formatMeteringPoint(text: string): string {
  if (!/^\d{18}$/u.test(text)) return text;
  return [text.slice(0, 3), text.slice(3, 6), text.slice(6, 10), text.slice(10, 14), text.slice(14)].join(gap);
}

/** Postal code and town: `123 45 Ort`, `0150 Oslo`. */
export function formatTown(postalCode: string | null, city: string | null, country: string | null): string {
  const digits = (postalCode ?? '').replace(/\s/gu, '');
  const isSwedish = country === 'SE' || country === null;
  const code =
    isSwedish && /^\d{5}$/u.test(digits) ? `${digits.slice(0, 3)}${gap}${digits.slice(3)}` : (postalCode ?? '');
  return [code, city ?? ''].filter((part) => part !== '').join(isSwedish ? `${gap} ` : ' ');
}

// Numbers, money, dates and times as each language writes them. Amounts come as whole minor units and are never made floats.

import type { Money } from '../../shared/schema/batch.ts';
import type { Language } from '../../shared/schema/settings.ts';

/** Ways of writing values in one language. Missing values are written as an en dash. */
export interface Formats {
  readonly language: Language;
  /** `4 812`. */
  count(value: number): string;
  /** `1 234,50 kr`; the currency's code where "kr" would be unclear. */
  money(money: Money): string;
  /** `1 234,50` without currency, for columns whose head names it. */
  amount(money: Money): string;
  /** Several currencies, joined with " + ". */
  sums(sums: readonly Money[]): string;
  /** An ISO date as the language writes it. */
  date(isoDate: string | null): string;
  /** First and last date, or one when they are equal. */
  dateRange(start: string | null, end: string | null): string;
  /** Local date and time to the minute. */
  dateTime(atMs: number | null): string;
  /** Local date and time to the second, with the offset from UTC: `2026-11-21 16:02:33 UTC+1`. */
  zonedDateTime(atMs: number): string;
  /** Local time to the second. */
  time(atMs: number): string;
  /** `12,4 MB`. */
  bytes(sizeBytes: number): string;
  /** `40 s`, `3 min`, `1 h 5 min`. */
  duration(durationMs: number): string;
}

const none = '–';
/** Non-breaking: an amount and its currency stay on one line. */
const space = '\u00a0';
const homeCurrency = { sv: 'SEK', nb: 'NOK', en: null } as const satisfies Record<Language, string | null>;
/** English screens keep ISO dates: the users are in Sweden and Norway, where 11/21 would be read wrongly. */
const dateLocale = { sv: 'sv-SE', nb: 'nb-NO', en: 'sv-SE' } as const satisfies Record<Language, string>;
const numberLocale = { sv: 'sv-SE', nb: 'nb-NO', en: 'en-GB' } as const satisfies Record<Language, string>;

/** Builds the formats of a language. */
export function createFormats(language: Language): Formats {
  const numbers = new Intl.NumberFormat(numberLocale[language]);
  const oneDecimal = new Intl.NumberFormat(numberLocale[language], { maximumFractionDigits: 1 });
  const dates = new Intl.DateTimeFormat(dateLocale[language], {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone: 'UTC',
  });
  const moments = new Intl.DateTimeFormat(dateLocale[language], {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  const zoned = new Intl.DateTimeFormat(dateLocale[language], {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const times = new Intl.DateTimeFormat(dateLocale[language], {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const date = (isoDate: string | null): string => {
    if (isoDate === null) return none;
    const atMs = Date.parse(`${isoDate}T00:00:00Z`);
    return Number.isNaN(atMs) ? isoDate : dates.format(atMs);
  };
  const amount = (money: Money): string => {
    const digits = minorDigits(money.currency);
    const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    return new Intl.NumberFormat(numberLocale[language], options).format(decimalText(money.amountMinor, digits));
  };
  const money = (value: Money): string =>
    `${amount(value)}${space}${value.currency === homeCurrency[language] ? 'kr' : value.currency}`;
  return {
    language,
    count: (value) => numbers.format(value),
    money,
    amount,
    sums: (sums) => (sums.length === 0 ? none : sums.map(money).join(' + ')),
    date,
    dateRange: (start, end) => (start === end || end === null ? date(start) : `${date(start)} – ${date(end)}`),
    dateTime: (atMs) => (atMs === null ? none : moments.format(atMs)),
    zonedDateTime: (atMs) => `${zoned.format(atMs)} ${offsetText(atMs)}`,
    time: (atMs) => times.format(atMs),
    bytes: (sizeBytes) => bytesText(sizeBytes, oneDecimal),
    duration: durationText,
  };
}

/** `UTC+1`, `UTC-3:30`, `UTC`; the night the clocks go back has both. */
function offsetText(atMs: number): string {
  const minutes = -new Date(atMs).getTimezoneOffset();
  if (minutes === 0) return 'UTC';
  const rest = Math.abs(minutes) % 60;
  const hours = Math.floor(Math.abs(minutes) / 60);
  return `UTC${minutes < 0 ? '-' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

/** Decimal digits of a currency's minor unit: 2 for most, 0 for some. */
function minorDigits(currency: string): number {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch (error) {
    // A file may name a currency that does not exist; the amount is still shown, and the rule set reports the code.
    if (error instanceof RangeError) return 2;
    throw error;
  }
}

function decimalText(amountMinor: number, digits: number): Intl.StringNumericLiteral {
  const whole = BigInt(amountMinor);
  const text = (whole < 0n ? -whole : whole).toString().padStart(digits + 1, '0');
  const cut = text.length - digits;
  const unsigned = digits === 0 ? text : `${text.slice(0, cut)}.${text.slice(cut)}`;
  return `${whole < 0n ? '-' : ''}${unsigned}` as Intl.StringNumericLiteral;
}

function bytesText(sizeBytes: number, format: Intl.NumberFormat): string {
  if (sizeBytes < 1_000) return `${format.format(sizeBytes)}${space}B`;
  if (sizeBytes < 1_000_000) return `${format.format(sizeBytes / 1_000)}${space}kB`;
  return `${format.format(sizeBytes / 1_000_000)}${space}MB`;
}

function durationText(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1_000));
  if (seconds < 60) return `${seconds}${space}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}${space}min`;
  return `${Math.floor(minutes / 60)}${space}h ${minutes % 60}${space}min`;
}

// How long a peer that asks to wait is left alone: its own words (RFC 9110, 10.2.3) read, and kept within sense. Pure.

import { longestWaitMs } from './retry-schedule.ts';

/** A peer that says "now" is still given a breath. */
export const shortestThrottleMs = 1_000;
/** Where the peer does not say how long, or says something that cannot be meant. */
export const usualThrottleMs = 60_000;

/** A wait that a peer asked for, or that stands in for it. */
export interface PeerWait {
  readonly waitMs: number;
  /** `usual`: the peer said nothing that can be used. */
  readonly source: 'seconds' | 'date' | 'usual';
}

/**
 * Reads a Retry-After header: whole seconds, or one of the three forms of an HTTP date (RFC 9110, 5.6.7). Absent, negative and unreadable
 * ones give the usual wait; one that is further away than any schedule waits gives the longest (12 hours); a date that is past, the shortest.
 */
export function readRetryAfter(header: string | null | undefined, nowMs: number): PeerWait {
  const text = header?.trim() ?? '';
  // More digits than a number can hold exactly are years away in any case.
  if (/^\d+$/u.test(text)) return { waitMs: boundedThrottleMs(Number(text) * 1_000), source: 'seconds' };
  const dateMs = readHttpDate(text, nowMs);
  return dateMs === null
    ? { waitMs: usualThrottleMs, source: 'usual' }
    : { waitMs: boundedThrottleMs(Math.max(0, dateMs - nowMs)), source: 'date' };
}

/** A wait an adapter reports, kept between a second and 12 hours; what is no time at all gives the usual one. */
export function boundedThrottleMs(waitMs: number): number {
  if (Number.isNaN(waitMs) || waitMs < 0) return usualThrottleMs;
  return Math.floor(Math.min(longestWaitMs, Math.max(shortestThrottleMs, waitMs)));
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const clock = String.raw`(?<hour>\d{2}):(?<minute>\d{2}):(?<second>\d{2})`;
/** `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`. The day's name decides nothing. */
const forms = [
  new RegExp(String.raw`^[A-Z][a-z]{2}, (?<day>\d{2}) (?<month>[A-Z][a-z]{2}) (?<year>\d{4}) ${clock} GMT$`, 'u'),
  new RegExp(String.raw`^[A-Z][a-z]{5,8}, (?<day>\d{2})-(?<month>[A-Z][a-z]{2})-(?<year>\d{2}) ${clock} GMT$`, 'u'),
  new RegExp(String.raw`^[A-Z][a-z]{2} (?<month>[A-Z][a-z]{2}) (?<day>[ \d]\d) ${clock} (?<year>\d{4})$`, 'u'),
];

/** Milliseconds since 1970, or null for what is no HTTP date. */
function readHttpDate(text: string, nowMs: number): number | null {
  const groups = forms.map((form) => form.exec(text)?.groups).find((found) => found !== undefined);
  if (groups === undefined) return null;
  const number = (name: string): number => Number(groups[name]);
  const { month: monthName = '', year: yearText = '' } = groups;
  const month = months.indexOf(monthName);
  const isTime = number('hour') < 24 && number('minute') < 60 && number('second') <= 60;
  if (month < 0 || !isTime) return null;
  const year = yearText.length === 2 ? nearestYear(number('year'), nowMs) : number('year');
  const dayMs = Date.UTC(year, month, number('day'));
  // The 31st of a month that has none is another month's day.
  if (new Date(dayMs).getUTCDate() !== number('day')) return null;
  return dayMs + ((number('hour') * 60 + number('minute')) * 60 + number('second')) * 1_000;
}

/** Two digits that seem more than 50 years ahead mean the last year that ends so (RFC 9110, 5.6.7). */
function nearestYear(twoDigits: number, nowMs: number): number {
  const thisYear = new Date(nowMs).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + twoDigits;
  return year > thisYear + 50 ? year - 100 : year;
}

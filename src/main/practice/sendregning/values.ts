// The guide's data types: text with its largest length, decimals with point or comma, lenient dates, three ways of writing a boolean.

import { decimalText, parseDecimal, roundTo } from '../decimal.ts';
import type { XmlElement } from '../xml-tree.ts';
import { incorrect } from './fault.ts';

/** The first child of a name. */
export function child(element: XmlElement | null, name: string): XmlElement | null {
  return element?.children.find((one) => one.name === name) ?? null;
}

/** All children of a name. */
export function children(element: XmlElement | null, name: string): readonly XmlElement[] {
  return element?.children.filter((one) => one.name === name) ?? [];
}

/** Text without the blanks around it; null when it is not there or empty. Faults beyond `max` characters. */
export function text(parent: XmlElement | null, name: string, max: number): string | null {
  const found = child(parent, name)?.text.trim() ?? '';
  if (found.length > max) throw incorrect(`${name} can have at most ${max} characters`);
  return found === '' ? null : found;
}

/** Text that must be there. */
export function needed(parent: XmlElement | null, name: string, max: number): string {
  const found = text(parent, name, max);
  if (found === null) throw incorrect(`${name} can't be omitted`);
  return found;
}

/** Hundredths, half up from however many decimals. The length counts sign and separator, as it was written. */
export function decimal(parent: XmlElement | null, name: string, max: number): bigint | null {
  const written = text(parent, name, max);
  if (written === null) return null;
  const value = parseDecimal(written.replace(',', '.'));
  if (value === null) throw incorrect(`${name} must be a decimal number`);
  return roundTo(value, 2, 'halfUp');
}

/** Digits only. */
export function integer(parent: XmlElement | null, name: string, max: number): string | null {
  const written = text(parent, name, max);
  if (written !== null && !/^\d+$/u.test(written)) throw incorrect(`${name} must be an integer`);
  return written;
}

/** `true`, `1` and `on`; `false`, `0` and `off`. */
export function boolean(parent: XmlElement | null, name: string): boolean | null {
  const written = text(parent, name, 5)?.toLowerCase() ?? null;
  if (written === null) return null;
  if (['true', '1', 'on'].includes(written)) return true;
  if (['false', '0', 'off'].includes(written)) return false;
  throw incorrect(`${name} must be true or false`);
}

/** An ISO day. Days and months beyond the calendar run over into the next, as Java's lenient calendar has it. */
export function day(parent: XmlElement | null, name: string): string | null {
  const written = text(parent, name, 8);
  if (written === null) return null;
  const [, date, month, year] = /^(\d{1,2})\.(\d{1,2})\.(\d{2})$/u.exec(written) ?? [];
  if (date === undefined) throw incorrect(`${name} must be a date written dd.MM.yy`);
  return new Date(Date.UTC(2000 + Number(year), Number(month) - 1, Number(date))).toISOString().slice(0, 10);
}

/** An address that could be one. */
export function email(written: string, name: string): string {
  if (written.length > 64 || !/^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(written))
    throw incorrect(`${name} must be an e-mail address`);
  return written;
}

/** `125.00`. */
export function point(hundredths: bigint): string {
  return decimalText(hundredths, 2);
}

/** `125,00`, as ledgers have it. */
export function comma(hundredths: bigint): string {
  return point(hundredths).replace('.', ',');
}

/** `21.11.26` of an ISO day. */
export function writtenDay(isoDay: string): string {
  const [year = '', month = '', date = ''] = isoDay.split('-');
  return `${date}.${month}.${year.slice(2)}`;
}

const oslo = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Oslo', dateStyle: 'short', timeStyle: 'medium' });

/** Today in Norway, as an ISO day; later by `addedDays`. */
export function today(addedDays = 0): string {
  const now = new Date(`${oslo.format(new Date()).slice(0, 10)}T00:00:00Z`);
  now.setUTCDate(now.getUTCDate() + addedDays);
  return now.toISOString().slice(0, 10);
}

/** `21.11.26 16:32:44` in Norway. */
export function writtenMoment(iso: string): string {
  const [isoDay = '', time = ''] = oslo.format(new Date(iso)).split(' ');
  return `${writtenDay(isoDay)} ${time}`;
}

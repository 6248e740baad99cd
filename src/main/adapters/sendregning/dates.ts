// Dates as SendRegning reads and writes them: dd.MM.yy, always in this century. No clocks, no XML.

/** "yy is always in the current century" (guide, Data types). */
const century = '20';

/** A date of a reply: the text as it came, and what it means where it means a date. Credit invoices have `-- -- --` for a due date. */
export interface ReplyDate {
  readonly raw: string;
  /** ISO date, or for a date with a time of day `YYYY-MM-DDTHH:MM:SS` (no zone is told). */
  readonly iso: string | null;
}

/** `2026-11-21` as `21.11.26`; null for what is no date of this century: the service would read another day without a word. */
export function writeDate(isoDate: string): string | null {
  const parts = /^(\d{2})(\d{2})-(\d{2})-(\d{2})$/u.exec(isoDate);
  if (parts === null) return null;
  const [, hundreds, year = '', month = '', day = ''] = parts;
  return hundreds === century && isDay(`${century}${year}`, month, day) ? `${day}.${month}.${year}` : null;
}

/** Reads `21.11.26` or `21.11.26 16:32:44`. Where the month can only be the day (`04.20.07`, as the guide's own samples have it) they change places. */
export function readDate(text: string): ReplyDate {
  const raw = text.trim();
  const parts = /^(\d{1,2})\.(\d{1,2})\.(\d{2})(?:\s+(\d{1,2}):(\d{2}):(\d{2}))?$/u.exec(raw);
  if (parts === null) return { raw, iso: null };
  const [first = '', second = '', shortYear = '', hour, minute, secondOfMinute] = parts.slice(1);
  const isSwapped = Number(second) > 12 && Number(first) <= 12;
  const day = (isSwapped ? second : first).padStart(2, '0');
  const month = (isSwapped ? first : second).padStart(2, '0');
  const year = century + shortYear;
  if (!isDay(year, month, day)) return { raw, iso: null };
  const date = `${year}-${month}-${day}`;
  if (hour === undefined) return { raw, iso: date };
  const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(secondOfMinute) < 60;
  return { raw, iso: isTime ? `${date}T${hour.padStart(2, '0')}:${minute ?? ''}:${secondOfMinute ?? ''}` : null };
}

function isDay(year: string, month: string, day: string): boolean {
  const timeMs = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(timeMs) && new Date(timeMs).getUTCDate() === Number(day);
}

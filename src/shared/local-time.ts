// A date and time as an operator writes it, in the machine's own time zone. Nothing else about time lives here.

/**
 * Milliseconds since 1970 UTC of `2026-11-23 08:00` (or with a `T`); null when it is no such time, also in the hour that a change to
 * summer time leaves out. Of an hour that comes twice, the first one is meant.
 */
export function parseLocalTime(text: string): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})$/u.exec(text.trim())?.slice(1).map(Number);
  if (parts === undefined) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts;
  const at = new Date(year, month - 1, day, hour, minute);
  const isThat =
    at.getFullYear() === year &&
    at.getMonth() === month - 1 &&
    at.getDate() === day &&
    at.getHours() === hour &&
    at.getMinutes() === minute;
  return isThat ? at.getTime() : null;
}

/** The moment as {@link parseLocalTime} reads it. */
export function localTimeText(atMs: number): string {
  const at = new Date(atMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

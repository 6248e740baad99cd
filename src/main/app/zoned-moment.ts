// Moments as people and spreadsheets read them, in the machine's time zone and with the zone said. No words.

/** `2026-11-21 16:02:33 +01:00` in the machine's time zone. */
export function zonedMoment(atMs: number): string {
  return isoLocal(atMs)
    .replace('T', ' ')
    .replace(/([+-]\d\d:\d\d)$/u, ' $1');
}

/** `2026-11-21T16:02:33+01:00` in the machine's time zone; both nights of the change of clocks have their own offset. */
export function isoLocal(atMs: number): string {
  const at = new Date(atMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const offset = -at.getTimezoneOffset();
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  const date = `${String(at.getFullYear())}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  return `${date}T${time}${offset < 0 ? '-' : '+'}${two(hours)}:${two(minutes)}`;
}

/** The day in the machine's time zone, `2026-11-21`. */
export function localDay(atMs: number): string {
  return isoLocal(atMs).slice(0, 10);
}

/** The machine's time zone: `Europe/Stockholm`. */
export function zoneName(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

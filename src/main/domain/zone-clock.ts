// The clock on the wall in a named time zone. Pure: the instant is passed in, the rules come from the runtime's own zone data.

/** Reads wall clocks of one zone. */
export interface ZoneClock {
  /** What the wall shows at an instant, as milliseconds counted as if it were UTC: `wallMs(t) - t` is the zone's offset then. */
  wallMs(atMs: number): number;
}

const secondMs = 1_000;

/** A zone's clock. Throws RangeError for a name that is no IANA time zone; connection limits are checked before they are saved. */
export function createZoneClock(timeZone: string): ZoneClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return {
    wallMs: (atMs) => {
      const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
      const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
      const wholeMs = Date.UTC(
        part('year'),
        part('month') - 1,
        part('day'),
        part('hour'),
        part('minute'),
        part('second'),
      );
      return wholeMs + (((atMs % secondMs) + secondMs) % secondMs);
    },
  };
}

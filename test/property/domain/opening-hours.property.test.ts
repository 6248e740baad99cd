// Opening hours against a wall clock that is read in another way, minute by minute, in zones with every kind of change.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDoors } from '../../../src/main/domain/opening-hours.ts';
import type { OpeningHours } from '../../../src/shared/schema/connection-limits.ts';
import { openingHoursSchema } from '../../../src/shared/schema/connection-limits.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const zones = [
  'Europe/Stockholm',
  'Europe/Oslo',
  'UTC',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Pacific/Apia',
  'Africa/Casablanca',
];

/** What the wall shows, as text, by a formatter that the product does not use. */
function wallText(
  atMs: number,
  timeZone: string,
): { readonly day: string; readonly time: string; readonly weekday: number } {
  const [day = '', time = ''] = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
    .format(atMs)
    .split(' ');
  return { day, time, weekday: new Date(`${day}T12:00:00Z`).getUTCDay() || 7 };
}

/** The same question asked of the texts. */
function isOpenByText({ timeZone, open, closed }: OpeningHours, atMs: number): boolean {
  const { day, time, weekday } = wallText(atMs, timeZone);
  const before = weekday === 1 ? 7 : weekday - 1;
  const isIn = (window: OpeningHours['closed'][number]): boolean => {
    if (!('days' in window)) {
      const from = window.from.length === 10 ? `${window.from}T00:00` : window.from;
      const to = window.to.length === 10 ? `${window.to}T24:00` : window.to;
      return from <= `${day}T${time}` && `${day}T${time}` < to;
    }
    const { days, from, to } = window;
    if (from < to) return days.includes(weekday) && from <= time && time < to;
    return (days.includes(weekday) && from <= time) || (days.includes(before) && time < to);
  };
  return (open.length === 0 || open.some(isIn)) && !closed.some(isIn);
}

const two = (value: number): string => String(value).padStart(2, '0');
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 1, 15, 30, 59))
  .map(([h, m]) => `${two(h)}:${two(m)}`);
/** Most windows lie where clocks are changed. */
const nightTime = fc
  .tuple(fc.integer({ min: 0, max: 4 }), fc.constantFrom(0, 15, 30, 45))
  .map(([h, m]) => `${two(h)}:${two(m)}`);
const weekly = fc
  .record({
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
    from: fc.oneof(time, nightTime),
    to: fc.oneof(time, nightTime, fc.constant('24:00')),
  })
  .filter(({ from, to }) => from !== to);
/** Nights at which some of the zones change their clocks, and ordinary ones. */
const nights = [
  '2026-03-29',
  '2026-10-25',
  '2026-03-08',
  '2026-11-01',
  '2026-04-05',
  '2026-10-04',
  '2026-02-15',
  '2026-06-21',
];
const instant = fc
  .tuple(fc.constantFrom(...nights), fc.integer({ min: -36 * 60, max: 36 * 60 }))
  .map(([night, minutes]) => Date.parse(`${night}T00:00:00Z`) + minutes * minuteMs);
const dated = fc
  .tuple(fc.constantFrom(...nights), nightTime, fc.integer({ min: 1, max: 40 }), fc.boolean())
  .map(([day, from, hours, isWhole]) => {
    if (isWhole) return { from: day, to: day };
    const end = new Date(Date.parse(`${day}T${from}:00Z`) + hours * hourMs).toISOString().slice(0, 16);
    return { from: `${day}T${from}`, to: end };
  });
const hours: fc.Arbitrary<OpeningHours> = fc.record({
  timeZone: fc.constantFrom(...zones),
  open: fc.array(weekly, { maxLength: 3 }),
  closed: fc.array(fc.oneof(weekly, dated), { maxLength: 3 }),
});

describe('opening hours', () => {
  test('are open exactly when the wall clock says so', () => {
    fc.assert(
      fc.property(hours, instant, (given, atMs) => {
        expect(openingHoursSchema.safeParse(given).success).toBe(true);
        expect(createDoors(given).at(atMs).isOpen).toBe(isOpenByText(given, atMs));
      }),
      { numRuns: 400 },
    );
  });

  test('change for the first time when they say they will', () => {
    fc.assert(
      fc.property(hours, instant, (given, atMs) => {
        const { isOpen, untilMs } = createDoors(given).at(atMs);
        const endMs = Math.min(untilMs ?? Infinity, atMs + 50 * hourMs);
        // The first minute that begins later and every one up to the change stay as they are.
        for (let minute = atMs; minute < endMs; minute += 5 * minuteMs)
          expect(isOpenByText(given, minute)).toBe(isOpen);
        if (untilMs === null) return;
        expect(untilMs).toBeGreaterThan(atMs);
        expect(isOpenByText(given, untilMs)).toBe(!isOpen);
        expect(isOpenByText(given, untilMs - 1)).toBe(isOpen);
      }),
      { numRuns: 60 },
    );
  });

  test('asked in any order answer as when asked for the first time', () => {
    fc.assert(
      fc.property(hours, fc.array(instant, { minLength: 1, maxLength: 8 }), (given, instants) => {
        const doors = createDoors(given);
        for (const atMs of instants) expect(doors.at(atMs)).toEqual(createDoors(given).at(atMs));
      }),
      { numRuns: 60 },
    );
  });

  test('add up: open time and closed time are all the time', () => {
    fc.assert(
      fc.property(hours, instant, fc.integer({ min: 0, max: 40 * 60 }), (given, fromMs, minutes) => {
        let openMinutes = 0;
        for (let minute = 0; minute < minutes; minute += 1)
          if (isOpenByText(given, fromMs + minute * minuteMs)) openMinutes += 1;
        expect(createDoors(given).openMsBetween(fromMs, fromMs + minutes * minuteMs)).toBe(openMinutes * minuteMs);
      }),
      { numRuns: 40 },
    );
  });
});

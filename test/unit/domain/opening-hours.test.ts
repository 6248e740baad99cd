// Opening hours on the nights that matter, in local terms that a person can check against a calendar.

import { describe, expect, test } from 'vitest';
import { createDoors } from '../../../src/main/domain/opening-hours.ts';
import { openingHoursSchema } from '../../../src/shared/schema/connection-limits.ts';
import type { OpeningHours } from '../../../src/shared/schema/connection-limits.ts';

const everyDay = [1, 2, 3, 4, 5, 6, 7];
const stockholm = (change: Partial<OpeningHours>): OpeningHours => ({
  timeZone: 'Europe/Stockholm',
  open: [],
  closed: [],
  ...change,
});
const at = (text: string): number => Date.parse(text);
const state = (hours: OpeningHours, text: string) => {
  const { isOpen, untilMs } = createDoors(hours).at(at(text));
  return [isOpen ? 'open' : 'closed', untilMs === null ? null : new Date(untilMs).toISOString()];
};

describe('office hours', () => {
  const office = stockholm({ open: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00' }] });

  test('open at eight by the local clock, summer and winter', () => {
    expect(state(office, '2026-07-01T05:59:00Z')).toEqual(['closed', '2026-07-01T06:00:00.000Z']);
    expect(state(office, '2026-12-01T06:59:00Z')).toEqual(['closed', '2026-12-01T07:00:00.000Z']);
  });

  test('keep closed from Friday evening to Monday morning', () => {
    expect(state(office, '2026-11-20T16:00:00Z')).toEqual(['closed', '2026-11-23T07:00:00.000Z']);
  });

  test('give way to a closed day', () => {
    const hours = { ...office, closed: [{ from: '2026-11-23', to: '2026-11-24' }] };
    expect(state(hours, '2026-11-20T16:00:00Z')).toEqual(['closed', '2026-11-25T07:00:00.000Z']);
  });
});

describe('the night in spring, whose hour from two to three does not exist', () => {
  test('a window inside that hour does not open', () => {
    const hours = stockholm({ open: [{ days: everyDay, from: '02:15', to: '02:45' }] });
    expect(state(hours, '2026-03-28T12:00:00Z')).toEqual(['closed', '2026-03-30T00:15:00.000Z']);
  });

  test('a window that begins in it opens when the clocks have jumped', () => {
    const hours = stockholm({ open: [{ days: everyDay, from: '02:30', to: '06:00' }] });
    expect(state(hours, '2026-03-28T23:00:00Z')).toEqual(['closed', '2026-03-29T01:00:00.000Z']);
    expect(createDoors(hours).openMsBetween(at('2026-03-28T23:00Z'), at('2026-03-29T10:00Z'))).toBe(3 * 3_600_000);
  });

  test('a window that ends in it closes when the clocks jump', () => {
    const hours = stockholm({ open: [{ days: everyDay, from: '01:00', to: '02:30' }] });
    expect(state(hours, '2026-03-29T00:30:00Z')).toEqual(['open', '2026-03-29T01:00:00.000Z']);
  });
});

describe('the night in autumn, whose hour from two to three comes twice', () => {
  test('a closed hour is closed both times', () => {
    const hours = stockholm({ closed: [{ days: [7], from: '02:00', to: '03:00' }] });
    expect(state(hours, '2026-10-25T00:00:00Z')).toEqual(['closed', '2026-10-25T02:00:00.000Z']);
  });

  test('a window inside it opens both times', () => {
    const hours = stockholm({ open: [{ days: [7], from: '02:15', to: '02:45' }] });
    expect(state(hours, '2026-10-25T00:20:00Z')).toEqual(['open', '2026-10-25T00:45:00.000Z']);
    expect(state(hours, '2026-10-25T00:50:00Z')).toEqual(['closed', '2026-10-25T01:15:00.000Z']);
  });

  test('a window over the whole night is an hour longer', () => {
    const hours = stockholm({ open: [{ days: everyDay, from: '22:00', to: '06:00' }] });
    expect(state(hours, '2026-10-24T20:00:00Z')).toEqual(['open', '2026-10-25T05:00:00.000Z']);
    expect(createDoors(hours).openMsBetween(at('2026-10-24T12:00Z'), at('2026-10-25T12:00Z'))).toBe(9 * 3_600_000);
  });
});

describe('what is no opening hour', () => {
  test.each([
    ['a zone that does not exist', stockholm({ timeZone: 'Europe/Göteborg' })],
    ['an empty zone', stockholm({ timeZone: ' ' })],
    ['a window without days', stockholm({ open: [{ days: [], from: '08:00', to: '17:00' }] })],
    ['a window that ends when it begins', stockholm({ open: [{ days: [1], from: '08:00', to: '08:00' }] })],
    ['a time that no clock shows', stockholm({ open: [{ days: [1], from: '08:60', to: '17:00' }] })],
    ['a day that is in no calendar', stockholm({ closed: [{ from: '2026-02-30', to: '2026-03-01' }] })],
    ['a closure that ends before it begins', stockholm({ closed: [{ from: '2026-03-02', to: '2026-03-01' }] })],
    ['a closure of no length', stockholm({ closed: [{ from: '2026-03-02T10:00', to: '2026-03-02T10:00' }] })],
  ])('%s is refused', (_, hours) => {
    expect(openingHoursSchema.safeParse(hours).success).toBe(false);
  });

  test('a closure of one day, named twice, is one', () => {
    expect(
      openingHoursSchema.safeParse(stockholm({ closed: [{ from: '2026-12-24', to: '2026-12-24' }] })).success,
    ).toBe(true);
  });
});

test('hours that never open say so', () => {
  const hours = stockholm({ closed: [{ days: everyDay, from: '00:00', to: '24:00' }] });
  expect(state(hours, '2026-11-21T00:00:00Z')).toEqual(['closed', null]);
});

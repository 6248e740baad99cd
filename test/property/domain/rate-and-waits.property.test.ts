// Rates, waits and back-off under every input: the limit holds over any span, and no wait is longer, shorter or stranger than it may be.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rateBudget, rateSpanNames, rateSpans, usedOver } from '../../../src/main/domain/rate-budget.ts';
import type { RateUsage } from '../../../src/main/domain/rate-budget.ts';
import {
  boundedThrottleMs,
  readRetryAfter,
  shortestThrottleMs,
  usualThrottleMs,
} from '../../../src/main/domain/retry-after.ts';
import {
  breakerDelayMs,
  isBudgetSpent,
  longestWaitMs,
  maxAgeMs,
  maxTries,
  probeDelayMs,
  retryDelayMs,
} from '../../../src/main/domain/retry-schedule.ts';

const startMs = Date.UTC(2026, 10, 21);
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** A sender that takes whatever the budget gives, at moments of its own. */
function sendAll(
  rate: { readonly perMinute: number | null; readonly perHour: number | null; readonly perDay: number | null },
  waits: readonly number[],
): number[] {
  const sent: number[] = [];
  const usage = (): RateUsage =>
    Object.fromEntries(
      rateSpanNames.map((span) => {
        const bySlot = Map.groupBy(sent, (atMs) => Math.floor(atMs / rateSpans[span].slotMs));
        return [span, [...bySlot].map(([slot, all]) => ({ slot, count: all.length }))];
      }),
    );
  let nowMs = startMs;
  for (const waitMs of waits) {
    nowMs += waitMs;
    const { free, full } = rateBudget(rate, usage(), { nowMs, inFlight: 0 });
    for (let count = 0; count < Math.min(free, 50); count += 1) sent.push(nowMs);
    if (full !== null && waitMs % 2 === 0) nowMs = full.freeAtMs;
  }
  return sent;
}

describe('a rate', () => {
  const limit = fc.option(fc.integer({ min: 1, max: 40 }), { nil: null });

  test('holds over every minute, hour and day, wherever they begin', () => {
    fc.assert(
      fc.property(
        fc.record({ perMinute: limit, perHour: limit, perDay: limit }),
        fc.array(fc.integer({ min: 0, max: 900_000 }), { maxLength: 60 }),
        (rate, waits) => {
          const sent = sendAll(rate, waits);
          for (const [most, windowMs] of [
            [rate.perMinute, 60_000],
            [rate.perHour, 3_600_000],
            [rate.perDay, 86_400_000],
          ] as const)
            for (const fromMs of most === null ? [] : sent)
              expect(sent.filter((atMs) => atMs >= fromMs && atMs < fromMs + windowMs).length).toBeLessThanOrEqual(
                most ?? 0,
              );
        },
      ),
      { numRuns: 150 },
    );
  });

  test('has room again exactly when it says so, and not a moment before', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.record({ slot: fc.integer({ min: -70, max: 1 }), count: fc.integer({ min: 1, max: 9 }) }), {
          maxLength: 20,
        }),
        (perMinute, given) => {
          const rate = { perMinute, perHour: null, perDay: null };
          const minute = given.map(({ slot, count }) => ({ slot: slot + startMs / 1_000, count }));
          const at = (nowMs: number) => rateBudget(rate, { minute }, { nowMs, inFlight: 0 });
          const { free, full } = at(startMs);
          expect(free).toBe(Math.max(0, perMinute - usedOver('minute', minute, startMs)));
          expect(free === 0).toBe(full !== null);
          if (full === null) return;
          expect(at(full.freeAtMs).free).toBeGreaterThan(0);
          expect(at(full.freeAtMs - 1).free).toBe(0);
        },
      ),
    );
  });

  test('counts what is in flight, and frees it at the latest a span later', () => {
    const { free, full } = rateBudget(
      { perMinute: 3, perHour: null, perDay: null },
      { minute: [] },
      { nowMs: startMs, inFlight: 3 },
    );
    expect(free).toBe(0);
    expect(full).toMatchObject({ span: 'minute', freeAtMs: startMs + 61_000 });
  });

  test('is not used up by a clock that was ahead', () => {
    const day = [{ slot: (startMs + 86_400_000) / rateSpans.day.slotMs, count: 500 }];
    expect(
      rateBudget({ perMinute: null, perHour: null, perDay: 500 }, { day }, { nowMs: startMs, inFlight: 0 }).free,
    ).toBe(500);
  });
});

describe('Retry-After', () => {
  test('is never shorter than a second or longer than twelve hours, whatever it says', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^-?\d{1,30}$/u), fc.constant(null)), (header) => {
        const { waitMs } = readRetryAfter(header, startMs);
        expect(Number.isInteger(waitMs)).toBe(true);
        expect(waitMs).toBeGreaterThanOrEqual(shortestThrottleMs);
        expect(waitMs).toBeLessThanOrEqual(longestWaitMs);
      }),
      { numRuns: 500 },
    );
  });

  test('in seconds and as any of the three dates mean the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 * 3_600 }), (seconds) => {
        const date = new Date(startMs + seconds * 1_000);
        const fixed = date.toUTCString();
        const [, day = '', month = '', year = '', time = ''] = fixed.replace(',', '').split(' ');
        const forms = [
          String(seconds),
          fixed,
          `Saturday, ${day}-${month}-${year.slice(2)} ${time} GMT`,
          `Sat ${month} ${day.replace(/^0/u, ' ')} ${time} ${year}`,
          `  ${String(seconds)} `,
        ];
        for (const form of forms) expect(readRetryAfter(form, startMs).waitMs).toBe(seconds * 1_000);
      }),
    );
  });

  test.each([
    ['absent', undefined, usualThrottleMs, 'usual'],
    ['empty', '', usualThrottleMs, 'usual'],
    ['negative', '-120', usualThrottleMs, 'usual'],
    ['a fraction', '1.5', usualThrottleMs, 'usual'],
    ['garbage', 'soon', usualThrottleMs, 'usual'],
    ['a date that is none', 'Sat, 31 Feb 2026 10:00:00 GMT', usualThrottleMs, 'usual'],
    ['a time that is none', 'Sat, 21 Nov 2026 25:00:00 GMT', usualThrottleMs, 'usual'],
    ['zero', '0', shortestThrottleMs, 'seconds'],
    ['a date that is past', 'Fri, 20 Nov 2026 10:00:00 GMT', shortestThrottleMs, 'date'],
    ['years away in seconds', '99999999999999999999999', longestWaitMs, 'seconds'],
    ['years away as a date', 'Sun, 21 Nov 2066 10:00:00 GMT', longestWaitMs, 'date'],
  ])('that is %s is a wait that makes sense', (_, header, waitMs, source) => {
    expect(readRetryAfter(header, startMs)).toEqual({ waitMs, source });
  });

  test('as an adapter reports it is kept within sense too', () => {
    for (const absurd of [Number.NaN, -1, -Infinity]) expect(boundedThrottleMs(absurd)).toBe(usualThrottleMs);
    expect(boundedThrottleMs(Infinity)).toBe(longestWaitMs);
    expect(boundedThrottleMs(0.3)).toBe(shortestThrottleMs);
  });
});

describe('waits that the product chooses', () => {
  test('grow with every failure, stay under their ceiling and are spread by chance', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), chance, chance, (count, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        for (const [delay, leastMs, mostMs] of [
          [retryDelayMs, 5_000, longestWaitMs],
          [probeDelayMs, 1_000, 60_000],
          [breakerDelayMs, 30_000, 3_600_000],
        ] as const) {
          expect(delay(count, low)).toBeLessThanOrEqual(delay(count, high));
          expect(delay(count, low)).toBeLessThanOrEqual(delay(count + 1, low));
          expect(delay(count, low)).toBeGreaterThanOrEqual(leastMs);
          expect(delay(count, high)).toBeLessThanOrEqual(mostMs);
        }
      }),
    );
  });

  test('full jitter: any moment below the ceiling is as likely as any other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), chance, (tries, share) => {
        const ceilingMs = Math.min(longestWaitMs, 60_000 * 4 ** (tries - 1));
        expect(retryDelayMs(tries, share)).toBe(Math.max(5_000, Math.floor(ceilingMs * share)));
      }),
    );
  });

  test('a budget that is spent stays spent', () => {
    fc.assert(
      fc.property(
        fc.nat(2 * maxTries),
        fc.nat(2 * maxAgeMs),
        fc.nat(3),
        fc.nat(1_000),
        (tries, ageMs, more, moreMs) => {
          if (isBudgetSpent(tries, ageMs)) expect(isBudgetSpent(tries + more, ageMs + moreMs)).toBe(true);
          expect(isBudgetSpent(tries, ageMs)).toBe(tries >= maxTries || ageMs >= maxAgeMs);
        },
      ),
    );
  });
});

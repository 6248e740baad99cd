// When deliveries are tried again, when that ends, and what makes two deliveries the same.

import { expect, test } from 'vitest';
import { idempotencyKeyText } from '../../../src/main/domain/idempotency-key.ts';
import {
  isBudgetSpent,
  maxAgeMs,
  maxTries,
  probeDelayMs,
  retryDelayMs,
} from '../../../src/main/domain/retry-schedule.ts';

const almostOne = 1 - Number.EPSILON;

test('retry ceilings grow from a minute to twelve hours', () => {
  const ceilings = [1, 2, 3, 4, 5, 6, 7].map((tries) => Math.round(retryDelayMs(tries, almostOne) / 60_000));
  expect(ceilings).toEqual([1, 4, 16, 64, 256, 720, 720]);
});

test('full jitter spreads retries over the whole time below the ceiling', () => {
  expect(retryDelayMs(4, 0)).toBe(5_000);
  expect(retryDelayMs(4, 0.5)).toBe(32 * 60_000);
});

test('all tries together end before the age limit does', () => {
  const longest = Array.from({ length: maxTries - 1 }, (_, at) => retryDelayMs(at + 1, almostOne)).reduce(
    (sum, delay) => sum + delay,
    0,
  );
  expect(longest).toBeLessThan(maxAgeMs);
});

test('the budget is spent after eight tries or three days, whichever comes first', () => {
  expect(isBudgetSpent(7, 0)).toBe(false);
  expect(isBudgetSpent(8, 0)).toBe(true);
  expect(isBudgetSpent(0, maxAgeMs - 1)).toBe(false);
  expect(isBudgetSpent(0, maxAgeMs)).toBe(true);
});

test('probes of a lost connection start within seconds and end at a minute', () => {
  expect(probeDelayMs(1, 0)).toBe(1_000);
  expect(probeDelayMs(1, almostOne)).toBeLessThanOrEqual(2_000);
  expect(probeDelayMs(40, almostOne)).toBeLessThanOrEqual(60_000);
  expect(probeDelayMs(40, 0)).toBe(30_000);
});

test('identities that differ in any part have different texts, also when parts run together', () => {
  const base = {
    sellerKey: 'a',
    invoiceNumber: '1',
    channel: 'email',
    connectionId: 'c',
    documentSha256: 'd',
    generation: 0,
  } as const;
  const texts = [
    base,
    { ...base, sellerKey: 'a\n1:1' },
    { ...base, sellerKey: '', invoiceNumber: 'a1' },
    { ...base, channel: 'sftp' as const },
    { ...base, connectionId: 'c2' },
    { ...base, documentSha256: 'e' },
    { ...base, generation: 1 },
  ].map(idempotencyKeyText);
  expect(new Set(texts).size).toBe(texts.length);
  expect(idempotencyKeyText({ ...base })).toBe(texts[0]);
});

// Which copies of the database are kept.

import { expect, test } from 'vitest';
import { copiesToDrop, isCopyDue } from '../../../src/main/domain/copy-schedule.ts';
import type { CopyKind, DatedCopy } from '../../../src/main/domain/copy-schedule.ts';

const dayMs = 24 * 60 * 60 * 1000;
const start = Date.UTC(2025, 0, 1, 6);
const copy = (day: number, kind: CopyKind = 'daily'): DatedCopy => ({
  name: `${kind}-${String(day)}`,
  kind,
  madeAtMs: start + day * dayMs,
});

test('after two years of daily copies there are seven days, four weeks and twelve months of them', () => {
  const all: DatedCopy[] = [];
  let kept: DatedCopy[] = [];
  for (let day = 0; day < 730; day += 1) {
    kept.push(copy(day));
    all.push(copy(day));
    const drop = new Set(copiesToDrop(kept));
    kept = kept.filter(({ name }) => !drop.has(name));
  }
  const ages = kept.map(({ madeAtMs }) => 729 - (madeAtMs - start) / dayMs);
  expect(ages.filter((age) => age < 7)).toEqual([6, 5, 4, 3, 2, 1, 0]);
  expect(kept.length).toBeGreaterThanOrEqual(19);
  expect(kept.length).toBeLessThanOrEqual(23);
  expect(Math.max(...ages)).toBeGreaterThan(330);
});

test('several copies of one day leave the newest', () => {
  const morning = copy(1);
  const evening = { ...copy(1), name: 'evening', madeAtMs: morning.madeAtMs + dayMs / 4 };
  expect(copiesToDrop([morning, evening, copy(2)])).toEqual([morning.name]);
});

test('what a person made or a restore put aside is never dropped, and of those before a new version the last three stay', () => {
  const kinds = ['byHand', 'replaced', 'damaged'] as const;
  const old = kinds.flatMap((kind) => [copy(0, kind), copy(1, kind)]);
  const versions = [1, 2, 3, 4].map((day) => copy(day, 'migration'));
  expect(copiesToDrop([...old, ...versions])).toEqual(['migration-1']);
});

test('a copy is due a day after the last one, also when the clock was set back', () => {
  expect(isCopyDue([], start)).toBe(true);
  expect(isCopyDue([copy(0)], start + dayMs - 1)).toBe(false);
  expect(isCopyDue([copy(0)], start + dayMs)).toBe(true);
  expect(isCopyDue([copy(0, 'byHand')], start)).toBe(true);
  expect(isCopyDue([copy(30)], start)).toBe(true);
});

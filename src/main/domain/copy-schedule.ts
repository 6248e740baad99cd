// Which copies of the database are kept: by day, by week, by month. Pure; deletes nothing itself.

/** What a copy was made for. `replaced` and `damaged` are no copies but what a restore put aside. */
export const copyKinds = ['daily', 'migration', 'byHand', 'replaced', 'damaged'] as const;
/** One of {@link copyKinds}. */
export type CopyKind = (typeof copyKinds)[number];

/** A copy as the schedule sees it. */
export interface DatedCopy {
  readonly name: string;
  readonly kind: CopyKind;
  readonly madeAtMs: number;
}

const dayMs = 24 * 60 * 60 * 1000;
const kept = { days: 7, weeks: 4, months: 12, migrations: 3 } as const;

/**
 * Names of the copies that may go: all but the newest of each of the last 7 days, 4 weeks and 12 months in which there is one (UTC), and the last 3
 * from before a new version. What a person made or a restore put aside is never among them, nor the newest copy of all.
 */
export function copiesToDrop(copies: readonly DatedCopy[]): readonly string[] {
  const newestFirst = copies.toSorted((one, other) => other.madeAtMs - one.madeAtMs);
  const daily = newestFirst.filter(({ kind }) => kind === 'daily');
  const keep = new Set([
    ...firstOfEach(daily, kept.days, ({ madeAtMs }) => Math.floor(madeAtMs / dayMs)),
    // The epoch was a Thursday: shifted by three days, weeks begin on Monday.
    ...firstOfEach(daily, kept.weeks, ({ madeAtMs }) => Math.floor((madeAtMs / dayMs + 3) / 7)),
    ...firstOfEach(daily, kept.months, ({ madeAtMs }) => new Date(madeAtMs).toISOString().slice(0, 7)),
    ...newestFirst.filter(({ kind }) => kind === 'migration').slice(0, kept.migrations),
  ]);
  return newestFirst
    .filter((copy) => (copy.kind === 'daily' || copy.kind === 'migration') && !keep.has(copy))
    .map(({ name }) => name);
}

/** True when the last daily copy is a day old, or there is none. A clock that was set back does not keep copies from being made. */
export function isCopyDue(copies: readonly DatedCopy[], nowMs: number): boolean {
  return !copies.some(({ kind, madeAtMs }) => kind === 'daily' && Math.abs(nowMs - madeAtMs) < dayMs);
}

function firstOfEach(
  newestFirst: readonly DatedCopy[],
  count: number,
  periodOf: (copy: DatedCopy) => number | string,
): readonly DatedCopy[] {
  const first = new Map<number | string, DatedCopy>();
  for (const copy of newestFirst) {
    const period = periodOf(copy);
    if (!first.has(period)) first.set(period, copy);
  }
  return [...first.values()].slice(0, count);
}

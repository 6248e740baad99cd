// A lane's counts put together as an operator thinks of them, and how deliveries are filtered. Numbers only.

import { passingBlocks } from '../../../shared/schema/delivery.ts';
import type { DeliveryState, Lane } from '../../../shared/schema/delivery.ts';
import type { Formats } from '../../words/formats.ts';
import type { Tone } from '../../ui/state-badge.tsx';

/** One figure of a lane; a tone only where a count above zero should stand out. */
export interface LaneFigure {
  readonly name: 'queued' | 'held' | 'waiting' | 'now' | 'done' | 'failed' | 'unknown';
  readonly count: number;
  readonly tone: Tone | null;
}

/** Figures in the order of the work; cancelled ones are not the lane's business any more. */
export function laneFigures({ counts, held }: Pick<Lane, 'counts' | 'held'>): readonly LaneFigure[] {
  // Held ones are queued or waiting for another try; they are told apart from those that go by themselves.
  const heldQueued = Math.min(held, counts.queued);
  return [
    { name: 'queued', count: counts.queued - heldQueued, tone: null },
    ...(held > 0 ? [{ name: 'held' as const, count: held, tone: 'held' as const }] : []),
    { name: 'now', count: counts.claimed + counts.sending, tone: null },
    { name: 'waiting', count: counts.waiting - (held - heldQueued), tone: null },
    { name: 'done', count: counts.accepted, tone: null },
    { name: 'failed', count: counts.failed + counts.rejected, tone: 'bad' },
    { name: 'unknown', count: counts.unknown, tone: 'doubt' },
  ];
}

/** True where the way forward leads through the settings. */
export function blockNeedsSettings(block: NonNullable<Lane['blockedBy']>): boolean {
  return block === 'secretMissing' || block === 'hostKeyChanged' || block === 'pausedByFailures';
}

/** True where the lane tries again by itself. */
export function goesOnByItself(block: NonNullable<Lane['blockedBy']>): boolean {
  return passingBlocks.some((kind) => kind === block);
}

/** A moment to come, to the minute where it is more than an hour away, to the second before that; with its date unless it is today. */
export function momentText(formats: Pick<Formats, 'dateTime' | 'time'>, atMs: number, nowMs: number): string {
  const hasOtherDay = new Date(atMs).toDateString() !== new Date(nowMs).toDateString();
  if (hasOtherDay) return formats.dateTime(atMs);
  const time = formats.time(atMs);
  return atMs - nowMs > 3_600_000 ? time.slice(0, 5) : time;
}

/** Filters of the list, in its order. */
export const stateFilters = ['open', 'failed', 'unknown', 'accepted', 'cancelled'] as const;
/** One of {@link stateFilters}. */
export type StateFilter = (typeof stateFilters)[number];

/** States behind each filter; together they are all states. */
export const statesOfFilter = {
  open: ['queued', 'claimed', 'sending', 'waiting'],
  failed: ['rejected', 'failed'],
  unknown: ['unknown'],
  accepted: ['accepted'],
  cancelled: ['cancelled'],
} as const satisfies Record<StateFilter, readonly DeliveryState[]>;

/** States in which a delivery has a cause to tell. */
const statesWithCause: readonly DeliveryState[] = ['waiting', 'rejected', 'failed', 'unknown'];

/** True when a delivery that the filters show may have a cause; no filter shows all. */
export function mayHaveCauses(lanes: readonly Pick<Lane, 'counts'>[], filters: readonly StateFilter[]): boolean {
  const shown: readonly DeliveryState[] = (filters.length === 0 ? stateFilters : filters).flatMap((name) => [
    ...statesOfFilter[name],
  ]);
  return statesWithCause.some((state) => shown.includes(state) && lanes.some(({ counts }) => counts[state] > 0));
}

/** How many deliveries a filter shows, from the lanes' counts. */
export function countOfFilter(lanes: readonly Pick<Lane, 'counts'>[], filter: StateFilter): number {
  return statesOfFilter[filter].reduce(
    (sum, state) => sum + lanes.reduce((inner, { counts }) => inner + counts[state], 0),
    0,
  );
}

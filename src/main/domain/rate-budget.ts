// How many more deliveries a connection's rate allows now, and when the next one is allowed. Pure: the count so far is passed in.

import type { RateLimits } from '../../shared/schema/connection-limits.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/**
 * Spans a rate is given over. What was sent is counted in slots; a span slides, so the limit holds over any minute, hour or day. A slot
 * counts until its last moment is out of the span: never more is sent than allowed, at most one slot's length later than possible.
 */
export const rateSpans = {
  minute: { windowMs: minuteMs, slotMs: 1_000 },
  hour: { windowMs: hourMs, slotMs: minuteMs },
  day: { windowMs: 24 * hourMs, slotMs: 15 * minuteMs },
} as const;
/** Name of a span. */
export type RateSpan = keyof typeof rateSpans;
/** All spans, shortest first. */
export const rateSpanNames = ['minute', 'hour', 'day'] as const satisfies readonly RateSpan[];

/** What was sent in one slot; `slot` is the time divided by the slot's length, rounded down. */
export interface UsedSlot {
  readonly slot: number;
  readonly count: number;
}
/** What was sent lately, by span; a span without a limit may be left out. */
export type RateUsage = Partial<Record<RateSpan, readonly UsedSlot[]>>;

/** What a rate allows. */
export interface RateBudget {
  /** Deliveries that may begin now; Infinity without a limit. Never below 0. */
  readonly free: number;
  /** The span that is used up for longest, and when its next delivery may begin; null while something is free. */
  readonly full: { readonly span: RateSpan; readonly freeAtMs: number } | null;
}

/** The limit over a span; null = none. */
export function limitOver(rate: RateLimits, span: RateSpan): number | null {
  return { minute: rate.perMinute, hour: rate.perHour, day: rate.perDay }[span];
}

/** True when some span is limited. */
export function isRateLimited(rate: RateLimits): boolean {
  return rate.perMinute !== null || rate.perHour !== null || rate.perDay !== null;
}

/** What is allowed now. `inFlight`: deliveries that have begun and are not counted yet. */
export function rateBudget(
  rate: RateLimits,
  usage: RateUsage,
  { nowMs, inFlight }: { readonly nowMs: number; readonly inFlight: number },
): RateBudget {
  let free = Infinity;
  let full: RateBudget['full'] = null;
  for (const span of rateSpanNames) {
    const limit = limitOver(rate, span);
    if (limit === null) continue;
    const slots = countedSlots(span, usage[span] ?? [], nowMs);
    const used = slots.reduce((sum, { count }) => sum + count, 0) + inFlight;
    free = Math.min(free, Math.max(0, limit - used));
    if (used < limit) continue;
    const freeAtMs = freedAt(span, slots, { surplus: used - limit + 1, nowMs });
    if (full === null || freeAtMs > full.freeAtMs) full = { span, freeAtMs };
  }
  return { free, full };
}

/** How many deliveries count in a span now. */
export function usedOver(span: RateSpan, slots: readonly UsedSlot[], nowMs: number): number {
  return countedSlots(span, slots, nowMs).reduce((sum, { count }) => sum + count, 0);
}

/** Slots that count now, oldest first. One that lies ahead was written by a clock that was ahead: a clock set back keeps nothing waiting. */
function countedSlots(span: RateSpan, slots: readonly UsedSlot[], nowMs: number): readonly UsedSlot[] {
  const { slotMs } = rateSpans[span];
  return slots
    .filter(({ slot, count }) => count > 0 && slot * slotMs <= nowMs + slotMs && leavesAt(span, slot) > nowMs)
    .sort((one, other) => one.slot - other.slot);
}

function leavesAt(span: RateSpan, slot: number): number {
  const { slotMs, windowMs } = rateSpans[span];
  return (slot + 1) * slotMs + windowMs;
}

/** When enough of what was counted has left the span. What is still in flight may stay a whole span from now. */
function freedAt(
  span: RateSpan,
  slots: readonly UsedSlot[],
  { surplus, nowMs }: { readonly surplus: number; readonly nowMs: number },
): number {
  let freed = 0;
  for (const { slot, count } of slots) {
    freed += count;
    if (freed >= surplus) return leavesAt(span, slot);
  }
  return nowMs + rateSpans[span].windowMs + rateSpans[span].slotMs;
}

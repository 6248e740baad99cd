// What a connection's own limits say about its lane now. Pure: limits, usage and time are passed in.

import type { ConnectionLimits } from '../../shared/schema/connection-limits.ts';
import type { Lane } from '../../shared/schema/delivery.ts';
import { createDoors } from './opening-hours.ts';
import { limitOver, rateBudget, rateSpanNames, usedOver } from './rate-budget.ts';
import type { RateUsage } from './rate-budget.ts';

/** The limit that keeps a lane waiting, and until when. Closed doors come first: what the rate allows meanwhile helps nobody. */
export function holdOf(limits: ConnectionLimits, usage: RateUsage, nowMs: number): Lane['hold'] {
  const doors = limits.hours === null ? null : createDoors(limits.hours).at(nowMs);
  if (doors?.isOpen === false) return { reason: 'hours', untilMs: doors.untilMs };
  const { full } = rateBudget(limits.rate, usage, { nowMs, inFlight: 0 });
  return full === null ? null : { reason: full.span, untilMs: full.freeAtMs };
}

/** How much of each limited span is used. */
export function budgetsOf({ rate }: ConnectionLimits, usage: RateUsage, nowMs: number): Lane['budgets'] {
  return rateSpanNames.flatMap((span) => {
    const limit = limitOver(rate, span);
    return limit === null ? [] : [{ span, used: usedOver(span, usage[span] ?? [], nowMs), limit }];
  });
}

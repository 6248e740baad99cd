// The connection's own limits at its lane: whether the doors are open and how many deliveries the rate allows. Remembers nothing but the doors' answers.

import type { ConnectionLimits, OpeningHours } from '../../shared/schema/connection-limits.ts';
import { createDoors } from '../domain/opening-hours.ts';
import type { Doors } from '../domain/opening-hours.ts';
import { isRateLimited, rateBudget } from '../domain/rate-budget.ts';
import type { LaneStore } from '../ports/lane-store.ts';

/** What the limits allow now. */
export interface GateAnswer {
  /** Deliveries that may begin; Infinity without a limit, 0 while the doors are closed. */
  readonly free: number;
  /** When to ask again; null while something is free. */
  readonly askAgainAtMs: number | null;
}

/** The limits of one connection. */
export interface LaneGate {
  /** `inFlight`: deliveries claimed and not recorded yet. */
  ask(limits: ConnectionLimits, when: { readonly nowMs: number; readonly inFlight: number }): GateAnswer;
  /** How much of a stretch of time the doors were open: what a delivery's three days are counted in. */
  openMsBetween(limits: ConnectionLimits, fromMs: number, toMs: number): number;
}

/** A door that does not open within sight is looked at again now and then: the connection may be changed by another process. */
const lookAgainMs = 60 * 60_000;
const wideOpen: GateAnswer = { free: Infinity, askAgainAtMs: null };

/** A gate for one lane. */
export function createLaneGate(lanes: LaneStore, connectionId: string): LaneGate {
  let known: { readonly text: string; readonly doors: Doors } | null = null;
  const doorsOf = (hours: OpeningHours): Doors => {
    const text = JSON.stringify(hours);
    if (known?.text !== text) known = { text, doors: createDoors(hours) };
    return known.doors;
  };
  return {
    ask: ({ rate, hours }, { nowMs, inFlight }) => {
      const door = hours === null ? null : doorsOf(hours).at(nowMs);
      if (door?.isOpen === false) return { free: 0, askAgainAtMs: door.untilMs ?? nowMs + lookAgainMs };
      if (!isRateLimited(rate)) return wideOpen;
      const { free, full } = rateBudget(rate, lanes.usage(connectionId, rate), { nowMs, inFlight });
      return { free, askAgainAtMs: full === null ? null : full.freeAtMs };
    },
    openMsBetween: ({ hours }, fromMs, toMs) =>
      hours === null ? toMs - fromMs : doorsOf(hours).openMsBetween(fromMs, toMs),
  };
}

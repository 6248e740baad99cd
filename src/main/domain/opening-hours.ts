// When a connection is open, by the clock on the wall of its time zone. Pure: the instant is passed in.
// Both nights of the year follow from one rule, that what the wall shows decides: an hour that the spring night skips is never shown and
// opens nothing, an hour that the autumn night shows twice counts both times.

import type { DatedWindow, OpeningHours, WeeklyWindow } from '../../shared/schema/connection-limits.ts';
import { createZoneClock } from './zone-clock.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** How far ahead a change is looked for; a closure that is longer has no known end. */
const horizonMs = 400 * dayMs;

/** Open or closed at an instant. */
export interface DoorState {
  readonly isOpen: boolean;
  /** First instant at which it is the other way round; null when that is more than 400 days away, or never. */
  readonly untilMs: number | null;
}

/** Opening hours that can be asked. */
export interface Doors {
  at(atMs: number): DoorState;
  /** How much of a stretch of time the doors were open. */
  openMsBetween(fromMs: number, toMs: number): number;
}

/** Opening hours, ready to be asked. Answers are remembered as long as they hold, so asking often costs little. */
export function createDoors(hours: OpeningHours): Doors {
  const zone = createZoneClock(hours.timeZone);
  const open = hours.open.map(minutesOf);
  const closedWeekly = hours.closed.flatMap((window) => ('days' in window ? [minutesOf(window)] : []));
  const closedOnce = hours.closed.flatMap((window) => ('days' in window ? [] : [wallOf(window)]));
  const isShownOpen = (wallMs: number): boolean =>
    (open.length === 0 || open.some((window) => isWithin(window, wallMs))) &&
    !closedWeekly.some((window) => isWithin(window, wallMs)) &&
    !closedOnce.some(({ fromMs, toMs }) => fromMs <= wallMs && wallMs < toMs);
  const minutes = [...new Set([...open, ...closedWeekly].flatMap(({ from, to }) => [from, to]))];
  const once = closedOnce.flatMap(({ fromMs, toMs }) => [fromMs, toMs]);

  /** Wall times in a stretch at which something may change, in order. */
  const boundaries = (fromWallMs: number, toWallMs: number): number[] => {
    const found = [fromWallMs, ...once.filter((at) => fromWallMs < at && at < toWallMs)];
    for (let day = Math.floor(fromWallMs / dayMs) * dayMs; day < toWallMs; day += dayMs)
      for (const minute of minutes) {
        const at = day + minute * minuteMs;
        if (fromWallMs < at && at < toWallMs) found.push(at);
      }
    return found.sort((one, other) => one - other);
  };

  const nextChange = (fromMs: number, isOpen: boolean): number | null => {
    if (minutes.length === 0 && once.length === 0) return null;
    for (let startMs = fromMs; startMs < fromMs + horizonMs;) {
      const offsetMs = zone.wallMs(startMs) - startMs;
      // Within a piece the wall runs as fast as time does; each piece ends at a change of the clocks, or after a day.
      const endMs = endOfOffset(zone.wallMs, startMs, offsetMs);
      const change = boundaries(startMs + offsetMs, endMs + offsetMs).find((wallMs) => isShownOpen(wallMs) !== isOpen);
      if (change !== undefined) return change - offsetMs;
      startMs = endMs;
    }
    return null;
  };

  let known: (DoorState & { readonly sinceMs: number }) | null = null;
  const at = (atMs: number): DoorState => {
    if (known === null || atMs < known.sinceMs || atMs >= (known.untilMs ?? known.sinceMs + dayMs)) {
      const isOpen = isShownOpen(zone.wallMs(atMs));
      known = { isOpen, untilMs: nextChange(atMs, isOpen), sinceMs: atMs };
    }
    return { isOpen: known.isOpen, untilMs: known.untilMs };
  };
  return {
    at,
    openMsBetween: (fromMs, toMs) => {
      let sumMs = 0;
      for (let startMs = fromMs; startMs < toMs;) {
        const { isOpen, untilMs } = at(startMs);
        const endMs = Math.min(untilMs ?? toMs, toMs);
        if (isOpen) sumMs += endMs - startMs;
        startMs = endMs;
      }
      return sumMs;
    },
  };
}

interface MinuteWindow {
  readonly days: ReadonlySet<number>;
  /** Minutes from midnight; `to` is at most 1440. */
  readonly from: number;
  readonly to: number;
}

function minutesOf({ days, from, to }: WeeklyWindow): MinuteWindow {
  return { days: new Set(days), from: minuteOf(from), to: minuteOf(to) };
}

function minuteOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}

function isWithin({ days, from, to }: MinuteWindow, wallMs: number): boolean {
  const day = Math.floor(wallMs / dayMs);
  const minute = Math.floor((wallMs - day * dayMs) / minuteMs);
  if (to > from) return days.has(weekdayOf(day)) && from <= minute && minute < to;
  return (days.has(weekdayOf(day)) && minute >= from) || (days.has(weekdayOf(day - 1)) && minute < to);
}

/** ISO weekday of a day counted from 1970-01-01, a Thursday. */
function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

function wallOf({ from, to }: DatedWindow): { readonly fromMs: number; readonly toMs: number } {
  const isWholeDay = to.length === 10;
  const endMs = Date.parse(`${to.padEnd(16, 'T00:00')}:00Z`);
  return { fromMs: Date.parse(`${from.padEnd(16, 'T00:00')}:00Z`), toMs: isWholeDay ? endMs + dayMs : endMs };
}

/** The instant at which the zone's offset becomes another, or a day later when it stays. Two changes within a day have never been. */
function endOfOffset(wallMs: (atMs: number) => number, startMs: number, offsetMs: number): number {
  let highMs = startMs + dayMs;
  if (wallMs(highMs) - highMs === offsetMs) return highMs;
  let lowMs = startMs;
  while (highMs - lowMs > 1) {
    const middleMs = Math.floor((lowMs + highMs) / 2);
    if (wallMs(middleMs) - middleMs === offsetMs) lowMs = middleMs;
    else highMs = middleMs;
  }
  return highMs;
}

// The problem list as one row of rows: causes, and the places of the one that is open. Positions only, no words and no drawing.

import type { ProblemGroup, Severity } from '../../../shared/schema/problem.ts';
import { severities } from '../../../shared/schema/problem.ts';

/** All findings of one rule. A rule that reports milder cases too has one cause with both counted. */
export interface Cause {
  readonly ruleId: string;
  /** The worst of its findings. */
  readonly severity: Severity;
  readonly count: number;
  /** How many invoices; null where two severities may stand in the same invoice, so that the number is not known. */
  readonly invoiceCount: number | null;
  readonly bySeverity: readonly { readonly severity: Severity; readonly count: number }[];
  readonly sample: ProblemGroup['sample'];
}

/** One row of the list. */
export type ListItem =
  | { readonly kind: 'cause'; readonly cause: Cause; readonly causeIndex: number }
  | { readonly kind: 'place'; readonly placeIndex: number }
  /** Findings that were counted but not kept one by one. */
  | { readonly kind: 'more'; readonly count: number };

/** What is open: the cause's position (-1 = none) and how many of its places the store has. */
export interface OpenCause {
  readonly index: number;
  readonly places: number;
}

/** Groups of the same rule put together, worst first, then by count, as the store orders them. */
export function causesOf(groups: readonly ProblemGroup[]): readonly Cause[] {
  return [...Map.groupBy(groups, ({ ruleId }) => ruleId)].flatMap(([ruleId, same]): Cause[] => {
    const [first, ...rest] = [...same].sort(
      (one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity),
    );
    if (first === undefined) return [];
    const bySeverity = [first, ...rest].map(({ severity, count }) => ({ severity, count }));
    return [
      {
        ruleId,
        severity: first.severity,
        count: bySeverity.reduce((sum, { count }) => sum + count, 0),
        invoiceCount: rest.length === 0 ? first.invoiceCount : null,
        bySeverity,
        sample: first.sample,
      },
    ];
  });
}

/** How many rows the list has. */
export function itemCount(causes: readonly Cause[], open: OpenCause): number {
  return causes.length + shownPlaces(causes, open) + (hiddenPlaces(causes, open) > 0 ? 1 : 0);
}

/** The row at a position; null beyond the end. */
export function itemAt(causes: readonly Cause[], open: OpenCause, index: number): ListItem | null {
  const places = shownPlaces(causes, open);
  const hidden = hiddenPlaces(causes, open);
  const extra = places + (hidden > 0 ? 1 : 0);
  if (open.index >= 0 && index > open.index && index <= open.index + extra) {
    const placeIndex = index - open.index - 1;
    return placeIndex < places ? { kind: 'place', placeIndex } : { kind: 'more', count: hidden };
  }
  const causeIndex = open.index >= 0 && index > open.index ? index - extra : index;
  const cause = causes[causeIndex];
  return cause === undefined ? null : { kind: 'cause', cause, causeIndex };
}

/** Position in the list of a place of the open cause. */
export function indexOfPlace(open: OpenCause, placeIndex: number): number {
  return open.index + 1 + placeIndex;
}

/** Next or previous place over all causes. `placeIndex` is null where it is the last of a cause whose length is not known yet. */
export function stepPlace(
  causes: readonly Cause[],
  open: OpenCause,
  at: { readonly placeIndex: number; readonly step: 1 | -1 },
): { readonly causeIndex: number; readonly placeIndex: number } | null {
  const next = at.placeIndex + at.step;
  if (open.index >= 0 && next >= 0 && next < open.places) return { causeIndex: open.index, placeIndex: next };
  const causeIndex = open.index < 0 ? 0 : open.index + at.step;
  const cause = causes[causeIndex];
  if (cause === undefined) return null;
  return { causeIndex, placeIndex: at.step === 1 ? 0 : Math.max(0, cause.count - 1) };
}

function shownPlaces(causes: readonly Cause[], open: OpenCause): number {
  return causes[open.index] === undefined ? 0 : open.places;
}

function hiddenPlaces(causes: readonly Cause[], open: OpenCause): number {
  const cause = causes[open.index];
  return cause === undefined || open.places === 0 ? 0 : Math.max(0, cause.count - open.places);
}

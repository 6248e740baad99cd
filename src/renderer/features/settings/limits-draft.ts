// A connection's limits as they are typed: texts until they are checked, then the contract's shape. No drawing, no calls.

import {
  connectionLimitsSchema,
  datedWindowSchema,
  isTimeZone,
  weeklyWindowSchema,
} from '../../../shared/schema/connection-limits.ts';
import type { ConnectionLimits, DatedWindow, WeeklyWindow } from '../../../shared/schema/connection-limits.ts';

/** Hours as they are typed; `key` tells rows apart while they are edited. */
export type WindowDraft =
  | {
      readonly key: number;
      readonly kind: 'weekly';
      readonly days: readonly number[];
      readonly from: string;
      readonly to: string;
    }
  | { readonly key: number; readonly kind: 'dated'; readonly from: string; readonly to: string };

/** The texts of the form's part about limits; empty = no limit. */
export interface LimitsDraft {
  readonly perMinute: string;
  readonly perHour: string;
  readonly perDay: string;
  /** Megabytes. */
  readonly maxSize: string;
  readonly timeZone: string;
  readonly open: readonly WindowDraft[];
  readonly closed: readonly WindowDraft[];
}

/** Where something can be wrong; `hours` is about all of them together. */
export type LimitField = 'perMinute' | 'perHour' | 'perDay' | 'maxSize' | 'timeZone' | 'hours' | `window.${number}`;
/** What is wrong, as a key of the words. */
export type LimitProblem = 'rate' | 'size' | 'timeZone' | 'weekly' | 'dated' | 'neverOpen';
/** Problems by field. */
export type LimitProblems = Partial<Record<LimitField, LimitProblem>>;

const bytesInMegabyte = 1_000_000;
const highestRate = 1_000_000;
const highestMegabytes = 2_000;

/** Monday to Friday, office hours: what most vendors mean. */
const usualWindow = { days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00' } as const;

/** The texts of limits as they stand. */
export function limitsDraftOf({ rate, maxDocumentBytes, hours }: ConnectionLimits): LimitsDraft {
  const text = (value: number | null): string => (value === null ? '' : String(value));
  const windows = [...(hours?.open ?? []), ...(hours?.closed ?? [])].map(windowDraft);
  const opens = hours?.open.length ?? 0;
  return {
    perMinute: text(rate.perMinute),
    perHour: text(rate.perHour),
    perDay: text(rate.perDay),
    maxSize: maxDocumentBytes === null ? '' : text(maxDocumentBytes / bytesInMegabyte),
    timeZone: hours?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    open: windows.slice(0, opens),
    closed: windows.slice(opens),
  };
}

/** A new row, with the usual hours or an empty date. */
export function newWindow(draft: LimitsDraft, kind: WindowDraft['kind']): WindowDraft {
  const key = Math.max(-1, ...[...draft.open, ...draft.closed].map((row) => row.key)) + 1;
  return kind === 'weekly' ? { key, kind, ...usualWindow } : { key, kind, from: '', to: '' };
}

/** How many limits are set, for the collapsed part's heading. */
export function countLimits({ perMinute, perHour, perDay, maxSize, open, closed }: LimitsDraft): number {
  const typed = [perMinute, perHour, perDay, maxSize].filter((text) => text.trim() !== '').length;
  return typed + open.length + closed.length;
}

/** The contract's limits, or what is wrong field by field. */
export function checkLimitsDraft(
  draft: LimitsDraft,
): { readonly limits: ConnectionLimits } | { readonly problems: LimitProblems } {
  const problems: LimitProblems = {};
  for (const field of ['perMinute', 'perHour', 'perDay'] as const)
    if (draft[field].trim() !== '' && !isWhole(draft[field])) problems[field] = 'rate';
  if (draft.maxSize.trim() !== '' && bytesOf(draft.maxSize) === null) problems.maxSize = 'size';
  const rows = [...draft.open, ...draft.closed];
  if (rows.length > 0 && !isTimeZone(draft.timeZone.trim())) problems.timeZone = 'timeZone';
  for (const row of rows) if (windowOf(row) === null) problems[`window.${row.key}`] = row.kind;
  if (Object.keys(problems).length > 0) return { problems };
  const windows = (list: readonly WindowDraft[]) => list.map(windowOf).filter((window) => window !== null);
  const number = (text: string): number | null => (text.trim() === '' ? null : Number(text.trim()));
  return {
    limits: connectionLimitsSchema.parse({
      rate: { perMinute: number(draft.perMinute), perHour: number(draft.perHour), perDay: number(draft.perDay) },
      maxDocumentBytes: bytesOf(draft.maxSize),
      hours:
        rows.length === 0
          ? null
          : { timeZone: draft.timeZone.trim(), open: windows(draft.open), closed: windows(draft.closed) },
    }),
  };
}

function windowDraft(window: WeeklyWindow | DatedWindow, key: number): WindowDraft {
  return 'days' in window ? { key, kind: 'weekly', ...window } : { key, kind: 'dated', ...window };
}

function windowOf(row: WindowDraft): WeeklyWindow | DatedWindow | null {
  if (row.kind === 'weekly') {
    const days = [...row.days].sort((one, other) => one - other);
    const parsed = weeklyWindowSchema.safeParse({ days, from: timeOf(row.from), to: timeOf(row.to) });
    return parsed.success ? parsed.data : null;
  }
  const from = momentOf(row.from);
  const parsed = datedWindowSchema.safeParse({ from, to: row.to.trim() === '' ? from : momentOf(row.to) });
  return parsed.success ? parsed.data : null;
}

/** `8:00` and `08.00` are typed for `08:00`. */
function timeOf(text: string): string {
  return text.trim().replace('.', ':').replace(/^\d:/u, '0$&');
}

/** A space is typed where the contract has a T. */
function momentOf(text: string): string {
  return text.trim().replace(/\s+/u, 'T');
}

function isWhole(text: string): boolean {
  const value = Number(text);
  return /^\d+$/u.test(text.trim()) && value >= 1 && value <= highestRate;
}

/** Megabytes with a comma or a point; null for what is no size. */
function bytesOf(text: string): number | null {
  const plain = text.trim().replace(',', '.');
  const megabytes = Number(plain);
  if (!/^\d+(?:\.\d+)?$/u.test(plain) || megabytes > highestMegabytes) return null;
  const bytes = Math.round(megabytes * bytesInMegabyte);
  return bytes >= 1_000 ? bytes : null;
}

// A connection's limits as the command line writes them, both ways. Words and digits only; what they mean is decided elsewhere.

import type { ParseArgsOptionsConfig } from 'node:util';
import { fail, ok } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import { connectionLimitsSchema, isTimeZone } from '../../../shared/schema/connection-limits.ts';
import type {
  ConnectionLimits,
  DatedWindow,
  OpeningHours,
  WeeklyWindow,
} from '../../../shared/schema/connection-limits.ts';
import type { ParsedArguments } from './command.ts';

/** Options that `connection add` and `connection limits` share. */
export const limitOptions = {
  'per-minute': { type: 'string' },
  'per-hour': { type: 'string' },
  'per-day': { type: 'string' },
  'max-size': { type: 'string' },
  open: { type: 'string', multiple: true },
  closed: { type: 'string', multiple: true },
  'time-zone': { type: 'string' },
} as const satisfies ParseArgsOptionsConfig;

/** As the help shows them. */
export const limitUsage =
  '[--per-minute N] [--per-hour N] [--per-day N] [--max-size 10M] [--open "mon-fri 08:00-17:00"]… [--closed "sun 02:00-04:00"|2026-12-24|2026-12-24..2026-12-26]… [--time-zone Europe/Stockholm]';

const dayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const everyDay = [1, 2, 3, 4, 5, 6, 7];
const sizeUnits: Readonly<Record<string, number>> = { '': 1, k: 1_000, m: 1_000_000 };

/** True when some limit was given. */
export function hasLimits(args: ParsedArguments): boolean {
  return Object.keys(limitOptions).some((name) => args.text(name) !== null || args.texts(name).length > 0);
}

/** The limits as they stand with what was given put over them; `none` takes one away. Errors: BAD_REQUEST, naming the option. */
export function readLimits(args: ParsedArguments, standing: ConnectionLimits): Result<ConnectionLimits> {
  const rate: { -readonly [K in keyof ConnectionLimits['rate']]: number | null } = { ...standing.rate };
  for (const [option, field] of [
    ['per-minute', 'perMinute'],
    ['per-hour', 'perHour'],
    ['per-day', 'perDay'],
  ] as const) {
    if (args.text(option) === 'none') rate[field] = null;
    else {
      const given = args.whole(option, { min: 1, max: 1_000_000, fallback: rate[field] });
      if (!given.ok) return wrong(`--${option} takes a whole number from 1 to 1000000, or none.`);
      rate[field] = given.value;
    }
  }
  const size = readSize(args.text('max-size'), standing.maxDocumentBytes);
  if (!size.ok) return size;
  const hours = readHours(args, standing.hours);
  if (!hours.ok) return hours;
  const limits = connectionLimitsSchema.safeParse({ rate, maxDocumentBytes: size.value, hours: hours.value });
  return limits.success
    ? ok(limits.data)
    : wrong('--open or --closed ends before it begins, names a day that no calendar has, or is given too many times.');
}

/** What limits a connection, a line each; none when nothing does. */
export function limitLines({ rate, maxDocumentBytes, hours }: ConnectionLimits): readonly string[] {
  const per = (count: number | null, span: string): readonly string[] =>
    count === null ? [] : [`at most ${String(count)} in any ${span}`];
  return [
    ...per(rate.perMinute, 'minute'),
    ...per(rate.perHour, 'hour'),
    ...per(rate.perDay, '24 hours'),
    ...(maxDocumentBytes === null ? [] : [`documents of at most ${sizeText(maxDocumentBytes)}`]),
    ...(hours === null ? [] : hoursLines(hours)),
  ];
}

function hoursLines({ timeZone, open, closed }: OpeningHours): readonly string[] {
  return [
    ...open.map((window) => `open ${weeklyText(window)}`),
    ...closed.map((window) => `closed ${'days' in window ? weeklyText(window) : datedText(window)}`),
    `by the clock of ${timeZone}`,
  ];
}

function readSize(text: string | null, standing: number | null): Result<number | null> {
  if (text === null) return ok(standing);
  if (text === 'none') return ok(null);
  const found = /^(\d+(?:\.\d+)?)\s*([kM]?)B?$/iu.exec(text);
  const bytes = Math.round(Number(found?.[1]) * (sizeUnits[found?.[2]?.toLowerCase() ?? ''] ?? 1));
  return found !== null && bytes >= 1_000 && bytes <= 2_000_000_000
    ? ok(bytes)
    : wrong('--max-size takes a size such as 10M or 500k (1 kB at least), or none.');
}

function sizeText(bytes: number): string {
  if (bytes % 1_000_000 === 0) return `${String(bytes / 1_000_000)} MB`;
  return bytes % 1_000 === 0 ? `${String(bytes / 1_000)} kB` : `${String(bytes)} bytes`;
}

function readHours(args: ParsedArguments, standing: OpeningHours | null): Result<OpeningHours | null> {
  const timeZone = args.text('time-zone') ?? standing?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!isTimeZone(timeZone)) return wrong(`--time-zone takes a name such as Europe/Stockholm, not "${timeZone}".`);
  const open: WeeklyWindow[] = [];
  for (const text of args.texts('open').filter((each) => each !== 'none')) {
    const window = weeklyOf(text);
    if (window === null) return wrong(`--open takes days and hours such as "mon-fri 08:00-17:00", not "${text}".`);
    open.push(window);
  }
  const closed: (WeeklyWindow | DatedWindow)[] = [];
  for (const text of args.texts('closed').filter((each) => each !== 'none')) {
    const window = weeklyOf(text) ?? datedOf(text);
    if (window === null)
      return wrong(
        `--closed takes "sun 02:00-04:00", a day 2026-12-24, or days 2026-12-24..2026-12-26, not "${text}".`,
      );
    closed.push(window);
  }
  const hours = {
    timeZone,
    open: args.texts('open').length > 0 ? open : (standing?.open ?? []),
    closed: args.texts('closed').length > 0 ? closed : (standing?.closed ?? []),
  };
  if (hours.open.length + hours.closed.length > 0) return ok(hours);
  return args.text('time-zone') === null
    ? ok(null)
    : wrong('--time-zone belongs to --open or --closed; without them the connection is always open.');
}

function weeklyOf(text: string): WeeklyWindow | null {
  const found = /^(?:([a-z,-]+)\s+)?(\d{2}:\d{2})-(\d{2}:\d{2})$/iu.exec(text.trim());
  const [, named = 'daily', from, to] = found ?? [];
  if (from === undefined || to === undefined) return null;
  const days = named.toLowerCase() === 'daily' ? everyDay : named.toLowerCase().split(',').flatMap(daysOf);
  return days.length === 0 || days.includes(0) ? null : { days: [...new Set(days)].sort((a, b) => a - b), from, to };
}

/** `fri` or `mon-fri`, also over a week's end (`sat-mon`); 0 stands for what is no day. */
function daysOf(text: string): number[] {
  const [first = '', last = first] = text.split('-');
  const [from, to] = [dayNames.indexOf(first) + 1, dayNames.indexOf(last) + 1];
  if (from === 0 || to === 0) return [0];
  const length = ((to - from + 7) % 7) + 1;
  return Array.from({ length }, (_, at) => ((from - 1 + at) % 7) + 1);
}

function weeklyText({ days, from, to }: WeeklyWindow): string {
  const sorted = [...days].sort((one, other) => one - other);
  const isRun = sorted.every((day, at) => day === (sorted[0] ?? 0) + at);
  const name = (day: number | undefined): string => dayNames[(day ?? 1) - 1] ?? '';
  const named =
    sorted.length === 7
      ? 'daily'
      : isRun && sorted.length > 2
        ? `${name(sorted[0])}-${name(sorted.at(-1))}`
        : sorted.map(name).join(',');
  return `${named} ${from}-${to}`;
}

function datedOf(text: string): DatedWindow | null {
  const [from = '', to = from, ...rest] = text.trim().split('..');
  const isMoment = (moment: string): boolean => /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?$/u.test(moment);
  return rest.length === 0 && isMoment(from) && isMoment(to) ? { from, to } : null;
}

function datedText({ from, to }: DatedWindow): string {
  return from === to ? from : `${from}..${to}`;
}

function wrong(message: string): Result<never> {
  return fail('BAD_REQUEST', message);
}

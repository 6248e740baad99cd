// Shapes of a connection's limits: how many deliveries in which time, how large a document, and when its doors are open. No arithmetic.

import { z } from 'zod';

const clockTime = /^(?:[01]\d|2[0-3]):[0-5]\d$/u;
const localMoment = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:T(?:[01]\d|2[0-3]):[0-5]\d)?$/u;

/** Largest number a rate can be; more than any peer takes. */
const highestRate = 1_000_000;
const rate = z.number().int().min(1).max(highestRate).nullable().default(null);

/** Deliveries in any minute, hour and day (the last 24 hours, not the calendar's); null = no limit. */
export const rateLimitsSchema = z.object({ perMinute: rate, perHour: rate, perDay: rate });
/** Deliveries in any minute, hour and day. */
export type RateLimits = z.infer<typeof rateLimitsSchema>;

/** Hours that come back every week. A window that ends at or before its beginning goes on into the next day; its days are those it begins on. */
export const weeklyWindowSchema = z
  .object({
    /** ISO weekdays: 1 Monday … 7 Sunday. */
    days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
    from: z.string().regex(clockTime),
    /** `24:00` is the end of the day. */
    to: z.union([z.string().regex(clockTime), z.literal('24:00')]),
  })
  .refine(({ from, to }) => from !== to, 'a window cannot end when it begins');
/** Hours that come back every week. */
export type WeeklyWindow = z.infer<typeof weeklyWindowSchema>;

/** A stretch of local time that comes once. A day without a time means its beginning in `from` and its end in `to`. */
export const datedWindowSchema = z
  .object({ from: z.string().regex(localMoment), to: z.string().regex(localMoment) })
  .refine(({ from, to }) => isRealDay(from) && isRealDay(to), 'there is no such day')
  .refine(({ from, to }) => to.length === 10 || from.padEnd(16, 'T00:00') < to, 'it ends before it begins')
  .refine(({ from, to }) => from.slice(0, 10) <= to.slice(0, 10), 'it ends before it begins');
/** A stretch of local time that comes once. */
export type DatedWindow = z.infer<typeof datedWindowSchema>;

/** When deliveries may be made, by the clock on the wall in the named zone. */
export const openingHoursSchema = z.object({
  /** IANA name, for example `Europe/Stockholm`. */
  timeZone: z.string().max(64).refine(isTimeZone, 'there is no such time zone'),
  /** Empty = always open, apart from `closed`. */
  open: z.array(weeklyWindowSchema).max(20),
  /** Wins over `open`. */
  closed: z.array(z.union([weeklyWindowSchema, datedWindowSchema])).max(50),
});
/** When deliveries may be made. */
export type OpeningHours = z.infer<typeof openingHoursSchema>;

/** Everything that limits one connection. */
export const connectionLimitsSchema = z.object({
  rate: rateLimitsSchema.default({ perMinute: null, perHour: null, perDay: null }),
  /** A larger document is not sent through this connection; null = no limit of ours. */
  maxDocumentBytes: z.number().int().min(1_000).max(2_000_000_000).nullable().default(null),
  /** Null = always open. */
  hours: openingHoursSchema.nullable().default(null),
});
/** Everything that limits one connection. */
export type ConnectionLimits = z.infer<typeof connectionLimitsSchema>;

/** A connection that nothing limits but the peer. */
export const noLimits = {
  rate: { perMinute: null, perHour: null, perDay: null },
  maxDocumentBytes: null,
  hours: null,
} as const satisfies ConnectionLimits;

/** True for a name that this computer's list of time zones has. */
export function isTimeZone(name: string): boolean {
  if (name.trim() === '') return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** `2026-02-30` is written as a day and is none. */
function isRealDay(moment: string): boolean {
  const day = moment.slice(0, 10);
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}

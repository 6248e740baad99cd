// Shapes of what the operator can do with many deliveries at once: the count before, causes, addresses, and the first few of a release.

import { z } from 'zod';
import { moneySchema } from './batch.ts';
import { attemptPhases, channels, deliveryStates } from './delivery.ts';

/** What an operator can do with many deliveries. `letGo` ends a hold. */
export const deliveryActs = ['retry', 'cancel', 'hold', 'letGo', 'schedule', 'reroute', 'readdress'] as const;
/** One of {@link deliveryActs}. */
export type DeliveryAct = (typeof deliveryActs)[number];

/** Why an act leaves a delivery as it is. `sent` can't be recalled by anything; `underWay` is being sent right now. `laterStep`: the step before has left something at the peer that stays there. `otherDocument`: the other channel takes another document. */
export const leftReasons = [
  'sent',
  'underWay',
  'unknown',
  'cancelled',
  'held',
  'otherState',
  'noAddress',
  'alreadyThere',
  'laterStep',
  'otherDocument',
] as const;
/** One of {@link leftReasons}. */
export type LeftReason = (typeof leftReasons)[number];

/** What an act would do now, counted without doing it. */
export const actPlanSchema = z.object({
  count: z.number().int(),
  sums: z.array(moneySchema),
  /** Deliveries under the filter that the act leaves as they are, by reason; reasons without any are left out. */
  left: z.array(z.object({ reason: z.enum(leftReasons), count: z.number().int() })),
});
/** What an act would do now. */
export type ActPlan = z.infer<typeof actPlanSchema>;

/** Deliveries that ended for the same cause. */
export const causeGroupSchema = z.object({
  /** For a filter's `causes`. */
  cause: z.string(),
  code: z.string(),
  /** The enhanced status code of the peer's reply (RFC 3463), where it gave one. */
  status: z.string().nullable(),
  channel: z.enum(channels),
  /** One peer's words, as a sample. */
  detail: z.string().nullable(),
  count: z.number().int(),
  sums: z.array(moneySchema),
});
/** Deliveries that ended for the same cause. */
export type CauseGroup = z.infer<typeof causeGroupSchema>;

/** An e-mail address that deliveries did not reach. */
export const failedAddressSchema = z.object({
  address: z.string(),
  customerName: z.string(),
  count: z.number().int(),
  lastCode: z.string().nullable(),
  lastDetail: z.string().nullable(),
  lastPhase: z.enum(attemptPhases).nullable(),
});
/** An e-mail address that deliveries did not reach. */
export type FailedAddress = z.infer<typeof failedAddressSchema>;

/** One address in place of another. */
export const addressChangeSchema = z.object({ from: z.string().min(1).max(254), to: z.string().min(3).max(254) });
/** One address in place of another. */
export type AddressChange = z.infer<typeof addressChangeSchema>;

/** The first few of a release, sent before the rest: how they fared, and what waits for the operator's decision. */
export const trialSchema = z.object({
  id: z.number().int(),
  batchId: z.string(),
  fileName: z.string(),
  startedAtMs: z.number().int(),
  startedBy: z.string(),
  /** The first ones by state; cancelled ones are left out. */
  first: z.partialRecord(z.enum(deliveryStates), z.number().int()),
  firstCount: z.number().int(),
  rest: z.object({ count: z.number().int(), sums: z.array(moneySchema) }),
  /** `running`: not every one has its receipt or its refusal yet. `good`: all were accepted. `faulty`: at least one was not. */
  verdict: z.enum(['running', 'good', 'faulty']),
});
/** The first few of a release. */
export type Trial = z.infer<typeof trialSchema>;

/** Why somebody wants it: kept in the audit log and in the invoice's history. */
export const reasonSchema = z.string().trim().min(3).max(500);

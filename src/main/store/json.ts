// JSON columns: written by the store, parsed through a schema when read. A column that does not fit is a damaged store.

import { z } from 'zod';
import type { SourceContext } from '../ports/import-source.ts';
import type { LaneRuns } from '../ports/lane-store.ts';
import type { PeerLists } from '../ports/account-service.ts';
import type { CampaignLists } from '../ports/order-store.ts';
import type { StoreFailure } from '../ports/store.ts';
import { connectionLimitsSchema } from '../../shared/schema/connection-limits.ts';
import { channelConfigSchema, connectionSchema, secretSourceSchema } from '../../shared/schema/connection.ts';
import { problemParams } from '../../shared/schema/problem.ts';
import { attemptSchema } from '../../shared/schema/delivery.ts';

const columns = z.object({ delimiter: z.enum([',', ';']), names: z.array(z.string()) });
const context = z.object({
  encoding: z.string(),
  profileId: z.string(),
  namespaces: z.record(z.string(), z.string()),
  columns: columns.optional(),
});
const facts = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
const count = z.number().int().nonnegative();
const laneRuns = z.object({
  faultCode: z.string().nullable(),
  equalFaults: count,
  faults: count,
  throttles: count,
  refusals: count,
  doubtfulSessions: count,
  lost: count,
  trips: count,
});
const plan = z.object({
  code: z.string(),
  description: z.string(),
  type: z.string(),
  contractLengthInMonths: count,
  monthlyAnnuityFactor: z.string(),
  initialFee: z.string(),
  notificationFee: z.string(),
  interestRatePercent: z.string(),
  interestFreeMonths: count,
  paymentFreeMonths: count,
  fromAmount: z.string(),
  toAmount: z.string(),
});
const credit = z.object({
  code: z.string(),
  description: z.string(),
  initialFee: z.string(),
  notificationFee: z.string(),
  interestRatePercent: z.string(),
  lowestAmountToPayPerMonth: z.string(),
  lowestPercentToPayPerMonth: z.string(),
  lowestOrderAmount: z.string(),
});
const campaignLists = z.object({ plans: z.array(plan), credits: z.array(credit) });
const day = z.iso.date().nullable();
const peerLists = z.object({
  vatRates: z.array(z.object({ percent: z.string(), from: day, to: day })),
  countries: z.array(z.string()),
});

/** Parsers of the JSON columns. */
export const jsonColumns = {
  context: (text: string): SourceContext => parse(context, text),
  lineIndex: (text: string): number[] => parse(z.array(z.number().int().nonnegative()), text),
  params: (text: string) => parse(problemParams, text),
  receipt: (text: string) => parse(attemptSchema.shape.receipt.unwrap(), text),
  facts: (text: string) => parse(facts, text),
  channelConfig: (text: string) => parse(channelConfigSchema, text),
  limits: (text: string) => parse(connectionLimitsSchema, text),
  laneRuns: (text: string): LaneRuns => parse(laneRuns, text),
  secret: (text: string) => parse(secretSourceSchema, text),
  lastTest: (text: string) => parse(connectionSchema.shape.lastTest, text),
  positions: (text: string): number[] => parse(z.array(count), text),
  campaigns: (text: string): CampaignLists => parse(campaignLists, text),
  peerLists: (text: string): PeerLists => parse(peerLists, text),
  /** Settings have their schemas with their readers. */
  setting: (text: string): unknown => parse(z.unknown(), text),
} as const;

function parse<T>(schema: z.ZodType<T>, text: string): T {
  const parsed = schema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw Object.assign(
    new Error('A column of the store does not hold what it should. The file was changed by something else.', {
      cause: parsed.error,
    }),
    {
      code: 'STORE_DAMAGED' as const,
    },
  ) satisfies StoreFailure;
}

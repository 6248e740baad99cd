// Methods by which the operator steers deliveries, a part of the one table in methods.ts. Shapes only.

import { z } from 'zod';
import {
  actPlanSchema,
  addressChangeSchema,
  causeGroupSchema,
  deliveryActs,
  failedAddressSchema,
  reasonSchema,
  trialSchema,
} from '../schema/control.ts';
import { deliverySchema } from '../schema/delivery.ts';
import { deliveryFilterSchema } from '../schema/delivery-filter.ts';

const rowId = z.number().int().positive();
const connectionId = z.string().min(1).max(64);
/** An act over many goes through them in small transactions; `changed` is how many it really changed. */
const changed = z.object({ changed: z.number().int() });
const actDeadlineMs = 60_000;

/** delivery.* beyond looking, retrying and taking back. */
export const controlMethods = {
  /** Counts what an act would do now, and what it would leave and why. Changes nothing. */
  'delivery.plan': {
    kind: 'query',
    input: z.object({
      act: z.enum(deliveryActs),
      filter: deliveryFilterSchema,
      /** reroute: where to. */
      connectionId: connectionId.nullable().default(null),
    }),
    output: actPlanSchema,
    deadlineMs: 10_000,
  },
  /** Causes of the deliveries under a filter, the most frequent first; at most 100. */
  'delivery.causes': {
    kind: 'query',
    input: z.object({ filter: deliveryFilterSchema }),
    output: z.object({ causes: z.array(causeGroupSchema) }),
    deadlineMs: 10_000,
  },
  /** Addresses of refused and failed e-mails under a filter, the most frequent first; at most 500. */
  'delivery.addresses': {
    kind: 'query',
    input: z.object({ filter: deliveryFilterSchema }),
    output: z.object({ total: z.number().int(), addresses: z.array(failedAddressSchema) }),
    deadlineMs: 10_000,
  },
  /** Keeps what is queued or waiting from being sent, or lets it go again. What the first few of a release keep back is let go by `delivery.decideTrial` alone. */
  'delivery.hold': {
    kind: 'command',
    input: z.object({
      filter: deliveryFilterSchema,
      isHeld: z.boolean(),
      reason: z.string().trim().max(500).default(''),
    }),
    output: changed,
    deadlineMs: actDeadlineMs,
  },
  /** Sends what is queued not before a time; null = as soon as possible. */
  'delivery.schedule': {
    kind: 'command',
    input: z.object({ filter: deliveryFilterSchema, notBeforeMs: z.number().int().positive().nullable() }),
    output: changed,
    deadlineMs: actDeadlineMs,
  },
  /** Takes back what certainly was not sent and queues the same document for another connection, each in one transaction. */
  'delivery.reroute': {
    kind: 'command',
    input: z.object({ filter: deliveryFilterSchema, connectionId, reason: reasonSchema }),
    output: changed,
    deadlineMs: actDeadlineMs,
  },
  /** Takes back refused and failed e-mails to the given addresses and queues the same documents to the new ones. */
  'delivery.readdress': {
    kind: 'command',
    input: z.object({
      filter: deliveryFilterSchema,
      addresses: z.array(addressChangeSchema).min(1).max(10_000),
      reason: reasonSchema,
    }),
    output: changed,
    deadlineMs: actDeadlineMs,
  },
  /** Sends a document that arrived once more. Errors: NOT_FOUND, NOT_ALLOWED (not accepted yet, wrong address), CONFLICT. */
  'delivery.copy': {
    kind: 'command',
    input: z.object({
      deliveryId: rowId,
      /** Null: through the same connection. */
      connectionId: connectionId.nullable().default(null),
      /** Null: to the same address. */
      address: z.string().max(254).nullable().default(null),
      reason: reasonSchema,
    }),
    output: deliverySchema,
    deadlineMs: 10_000,
  },
  /** Releases whose first few were sent and whose rest waits for a decision, newest first. */
  'delivery.trials': {
    kind: 'query',
    input: z.object({ batchId: z.string().min(1).max(64).nullable().default(null) }),
    output: z.object({ trials: z.array(trialSchema) }),
    deadlineMs: 10_000,
  },
  /** `goOn` sends the rest; refused with CONFLICT while the first are under way. `stop` takes the rest back. */
  'delivery.decideTrial': {
    kind: 'command',
    input: z.object({ trialId: rowId, decision: z.enum(['goOn', 'stop']) }),
    output: changed,
    deadlineMs: actDeadlineMs,
  },
} as const;

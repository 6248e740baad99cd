// Methods about orders at a peer (Svea) beside their deliveries, a part of the one table in methods.ts. Shapes only.

import { z } from 'zod';
import { reasonSchema } from '../schema/control.ts';
import {
  expiringOrderSchema,
  invoiceOrderSchema,
  invoicePlansSchema,
  orderActInDoubtSchema,
  orderActSchema,
  orderAddressSchema,
  peerOrderSchema,
} from '../schema/orders.ts';

const rowId = z.number().int().positive();
const connectionId = z.string().min(1).max(64);
const place = { invoiceId: rowId, deliveryId: rowId };
/** A peer that takes longer is waited for: what it came to is in the act. */
const peerDeadlineMs = 60_000;

/** order.* */
export const orderMethods = {
  /** An invoice's orders as its deliveries know them, the newest first. */
  'order.ofInvoice': {
    kind: 'query',
    input: z.object({ invoiceId: rowId }),
    output: z.object({ orders: z.array(invoiceOrderSchema) }),
    deadlineMs: 10_000,
  },
  /** Asks the peer what it has under our number. Acts in doubt that it shows to be done are settled. Errors: NOT_FOUND, CONNECTION_FAILED and those of the secret. */
  'order.lookUp': {
    kind: 'command',
    input: z.object(place),
    output: z.object({ orders: z.array(peerOrderSchema), settled: z.number().int() }),
    deadlineMs: peerDeadlineMs,
  },
  /** Credits rows of a delivered invoice; `positions` null: all that are not credited yet. What it came to is the act's state. Errors: NOT_FOUND, CONFLICT, VALIDATION_ERROR, CONNECTION_FAILED. */
  'order.credit': {
    kind: 'command',
    input: z.object({
      ...place,
      positions: z.array(z.number().int().min(0)).min(1).max(1_000).nullable(),
      reason: reasonSchema,
    }),
    output: orderActSchema,
    deadlineMs: peerDeadlineMs,
  },
  /** Closes an order that is not delivered, or a surplus one under our number. Errors as `order.credit`. */
  'order.close': {
    kind: 'command',
    input: z.object({ ...place, orderId: z.string().regex(/^\d{1,19}$/u), reason: reasonSchema }),
    output: orderActSchema,
    deadlineMs: peerDeadlineMs,
  },
  /** The operator's word on an act without an answer. Errors: NOT_FOUND, CONFLICT. */
  'order.settle': {
    kind: 'command',
    input: z.object({ invoiceId: rowId, actId: rowId, isDone: z.boolean(), reason: reasonSchema }),
    output: orderActSchema,
    deadlineMs: 10_000,
  },
  /** Addresses the peer has for the invoice's customer. Errors: NOT_FOUND, NOT_ALLOWED (no number), CONNECTION_FAILED. */
  'order.addresses': {
    kind: 'query',
    input: z.object({ invoiceId: rowId, connectionId }),
    output: z.object({ addresses: z.array(orderAddressSchema) }),
    deadlineMs: peerDeadlineMs,
  },
  /** The invoice's order will have this address; null: the peer's own choice. Errors: NOT_FOUND, CONFLICT (released already). */
  'order.chooseAddress': {
    kind: 'command',
    input: z.object({
      invoiceId: rowId,
      connectionId,
      address: orderAddressSchema.omit({ isChosen: true }).nullable(),
    }),
    output: z.object({}),
    deadlineMs: 10_000,
  },
  /** What the invoice costs under a connection's campaigns as they were last listed. Errors: NOT_FOUND. */
  'order.plans': {
    kind: 'query',
    input: z.object({ invoiceId: rowId, connectionId }),
    output: invoicePlansSchema,
    deadlineMs: 10_000,
  },
  /** Lists a connection's campaigns again and keeps them. Errors: NOT_FOUND, NOT_ALLOWED, CONNECTION_FAILED. */
  'order.fetchCampaigns': {
    kind: 'command',
    input: z.object({ connectionId }),
    output: z.object({ plans: z.number().int(), credits: z.number().int() }),
    deadlineMs: peerDeadlineMs,
  },
  /** Credits, closings and dunnings that got no answer, or that a restored database does not know the end of; the oldest first, at most 500. */
  'order.inDoubt': {
    kind: 'query',
    input: z.object({}),
    output: z.object({ acts: z.array(orderActInDoubtSchema) }),
    deadlineMs: 10_000,
  },
  /** Orders that are not delivered and end within a week, or have ended; the nearest first, at most 500. */
  'order.expiring': {
    kind: 'query',
    input: z.object({}),
    output: z.object({ orders: z.array(expiringOrderSchema) }),
    deadlineMs: 10_000,
  },
} as const;

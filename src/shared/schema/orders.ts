// Shapes of what the window sees of orders at a peer (Svea): the order, what was done to it, addresses to choose from, campaigns.

import { z } from 'zod';

/** What can be done to an order beside delivering it, and to an invoice after it was sent. */
export const orderActKinds = ['credit', 'close', 'dun'] as const;
/** One of {@link orderActKinds}. */
export type OrderActKind = (typeof orderActKinds)[number];

/** How it stands. `sending`: under way. `unknown`: no answer came; it is never done again by itself. */
export const orderActStates = ['sending', 'done', 'refused', 'notSent', 'unknown'] as const;
/** One of {@link orderActStates}. */
export type OrderActState = (typeof orderActStates)[number];

/** Something that was done to an order. */
export const orderActSchema = z.object({
  id: z.number().int(),
  deliveryId: z.number().int(),
  kind: z.enum(orderActKinds),
  peerOrderId: z.string(),
  startedAtMs: z.number().int(),
  endedAtMs: z.number().int().nullable(),
  actor: z.string(),
  reason: z.string(),
  state: z.enum(orderActStates),
  settledBy: z.enum(['reply', 'lookUp', 'operator']).nullable(),
  /** Credits only. */
  amountMinor: z.number().int().nullable(),
  currency: z.string().nullable(),
  /** Credits only: rows of the order, 0-based. */
  positions: z.array(z.number().int()),
  /** Dunnings only: what was asked for. */
  wish: z.record(z.string(), z.union([z.string(), z.number()])),
  code: z.string().nullable(),
  /** The peer's own words. */
  detail: z.string().nullable(),
  receipt: z.record(z.string(), z.union([z.string(), z.number()])),
});
/** Something that was done to an order. */
export type OrderAct = z.infer<typeof orderActSchema>;

/** Why a verb is not offered now. */
export const orderBars = [
  'notDelivered',
  'delivered',
  'underWay',
  'inDoubt',
  'closed',
  'credited',
  'notInvoice',
] as const;
/** One of {@link orderBars}. */
export type OrderBar = (typeof orderBars)[number];

/** An invoice's order as its deliveries know it. */
export const invoiceOrderSchema = z.object({
  deliveryId: z.number().int(),
  /** The delivery that delivers it; null until there is one. */
  secondId: z.number().int().nullable(),
  connectionId: z.string(),
  connectionName: z.string(),
  ownNumber: z.string(),
  /** Null until the order is known to be there. */
  orderId: z.string().nullable(),
  /** As the peer wrote them. */
  expires: z.string().nullable(),
  pendingReasons: z.array(z.string()),
  /** False: the peer does not take over the claim. Null where it did not say. */
  isBought: z.boolean().nullable(),
  invoiceId: z.string().nullable(),
  invoiceDate: z.string().nullable(),
  dueDate: z.string().nullable(),
  ocr: z.string().nullable(),
  distribution: z.string().nullable(),
  contractNumber: z.string().nullable(),
  isDelivered: z.boolean(),
  currency: z.string(),
  /** Rows with an amount; `isCredited` by an act that was done. */
  rows: z.array(
    z.object({
      position: z.number().int(),
      text: z.string(),
      grossMinor: z.number().int(),
      vatPercent: z.string(),
      isCredited: z.boolean(),
    }),
  ),
  acts: z.array(orderActSchema),
  /** Null: it can be done. */
  bars: z.object({ credit: z.enum(orderBars).nullable(), close: z.enum(orderBars).nullable() }),
});
/** An invoice's order. */
export type InvoiceOrder = z.infer<typeof invoiceOrderSchema>;

/** An order as the peer has it now. */
export const peerOrderSchema = z.object({
  orderId: z.string(),
  ownNumber: z.string().nullable(),
  isActive: z.boolean(),
  createdAt: z.string().nullable(),
  closedAt: z.string().nullable(),
  expiresAt: z.string().nullable(),
  amount: z.string().nullable(),
  invoices: z.array(
    z.object({
      number: z.string(),
      invoiceDate: z.string().nullable(),
      dueDate: z.string().nullable(),
      isCredit: z.boolean().nullable(),
    }),
  ),
  /** Has our number, and is not the order that is delivered. */
  isSurplus: z.boolean(),
});

/** An address that can be chosen for an order. */
export const orderAddressSchema = z.object({
  selector: z.string(),
  name: z.string(),
  lines: z.array(z.string()),
  postalCode: z.string(),
  city: z.string(),
  isChosen: z.boolean(),
});
/** An address that can be chosen for an order. */
export type OrderAddress = z.infer<typeof orderAddressSchema>;

/** What an invoice costs under a connection's campaigns. */
export const invoicePlansSchema = z.object({
  /** When they were listed; null: not yet. */
  fetchedAtMs: z.number().int().nullable(),
  currency: z.string(),
  payableMinor: z.number().int(),
  /** Those whose limits the amount is within, the cheapest month first. */
  plans: z.array(
    z.object({
      code: z.string(),
      description: z.string(),
      months: z.number().int(),
      monthlyMinor: z.number().int(),
      totalMinor: z.number().int(),
      effectiveInterestPercent: z.number(),
      isCheapest: z.boolean(),
    }),
  ),
  /** Campaigns whose limits the amount is outside. */
  notApplicable: z.number().int(),
  credits: z.array(
    z.object({ code: z.string(), description: z.string(), lowestMonthlyMinor: z.number().int().nullable() }),
  ),
});
/** What an invoice costs under a connection's campaigns. */
export type InvoicePlans = z.infer<typeof invoicePlansSchema>;

/** An act without an answer, as a task. */
export const orderActInDoubtSchema = z.object({
  batchId: z.string(),
  invoiceId: z.number().int(),
  invoiceNumber: z.string(),
  kind: z.enum(orderActKinds),
});
/** An act without an answer, as a task. */
export type OrderActInDoubt = z.infer<typeof orderActInDoubtSchema>;

/** An order that nothing has delivered and that ends at a time. */
export const expiringOrderSchema = z.object({
  batchId: z.string(),
  invoiceId: z.number().int(),
  invoiceNumber: z.string(),
  connectionName: z.string(),
  /** As the peer wrote it. */
  expires: z.string(),
});
/** An order that nothing has delivered and that ends at a time. */
export type ExpiringOrder = z.infer<typeof expiringOrderSchema>;

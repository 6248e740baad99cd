// The events of the practice Svea: what its ledger holds, and what its state is made from again at the next start.

import { z } from 'zod';
import { wholeLines } from '../ledger.ts';

/** Kinds of order that the practice takes. */
export const orderTypes = ['Invoice', 'PaymentPlan', 'AccountCredit'] as const;
/** A kind of order. */
export type OrderType = (typeof orderTypes)[number];

/** Amounts are decimal text including VAT; ids are strings. */
const rowSchema = z.object({
  articleNumber: z.string(),
  description: z.string(),
  unit: z.string(),
  units: z.string(),
  price: z.string(),
  isIncludingVat: z.boolean(),
  vatPercent: z.string(),
  discountPercent: z.string(),
  discountAmount: z.string().nullable(),
  isDiscountIncludingVat: z.boolean(),
});
/** A row, every number as the plainest text of its value. */
export type LedgerRow = z.infer<typeof rowSchema>;

const customerSchema = z.object({
  id: z.string().nullable(),
  isCompany: z.boolean(),
  country: z.string(),
  fullName: z.string(),
  street: z.string(),
  houseNumber: z.string().nullable(),
  coAddress: z.string().nullable(),
  zipCode: z.string(),
  locality: z.string(),
  email: z.string().nullable(),
  phoneNumber: z.string().nullable(),
});
/** The customer as the service has found it. */
export type OrderCustomer = z.infer<typeof customerSchema>;

const order = { sveaOrderId: z.string(), clientOrderNumber: z.string().nullable() };
const delivery = {
  ...order,
  /** Position of the created order's rows that were matched. */
  matched: z.array(z.number().int()),
  amount: z.string(),
  net: z.string(),
  invoiceId: z.string().nullable(),
  invoiceDate: z.string(),
  dueDate: z.string(),
};

const entrySchema = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('created'),
    at: z.string().optional(),
    ...order,
    clientNumber: z.number().int(),
    orderType: z.enum(orderTypes),
    amount: z.string(),
    customerReference: z.string().nullable(),
    peppolId: z.string().nullable(),
    campaignCode: z.string().nullable(),
    customer: customerSchema,
    rows: z.array(rowSchema),
    pendingReasons: z.array(z.string()),
    expiresAt: z.string(),
    sha256: z.string(),
    bytes: z.number().int(),
  }),
  z.object({
    event: z.literal('delivered'),
    at: z.string().optional(),
    ...delivery,
    /** The rest of the order was called off by rows that are new. */
    isRestCancelled: z.boolean(),
    contractNumber: z.string().nullable(),
    distributionType: z.string().nullable(),
    ocr: z.string().nullable(),
    isApproved: z.boolean(),
  }),
  z.object({ event: z.literal('credited'), at: z.string().optional(), ...delivery, creditedInvoiceId: z.string() }),
  z.object({ event: z.literal('closed'), at: z.string().optional(), ...order }),
  z.object({
    event: z.literal('changed'),
    at: z.string().optional(),
    ...order,
    pendingReasons: z.array(z.string()).optional(),
    isDenied: z.boolean().optional(),
    expiresAt: z.string().optional(),
    /** All invoices of the order were approved in the service's own window. */
    isApproved: z.boolean().optional(),
  }),
  z.object({
    event: z.literal('refused'),
    at: z.string().optional(),
    sveaOrderId: z.string().nullable(),
    clientOrderNumber: z.string().nullable(),
    operation: z.string(),
    resultCode: z.number().int(),
    message: z.string(),
  }),
]);
/** One event. */
export type SveaEntry = z.infer<typeof entrySchema>;
/** An event of one kind. */
export type SveaEvent<Kind extends SveaEntry['event']> = Extract<SveaEntry, { event: Kind }>;

/** Lines that count as invoices taken: what was delivered. */
export const sveaReceived = /"event":"delivered"/u;

/** All whole lines of the ledger; a line that a crash cut off is none. */
export function readEntries(text: string): SveaEntry[] {
  return wholeLines(text).map((line) => entrySchema.parse(line));
}

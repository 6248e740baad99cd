// The events of the practice SendRegning: what its ledger holds, and what its state is made from again at the next start.

import { z } from 'zod';
import { wholeLines } from '../ledger.ts';

/** Amounts are decimal text with a point; days are ISO; nothing given is null. */
const lineSchema = z.object({
  itemNo: z.number().int(),
  qty: z.string().nullable(),
  prodCode: z.string().nullable(),
  desc: z.string().nullable(),
  unitPrice: z.string().nullable(),
  discount: z.string().nullable(),
  tax: z.string().nullable(),
  lineTaxAmount: z.string(),
  lineTotal: z.string(),
});
/** A line as it was taken. */
export type SwsLine = z.infer<typeof lineSchema>;

const text = z.string().nullable();
const invoiceSchema = z.object({
  invoiceNo: z.string(),
  clientId: text,
  batchId: text,
  name: z.string(),
  zip: z.string(),
  city: z.string(),
  lines: z.array(lineSchema),
  invoiceType: z.enum(['ordinary', 'credit']),
  creditedId: text,
  orderNo: text,
  invoiceDate: z.string(),
  dueDate: z.string(),
  orderDate: text,
  recipientNo: z.string(),
  recipientOrgNo: text,
  address1: text,
  address2: text,
  country: z.string(),
  email: text,
  mobile: text,
  phone: text,
  fax: text,
  ourRef: text,
  yourRef: text,
  comment: text,
  invoiceText: text,
  printDunningInfo: z.boolean(),
  itemTaxInclude: z.boolean(),
  shipment: z.enum(['PAPER', 'EMAIL', 'PAPER_AND_EMAIL']),
  emails: z.array(z.string()),
  copies: z.array(z.string()),
  /** How it really went: EHF where the receiver can take it. */
  sentAs: z.enum(['PAPER', 'EMAIL', 'PAPER_AND_EMAIL', 'EHF']),
  tax: z.string(),
  total: z.string(),
  kid: z.string(),
});
/** An invoice as it was taken. */
export type SwsInvoice = z.infer<typeof invoiceSchema>;

const key = { invoiceNo: z.string(), orderNo: z.string().nullable() };
/** Ways of paying: by hand, by the bank's file, by a credit note. */
export const paymentTypes = ['PMTM', 'PMTA', 'CRED'] as const;

const entrySchema = z.discriminatedUnion('event', [
  /** Remembered for the 409; written together with its invoices. */
  z.object({ event: z.literal('batch'), at: z.string().optional(), batchId: z.string(), invoices: z.number().int() }),
  z.object({
    event: z.literal('sent'),
    at: z.string().optional(),
    ...key,
    sha256: z.string(),
    bytes: z.number().int(),
    invoice: invoiceSchema,
  }),
  z.object({
    event: z.literal('dunned'),
    at: z.string().optional(),
    ...key,
    dunningType: z.string(),
    dunningText: z.string().nullable(),
    dunningDays: z.number().int(),
    hasFee: z.boolean(),
    hasInterest: z.boolean(),
  }),
  z.object({ event: z.literal('moved'), at: z.string().optional(), ...key, state: z.string() }),
  z.object({
    event: z.literal('paid'),
    at: z.string().optional(),
    ...key,
    paymentDate: z.string(),
    amount: z.string(),
    paymentType: z.enum(paymentTypes),
  }),
  z.object({
    event: z.literal('refused'),
    at: z.string().optional(),
    action: z.string(),
    status: z.number().int(),
    message: z.string(),
    batchId: z.string().nullable(),
  }),
]);
/** One event. */
export type SwsEntry = z.infer<typeof entrySchema>;

/** Lines that count as invoices taken. */
export const sendregningReceived = /"event":"sent"/u;

/** All whole lines of the ledger. */
export function readSwsEntries(ledger: string): SwsEntry[] {
  return wholeLines(ledger).map((line) => entrySchema.parse(line));
}

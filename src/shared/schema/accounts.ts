// Shapes of what the window sees of an account at a service that keeps a ledger (SendRegning): an invoice there, its recipient, dunnings, lists, a rehearsal.

import { z } from 'zod';
import { orderActSchema } from './orders.ts';

/** Longest text of a dunning, and the least days to pay (guide, Send dunning). */
export const dunningLimits = { text: 105, days: 14, mostDays: 365 } as const;

/** A dunning as an operator asks for it. */
export const dunningSchema = z.object({
  dunningFee: z.boolean(),
  interest: z.boolean(),
  /** Null: the next in the sequence. The last is the service's own spelling. */
  dunningType: z
    .string()
    .regex(/^(?:[1-9]Dunning|deptCollectionNotice)$/u)
    .nullable(),
  dunningText: z.string().trim().min(1).max(1_000).nullable(),
  /** Null: the service's 14. */
  dunningDays: z.number().int().min(1).max(dunningLimits.mostDays).nullable(),
});
/** A dunning as an operator asks for it. */
export type Dunning = z.infer<typeof dunningSchema>;

/** What stands in a dunning's way, or is left out by the service without a word. */
export const dunningFindingCodes = [
  'state',
  'afterNotice',
  'sequence',
  'days',
  'text',
  'feeTooEarly',
  'feeTwice',
  'interestTooEarly',
  'infoNotKnown',
] as const;
const dunningFindingSchema = z.object({
  code: z.enum(dunningFindingCodes),
  /** False: the dunning would go, without what was asked for. */
  isInTheWay: z.boolean(),
  found: z.string(),
});
/** One of them, with the value that was found. */
export type DunningFinding = z.infer<typeof dunningFindingSchema>;

/** What the vendor's rules say about a dunning, before anything is sent. */
export const dunningCheckSchema = z.object({
  findings: z.array(dunningFindingSchema),
  /** The service's state of the invoice; null where it says none. */
  state: z.string().nullable(),
  /** Dunnings that were sent before. */
  dunnings: z.number().int(),
  /** What is sent when no type is chosen. */
  nextType: z.string(),
  /** The fee the account takes; null where the service does not say. */
  feeMinor: z.number().int().nullable(),
});
/** What the vendor's rules say about a dunning. */
export type DunningCheck = z.infer<typeof dunningCheckSchema>;

/** A dunning that was asked for: what the rules said, and what it came to; `act` null: one of them stood in the way and nothing was sent. */
export const dunningEndSchema = z.object({
  findings: z.array(dunningFindingSchema),
  act: orderActSchema.nullable(),
});
/** What a dunning that was asked for came to. */
export type DunningEnd = z.infer<typeof dunningEndSchema>;

/** Why no dunning is offered now. `settled`: paid, lost or in collection as last heard. */
export const dunningBars = ['underWay', 'inDoubt', 'credit', 'settled'] as const;
/** One of {@link dunningBars}. */
export type DunningBar = (typeof dunningBars)[number];

/** An invoice of ours as the account has it, from what is kept here. */
export const invoiceAccountSchema = z.object({
  deliveryId: z.number().int(),
  connectionId: z.string(),
  connectionName: z.string(),
  /** The service's own number of the invoice. */
  invoiceNo: z.string(),
  recipientNo: z.string().nullable(),
  kid: z.string().nullable(),
  accountNo: z.string().nullable(),
  /** As last heard, and when; null: not asked yet. */
  state: z.string().nullable(),
  stateAtMs: z.number().int().nullable(),
  /** The service's PDF of it is in the archive. */
  hasDocument: z.boolean(),
  acts: z.array(orderActSchema),
  bar: z.enum(dunningBars).nullable(),
});
/** An invoice of ours as the account has it. */
export type InvoiceAccount = z.infer<typeof invoiceAccountSchema>;

const text = z.string().nullable();
const recipientSchema = z.object({
  recipientNo: text,
  name: text,
  address1: text,
  address2: text,
  zip: text,
  city: text,
  country: text,
  email: text,
  phone: text,
  mobile: text,
  orgNo: text,
  creditDays: text,
  preferredShipment: text,
  comment: text,
  categories: z.array(z.string()),
});
/** A recipient as registered at the service. Numbers stay text. */
export type AccountRecipient = z.infer<typeof recipientSchema>;

const ledgerEntrySchema = z.object({
  id: text,
  /** The service's own word; an open list. */
  type: text,
  amountMinor: z.number().int().nullable(),
  /** ISO, or as it came where it is no date. */
  date: text,
  invoiceNo: text,
  creditedInvoiceNo: text,
});
/** One posting of a recipient's sales ledger. */
export type AccountEntry = z.infer<typeof ledgerEntrySchema>;

/** What the service says about an invoice's recipient now. */
export const accountViewSchema = z.object({
  askedAtMs: z.number().int(),
  state: text,
  /** Null: the service has none of that number. */
  recipient: recipientSchema.nullable(),
  /** In the service's order. */
  entries: z.array(ledgerEntrySchema),
  /** Above zero: the recipient owes; below: has paid too much. */
  balanceMinor: z.number().int().nullable(),
  /** Facts that were not known before, and dunnings in doubt that turn out to have been sent. */
  added: z.number().int(),
  settled: z.number().int(),
});
/** What the service says about an invoice's recipient now. */
export type AccountView = z.infer<typeof accountViewSchema>;

/** A connection's VAT rates and countries as the service last listed them. */
export const accountListsSchema = z.object({
  /** Null: not fetched yet. */
  fetchedAtMs: z.number().int().nullable(),
  vatRates: z.array(z.object({ percent: z.string(), from: text, to: text })),
  countries: z.number().int(),
});
/** A connection's VAT rates and countries as last listed. */
export type AccountListsView = z.infer<typeof accountListsSchema>;

/** Invoices of a kind that a rehearsal names at most; the count says how many there are. */
export const mostNamed = 50;

/** What a rehearsal of one connection showed. Nothing was sent. */
export const rehearsalSchema = z.object({
  connectionId: z.string(),
  connectionName: z.string(),
  /** Invoices the service looked at and found no fault with. */
  accepted: z.number().int(),
  /** Those whose totals it told, and that were held against ours; the service may answer a test with sample data. */
  compared: z.number().int(),
  differing: z.object({
    count: z.number().int(),
    invoices: z.array(
      z.object({
        invoiceId: z.number().int(),
        invoiceNumber: z.string(),
        ownMinor: z.number().int(),
        peerMinor: z.number().int(),
      }),
    ),
  }),
  /** Refused by the service, with its words. */
  refused: z.object({
    count: z.number().int(),
    invoices: z.array(z.object({ invoiceId: z.number().int(), invoiceNumber: z.string(), detail: z.string() })),
  }),
  /** What this program would not release, by the rule that says why. */
  unfit: z.object({
    count: z.number().int(),
    invoices: z.array(
      z.object({
        invoiceId: z.number().int(),
        invoiceNumber: z.string(),
        code: z.string(),
        found: z.string(),
        expected: z.string(),
      }),
    ),
  }),
  /** Invoices that were not looked at: time was over, or it was broken off. */
  left: z.number().int(),
  /** Why it was broken off: a cause's code with the peer's words; null: it came to its end. */
  fault: z.object({ code: z.string(), detail: z.string() }).nullable(),
});
/** What a rehearsal of one connection showed. */
export type Rehearsal = z.infer<typeof rehearsalSchema>;

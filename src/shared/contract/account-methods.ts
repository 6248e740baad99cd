// Methods about accounts at services that keep a ledger (SendRegning) beside the deliveries, a part of the one table in methods.ts. Shapes only.

import { z } from 'zod';
import {
  accountListsSchema,
  accountViewSchema,
  dunningCheckSchema,
  dunningEndSchema,
  dunningSchema,
  invoiceAccountSchema,
} from '../schema/accounts.ts';

const rowId = z.number().int().positive();
const connectionId = z.string().min(1).max(64);
const place = { invoiceId: rowId, deliveryId: rowId };
/** A service that takes longer is waited for: what a dunning came to is in its act. */
const peerDeadlineMs = 60_000;

/** account.* */
export const accountMethods = {
  /** An invoice's places at services, from what is kept here, the newest first. Errors: NOT_FOUND. */
  'account.ofInvoice': {
    kind: 'query',
    input: z.object({ invoiceId: rowId }),
    output: z.object({ accounts: z.array(invoiceAccountSchema) }),
    deadlineMs: 10_000,
  },
  /** Asks the service for the invoice's state and its recipient's record, ledger and balance; keeps what is new. Errors: NOT_FOUND, CONNECTION_FAILED and those of the secret. */
  'account.look': {
    kind: 'command',
    input: z.object(place),
    output: accountViewSchema,
    deadlineMs: peerDeadlineMs,
  },
  /** The service's PDF of the invoice, base64; fetched into the archive when it is not there. Errors: as account.look, STORAGE_FULL. */
  'account.document': {
    kind: 'command',
    input: z.object(place),
    output: z.object({ sha256: z.string(), fileName: z.string(), base64: z.string() }),
    deadlineMs: peerDeadlineMs,
  },
  /** Holds the vendor's rules against what the service says now. Sends nothing. Errors: as account.look. */
  'account.checkDunning': {
    kind: 'command',
    input: z.object({ ...place, dunning: dunningSchema }),
    output: dunningCheckSchema,
    deadlineMs: peerDeadlineMs,
  },
  /** Sends a dunning unless a rule stands in its way; written down before, never repeated by itself. Errors: as account.look, CONFLICT (`bar`). */
  'account.dun': {
    kind: 'command',
    input: z.object({ ...place, dunning: dunningSchema }),
    output: dunningEndSchema,
    deadlineMs: peerDeadlineMs,
  },
  /** VAT rates and countries as a connection's service last listed them. */
  'account.lists': {
    kind: 'query',
    input: z.object({ connectionId }),
    output: accountListsSchema,
    deadlineMs: 10_000,
  },
  /** Lists them again and keeps them. Errors: NOT_FOUND, NOT_ALLOWED, CONNECTION_FAILED. */
  'account.fetchLists': {
    kind: 'command',
    input: z.object({ connectionId }),
    output: accountListsSchema,
    deadlineMs: peerDeadlineMs,
  },
} as const;

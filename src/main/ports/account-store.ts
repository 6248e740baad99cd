// The store's part for accounts at a service: invoices by the service's own numbers, and the lists it was asked for.

import type { PeerLists } from './account-service.ts';
import type { Receipt } from './attempt-outcome.ts';

/** An invoice that a service took through a connection, as it is kept here. */
export interface AccountInvoice {
  readonly deliveryId: number;
  readonly invoiceId: number;
  readonly connectionId: string;
  /** What was sent. */
  readonly documentSha256: string;
  /** The latest; it has the service's number. */
  readonly receipt: Receipt;
  readonly invoiceNo: string;
  /** As last heard, and when. */
  readonly state: string | null;
  readonly stateAtMs: number | null;
  /** The service's own document of it in the archive. */
  readonly archivedSha256: string | null;
}

/** Reads, and one verb. */
export interface AccountStore {
  /** Accepted deliveries of an invoice whose receipt has the service's number, the newest first. */
  ofInvoice(invoiceId: number): AccountInvoice[];
  /** The one a service gave this number; null: it was not sent through this connection. */
  byNumber(connectionId: string, invoiceNo: string): AccountInvoice | null;
  lists(connectionId: string): (PeerLists & { readonly fetchedAtMs: number }) | null;
  keepLists(connectionId: string, lists: PeerLists, nowMs: number): void;
}

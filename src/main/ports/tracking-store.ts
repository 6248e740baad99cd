// The store port for what peers say about invoices after they were sent: found by their numbers at the peer, added to, never changed.

/** Kinds of facts. `state` may come back, everything else happens once. */
export type TrackingKind = 'state' | 'payment' | 'credited' | 'dunning' | 'history' | 'document';

/** One fact. `key` tells it from others of its kind; for a state it is the state. */
export interface TrackingFact {
  readonly kind: TrackingKind;
  readonly key: string;
  readonly facts: Readonly<Record<string, string | number>>;
}

/** A sent invoice with the number the peer gave it. */
export interface TrackedInvoice {
  readonly deliveryId: number;
  readonly invoiceId: number;
  readonly peerNumber: string;
  /** Whether the peer's own document of it is in the archive. */
  readonly hasDocument: boolean;
}

/** Verbs and reads. */
export interface TrackingStore {
  /** Accepted deliveries of a connection whose receipt has a number, by id. */
  sentThrough(connectionId: string, page: { readonly afterId: number; readonly limit: number }): TrackedInvoice[];
  /** One transaction; what is known already is left out. Returns how many were new. */
  add(deliveryId: number, facts: readonly TrackingFact[], nowMs: number): number;
}

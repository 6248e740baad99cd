// What a release writes for one invoice. A shape only; the verbs are in store.ts and control-store.ts.

import type { Channel } from '../../shared/schema/delivery.ts';

/** One delivery to be written at release; everything in it is frozen. */
export interface ReleaseItem {
  readonly invoiceId: number;
  readonly connectionId: string;
  readonly channel: Channel;
  readonly target: string;
  readonly documentSha256: string;
  readonly documentSizeBytes: number;
  readonly documentFileName: string;
  /** Of the e-mail kept in the message store; left out for other channels. */
  readonly messageSha256?: string;
  readonly idempotencyKey: string;
  readonly generation: number;
  /** Steps the channel takes for one document; each later one is queued when the one before it was accepted. Left out: 1. */
  readonly steps?: number;
  /**
   * `ready`: left out when the invoice is no longer ready at the write (released or held meanwhile). Always left out: quarantined and held
   * ones, and what a connection that was removed meanwhile should have taken.
   */
  readonly requires?: 'ready';
  /** Not sent before this time; left out = as soon as possible. */
  readonly notBeforeMs?: number | null;
  /** The invoice's when the document was planned: one that was corrected since is left out, its document shows other values. */
  readonly contentVersion?: number;
}

// The store port for e-mails that a release froze.

import type { MessageText } from './channel-adapter.ts';

/** Messages under their SHA-256. */
export interface MessageStore {
  /** Keeps a message and returns its SHA-256 (hex); the same message is kept once. Durable with the release that names it. */
  keep(message: MessageText): string;
  /** Null when it is not there, or no longer what was kept. */
  read(sha256: string): MessageText | null;
  /** The newest delivery of an invoice that counts and carries a message; null when there is none. */
  ofInvoice(invoiceId: number): string | null;
}

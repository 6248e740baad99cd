// Ports for what an invoice looks like on paper and in a mail.

import type { Invoice } from '../../shared/schema/invoice.ts';
import type { BatchProof } from '../../shared/schema/proof.ts';
import type { ImportReceipt } from '../../shared/schema/receipt.ts';
import type { Language, Organisation } from '../../shared/schema/settings.ts';
import type { MailText, ShownMessage } from '../../shared/schema/mail-text.ts';
import type { MessageText } from './channel-adapter.ts';

/** Everything that decides the bytes of a document. Same input, same bytes. */
export interface DocumentInput {
  readonly invoice: Invoice;
  readonly organisation: Organisation;
  readonly language: Language;
}

/** Everything that decides the bytes of an import receipt. Same input, same bytes. */
export interface ReceiptInput {
  readonly receipt: ImportReceipt;
  /** Empty when it is not set. */
  readonly organisationName: string;
  readonly language: Language;
  /** The moment of the import, as people write it, in the machine's time zone. */
  readonly importedAt: string;
}

/** Everything that decides the bytes of a batch's proof. Same input, same bytes. */
export interface ProofInput {
  readonly proof: BatchProof;
  /** Empty when it is not set. */
  readonly organisationName: string;
  readonly language: Language;
  /** Moments as people write them, in the machine's time zone, with the zone. */
  readonly importedAt: string;
  readonly asOf: string;
  /** In the order of the proof's acts. */
  readonly actTimes: readonly { readonly first: string; readonly last: string }[];
}

/** A rendered PDF. */
export interface RenderedDocument {
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

/** Renders PDFs in worker threads; calls may run at once. Rejects only for bugs or a closed pool. */
export interface DocumentRenderer {
  /** Number of workers; a caller keeps about twice as many calls in flight. */
  readonly parallel: number;
  render(input: DocumentInput, signal?: AbortSignal): Promise<RenderedDocument>;
  renderReceipt(input: ReceiptInput, signal?: AbortSignal): Promise<RenderedDocument>;
  renderProof(input: ProofInput, signal?: AbortSignal): Promise<RenderedDocument>;
  close(): Promise<void>;
}

/** An e-mail with the blocks its bodies are made of. */
export type ComposedMessage = MessageText & { readonly blocks: ShownMessage['blocks'] };

/** Builds subject and bodies for an invoice's e-mail from the organisation's own text; null = the standard text. Pure. */
export type ComposeMessage = (input: DocumentInput, own: MailText | null) => ComposedMessage;

// Ports for what an invoice looks like on paper and in a mail.

import type { Invoice } from '../../shared/schema/invoice.ts';
import type { Language, Organisation } from '../../shared/schema/settings.ts';
import type { MessageText } from './channel-adapter.ts';

/** Everything that decides the bytes of a document. Same input, same bytes. */
export interface DocumentInput {
  readonly invoice: Invoice;
  readonly organisation: Organisation;
  readonly language: Language;
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
  close(): Promise<void>;
}

/** Builds subject and bodies for an invoice's e-mail. Pure. */
export type ComposeMessage = (input: DocumentInput) => MessageText;

// The messages between the PDF pool and its worker threads. No logic.

import type { DocumentInput, ProofInput, ReceiptInput } from '../ports/documents.ts';

/** What a worker is started with. */
export interface PdfWorkerData {
  /** Folder that holds fonts/ and layouts/. */
  readonly resourcesDir: string;
}

/** What is to be drawn: an invoice, the receipt of an import, or the proof of a batch. */
export type PdfWork =
  | { readonly kind: 'invoice'; readonly input: DocumentInput }
  | { readonly kind: 'receipt'; readonly input: ReceiptInput }
  | { readonly kind: 'proof'; readonly input: ProofInput };

/** One document to render. */
export interface PdfRequest {
  readonly id: number;
  readonly work: PdfWork;
}

/** The answer to one request. The buffer is handed over, not copied. */
export type PdfReply =
  | { readonly id: number; readonly ok: true; readonly bytes: Uint8Array; readonly sha256: string }
  | { readonly id: number; readonly ok: false; readonly message: string; readonly stack: string };

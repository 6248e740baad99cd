// The store port for receipts: what a peer answered, and the file each one is kept as. Nothing is written to files here.

import type { Receipt } from './channel-adapter.ts';

/** One receipt with the text that its file holds. */
export interface KeptReceipt {
  readonly id: number;
  readonly invoiceId: number;
  readonly source: 'reply' | 'lookUp';
  readonly atMs: number;
  readonly receipt: Receipt;
  /** Of the file; null for receipts from before they were kept as files. */
  readonly fileSha256: string | null;
  /** What the file holds, made again from the row. */
  readonly text: string;
}

/** Receipts as rows; the files follow them and can be made again at any time. */
export interface ReceiptStore {
  /** Those whose files may not be on disk yet, oldest first. */
  withoutFile(limit: number): KeptReceipt[];
  /** Every receipt up to this one has its file on the disk. May be repeated, and lost with the power: files are then written again. */
  filesKeptTo(receiptId: number): void;
  /** The newest answer to an accepted delivery of a seller's invoice through a connection; null when there is none. */
  ofInvoice(which: {
    readonly sellerKey: string;
    readonly invoiceNumber: string;
    readonly connectionId: string;
  }): Receipt | null;
  /** Null when there is none. */
  receipt(receiptId: number): KeptReceipt | null;
}

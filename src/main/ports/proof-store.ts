// The store port for proofs: figures of one batch, each from its own source, so that they can be held against each other. Nothing is judged here.

import type { InvoiceState, Money } from '../../shared/schema/batch.ts';
import type { ProofActKind } from '../../shared/schema/proof.ts';

/** Invoices and money of one state and currency. */
export interface StateSum extends Money {
  readonly state: InvoiceState;
  readonly count: number;
}

/** A released document that counts. */
export interface ReleasedDocument {
  readonly invoiceNumber: string;
  readonly documentSha256: string;
}

/** What a proof is made from. */
export interface ProofFigures {
  /** What the reader counted at each file's end, by file ordinal. */
  readonly fileInvoices: readonly number[];
  /** Rows of the invoice table, counted and added up one by one. */
  readonly rows: readonly (StateSum & { readonly withoutAmount: number })[];
  /** The counts that are kept beside the rows and shown everywhere else. */
  readonly kept: readonly StateSum[];
  /** Frozen as the batch became visible. */
  readonly imported: readonly (Money & { readonly count: number })[];
  /** What corrections changed since. */
  readonly changed: readonly Money[];
  /** Invoices whose amount changed although nothing of them was ever corrected. */
  readonly unexplainedChanges: number;
  /** Invoices whose state is not what their deliveries say. */
  readonly wrongStates: number;
  readonly accepted: { readonly count: number; readonly withReceipt: number; readonly byWord: number };
  readonly acts: readonly {
    readonly kind: ProofActKind;
    readonly actor: string;
    readonly invoices: number;
    readonly firstAtMs: number;
    readonly lastAtMs: number;
  }[];
  /** When something of the batch last changed. */
  readonly lastChangeMs: number;
}

/** Reads behind a proof. All of them count rows on purpose: the counters are what they are held against. */
export interface ProofStore {
  /** Null when there is no such batch. `batchId` in full. */
  figures(batchId: string): ProofFigures | null;
  /** Documents of deliveries that are not cancelled, in the order of the file. */
  releasedDocuments(batchId: string): ReleasedDocument[];
}

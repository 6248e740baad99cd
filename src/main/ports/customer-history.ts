// The port for what is remembered of customers' earlier invoices. Brought up to date, and asked, while the next batch comes in.

import type { Problem } from '../../shared/schema/problem.ts';
import type { CustomerHistory } from '../domain/rules/history/customer-history.ts';
import type { ComparedInvoice } from '../domain/rules/history/set.ts';
import type { SourceContext, SourcePlace } from './import-source.ts';
import type { KeptSource } from './source-store.ts';

/** An invoice of an unfinished batch that differs from the customer's earlier ones somehow. Whether it matters is for the rules. */
export interface UnlikeInvoice {
  readonly invoiceId: number;
  readonly ordinal: number;
  readonly fileOrdinal: number;
  readonly invoiceNumber: string;
  /** Place of the invoice element. */
  readonly line: number;
  readonly column: number;
  readonly compared: ComparedInvoice;
  readonly history: CustomerHistory;
}

/** Findings of one invoice. */
export interface InvoiceFindings {
  readonly ordinal: number;
  readonly fileOrdinal: number;
  readonly problems: readonly Problem[];
}

/** Verbs over the history. */
export interface CustomerHistoryStore {
  /** Remembers up to `limit` more invoices of batches that are available; false when nothing was left. One transaction. */
  remember(limit: number): boolean;
  /**
   * The invoices of an unfinished batch with ordinals from `from` to before `to` that are unlike earlier ones: one query. Mostly none.
   * Null when the batch has no invoice from `from` on, or nothing at all is remembered.
   */
  unlike(batchId: string, range: { readonly from: number; readonly to: number }): readonly UnlikeInvoice[] | null;
  /** How to reach the bytes of an invoice of an unfinished batch. */
  source(invoiceId: number):
    | (KeptSource & {
        readonly place: SourcePlace;
        readonly context: SourceContext;
        /** Of those bytes. */
        readonly contentSha256: string;
      })
    | null;
  /** Adds findings to an unfinished batch; one with an error is quarantined. One transaction. */
  note(batchId: string, findings: readonly InvoiceFindings[]): void;
  /**
   * What was known of a customer before an invoice, as it was when the invoice was first corrected: sound invoices of its own batch that
   * stand before it included. Of a new customer the accounts the seller had used in earlier batches. Null when a later invoice, or this
   * one itself, had been remembered by then, so that it can no longer be told.
   */
  knownBefore(
    invoiceId: number,
    of: { readonly sellerKey: string; readonly customerRef: string; readonly currency: string },
  ): CustomerHistory | null;
  /** Ordinals of a batch's invoices that a rule found something in. */
  foundIn(batchId: string, ruleId: string): ReadonlySet<number>;
}

// The part of the store port that corrects invoices and takes corrections back. Every write verb is one whole transaction.

import type { Correction, StandingFix } from '../../shared/schema/fix.ts';
import type { Problem } from '../../shared/schema/problem.ts';
import type { Act } from './act.ts';
import type { AppliedCorrection } from './import-source.ts';
import type { CheckedSlice, FieldChange } from './invoice-doctor.ts';

/** An invoice that a fix, or the undoing of one, is about. */
export interface FixTarget {
  readonly invoiceId: number;
  readonly invoiceNumber: string;
  readonly customerName: string;
  /** A delivery exists (waiting, sent, not sent, unknown): the document is frozen and stays as it is. */
  readonly isDelivered: boolean;
  /** The invoice's when this was read; a write for another one is left out. */
  readonly contentVersion: number;
  readonly fileOrdinal: number;
}

/** What the rules said about an invoice before a change of its corrections, and what they say after it. */
export interface FixVerdict {
  readonly target: FixTarget;
  readonly before: CheckedSlice;
  readonly after: CheckedSlice;
  /**
   * What the customer's earlier invoices say about it after the change, in place of what they said before; null when that can no longer be
   * told, and what was found stands.
   */
  readonly history: readonly Problem[] | null;
}

/** One invoice with the values to correct. */
export interface InvoiceFix extends FixVerdict {
  readonly changes: readonly FieldChange[];
}

/** One invoice with the corrections to take back, by id. */
export interface InvoiceUndo extends FixVerdict {
  readonly correctionIds: readonly number[];
}

/** A correction that stands, as the undoing of its rule sees it. */
export interface StandingCorrection extends AppliedCorrection {
  readonly id: number;
  readonly ruleId: string;
}

/** What a chunk did. */
export interface FixResult {
  readonly values: number;
  readonly invoices: number;
  /** Left out: a delivery exists now. */
  readonly delivered: number;
  /** Left out: changed by something else since it was read. */
  readonly changedMeanwhile: number;
  /** Ready now and not before; when undoing: no longer ready. */
  readonly becameReady: number;
}

/** Verbs over corrections. A chunk is one transaction: corrections, findings, the invoices' values and states, counts, the audit entry. */
export interface CorrectionStore {
  /** Invoices with a finding of the rule, by ordinal. */
  targets(batchId: string, ruleId: string): FixTarget[];
  /** Invoices on which corrections of the rule stand, by ordinal. */
  correctedTargets(batchId: string, ruleId: string): FixTarget[];
  /** Corrections of one invoice that stand, oldest first. */
  standing(invoiceId: number): StandingCorrection[];
  /** Opens a run for the chunks of one fix. */
  begin(
    batchId: string,
    run: { readonly ruleId: string; readonly kind: StandingFix['kind']; readonly reason: string },
    act: Act,
  ): number;
  /** Lets a batch in that strict mode had kept back, once no error is left in it. */
  apply(runId: number, fixes: readonly InvoiceFix[], act: Act): FixResult;
  /** Keeps a batch back again that a fix had let in, when errors are left in it and nothing of it was released. */
  undo(batchId: string, ruleId: string, undos: readonly InvoiceUndo[], act: Act): FixResult;
  /** What stands in a batch, by rule. */
  list(batchId: string): StandingFix[];
  ofInvoice(invoiceId: number): Correction[];
}

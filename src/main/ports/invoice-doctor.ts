// The port for correcting values of an invoice: what a fix would change, and what the rules say with the corrections and without.

import type { Result } from '../../shared/result.ts';
import type { FixKind } from '../../shared/schema/fix.ts';
import type { Problem } from '../../shared/schema/problem.ts';
import type { CustomerHistory } from '../domain/rules/history/customer-history.ts';
import type { AppliedCorrection, ParsedInvoiceRow, SliceContext, SourcePlace } from './import-source.ts';

/** One invoice's bytes with what is needed to read them; the corrections in its context are the ones that stand. */
export interface InvoiceSlice {
  readonly bytes: Uint8Array;
  readonly place: SourcePlace;
  readonly context: SliceContext;
}

/** A value a fix would change. */
export interface FieldChange extends AppliedCorrection {
  /** Canonical names that are read from the value. */
  readonly names: readonly string[];
  /** 1-based line of the value in the source. */
  readonly line: number;
}

/** What an invoice comes to under given corrections. */
export interface CheckedSlice {
  readonly problems: readonly Problem[];
  readonly row: ParsedInvoiceRow;
}

/** Reads, fixes and checks single invoices with the same code as the import. Synchronous: a slice is small. */
export interface InvoiceDoctor {
  /** How a rule's cause is mended; null when it needs a person. */
  kindOf(ruleId: string): FixKind | null;
  /** Every value of the invoice that the rule's fix would change, as the invoice stands now. Errors as ReadInvoiceSlice. */
  changesFor(slice: InvoiceSlice, ruleId: string): Result<readonly FieldChange[]>;
  /** Reads and checks as of a calendar date; with the customer's earlier invoices where they are given. Errors as ReadInvoiceSlice. */
  check(slice: InvoiceSlice, today: string, history?: CustomerHistory): Result<CheckedSlice>;
}

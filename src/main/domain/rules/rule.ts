// What a validation rule is. Rules are pure: canonical invoice in, findings out; texts live in shared/words, places are added by the reader.

import type { FormatId } from '../../../shared/schema/batch.ts';
import type { Invoice } from '../../../shared/schema/invoice.ts';
import type { Mender, Severity } from '../../../shared/schema/problem.ts';
import type { CustomerHistory } from './history/customer-history.ts';

/** What a rule may know beside the invoice. */
export interface RuleContext {
  /** Calendar date of today, ISO. */
  readonly today: string;
  /** Text of a field as it stood in the source, or null when the source has no such field (canonical field name, `lines[2].netMinor`). */
  textOf(field: string): string | null;
  /** Format the invoice was read from; absent where it does not matter (single rules in tests). */
  readonly format?: FormatId;
  /** The customer's earlier invoices; absent where they are not at hand, or when there are none. */
  readonly history?: CustomerHistory;
}

/** Anything that looks at an invoice and may find something. */
export interface InvoiceCheck {
  check(invoice: Invoice, context: RuleContext): readonly Finding[];
}

/** One finding of one rule at one canonical field; the reader turns it into a Problem with line, column and path. */
export interface Finding {
  readonly ruleId: string;
  readonly severity: Severity;
  /** Canonical field name the finding is about; the nearest present parent's place is used when the field is missing. */
  readonly field: string;
  readonly found: string | null;
  readonly expected: string | null;
  readonly params: Readonly<Record<string, string | number>>;
  /** The program itself can't go on without it: the organisation's own severity does not count here. */
  readonly isNeeded?: true;
}

/** One validation rule. `id` is stable for ever. */
export interface Rule extends InvoiceCheck {
  readonly id: string;
  readonly severity: Severity;
  readonly mender: Mender;
}

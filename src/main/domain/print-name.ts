// Where a document goes below a print vendor's folder: a connection's name pattern, filled with what one delivery is about.

import { fillNamePattern, holdsKey, readNamePattern, usualNamePattern } from '../../shared/name-pattern.ts';

/** What a name can be made of. Days are `yyyy-mm-dd`. */
export interface PrintFacts {
  readonly invoiceNumber: string;
  readonly kind: 'invoice' | 'creditNote';
  readonly currency: string;
  readonly sellerKey: string;
  /** The billing system's own number of the batch, else the program's. */
  readonly batch: string;
  readonly invoiceDate: string | null;
  readonly dueDate: string | null;
  /** The day of the release, where this computer is. */
  readonly today: string;
  /** 0 at release; a copy's is higher. */
  readonly generation: number;
  readonly idempotencyKey: string;
}

/** Characters of the key in a name: enough to tell invoice numbers apart that become the same text. */
const keyCharacters = 8;

/**
 * The target: `1042_a1b2c3d4.pdf`, or as the pattern has it, with folders before. A copy of the same invoice gets a number where the
 * pattern alone would give it the first one's name: otherwise the vendor's folder would seem to have it already.
 */
export function printTarget(pattern: string | undefined, facts: PrintFacts): string {
  const read = readNamePattern(pattern ?? usualNamePattern);
  // A connection's pattern was checked when it was saved.
  if (!read.ok) throw new Error(`the name pattern can't be used: ${read.fault.kind} at ${String(read.fault.column)}`);
  const target = fillNamePattern(read.pattern, {
    invoiceNumber: facts.invoiceNumber,
    key: facts.idempotencyKey.slice(0, keyCharacters),
    batch: facts.batch,
    seller: facts.sellerKey,
    currency: facts.currency,
    kind: facts.kind === 'invoice' ? 'invoice' : 'credit',
    date: facts.today,
    invoiceDate: facts.invoiceDate,
    dueDate: facts.dueDate,
  });
  return facts.generation === 0 || holdsKey(read.pattern)
    ? target
    : target.replace(/\.pdf$/u, `_${String(facts.generation + 1)}.pdf`);
}

// Turns findings and faults with their places into Problems. No words: those are built from ruleId and params.

import { maskPersonalNumber, maskPersonalNumbersIn } from '../domain/masking.ts';
import type { Finding } from '../domain/rules/rule.ts';
import type { Problem } from '../../shared/schema/problem.ts';
import type { SourceSpan } from './field-places.ts';
import type { XmlFault } from './xml-fault.ts';

/** How much of a faulty value a problem shows. */
const foundLength = 200;

/** The invoice a problem belongs to. */
export interface ProblemOwner {
  readonly ordinal: number;
  readonly invoiceNumber: string | null;
}

/** A finding at its place. */
export function problemOf(finding: Finding, span: SourceSpan, owner: ProblemOwner): Problem {
  return {
    ruleId: finding.ruleId,
    severity: finding.severity,
    line: span.start.line,
    column: span.start.column,
    endLine: span.end.line,
    endColumn: span.end.column,
    path: span.path,
    found: shown(
      finding.found === null || !isNumberOfSomebody(finding.field) ? finding.found : maskPersonalNumber(finding.found),
    ),
    expected: finding.expected,
    params: { ...finding.params },
    invoiceOrdinal: owner.ordinal,
    invoiceNumber: owner.invoiceNumber,
  };
}

/** A fault that ends the reading of a file. */
export function problemOfFault(fault: XmlFault, path: string | null): Problem {
  return {
    ruleId: fault.ruleId,
    severity: 'error',
    line: fault.start.line,
    column: fault.start.column,
    endLine: fault.end.line,
    endColumn: fault.end.column,
    path,
    found: shown(fault.found),
    expected: fault.expected,
    params: { ...fault.params },
    invoiceOrdinal: null,
    invoiceNumber: null,
  };
}

/** A finding about the file as a whole; without a place when it has none. */
export function problemOfFile(
  finding: Omit<Finding, 'field'>,
  place: {
    readonly path: string | null;
    readonly line: number | null;
    readonly column: number | null;
    readonly length: number;
  },
): Problem {
  return {
    ruleId: finding.ruleId,
    severity: finding.severity,
    line: place.line,
    column: place.column,
    endLine: place.line,
    endColumn: place.column === null ? null : place.column + place.length,
    path: place.path,
    found: shown(finding.found),
    expected: finding.expected,
    params: { ...finding.params },
    invoiceOrdinal: null,
    invoiceNumber: null,
  };
}

/** Fields where every number that looks like a personal number is one, also a misspelt one. */
function isNumberOfSomebody(field: string): boolean {
  return field === 'customerId' || field.endsWith('.registrationNumber');
}

/** Cut to 200 characters (never through a surrogate pair), personal numbers masked. */
function shown(found: string | null): string | null {
  if (found === null) return null;
  const masked = maskPersonalNumbersIn(found.slice(0, foundLength * 2));
  return masked.length <= foundLength
    ? masked
    : `${masked
        .slice(0, foundLength - 1)
        .toWellFormed()
        .replace(/\uFFFD$/, '')}…`;
}

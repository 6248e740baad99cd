// Holds a batch against its customers' earlier invoices before it becomes available: who is unlike them, where that stands in the source, and the findings.

import type { FieldPlace } from '../../shared/schema/invoice.ts';
import type { Problem } from '../../shared/schema/problem.ts';
import { comparedInvoice, judgeByHistory } from '../domain/rules/history/set.ts';
import { withOwnSeverities } from '../domain/rules/own-severities.ts';
import type { OwnSeverities } from '../domain/rules/own-severities.ts';
import type { Finding } from '../domain/rules/rule.ts';
import type { InvoiceFindings, UnlikeInvoice } from '../ports/customer-history.ts';
import type { AppContext } from './context.ts';
import { nextTurn } from './next-turn.ts';
import { readRuleSeverities } from './rule-settings.ts';

/** Invoices remembered, or asked about, in one go: some milliseconds. */
const invoicesPerQuery = 2_000;
/**
 * Invoices of a batch whose bytes are read again for the exact place. Where a whole run differs (a new account for everybody), the
 * findings of the others name the invoice's own line: reading 50,000 again would take longer than the import.
 */
const mostReadAgain = 1_000;

/** Remembers the batches before, and adds the findings to one that is stored and not finished. */
export async function reviewHistory(
  context: Pick<AppContext, 'store' | 'sources' | 'readSlice' | 'log'>,
  batchId: string,
): Promise<void> {
  const { history } = context.store;
  const severities: OwnSeverities = new Map(Object.entries(readRuleSeverities(context)));
  // Left to now, so that no import ends with it: what came in last is needed first by the next one.
  await rememberAll(context);
  let readAgain = 0;
  for (let from = 0; ; from += invoicesPerQuery) {
    const unlike = history.unlike(batchId, { from, to: from + invoicesPerQuery });
    if (unlike === null) return;
    const found: InvoiceFindings[] = [];
    for (const invoice of unlike) {
      const findings = withOwnSeverities(judgeByHistory(invoice.compared, invoice.history), severities);
      if (findings.length === 0) continue;
      const isPlaced = readAgain < mostReadAgain;
      if (isPlaced) readAgain += 1;
      const places = isPlaced ? await placesOf(context, invoice) : null;
      found.push({ ...invoice, problems: findings.map((finding) => problemAt(finding, invoice, places)) });
    }
    if (found.length > 0) history.note(batchId, found);
    await nextTurn();
  }
}

/** Remembers what is available and not remembered yet. Others get their turn in between. */
export async function rememberAll({ store }: Pick<AppContext, 'store'>): Promise<void> {
  while (store.history.remember(invoicesPerQuery)) await nextTurn();
}

/** Where the invoice's fields stand. */
interface Places {
  readonly fields: readonly FieldPlace[];
  /** The field the main VAT rate is read from. */
  readonly vatField: string;
}

/** Null when the invoice can't be read again: the findings stand without it. */
async function placesOf(
  { store, sources, readSlice }: Pick<AppContext, 'store' | 'sources' | 'readSlice'>,
  { invoiceId }: UnlikeInvoice,
): Promise<Places | null> {
  const source = store.history.source(invoiceId);
  if (source === null) return null;
  const { byteOffset, byteLength } = source.place;
  const bytes = await sources.readPart(source, { byteOffset, byteLength, sha256: source.contentSha256 });
  const read = bytes.ok ? readSlice(bytes.value, source.place, source.context) : bytes;
  return read.ok ? { fields: read.value.places, vatField: comparedInvoice(read.value.invoice).vatField } : null;
}

function problemAt(finding: Finding, invoice: UnlikeInvoice, places: Places | null): Problem {
  const field = finding.field === 'vat' ? places?.vatField : finding.field;
  const place = places?.fields.find((each) => each.field === field);
  return {
    ruleId: finding.ruleId,
    severity: finding.severity,
    line: place?.line ?? invoice.line,
    column: place?.column ?? invoice.column,
    endLine: place?.endLine ?? null,
    endColumn: place?.endColumn ?? null,
    path: place?.path ?? null,
    found: finding.found,
    expected: finding.expected,
    params: { ...finding.params },
    invoiceOrdinal: invoice.ordinal,
    invoiceNumber: invoice.invoiceNumber,
  };
}

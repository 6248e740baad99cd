// The proof of a batch: where everything that was read is now, held against what came in and against the counters; what differs is a fault.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { BatchSummary, Money } from '../../shared/schema/batch.ts';
import { proofBuckets } from '../../shared/schema/proof.ts';
import type { BatchProof, ProofFault } from '../../shared/schema/proof.ts';
import type { Language } from '../../shared/schema/settings.ts';
import { safeFilePart } from '../domain/document-name.ts';
import type { ProofInput, RenderedDocument } from '../ports/documents.ts';
import type { ProofFigures } from '../ports/proof-store.ts';
import type { AppContext } from './context.ts';
import { zonedMoment } from './zoned-moment.ts';
import { readSettings } from './workspace-settings.ts';

/** Errors: NOT_FOUND. */
export function batchProof(context: Pick<AppContext, 'store' | 'sha256'>, batchId: string): Result<BatchProof> {
  const { reads, proofs } = context.store;
  const batch = reads.batch(batchId);
  const figures = batch === null ? null : proofs.figures(batch.id);
  if (batch === null || figures === null) return fail('NOT_FOUND', 'There is no such batch.', { batchId });
  const documents = proofs.releasedDocuments(batch.id);
  const read = figures.fileInvoices.reduce((sum, invoices) => sum + invoices, 0);
  const buckets = bucketsOf(batch, figures);
  const money = moneyOf(figures);
  return ok({
    batchId: batch.id,
    sourceBatchId: batch.sourceBatchId,
    sellerName: batch.sellerName,
    format: batch.format,
    formatVersion: batch.formatVersion,
    mode: batch.mode,
    state: batch.state,
    importedAtMs: batch.importedAtMs,
    importedBy: batch.importedBy,
    asOfMs: figures.lastChangeMs,
    files: reads.batchFiles(batch.id).map(({ fileName, sizeBytes, sha256 }, index) => ({
      fileName,
      sizeBytes,
      sha256,
      invoices: figures.fileInvoices[index] ?? 0,
    })),
    read,
    buckets,
    money,
    withoutAmount: figures.rows.reduce((sum, { withoutAmount }) => sum + withoutAmount, 0),
    documents: { count: documents.length, sha256: context.sha256(documentList(documents)) },
    accepted: figures.accepted,
    acts: [...figures.acts],
    faults: faultsOf(figures, { read, buckets, money }),
  });
}

/** The list that a proof's hash of documents is over: `number;SHA-256 of the document`, a line feed after each, in the order of the file. */
export function releasedDocumentList(context: Pick<AppContext, 'store'>, batchId: string): string {
  return documentList(context.store.proofs.releasedDocuments(batchId));
}

function documentList(documents: ReturnType<AppContext['store']['proofs']['releasedDocuments']>): string {
  return documents.map(({ invoiceNumber, documentSha256 }) => `${invoiceNumber};${documentSha256}\n`).join('');
}

/** The proof as a PDF in the workspace's language, or the one given. Same state, same bytes. Errors: NOT_FOUND. */
export async function proofDocument(
  context: AppContext,
  batchId: string,
  options: { readonly language: Language | null; readonly signal: AbortSignal },
): Promise<Result<RenderedDocument & { readonly fileName: string; readonly proof: BatchProof }>> {
  const proof = batchProof(context, batchId);
  if (!proof.ok) return proof;
  const settings = readSettings(context);
  const input: ProofInput = {
    proof: proof.value,
    organisationName: settings.organisation.name,
    language: options.language ?? settings.language,
    importedAt: zonedMoment(proof.value.importedAtMs),
    asOf: zonedMoment(proof.value.asOfMs),
    actTimes: proof.value.acts.map(({ firstAtMs, lastAtMs }) => ({
      first: zonedMoment(firstAtMs),
      last: zonedMoment(lastAtMs),
    })),
  };
  const document = await context.renderer.renderProof(input, options.signal);
  const [file] = proof.value.files;
  const name = safeFilePart((file?.fileName ?? proof.value.batchId).replace(/\.[^.]*$/u, ''));
  return ok({ ...document, fileName: `${name}-proof.pdf`, proof: proof.value });
}

function bucketsOf(batch: BatchSummary, { rows }: ProofFigures): BatchProof['buckets'] {
  return proofBuckets.map((bucket) => {
    if (bucket === 'skipped') return { bucket, count: batch.skipped, sums: [] };
    const found = rows.filter(({ state }) => state === bucket);
    return {
      bucket,
      count: found.reduce((sum, { count }) => sum + count, 0),
      sums: found.map(({ currency, amountMinor }) => ({ currency, amountMinor })),
    };
  });
}

function moneyOf({ rows, imported, changed }: ProofFigures): BatchProof['money'] {
  const sumOf = (sums: readonly Money[], currency: string): number =>
    sums.reduce((sum, row) => (row.currency === currency ? sum + row.amountMinor : sum), 0);
  const currencies = new Set([...rows, ...imported, ...changed].map(({ currency }) => currency));
  return [...currencies].sort().map((currency) => ({
    currency,
    importedMinor: sumOf(imported, currency),
    changedMinor: sumOf(changed, currency),
    rowsMinor: sumOf(rows, currency),
  }));
}

function faultsOf(
  figures: ProofFigures,
  { read, buckets, money }: Pick<BatchProof, 'read' | 'buckets' | 'money'>,
): ProofFault[] {
  const sum = buckets.reduce((total, { count }) => total + count, 0);
  const rows = figures.rows.reduce((total, { count }) => total + count, 0);
  const imported = figures.imported.reduce((total, { count }) => total + count, 0);
  const { accepted } = figures;
  const unproved = accepted.count - accepted.withReceipt - accepted.byWord;
  return [
    ...(read === sum ? [] : [{ kind: 'count' as const, read, sum }]),
    ...(imported === rows ? [] : [{ kind: 'rows' as const, imported, rows }]),
    ...money.flatMap(({ currency, importedMinor, changedMinor, rowsMinor }): ProofFault[] => {
      const expectedMinor = importedMinor + changedMinor;
      return expectedMinor === rowsMinor ? [] : [{ kind: 'money', currency, expectedMinor, sumMinor: rowsMinor }];
    }),
    ...counterFaults(figures),
    ...(figures.wrongStates === 0 ? [] : [{ kind: 'state' as const, count: figures.wrongStates }]),
    ...(unproved === 0 ? [] : [{ kind: 'receipt' as const, count: unproved }]),
    ...(figures.unexplainedChanges === 0 ? [] : [{ kind: 'change' as const, count: figures.unexplainedChanges }]),
  ];
}

/** Each kept count against the rows it stands for. */
function counterFaults({ rows, kept }: ProofFigures): ProofFault[] {
  const keyOf = (row: { readonly state: string; readonly currency: string }): string => `${row.state} ${row.currency}`;
  const pairs = new Map(kept.map((row) => [keyOf(row), { row, kept: row, rows: null as typeof row | null }]));
  for (const row of rows) {
    const pair = pairs.get(keyOf(row));
    if (pair === undefined) pairs.set(keyOf(row), { row, kept: { ...row, count: 0, amountMinor: 0 }, rows: row });
    else pair.rows = row;
  }
  return [...pairs.values()].flatMap(({ row, kept: counter, rows: counted }): ProofFault[] => {
    const rowCount = counted?.count ?? 0;
    const rowMinor = counted?.amountMinor ?? 0;
    if (counter.count === rowCount && counter.amountMinor === rowMinor) return [];
    const { state: bucket, currency } = row;
    const { count: keptCount, amountMinor: keptMinor } = counter;
    return [{ kind: 'counter', bucket, currency, keptCount, rowCount, keptMinor, rowMinor }];
  });
}

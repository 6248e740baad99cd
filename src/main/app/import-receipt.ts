// The receipt of an import: each figure from its own source, and what does not add up between them.

import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { BatchSummary, Money } from '../../shared/schema/batch.ts';
import type { ImportReceipt, ReceiptFault } from '../../shared/schema/receipt.ts';
import type { ReceiptInput, RenderedDocument } from '../ports/documents.ts';
import type { ImportFigures } from '../ports/import-figures.ts';
import { safeFilePart } from '../domain/document-name.ts';
import type { Language } from '../../shared/schema/settings.ts';
import type { AppContext } from './context.ts';
import { localMoment } from './problem-report.ts';
import { readSettings } from './workspace-settings.ts';

/** Errors: NOT_FOUND. */
export function importReceipt(context: Pick<AppContext, 'store'>, batchId: string): Result<ImportReceipt> {
  const { reads } = context.store;
  const batch = reads.batch(batchId);
  const figures = batch === null ? null : reads.importFigures(batch.id);
  if (batch === null || figures === null) return fail('NOT_FOUND', 'There is no such batch.', { batchId });
  const money = moneyOf(batch, figures);
  const { id, imported, quarantined, skipped } = batch;
  const read = figures.fileInvoices.reduce((sum, invoices) => sum + invoices, 0);
  return ok({
    batchId: id,
    sourceBatchId: batch.sourceBatchId,
    format: batch.format,
    formatVersion: batch.formatVersion,
    mode: batch.mode,
    state: batch.state,
    sellerName: batch.sellerName,
    periodStart: batch.periodStart,
    periodEnd: batch.periodEnd,
    importedAtMs: batch.importedAtMs,
    importedBy: batch.importedBy,
    files: reads.batchFiles(id).map(({ ordinal: _, ...file }, index) => ({
      ...file,
      invoices: figures.fileInvoices[index] ?? 0,
    })),
    read,
    imported,
    quarantined,
    skipped,
    money,
    withoutAmount: figures.stored.reduce((sum, { withoutAmount }) => sum + withoutAmount, 0),
    problems: figures.problems.map(({ params: _, ...counted }) => counted),
    faults: [
      ...(read === imported + quarantined + skipped
        ? []
        : [{ kind: 'counts' as const, read, sum: imported + quarantined + skipped }]),
      ...money.flatMap(({ currency, readMinor, importedMinor, quarantinedMinor }): ReceiptFault[] => {
        const sumMinor = importedMinor + quarantinedMinor;
        return readMinor === sumMinor ? [] : [{ kind: 'money', currency, readMinor, sumMinor }];
      }),
      ...(skipped === 0 ? [] : [{ kind: 'skipped' as const, count: skipped }]),
      ...figures.problems.flatMap(declaredFault),
    ],
  });
}

/** The receipt as a PDF in the workspace's language, or the one given. Same batch, same bytes. Errors: NOT_FOUND. */
export async function receiptDocument(
  context: AppContext,
  batchId: string,
  options: { readonly language: Language | null; readonly signal: AbortSignal },
): Promise<Result<RenderedDocument & { readonly fileName: string }>> {
  const receipt = importReceipt(context, batchId);
  if (!receipt.ok) return receipt;
  const settings = readSettings(context);
  const input: ReceiptInput = {
    receipt: receipt.value,
    organisationName: settings.organisation.name,
    language: options.language ?? settings.language,
    importedAt: localMoment(receipt.value.importedAtMs),
  };
  const document = await context.renderer.renderReceipt(input, options.signal);
  const [file] = receipt.value.files;
  const name = safeFilePart((file?.fileName ?? receipt.value.batchId).replace(/\.[^.]*$/u, ''));
  return ok({ ...document, fileName: `${name}-receipt.pdf` });
}

/** Read: every stored row added up. Imported and quarantined: as the counts by state have it. */
function moneyOf(batch: BatchSummary, { stored }: ImportFigures): ImportReceipt['money'] {
  const quarantined = new Map<string, number>();
  const imported = new Map<string, number>();
  const add = (sums: Map<string, number>, { currency, amountMinor }: Money): void => {
    sums.set(currency, (sums.get(currency) ?? 0) + amountMinor);
  };
  for (const { state, sums } of batch.counts)
    for (const sum of sums) add(state === 'quarantined' ? quarantined : imported, sum);
  const currencies = new Set([...stored.map(({ currency }) => currency), ...imported.keys(), ...quarantined.keys()]);
  return [...currencies].sort().map((currency) => ({
    currency,
    readMinor: stored.find((row) => row.currency === currency)?.amountMinor ?? 0,
    importedMinor: imported.get(currency) ?? 0,
    quarantinedMinor: quarantined.get(currency) ?? 0,
  }));
}

function declaredFault({ ruleId, params }: ImportFigures['problems'][number]): ReceiptFault[] {
  const { declared, actual, declaredMinor, actualMinor, currency } = params;
  if (ruleId === 'core.batch.count' && typeof declared === 'number' && typeof actual === 'number')
    return [{ kind: 'declaredCount', declared, actual }];
  if (ruleId === 'core.batch.total' && typeof declaredMinor === 'number' && typeof actualMinor === 'number')
    return [{ kind: 'declaredTotal', currency: String(currency ?? ''), declaredMinor, actualMinor }];
  return [];
}

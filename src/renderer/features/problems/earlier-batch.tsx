// Two batches with the same id in their files, side by side: what came then and what came now.

import type { ReactNode } from 'react';
import type { BatchSummary, Money } from '../../../shared/schema/batch.ts';
import { batchRoute, hashOf } from '../../state/route.ts';
import { useQuery } from '../../state/use-query.ts';
import { QueryView } from '../../ui/views.tsx';
import { useFormats, useWords } from '../../words/use-words.ts';

/** This batch beside the earlier one. */
export function EarlierBatch({
  batchId,
  otherBatchId,
}: {
  readonly batchId: string;
  readonly otherBatchId: string;
}): ReactNode {
  const own = useQuery('batch.get', { batchId });
  const other = useQuery('batch.get', { batchId: otherBatchId });
  return (
    <QueryView query={other}>
      {({ batch: earlier }) => (
        <QueryView query={own}>{({ batch }) => <TwoBatches own={batch} earlier={earlier} />}</QueryView>
      )}
    </QueryView>
  );
}

function TwoBatches({ own, earlier }: { readonly own: BatchSummary; readonly earlier: BatchSummary }): ReactNode {
  const t = useWords('problems');
  const formats = useFormats();
  const rows: readonly (readonly [string, string, string])[] = [
    [t('batchImported'), formats.dateTime(own.importedAtMs), formats.dateTime(earlier.importedAtMs)],
    [t('batchBy'), own.importedBy, earlier.importedBy],
    [t('batchInvoices'), formats.count(own.read), formats.count(earlier.read)],
    [t('batchSum'), formats.sums(allSums(own)), formats.sums(allSums(earlier))],
    [
      t('batchPeriod'),
      formats.dateRange(own.periodStart, own.periodEnd),
      formats.dateRange(earlier.periodStart, earlier.periodEnd),
    ],
    [t('batchSize'), formats.bytes(own.sizeBytes), formats.bytes(earlier.sizeBytes)],
    ['SHA-256', own.sha256, earlier.sha256],
  ];
  return (
    <div className="earlier-batch" tabIndex={0} role="region" aria-label={t('twoBatches')}>
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">
              <strong>{t('batchNow')}</strong>
              <br />
              {own.fileName}
            </th>
            <th scope="col">
              <strong>{t('batchThen')}</strong>
              <br />
              <a href={hashOf(batchRoute(earlier.id, 'invoices'))}>{earlier.fileName}</a>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, now, then]) => (
            <tr key={name} className={now === then ? '' : 'is-different'}>
              <th scope="row">{name}</th>
              <td>{now}</td>
              <td>{then}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Everything that was read, quarantine included: a file sent again lands there. */
function allSums(batch: BatchSummary): readonly Money[] {
  const sums = new Map<string, number>();
  for (const { sums: parts } of batch.counts)
    for (const { currency, amountMinor } of parts) sums.set(currency, (sums.get(currency) ?? 0) + amountMinor);
  return [...sums].map(([currency, amountMinor]) => ({ currency, amountMinor }));
}

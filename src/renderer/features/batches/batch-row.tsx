// One batch as a row of the list: what it is, how much, where its invoices are.

import type { ReactNode } from 'react';
import type { BatchSummary } from '../../../shared/schema/batch.ts';
import { batchRoute, hashOf } from '../../state/route.ts';
import { StackedBar, orderedCounts } from '../../ui/stacked-bar.tsx';
import { Badge, Tag } from '../../ui/state-badge.tsx';
import { Money } from '../../ui/values.tsx';
import { useFormats, useWords } from '../../words/use-words.ts';
import { batchLook } from './batch-words.ts';

/** A link to the batch, with everything a glance should tell. */
export function BatchRow({ batch }: { readonly batch: BatchSummary }): ReactNode {
  const t = useWords('batches');
  const common = useWords('common');
  const formats = useFormats();
  const look = batchLook(batch);
  const rest = [
    batch.sellerName,
    batch.periodStart === null ? null : t('period', { range: formats.dateRange(batch.periodStart, batch.periodEnd) }),
  ].filter((part) => part !== null);
  return (
    <li>
      <a
        className="batch-row"
        href={hashOf(batchRoute(batch.id, batch.state === 'keptBack' ? 'problems' : 'invoices'))}
      >
        <span className="batch-name">
          <span className="line-up">
            <strong className="clip">{batch.fileName}</strong>
            <Tag tone="calm">{batch.format}</Tag>
            {batch.fileCount > 1 && <span className="faint">{t('moreFiles', { count: batch.fileCount - 1 })}</span>}
          </span>
          <span className="soft clip">{rest.join(' · ')}</span>
        </span>
        <span className="batch-amount">
          {batch.sums.length === 0 && <strong>–</strong>}
          {batch.sums.map((sum) => (
            <strong key={sum.currency}>
              <Money value={sum} />
            </strong>
          ))}
          <span className="soft numeric">{common('invoices', { count: batch.imported + batch.quarantined })}</span>
        </span>
        <span className="batch-state">
          <Badge tone={look.tone} icon={look.icon}>
            {t(look.word)}
          </Badge>
          <StackedBar counts={batch.counts} />
          <span className="faint batch-counts">
            {orderedCounts(batch.counts)
              .map((part) => common(`counted.${part.state}`, { count: part.count }))
              .join(' · ')}
          </span>
        </span>
        <span className="batch-when faint">
          <span>{formats.dateTime(batch.importedAtMs)}</span>
          <span className="clip">{batch.importedBy}</span>
        </span>
      </a>
    </li>
  );
}

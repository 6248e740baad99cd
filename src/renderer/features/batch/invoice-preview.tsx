// The chosen invoice as the customer will see it: the very bytes that will be sent.

import { useDeferredValue } from 'react';
import type { ReactNode } from 'react';
import type { InvoiceRow } from '../../../shared/schema/batch.ts';
import { batchRoute, go } from '../../state/route.ts';
import { useQuery } from '../../state/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { PdfView } from '../../ui/pdf-view.tsx';
import { InvoiceStateBadge } from '../../ui/state-badge.tsx';
import { EmptyState, Failure } from '../../ui/views.tsx';
import { useWords } from '../../words/use-words.ts';

/** The right half of the tab. Follows the table a moment behind, so that holding a key down stays smooth. */
export function InvoicePreview({
  batchId,
  row,
}: {
  readonly batchId: string;
  readonly row: InvoiceRow | null;
}): ReactNode {
  const t = useWords('batch');
  const shown = useDeferredValue(row);
  if (shown === null) return <EmptyState icon="file" title={t('pickOne')} />;
  if (shown.state === 'quarantined') return <Quarantined batchId={batchId} row={shown} />;
  return <Preview batchId={batchId} row={shown} />;
}

function Preview({ batchId, row }: { readonly batchId: string; readonly row: InvoiceRow }): ReactNode {
  const t = useWords('batch');
  const common = useWords('common');
  const query = useQuery('invoice.document', { invoiceId: row.id });
  const document = query.state === 'ready' ? query.data : null;
  if (query.state === 'failed')
    return (
      <div className="view-failure">
        <Failure error={query.error} onRetry={query.reload} />
      </div>
    );
  return (
    <PdfView
      label={common('previewOf', { number: row.invoiceNumber })}
      base64={document?.base64 ?? null}
      fileName={document?.fileName ?? `${row.id}.pdf`}
      caption={document?.isFrozen === true ? t('frozen') : t('preview')}
      tools={<Button onPress={() => go({ screen: 'invoice', batchId, invoiceId: row.id })}>{t('open')}</Button>}
    />
  );
}

function Quarantined({ batchId, row }: { readonly batchId: string; readonly row: InvoiceRow }): ReactNode {
  const t = useWords('batch');
  return (
    <EmptyState
      icon="quarantine"
      title={t('quarantinedTitle')}
      actions={
        <>
          <Button onPress={() => go({ screen: 'invoice', batchId, invoiceId: row.id })}>{t('open')}</Button>
          <Button
            onPress={() =>
              go(batchRoute(batchId, 'source', { place: { fileOrdinal: row.fileOrdinal, line: row.line, column: 1 } }))
            }
          >
            {t('seeProblems')}
          </Button>
        </>
      }
    >
      <p>
        <InvoiceStateBadge state={row.state} /> {row.invoiceNumber} · {row.customerName} ·{' '}
        {t('problemCount', { count: row.errorCount + row.warningCount })}
      </p>
      <p>{t('noPreview')}</p>
    </EmptyState>
  );
}

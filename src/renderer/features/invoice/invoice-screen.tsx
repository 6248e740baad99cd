// One invoice: its values at the left, the document in the middle, what has happened and what can be done at the right.

import { useCallback, useEffect, useMemo } from 'react';
import type { ReactNode } from 'react';
import type { InvoiceDetail } from '../../../shared/schema/batch.ts';
import { batchRoute, go, goInPlace, hashOf } from '../../state/route.ts';
import { useActions, useInvoiceView, useUi } from '../../state/ui-context.tsx';
import { useQuery } from '../../state/use-query.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PdfView } from '../../ui/pdf-view.tsx';
import { Splitter } from '../../ui/splitter.tsx';
import { InvoiceStateBadge } from '../../ui/state-badge.tsx';
import { usePlainKeys } from '../../ui/use-plain-keys.ts';
import { Money } from '../../ui/values.tsx';
import { EmptyState, Failure, QueryView } from '../../ui/views.tsx';
import { useWords } from '../../words/use-words.ts';
import { FieldPanel } from './field-panel.tsx';
import { SidePanel } from './side-panel.tsx';
import './invoice.css';

/** One invoice: document, fields, timeline. */
export function InvoiceScreen({
  batchId,
  invoiceId,
}: {
  readonly batchId: string;
  readonly invoiceId: number;
}): ReactNode {
  const view = useInvoiceView(batchId);
  const changeView = useUi((state) => state.changeInvoiceView);
  // The table behind this screen stays on the invoice that is looked at.
  useEffect(() => changeView(batchId, { activeId: invoiceId }), [changeView, batchId, invoiceId]);
  const { filter, sort, isDescending } = view;
  const query = useQuery('invoice.get', { invoiceId, filter, sort, isDescending });
  return (
    <div className="screen">
      <QueryView query={query} lines={12}>
        {(detail) => <Shown detail={detail} />}
      </QueryView>
    </div>
  );
}

function Shown({ detail }: { readonly detail: InvoiceDetail }): ReactNode {
  const common = useWords('common');
  useNeighbours(detail);
  return (
    <>
      <Head detail={detail} />
      <div className="invoice-body">
        <Splitter
          name="invoice-fields"
          startShare={0.31}
          first={<FieldPanel detail={detail} />}
          second={
            <Splitter
              name="invoice-side"
              startShare={0.58}
              first={
                <Document
                  key={detail.row.id}
                  detail={detail}
                  label={common('previewOf', { number: detail.row.invoiceNumber })}
                />
              }
              second={<SidePanel detail={detail} />}
            />
          }
        />
      </div>
    </>
  );
}

function Head({ detail }: { readonly detail: InvoiceDetail }): ReactNode {
  const t = useWords('invoice');
  const common = useWords('common');
  const { row } = detail;
  return (
    <header className="invoice-head">
      <a className="invoice-back" href={hashOf(batchRoute(row.batchId, 'invoices'))}>
        <Icon name="left" size={14} /> {t('back')}
      </a>
      <div className="line-up invoice-title">
        <h1 className="clip">
          {common(row.kind)} {row.invoiceNumber}
        </h1>
        <InvoiceStateBadge state={row.state} />
        <span className="soft clip">{row.customerName}</span>
        <strong>
          {row.payableMinor !== null && <Money value={{ currency: row.currency, amountMinor: row.payableMinor }} />}
        </strong>
        <span className="spread" />
        <IconButton
          icon="up"
          label={t('previous')}
          keys="k"
          onPress={() => goTo(row.batchId, detail.previousId)}
          isDisabled={detail.previousId === null}
        />
        <IconButton
          icon="down"
          label={t('next')}
          keys="j"
          onPress={() => goTo(row.batchId, detail.nextId)}
          isDisabled={detail.nextId === null}
        />
        <Button
          icon="source"
          onPress={() =>
            go(
              batchRoute(row.batchId, 'source', { place: { fileOrdinal: row.fileOrdinal, line: row.line, column: 1 } }),
            )
          }
        >
          {t('showSource')}
        </Button>
      </div>
    </header>
  );
}

/** Next and previous by key and by the command list, in the table's order and filter. */
function useNeighbours({ row, previousId, nextId }: InvoiceDetail): void {
  const t = useWords('invoice');
  const { batchId } = row;
  const next = useCallback(() => goTo(batchId, nextId), [batchId, nextId]);
  const previous = useCallback(() => goTo(batchId, previousId), [batchId, previousId]);
  const back = useCallback(() => go(batchRoute(batchId, 'invoices')), [batchId]);
  usePlainKeys(
    useMemo(
      () => ({
        j: next,
        k: previous,
        arrowright: next,
        arrowleft: previous,
        arrowdown: next,
        arrowup: previous,
        escape: back,
      }),
      [next, previous, back],
    ),
  );
  useActions(
    useMemo(
      () => [
        { id: 'invoice.next', group: t('group'), label: t('next'), run: next },
        { id: 'invoice.previous', group: t('group'), label: t('previous'), run: previous },
        { id: 'invoice.back', group: t('group'), label: t('back'), run: back },
      ],
      [t, next, previous, back],
    ),
  );
}

/** Steps replace each other in the history: "back" leads to the table, not through every invoice. */
function goTo(batchId: string, invoiceId: number | null): void {
  if (invoiceId !== null) goInPlace({ screen: 'invoice', batchId, invoiceId });
}

function Document({ detail, label }: { readonly detail: InvoiceDetail; readonly label: string }): ReactNode {
  const t = useWords('invoice');
  const { row } = detail;
  if (row.state === 'quarantined') {
    return (
      <EmptyState icon="quarantine" title={t('quarantinedTitle')}>
        {t('quarantinedText')}
      </EmptyState>
    );
  }
  return <Pdf invoiceId={row.id} invoiceNumber={row.invoiceNumber} label={label} />;
}

function Pdf({
  invoiceId,
  invoiceNumber,
  label,
}: {
  readonly invoiceId: number;
  readonly invoiceNumber: string;
  readonly label: string;
}): ReactNode {
  const t = useWords('invoice');
  const query = useQuery('invoice.document', { invoiceId });
  if (query.state === 'failed') {
    return (
      <div className="view-failure">
        <Failure error={query.error} onRetry={query.reload} />
      </div>
    );
  }
  const document = query.state === 'ready' ? query.data : null;
  return (
    <PdfView
      label={label}
      base64={document?.base64 ?? null}
      fileName={document?.fileName ?? `${invoiceNumber}.pdf`}
      tools={
        <span className="clip soft">{document === null ? '' : t(document.isFrozen ? 'frozen' : 'notFrozen')}</span>
      }
    />
  );
}

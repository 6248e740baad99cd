// The invoices of a batch: filter, table and actions at the left, the chosen invoice as the customer will see it at the right.

import { useCallback, useMemo } from 'react';
import type { ReactNode } from 'react';
import type { InvoiceRow, Money } from '../../../shared/schema/batch.ts';
import { invoiceSortColumns } from '../../../shared/schema/batch.ts';
import { useEngine } from '../../state/client-context.tsx';
import { go } from '../../state/route.ts';
import { useInvoiceView, useUi } from '../../state/ui-context.tsx';
import type { InvoiceView } from '../../state/ui-store.ts';
import { usePagedRows } from '../../state/use-paged-rows.ts';
import type { PagedRows } from '../../state/use-paged-rows.ts';
import { useIsSlow } from '../../state/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { DataGrid } from '../../ui/data-grid.tsx';
import type { GridSort } from '../../ui/grid-types.ts';
import { Splitter } from '../../ui/splitter.tsx';
import { EmptyState, Failure, Skeleton } from '../../ui/views.tsx';
import { ok } from '../../../shared/result.ts';
import { useFormats, useWords } from '../../words/use-words.ts';
import { ChosenBar } from './chosen-bar.tsx';
import { InvoiceFilters } from './invoice-filters.tsx';
import { InvoicePreview } from './invoice-preview.tsx';
import { useChosen } from './use-chosen.ts';
import { useInvoiceColumns } from './invoice-columns.tsx';

/** Sums of what matches the filter. */
interface Whole {
  readonly sums: readonly Money[];
}

/** The tab. */
export function InvoicesTab({ batchId }: { readonly batchId: string }): ReactNode {
  const view = useInvoiceView(batchId);
  const changeView = useUi((state) => state.changeInvoiceView);
  const rows = useInvoiceRows(batchId, view);
  const active = useMemo(() => findActive(rows, view.activeId), [rows, view.activeId]);
  return (
    <Splitter
      name="batch"
      startShare={0.66}
      first={
        <div className="screen">
          <InvoiceFilters batchId={batchId} view={view} onChange={(change) => changeView(batchId, change)} />
          <InvoiceList batchId={batchId} view={view} rows={rows} activeId={active?.id ?? null} />
        </div>
      }
      second={<InvoicePreview key={batchId} batchId={batchId} row={active} />}
    />
  );
}

function InvoiceList({
  batchId,
  view,
  rows,
  activeId,
}: {
  readonly batchId: string;
  readonly view: InvoiceView;
  readonly rows: PagedRows<InvoiceRow, Whole>;
  readonly activeId: number | null;
}): ReactNode {
  const t = useWords('batch');
  const formats = useFormats();
  const changeView = useUi((state) => state.changeInvoiceView);
  const columns = useInvoiceColumns();
  const chosen = useChosen(rows, JSON.stringify(view.filter));
  const isSlow = useIsSlow(rows.state === 'loading');
  const activate = useCallback((row: InvoiceRow) => changeView(batchId, { activeId: row.id }), [batchId, changeView]);
  const open = useCallback((row: InvoiceRow) => go({ screen: 'invoice', batchId, invoiceId: row.id }), [batchId]);
  const sortBy = (sort: GridSort): void => {
    const column = invoiceSortColumns.find((name) => name === sort.column);
    if (column !== undefined) changeView(batchId, { sort: column, isDescending: sort.isDescending });
  };
  if (rows.state === 'failed' && rows.error !== null)
    return (
      <div className="view-failure">
        <Failure error={rows.error} onRetry={rows.reload} />
      </div>
    );
  if (rows.state === 'loading') return isSlow ? <Skeleton lines={8} /> : null;
  if (rows.total === 0) return <NoInvoices batchId={batchId} view={view} />;
  return (
    <>
      <div className="invoice-grid">
        <DataGrid
          label={t('tableLabel')}
          columns={columns}
          total={rows.total}
          rowAt={rows.rowAt}
          rowId={(row) => row.id}
          onShow={rows.show}
          activeId={activeId}
          onActivate={activate}
          onOpen={open}
          sort={{ column: view.sort, isDescending: view.isDescending }}
          onSort={sortBy}
          checks={chosen.checks}
          autoFocus
        />
      </div>
      {chosen.count > 0 ? (
        <ChosenBar batchId={batchId} chosen={chosen} total={rows.total} filter={view.filter} />
      ) : (
        <div className="grid-foot soft">
          {t('shown', { count: rows.total, sums: formats.sums(rows.whole?.sums ?? []) })}
        </div>
      )}
    </>
  );
}

function NoInvoices({ batchId, view }: { readonly batchId: string; readonly view: InvoiceView }): ReactNode {
  const t = useWords('batch');
  const changeView = useUi((state) => state.changeInvoiceView);
  const isFiltered = Object.keys(view.filter).length > 0;
  if (!isFiltered) return <EmptyState icon="batches" title={t('noInvoicesTitle')} />;
  return (
    <EmptyState
      icon="search"
      title={t('noMatchTitle')}
      actions={<Button onPress={() => changeView(batchId, { filter: {} })}>{t('clearFilters')}</Button>}
    >
      {t('noMatchText')}
    </EmptyState>
  );
}

function useInvoiceRows(batchId: string, view: InvoiceView): PagedRows<InvoiceRow, Whole> {
  const { client } = useEngine();
  const { filter, sort, isDescending } = view;
  return usePagedRows<InvoiceRow, Whole>({
    method: 'invoice.page',
    key: JSON.stringify([batchId, filter, sort, isDescending]),
    fetchPage: async ({ offset, limit }) => {
      const page = await client.call('invoice.page', { batchId, filter, sort, isDescending, offset, limit });
      return page.ok ? ok({ total: page.value.total, rows: page.value.rows, whole: { sums: page.value.sums } }) : page;
    },
  });
}

/** The chosen row where it is loaded, else the first one: a batch opens with something to look at. */
function findActive(rows: PagedRows<InvoiceRow, Whole>, activeId: number | null): InvoiceRow | null {
  return (activeId === null ? null : rows.find((row) => row.id === activeId)) ?? rows.rowAt(0);
}

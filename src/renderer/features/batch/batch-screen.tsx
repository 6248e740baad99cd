// The frame around one batch: what it is, where it is on its way, its bar, its tabs. The tabs' contents are given.

import { useCallback, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { BatchSummary, InvoiceState } from '../../../shared/schema/batch.ts';
import { batchRoute, batchTabs, go, hashOf } from '../../state/route.ts';
import type { BatchTab } from '../../state/route.ts';
import { useActions, useUi } from '../../state/ui-context.tsx';
import { useCommand } from '../../state/use-command.ts';
import { useQuery } from '../../state/use-query.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Icon } from '../../ui/icon.tsx';
import { TrialNotes } from '../../ui/steer/trial-notes.tsx';
import { StackedBar, StackedLegend } from '../../ui/stacked-bar.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import type { TabItem } from '../../ui/tabs.tsx';
import { Sums } from '../../ui/values.tsx';
import { EmptyState, Failure, Note, QueryView } from '../../ui/views.tsx';
import { useFormats, useWords } from '../../words/use-words.ts';
import { AboutFile } from './about-file.tsx';
import { DuplicateNotes } from './duplicate-notes.tsx';
import { ReceiptDialog } from './receipt-dialog.tsx';
import { StepLine } from './step-line.tsx';
import './batch.css';

/** A batch with one of its tabs. `onRelease` opens the release dialog. */
export function BatchScreen({
  batchId,
  tab,
  onRelease,
  children,
}: {
  readonly batchId: string;
  readonly tab: BatchTab;
  readonly onRelease: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const frame = useWords('frame');
  const query = useQuery('batch.get', { batchId });
  if (query.state === 'failed' && query.error.code === 'NOT_FOUND') {
    return (
      <EmptyState
        icon="search"
        title={frame('notFoundBatch')}
        actions={<Button onPress={() => go({ screen: 'batches' })}>{frame('toBatches')}</Button>}
      />
    );
  }
  return (
    <QueryView query={query}>
      {({ batch }) => (
        <div className="screen">
          <BatchHead batch={batch} onRelease={onRelease} />
          {batch.state === 'keptBack' && <KeptBack batch={batch} />}
          <div className="batch-trials">
            <TrialNotes batchId={batch.id} />
          </div>
          {/* The problems tab says the same at length. */}
          {tab === 'invoices' && <DuplicateNotes batch={batch} />}
          <BatchTabs batch={batch} tab={tab}>
            {children}
          </BatchTabs>
        </div>
      )}
    </QueryView>
  );
}

function BatchTabs({
  batch,
  tab,
  children,
}: {
  readonly batch: BatchSummary;
  readonly tab: BatchTab;
  readonly children: ReactNode;
}): ReactNode {
  const t = useWords('batch');
  return (
    <Tabs
      label={t('tabs')}
      tabs={useTabItems(batch)}
      chosen={tab}
      onChoose={(chosen) => go(batchRoute(batch.id, chosen))}
    >
      {children}
    </Tabs>
  );
}

function BatchHead({ batch, onRelease }: { readonly batch: BatchSummary; readonly onRelease: () => void }): ReactNode {
  const t = useWords('batch');
  const frame = useWords('frame');
  const formats = useFormats();
  const changeView = useUi((state) => state.changeInvoiceView);
  const ready = countOf(batch, 'ready');
  const canRelease = batch.state === 'imported' && ready > 0;
  useActions(
    useMemo(
      () =>
        canRelease
          ? [
              {
                id: 'batch.release',
                group: frame('groupBatch'),
                label: t('release', { count: ready }),
                keys: 'mod+enter',
                run: onRelease,
              },
            ]
          : [],
      [canRelease, frame, t, ready, onRelease],
    ),
  );
  const filterState = (state: InvoiceState): void => {
    changeView(batch.id, { filter: { states: [state] } });
    go(batchRoute(batch.id, 'invoices'));
  };
  const facts = [
    { name: t('format'), value: [batch.format, batch.formatVersion].filter((part) => part !== null).join(' ') },
    ...(batch.sellerName === null ? [] : [{ name: t('seller'), value: batch.sellerName }]),
    { name: t('invoices'), value: formats.count(batch.imported + batch.quarantined) },
    { name: batch.quarantined > 0 ? t('sumOutside') : t('sum'), value: <Sums values={batch.sums} /> },
    ...(batch.dueDateMin === null
      ? []
      : [{ name: t('dueDates'), value: formats.dateRange(batch.dueDateMin, batch.dueDateMax) }]),
  ];
  return (
    <header className="batch-head">
      <div className="line-up">
        <a className="batch-back" href={hashOf({ screen: 'batches' })} aria-label={t('back')} title={t('back')}>
          <Icon name="left" />
        </a>
        <h1 className="clip" title={batch.fileName}>
          {batch.fileName}
        </h1>
        <AboutFile batch={batch} />
        <span className="spread" />
        <StepLine batch={batch} />
        {canRelease && (
          <Button tone="primary" icon="deliveries" onPress={onRelease}>
            {t('release', { count: ready })}
          </Button>
        )}
      </div>
      <Facts items={facts} />
      <div className="batch-bar">
        <StackedBar counts={batch.counts} />
        <div className="line-up">
          <StackedLegend counts={batch.counts} onPick={filterState} />
          <span className="spread" />
          <ReceiptLine batch={batch} />
        </div>
      </div>
    </header>
  );
}

/** Read = imported + quarantined + skipped, and the way to the whole receipt. */
function ReceiptLine({ batch }: { readonly batch: BatchSummary }): ReactNode {
  const t = useWords('batch');
  const frame = useWords('frame');
  const formats = useFormats();
  const [isOpen, setIsOpen] = useState(false);
  const open = useCallback(() => setIsOpen(true), []);
  useActions(
    useMemo(
      () => [{ id: 'batch.receipt', group: frame('groupBatch'), label: t('showReceipt'), run: open }],
      [frame, t, open],
    ),
  );
  return (
    <>
      <span className="faint batch-receipt">
        {t('receipt', {
          read: formats.count(batch.read),
          imported: formats.count(batch.imported),
          quarantined: formats.count(batch.quarantined),
          skipped: formats.count(batch.skipped),
        })}
      </span>
      <IconButton icon="file" label={t('showReceipt')} onPress={open} />
      {isOpen && <ReceiptDialog batchId={batch.id} onClose={() => setIsOpen(false)} />}
    </>
  );
}

/** A strict import that was kept back as a whole: why, and both ways on. */
function KeptBack({ batch }: { readonly batch: BatchSummary }): ReactNode {
  const t = useWords('batch');
  const accept = useCommand('batch.acceptGood');
  return (
    <div className="batch-kept stack">
      <Note
        tone="bad"
        icon="failed"
        title={t('keptBackTitle', { count: batch.errorCount })}
        action={
          <div className="line-up">
            <Button onPress={() => go(batchRoute(batch.id, 'problems'))}>{t('showProblems')}</Button>
            <Button tone="primary" onPress={() => void accept.run({ batchId: batch.id })} isPending={accept.isRunning}>
              {t('takeGood')}
            </Button>
          </div>
        }
      >
        {t('keptBackText')}
      </Note>
      {accept.error !== null && <Failure error={accept.error} />}
    </div>
  );
}

function useTabItems(batch: BatchSummary): readonly TabItem<BatchTab>[] {
  const t = useWords('batch');
  const formats = useFormats();
  const problems = batch.errorCount + batch.warningCount;
  const released = (['waiting', 'sent', 'failed', 'unknown'] as const).reduce(
    (sum, state) => sum + countOf(batch, state),
    0,
  );
  const counts: Partial<Record<BatchTab, number>> = { problems, deliveries: released };
  return batchTabs.map((id) => {
    const count = counts[id] ?? 0;
    return { id, label: t(`tab.${id}`), ...(count > 0 ? { count: formats.count(count) } : {}) };
  });
}

function countOf(batch: BatchSummary, state: InvoiceState): number {
  return batch.counts.find((entry) => entry.state === state)?.count ?? 0;
}

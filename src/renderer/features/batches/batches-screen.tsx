// All batches, newest first, with imports that run or were refused above them.

import { useState } from 'react';
import type { ReactNode } from 'react';
import { useAppState } from '../../state/use-app.ts';
import { useChooseAndImport, useImportSample } from '../../state/use-import.ts';
import { useQuery } from '../../state/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState, QueryView } from '../../ui/views.tsx';
import { useFormats, useWords } from '../../words/use-words.ts';
import { BatchRow } from './batch-row.tsx';
import { ImportPanel, useImports } from './import-panel.tsx';
import './batches.css';

/** Enough for months of runs; more are asked for by a button. */
const firstRows = 50;

/** The first screen. */
export function BatchesScreen(): ReactNode {
  const t = useWords('batches');
  const app = useAppState();
  const mode = app?.settings.importMode ?? 'lenient';
  const choose = useChooseAndImport(mode);
  const importSample = useImportSample();
  const imports = useImports();
  const [limit, setLimit] = useState(firstRows);
  const query = useQuery('batch.list', { offset: 0, limit });
  const hasBatches = query.state === 'ready' && query.data.total > 0;
  return (
    <div className="screen">
      <header className="screen-head">
        <h1 className="spread">{t('title')}</h1>
        {hasBatches && app?.isPractice === true && <Button onPress={importSample}>{t('trySample')}</Button>}
        {hasBatches && (
          <Button tone="primary" icon="upload" onPress={choose}>
            {t('importButton')}
          </Button>
        )}
      </header>
      <div className="screen-scroll">
        <ImportPanel imports={imports} onChoose={choose} />
        <QueryView query={query}>
          {(data) =>
            data.total === 0 ? (
              imports.length === 0 && (
                <div className="batch-drop">
                  <EmptyState
                    icon="upload"
                    title={t('emptyTitle')}
                    actions={
                      <>
                        <Button tone="primary" icon="file" onPress={choose}>
                          {t('chooseFile')}
                        </Button>
                        <Button onPress={importSample}>{t('trySample')}</Button>
                      </>
                    }
                  >
                    {t('emptyText')}
                  </EmptyState>
                </div>
              )
            ) : (
              <>
                <ul className="batch-list" aria-label={t('listLabel')}>
                  {data.batches.map((batch) => (
                    <BatchRow key={batch.id} batch={batch} />
                  ))}
                </ul>
                {data.batches.length < data.total && (
                  <MoreBatches
                    shown={data.batches.length}
                    total={data.total}
                    onMore={() => setLimit(Math.min(500, limit + 100))}
                  />
                )}
              </>
            )
          }
        </QueryView>
      </div>
    </div>
  );
}

function MoreBatches({
  shown,
  total,
  onMore,
}: {
  readonly shown: number;
  readonly total: number;
  readonly onMore: () => void;
}): ReactNode {
  const t = useWords('batches');
  const formats = useFormats();
  return (
    <div className="batch-more">
      <span className="soft">{t('shownOf', { shown: formats.count(shown), total: formats.count(total) })}</span>
      <Button onPress={onMore}>{t('showMore')}</Button>
    </div>
  );
}

// Shown in place of every screen while the database cannot be opened: what is the matter, that nothing was changed, and the copies to restore.

import type { ReactNode } from 'react';
import type { AppError } from '../../../shared/result.ts';
import { CopyTable, StorageFailure, StorageWork, useStorage } from '../../ui/copy-list.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Note, QueryView } from '../../ui/views.tsx';
import { useWords } from '../../words/use-words.ts';
import './rescue.css';

/** `error` is what opening the database said: STORE_DAMAGED or STORE_NEWER. */
export function RescueScreen({ error }: { readonly error: AppError }): ReactNode {
  const t = useWords('storage');
  const storage = useStorage();
  const isNewer = error.code === 'STORE_NEWER';
  const isGone = error.details?.isGone === true;
  const file = error.details?.path;
  return (
    <div className="screen">
      <div className="screen-scroll rescue">
        <Note
          tone="bad"
          icon="failed"
          title={isNewer ? t('rescueNewerTitle') : isGone ? t('rescueMissingTitle') : t('rescueDamagedTitle')}
        >
          {isNewer ? t('rescueNewer') : isGone ? t('rescueMissing') : t('rescueDamaged')}
        </Note>
        <QueryView query={storage}>
          {(state) => (
            <>
              <Facts
                items={[
                  ...(typeof file === 'string'
                    ? [{ name: t('rescueFile'), value: <span className="mono">{file}</span> }]
                    : []),
                  { name: t('copyFolder'), value: <span className="mono">{state.folder}</span> },
                ]}
              />
              {state.running !== null && <StorageWork running={state.running} />}
              <StorageFailure title={t('restoreFailed')} code={state.failures.restore} />
              {state.copies.length === 0 ? <p>{t('rescueNone')}</p> : <CopyTable storage={state} />}
            </>
          )}
        </QueryView>
      </div>
    </div>
  );
}

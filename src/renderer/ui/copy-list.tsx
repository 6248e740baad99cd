// The copies of the database as a table, the restoring of one with the words of what happens, and how work over the store goes on.

import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { StorageState, StoreCopyEntry } from '../../shared/schema/storage.ts';
import { codeOf } from '../state/error-code.ts';
import { useCommand } from '../state/use-command.ts';
import { useQuery } from '../state/use-query.ts';
import type { Query } from '../state/use-query.ts';
import { useErrorWords } from '../words/use-error-words.ts';
import { useFormats, useWords } from '../words/use-words.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Icon } from './icon.tsx';
import { Progress } from './progress.tsx';
import { Tag } from './state-badge.tsx';
import { Failure, Note } from './views.tsx';
import './plain-table.css';
import './copy-list.css';

/** While something runs its progress is asked for this often. */
const followEveryMs = 500;

/** The state of the store's copies, asked for again and again while something runs. */
export function useStorage(): Query<'storage.state'> {
  const query = useQuery('storage.state', {});
  const isRunning = query.state === 'ready' && query.data.running !== null;
  const { reload } = query;
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(reload, followEveryMs);
    return () => clearInterval(timer);
  }, [isRunning, reload]);
  return query;
}

/** What runs over the store, with its progress and the way to stop it. */
export function StorageWork({ running }: { readonly running: NonNullable<StorageState['running']> }): ReactNode {
  const t = useWords('storage');
  const stop = useCommand('storage.stop');
  const { task, done, total, isStopping } = running;
  const label = t(`running.${task}`);
  return (
    <div className="storage-work" role="status">
      <span>{label}</span>
      <span className="storage-progress">
        <Progress label={label} share={total === null || total === 0 ? null : done / total} />
      </span>
      <span className="faint numeric">
        {total !== null && task !== 'restore' && t(`progress.${task}`, { done, total })}
      </span>
      {task !== 'restore' && (
        <Button onPress={() => void stop.run({})} isPending={isStopping}>
          {isStopping ? t('stopping') : t('stop')}
        </Button>
      )}
    </div>
  );
}

/** Why the last work of a kind did not succeed; nothing when it did. */
export function StorageFailure({ title, code }: { readonly title: string; readonly code: string | null }): ReactNode {
  return code === null ? null : <FailureNote title={title} code={code} />;
}

function FailureNote({ title, code }: { readonly title: string; readonly code: string }): ReactNode {
  const words = useErrorWords({ code: codeOf(code) });
  return (
    <Note tone="bad" icon="failed" title={title}>
      {words.title}. {words.next} <span className="faint mono">{code}</span>
    </Note>
  );
}

/** The copies, newest first. */
export function CopyTable({ storage }: { readonly storage: StorageState }): ReactNode {
  const t = useWords('storage');
  const formats = useFormats();
  const [chosen, setChosen] = useState<StoreCopyEntry | null>(null);
  const newest = storage.copies.find(({ kind }) => kind !== 'replaced' && kind !== 'damaged');
  return (
    <>
      <div className="table-box" tabIndex={0} role="region" aria-label={t('copies')}>
        <table className="plain-table copy-table">
          <thead>
            <tr>
              <th scope="col">{t('made')}</th>
              <th scope="col">{t('kind')}</th>
              <th scope="col" className="numeric">
                {t('size')}
              </th>
              <th scope="col">{t('checked')}</th>
              <th scope="col">
                <span className="visually-hidden">{t('restoreDo')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {storage.copies.map((copy) => (
              <tr key={copy.name}>
                <td className="numeric">
                  <span className="line-up">
                    {formats.dateTime(copy.madeAtMs)}
                    {copy === newest && <Tag tone="calm">{t('newest')}</Tag>}
                  </span>
                </td>
                <td>{t(`kind.${copy.kind}`)}</td>
                <td className="numeric">{formats.bytes(copy.sizeBytes)}</td>
                <td>
                  <CheckedText kind={copy.kind} />
                </td>
                <td className="copy-restore">
                  {copy.kind !== 'damaged' && (
                    <Button onPress={() => setChosen(copy)} isDisabled={storage.running !== null}>
                      {t('restore')}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {chosen !== null && <RestoreDialog copy={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}

function CheckedText({ kind }: { readonly kind: StoreCopyEntry['kind'] }): ReactNode {
  const t = useWords('storage');
  if (kind === 'damaged') return <span className="faint">{t('checkedDamaged')}</span>;
  if (kind === 'replaced') return <span className="faint">{t('checkedLater')}</span>;
  return (
    <span className="line-up tone-good copy-checked">
      <Icon name="check" size={14} />
      <span>{t('checkedYes')}</span>
    </span>
  );
}

function RestoreDialog({ copy, onClose }: { readonly copy: StoreCopyEntry; readonly onClose: () => void }): ReactNode {
  const t = useWords('storage');
  const common = useWords('common');
  const formats = useFormats();
  const start = useCommand('storage.start');
  const restore = async (): Promise<void> => {
    const started = await start.run({ task: 'restore', name: copy.name });
    if (started?.ok === true) onClose();
  };
  return (
    <Dialog
      title={t('restoreTitle', { time: formats.dateTime(copy.madeAtMs) })}
      isOpen
      onClose={onClose}
      role="alertdialog"
      actions={
        <>
          <Button tone="danger" onPress={() => void restore()} isPending={start.isRunning}>
            {t('restoreDo')}
          </Button>
          <Button onPress={onClose} autoFocus>
            {common('cancel')}
          </Button>
        </>
      }
    >
      <ul className="restore-points">
        <li>{t('restoreSent')}</li>
        <li>{t('restorePaused')}</li>
        <li>{t('restoreGone')}</li>
        <li>{t('restoreAside')}</li>
      </ul>
      {start.error !== null && <Failure error={start.error} />}
    </Dialog>
  );
}

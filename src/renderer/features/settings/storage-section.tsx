// Where data is kept, the copies of the database, and the check of all that is kept.

import type { ReactNode } from 'react';
import type { AppState } from '../../../shared/schema/settings.ts';
import type { StorageState } from '../../../shared/schema/storage.ts';
import { useCommand } from '../../state/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { CopyTable, StorageFailure, StorageWork, useStorage } from '../../ui/copy-list.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Moment } from '../../ui/values.tsx';
import { Failure, Note, QueryView } from '../../ui/views.tsx';
import { useFormats, useWords } from '../../words/use-words.ts';

/** The section. */
export function StorageSection({ app }: { readonly app: AppState }): ReactNode {
  const t = useWords('settings');
  const storage = useStorage();
  return (
    <section className="settings-section" aria-labelledby="settings-heading">
      <h2 id="settings-heading">{t('section.storage')}</h2>
      <Facts
        items={[
          { name: t('dataFolder'), value: <span className="mono">{app.dataFolder}</span> },
          { name: t('lastSaved'), value: <Moment atMs={app.lastSavedAtMs} /> },
        ]}
      />
      <p className="soft">{t('dataFolderHelp')}</p>
      <QueryView query={storage}>
        {(state) => (
          <>
            <Copies storage={state} />
            <Check storage={state} />
          </>
        )}
      </QueryView>
      <Note tone={app.hasKeychain ? 'good' : 'warn'} icon="key" title={t('keychain')}>
        {app.hasKeychain ? t('keychainYes') : t('keychainNo')}
      </Note>
    </section>
  );
}

function Copies({ storage }: { readonly storage: StorageState }): ReactNode {
  const t = useWords('storage');
  const start = useCommand('storage.start');
  const { running, failures, copies } = storage;
  return (
    <>
      <h3>{t('copies')}</h3>
      <p className="soft">{t('copiesHelp')}</p>
      {running !== null && running.task !== 'verify' ? (
        <StorageWork running={running} />
      ) : (
        <div>
          <Button icon="plus" onPress={() => void start.run({ task: 'copy' })} isDisabled={running !== null}>
            {t('makeCopy')}
          </Button>
        </div>
      )}
      {start.error !== null && <Failure error={start.error} />}
      <StorageFailure title={t('copyFailed')} code={failures.copy} />
      <StorageFailure title={t('restoreFailed')} code={failures.restore} />
      {copies.length === 0 ? <p className="faint">{t('noCopies')}</p> : <CopyTable storage={storage} />}
    </>
  );
}

function Check({ storage }: { readonly storage: StorageState }): ReactNode {
  const t = useWords('storage');
  const start = useCommand('storage.start');
  const { running, failures, lastCheck } = storage;
  return (
    <>
      <h3>{t('verify')}</h3>
      <p className="soft">{t('verifyHelp')}</p>
      {running?.task === 'verify' ? (
        <StorageWork running={running} />
      ) : (
        <div>
          <Button icon="check" onPress={() => void start.run({ task: 'verify' })} isDisabled={running !== null}>
            {t('verifyNow')}
          </Button>
        </div>
      )}
      {start.error !== null && <Failure error={start.error} />}
      <StorageFailure title={t('verifyFailed')} code={failures.verify} />
      {lastCheck !== null && running?.task !== 'verify' && <CheckReport check={lastCheck} />}
    </>
  );
}

/** So many faults are drawn; `utskick verify` lists them all. */
const mostShown = 10;

function CheckReport({ check }: { readonly check: NonNullable<StorageState['lastCheck']> }): ReactNode {
  const t = useWords('storage');
  const formats = useFormats();
  const { isSound, checked, findings, auditHead } = check.report;
  const time = formats.dateTime(check.atMs);
  return (
    <Note
      tone={isSound ? 'good' : 'bad'}
      icon={isSound ? 'check' : 'failed'}
      title={isSound ? t('sound', { time }) : t('unsound', { time })}
    >
      {!isSound && <p>{t('unsoundNext')}</p>}
      {!isSound && (
        <ul className="check-findings">
          {findings.slice(0, mostShown).map(({ part, code, detail }) => (
            <li key={`${part} ${detail}`}>
              {t(`part.${part}`)}: {t(`code.${code}`)}. <span className="faint mono">{detail}</span>
            </li>
          ))}
          {findings.length > mostShown && <li>{t('more', { count: findings.length - mostShown })}</li>}
        </ul>
      )}
      <p>{t('looked', checked)}</p>
      {auditHead !== null && <p className="faint mono host-key">{t('head', auditHead)}</p>}
    </Note>
  );
}

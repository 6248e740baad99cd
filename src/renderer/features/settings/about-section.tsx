// Where data is kept, and what this program is.

import type { ReactNode } from 'react';
import type { AppState } from '../../../shared/schema/settings.ts';
import { Facts } from '../../ui/facts.tsx';
import { Moment } from '../../ui/values.tsx';
import { Note } from '../../ui/views.tsx';
import { useWords } from '../../words/use-words.ts';

/** Data folder, keychain and last save. */
export function StorageSection({ app }: { readonly app: AppState }): ReactNode {
  const t = useWords('settings');
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
      <Note tone={app.hasKeychain ? 'good' : 'warn'} icon="key" title={t('keychain')}>
        {app.hasKeychain ? t('keychainYes') : t('keychainNo')}
      </Note>
    </section>
  );
}

/** Name, version and licence. */
export function AboutSection({ app }: { readonly app: AppState }): ReactNode {
  const t = useWords('settings');
  return (
    <section className="settings-section" aria-labelledby="settings-heading">
      <h2 id="settings-heading">{t('section.about')}</h2>
      <p>{t('aboutText')}</p>
      <Facts
        items={[
          { name: t('version'), value: app.version },
          { name: t('runsIn'), value: t(`runsIn.${app.host}`) },
        ]}
      />
      <p className="soft">{t('license')}</p>
    </section>
  );
}

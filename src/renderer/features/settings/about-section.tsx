// What this program is.

import type { ReactNode } from 'react';
import type { AppState } from '../../../shared/schema/settings.ts';
import { Facts } from '../../ui/facts.tsx';
import { useWords } from '../../words/use-words.ts';

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

// Language, theme and how imports treat errors.

import type { ReactNode } from 'react';
import type { Settings } from '../../../shared/schema/settings.ts';
import { useCommand } from '../../state/use-command.ts';
import { Choice } from '../../ui/fields.tsx';
import { Failure } from '../../ui/views.tsx';
import { useWords } from '../../words/use-words.ts';

/** Languages are named in themselves, so that everyone finds their own. */
const languageNames = [
  { id: 'sv', label: 'Svenska' },
  { id: 'nb', label: 'Norsk bokmål' },
  { id: 'en', label: 'English' },
] as const;

/** Choices that take effect at once. */
export function LookSection({ settings }: { readonly settings: Settings }): ReactNode {
  const t = useWords('settings');
  const save = useCommand('app.saveSettings');
  const themes = (['system', 'light', 'dark'] as const).map((id) => ({ id, label: t(`theme.${id}`) }));
  const modes = (['lenient', 'strict'] as const).map((id) => ({
    id,
    label: t(`importMode.${id}`),
    detail: t(`importMode.${id}Detail`),
  }));
  return (
    <section className="settings-section" aria-labelledby="settings-heading">
      <h2 id="settings-heading">{t('section.look')}</h2>
      <Choice
        label={t('language')}
        value={settings.language}
        options={languageNames}
        onChange={(language) => void save.run({ language })}
      />
      <Choice
        label={t('theme')}
        value={settings.theme}
        options={themes}
        onChange={(theme) => void save.run({ theme })}
      />
      <Choice
        label={t('importMode')}
        value={settings.importMode}
        options={modes}
        onChange={(importMode) => void save.run({ importMode })}
      />
      {save.error !== null && <Failure error={save.error} />}
    </section>
  );
}

// Puts the whole window together: engine access, language, theme, frame and the screen of the present route.

import { useEffect, useMemo } from 'react';
import type { ReactNode } from 'react';
import { I18nProvider as AriaLocale } from 'react-aria-components';
import { I18nextProvider } from 'react-i18next';
import type { Language } from '../../shared/schema/settings.ts';
import type { Client } from '../rpc/client.ts';
import { ClientProvider } from '../state/client-context.tsx';
import { UiProvider } from '../state/ui-context.tsx';
import type { UiStore } from '../state/ui-store.ts';
import { dataOf, useQuery } from '../state/use-query.ts';
import { createI18n } from '../words/i18n.ts';
import { useLanguage } from '../words/use-words.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Frame } from './frame.tsx';
import { useTheme } from './use-theme.ts';

const ariaLocales = { sv: 'sv-SE', nb: 'nb-NO', en: 'en-GB' } as const;

/** The application. `client` talks to the engine; `ui` keeps the window's own state. */
export function App({ client, ui }: { readonly client: Client; readonly ui: UiStore }): ReactNode {
  // Swedish until the settings have been read, a few milliseconds later.
  const i18n = useMemo(() => createI18n('sv'), []);
  return (
    <ClientProvider client={client}>
      <UiProvider store={ui}>
        <I18nextProvider i18n={i18n}>
          <Localised onLanguage={(language) => void i18n.changeLanguage(language)} />
        </I18nextProvider>
      </UiProvider>
    </ClientProvider>
  );
}

function Localised({ onLanguage }: { readonly onLanguage: (language: string) => void }): ReactNode {
  const state = useQuery('app.state', {});
  const app = dataOf(state);
  // Where the settings cannot be read, the computer's language.
  const wanted = app?.settings.language ?? (state.state === 'failed' ? computerLanguage() : undefined);
  const language = useLanguage();
  useTheme(app?.settings.theme ?? 'system');
  useEffect(() => {
    if (wanted !== undefined && wanted !== language) onLanguage(wanted);
  }, [wanted, language, onLanguage]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <AriaLocale locale={ariaLocales[language]}>
      <ErrorBoundary>
        <Frame />
      </ErrorBoundary>
    </AriaLocale>
  );
}

function computerLanguage(): Language {
  const names: readonly Language[] = navigator.languages.flatMap((tag): Language[] => {
    const base = tag.split('-')[0];
    if (base === 'sv' || base === 'en') return [base];
    return base === 'nb' || base === 'nn' || base === 'no' ? ['nb'] : [];
  });
  return names[0] ?? 'sv';
}

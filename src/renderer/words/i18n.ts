// Sets up i18next with the catalogues. Nothing is loaded over the network and nothing is guessed from the browser.

import { createInstance } from 'i18next';
import type { i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { languages } from '../../shared/schema/settings.ts';
import type { Language } from '../../shared/schema/settings.ts';
import { catalogue } from './catalogue.ts';

/** A ready i18next instance; change its language with `changeLanguage`. React escapes, so values are put in as they are. */
export function createI18n(language: Language): i18n {
  const instance = createInstance();
  const resources = Object.fromEntries(
    languages.map((name) => [
      name,
      Object.fromEntries(Object.entries(catalogue).map(([area, words]) => [area, words[name]])),
    ]),
  );
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources,
    ns: Object.keys(catalogue),
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    initAsync: false,
    returnNull: false,
    returnEmptyString: false,
  });
  return instance;
}

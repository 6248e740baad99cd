// The hooks by which components get their texts and their numbers and dates in the chosen language.

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { languages } from '../../shared/schema/settings.ts';
import type { Language } from '../../shared/schema/settings.ts';
import type { Area, KeyOf } from './catalogue.ts';
import { createFormats } from './formats.ts';
import type { Formats } from './formats.ts';

/** Values for the places in a text; `count` also chooses the plural form. */
export type WordValues = Readonly<Record<string, string | number>>;

/** Asks for a text of one area by its key. */
export type Words<A extends Area> = (key: KeyOf<A>, values?: WordValues) => string;

/** Texts of one area in the chosen language. */
export function useWords<A extends Area>(area: A): Words<A> {
  const { i18n } = useTranslation(area);
  const { language } = i18n;
  return useMemo(() => {
    const t = i18n.getFixedT(language, area);
    return (key: string, values: WordValues = {}) => t(key, { ...values });
  }, [i18n, language, area]);
}

/** The language of the screen now. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return languages.find((language) => language === i18n.language) ?? 'sv';
}

/** Numbers, money, dates and times as the chosen language writes them. */
export function useFormats(): Formats {
  const language = useLanguage();
  return useMemo(() => createFormats(language), [language]);
}

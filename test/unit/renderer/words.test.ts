// The catalogue: every text in every language, with the same places to fill in, and plural pairs complete.

import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../src/renderer/words/catalogue.ts';
import { createI18n } from '../../../src/renderer/words/i18n.ts';
import { languages } from '../../../src/shared/schema/settings.ts';

const areas = Object.entries(catalogue) as [string, Record<string, Record<string, string>>][];
const placesIn = (text: string): readonly string[] =>
  [...text.matchAll(/\{\{([^}]+)\}\}/gu)].map(([, place]) => (place ?? '').trim()).sort();

describe.each(areas)('the words of %s', (area, words) => {
  const keys = Object.keys(words.sv ?? {});

  it('are there in every language and never empty', () => {
    for (const language of languages) {
      expect(Object.keys(words[language] ?? {}).sort()).toEqual([...keys].sort());
      for (const key of keys) expect(words[language]?.[key]?.trim(), `${area}.${key} in ${language}`).toBeTruthy();
    }
  });

  it('have the same places to fill in', () => {
    for (const key of keys) {
      for (const language of languages)
        expect(placesIn(words[language]?.[key] ?? ''), `${area}.${key} in ${language}`).toEqual(
          placesIn(words.sv?.[key] ?? ''),
        );
    }
  });

  it('come in whole plural pairs', () => {
    for (const key of keys) {
      const base = /^(.*)_(one|other)$/u.exec(key)?.[1];
      if (base !== undefined) expect(keys).toEqual(expect.arrayContaining([`${base}_one`, `${base}_other`]));
    }
  });

  it('avoid we, oops and exclamation marks', () => {
    for (const language of languages)
      for (const key of keys)
        expect(words[language]?.[key]).not.toMatch(/\b(we|our|oops|vi|vår|våra|hoppsan|ups)\b|!/iu);
  });
});

describe('a text', () => {
  it('chooses its plural form and writes its number as the language does', () => {
    const t = createI18n('sv').getFixedT('sv', 'common');
    expect(t('invoices', { count: 1 })).toBe('1 faktura');
    expect(t('invoices', { count: 4_812 }).replaceAll('\u00a0', ' ')).toBe('4 812 fakturor');
  });

  it('takes values as they are: React escapes them when it draws', () => {
    const t = createI18n('en').getFixedT('en', 'frame');
    expect(t('importFailed', { name: '<b>&.xml' })).toBe('<b>&.xml was not imported.');
  });
});

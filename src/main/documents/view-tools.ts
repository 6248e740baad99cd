// How any value of an invoice becomes text: the tools that all parts of the view share. No invoice is read here beyond its currency.

import type { Language } from '../../shared/schema/settings.ts';
import { minorDigits } from '../../shared/currency.ts';
import type { CleanText } from './clean-text.ts';
import { formatDate, formatMinor } from './format-values.ts';
import { documentWords } from './words.ts';
import type { DocumentWords } from './words.ts';

/** A value with the word that stands before or above it. */
export interface LabelledText {
  readonly label: string;
  readonly text: string;
}

/** The tools with which values become text; made once per document. */
export interface ViewTools {
  readonly language: Language;
  readonly words: DocumentWords;
  readonly clean: CleanText;
  /** Minor units as text without currency. */
  readonly money: (amountMinor: number) => string;
  readonly date: (isoDate: string) => string;
  /** The label and the text, or nothing where there is no text. */
  readonly fact: (label: string, text: string | null) => LabelledText[];
}

/** Tools for one language and one currency (ISO 4217). */
export function viewTools(currency: string, language: Language, clean: CleanText): ViewTools {
  const digits = minorDigits(currency);
  return {
    language,
    words: documentWords(language),
    clean,
    money: (amountMinor) => formatMinor(amountMinor, digits, language),
    date: (isoDate) => clean(formatDate(isoDate, language), 30),
    fact: (label, text) => {
      const shown = text === null ? '' : clean(text);
      return shown === '' ? [] : [{ label, text: shown }];
    },
  };
}

// Words for an error of the engine, by its code. The texts themselves are shared with the command line.

import { useCallback } from 'react';
import type { AppError } from '../../shared/result.ts';
import { wordsForError } from '../../shared/words/error-words.ts';
import type { ErrorWords } from '../../shared/words/error-words.ts';
import { useLanguage } from './use-words.ts';

/** State and cause of an error, and what to do next, in the chosen language. */
export function useErrorWords(error: Pick<AppError, 'code' | 'details'>): ErrorWords {
  return wordsForError(error, useLanguage());
}

/** The same as one text, for short messages about errors that are not known yet while drawing. */
export function useErrorText(): (error: Pick<AppError, 'code' | 'details'>) => string {
  const language = useLanguage();
  return useCallback(
    (error) => {
      const { title, next } = wordsForError(error, language);
      return `${title} ${next}`.trim();
    },
    [language],
  );
}

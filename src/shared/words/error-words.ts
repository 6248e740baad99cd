// Builds the words of an error in a language from its code and details. The texts stand in the catalogues beside this file.

import type { AppError } from '../result.ts';
import type { Language } from '../schema/settings.ts';
import { wordsForCause } from './cause-words.ts';
import type { ErrorCatalogue, ErrorFacts } from './error-text.ts';
import { enErrors } from './error-words.en.ts';
import { nbErrors } from './error-words.nb.ts';
import { svErrors } from './error-words.sv.ts';
import { writeCount } from './value-words.ts';

/** What a person reads about an error. */
export interface ErrorWords {
  /** State and cause, one sentence. */
  readonly title: string;
  readonly next: string;
}

const catalogues = { sv: svErrors, nb: nbErrors, en: enErrors } as const satisfies Readonly<
  Record<Language, ErrorCatalogue>
>;

/** Words for an error, by its code; its English message is for logs and never shown. */
export function wordsForError(error: Pick<AppError, 'code' | 'details'>, language: Language): ErrorWords {
  const { cause, detail } = error.details ?? {};
  // Where a peer said why, its own words tell more than that it could not be asked.
  if (error.code === 'CONNECTION_FAILED' && typeof cause === 'string')
    return wordsForCause(
      { code: cause, detail: typeof detail === 'string' ? detail : null, isRetried: false },
      language,
    );
  const [title, next] = catalogues[language][error.code](factsOf(error, language));
  return { title, next };
}

function factsOf({ details = {} }: Pick<AppError, 'details'>, language: Language): ErrorFacts {
  const text = (name: string): string => {
    const value = details[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  return {
    text,
    has: (name) => details[name] !== undefined && details[name] !== null,
    count: (name) => {
      const value = details[name];
      return typeof value === 'number' ? writeCount(value, language) : '';
    },
  };
}

// Norwegian bokmål words for what is wrong with a CSV file itself.

import type { ProblemCatalogue } from './problem-text.ts';

/** Norwegian bokmål. */
export const nbCsv: Pick<ProblemCatalogue, 'core.csv.columns' | 'core.csv.quote'> = {
  'core.csv.columns': {
    title: 'Raden har feil antall felt',
    message: ({ count }) => `Raden har ${count('actual')} felt, overskriftsraden ${count('expected')}.`,
    suggestion: () => 'Et skilletegn i en verdi skal stå i anførselstegn. La leverandøren rette eksporten.',
  },
  'core.csv.quote': {
    title: 'Et anførselstegn er feil',
    message: ({ text }) => {
      if (text('reason') === 'unclosed') return 'Anførselstegnet avsluttes aldri.';
      return text('reason') === 'tooLong'
        ? 'Raden er lengre enn 1 MB; et anførselstegn mangler trolig.'
        : 'Det står tekst etter det avsluttende anførselstegnet.';
    },
    suggestion: () => 'Et anførselstegn i en verdi skrives dobbelt. La leverandøren rette eksporten.',
  },
};

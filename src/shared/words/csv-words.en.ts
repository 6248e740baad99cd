// English words for what is wrong with a CSV file itself.

import type { ProblemCatalogue } from './problem-text.ts';

/** English. */
export const enCsv: Pick<ProblemCatalogue, 'core.csv.columns' | 'core.csv.quote'> = {
  'core.csv.columns': {
    title: 'The row has a wrong number of fields',
    message: ({ count }) => `The row has ${count('actual')} fields, the header ${count('expected')}.`,
    suggestion: () => 'A separator inside a value must stand in quotation marks. Have the vendor correct the export.',
  },
  'core.csv.quote': {
    title: 'A quotation mark is wrong',
    message: ({ text }) => {
      if (text('reason') === 'unclosed') return 'The quotation mark is never closed.';
      return text('reason') === 'tooLong'
        ? 'The row is longer than 1 MB; a quotation mark is probably missing.'
        : 'There is text after the closing quotation mark.';
    },
    suggestion: () => 'A quotation mark inside a value is written twice. Have the vendor correct the export.',
  },
};

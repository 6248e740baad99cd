// Swedish words for what is wrong with a CSV file itself.

import type { ProblemCatalogue } from './problem-text.ts';

/** Swedish. */
export const svCsv: Pick<ProblemCatalogue, 'core.csv.columns' | 'core.csv.quote'> = {
  'core.csv.columns': {
    title: 'Raden har fel antal fält',
    message: ({ count }) => `Raden har ${count('actual')} fält, rubrikraden ${count('expected')}.`,
    suggestion: () => 'Ett skiljetecken i ett värde ska stå inom citattecken. Låt leverantören rätta exporten.',
  },
  'core.csv.quote': {
    title: 'Ett citattecken är fel',
    message: ({ text }) => {
      if (text('reason') === 'unclosed') return 'Citattecknet avslutas aldrig.';
      return text('reason') === 'tooLong'
        ? 'Raden är längre än 1 MB; ett citattecken saknas troligen.'
        : 'Det står text efter det avslutande citattecknet.';
    },
    suggestion: () => 'Ett citattecken i ett värde skrivs dubbelt. Låt leverantören rätta exporten.',
  },
};

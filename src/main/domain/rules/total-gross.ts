// Rule: total without VAT plus VAT gives the total with VAT.

import { amountFinding, currencyOf, defineRule, noFindings } from './define-rule.ts';
import { netFromRows } from './expected-totals.ts';

/** `core.total.gross`, exact. Where the source has no net total, the rows' sum takes its place. Where a format has the rounding inside the total (EHF 2, Svefaktura), the reader has taken it out. */
export const totalGross = defineRule('core.total.gross', (invoice) => {
  const { netMinor, vatMinor, grossMinor: statedMinor } = invoice.totals;
  const net = netMinor ?? netFromRows(invoice);
  if (statedMinor === null || vatMinor === null || net === null) return noFindings;
  const expectedMinor = net + vatMinor;
  if (expectedMinor === statedMinor) return noFindings;
  const params = { netMinor: net, vatMinor };
  return [
    amountFinding('core.total.gross', {
      field: 'totals.grossMinor',
      statedMinor,
      expectedMinor,
      currency: currencyOf(invoice),
      params,
    }),
  ];
});

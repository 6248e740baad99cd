// Rule: the plusgiro number has 2 to 8 digits and its check digit right.

import { isPlusgiro } from '../identifiers/plusgiro.ts';
import { defineRule, finding, noFindings } from './define-rule.ts';

/** `core.account.plusgiro` (as Peppol SE-R-007 and SE-R-010, which are warnings too). */
export const accountPlusgiro = defineRule('core.account.plusgiro', ({ payment: { plusgiro } }) =>
  plusgiro === null || isPlusgiro(plusgiro)
    ? noFindings
    : [
        finding('core.account.plusgiro', {
          field: 'payment.plusgiro',
          found: plusgiro,
          expected: 'NN NN NN-N',
          params: { account: plusgiro },
        }),
      ],
);

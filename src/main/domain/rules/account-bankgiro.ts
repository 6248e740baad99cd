// Rule: the bankgiro number has 7 or 8 digits and its check digit right.

import { isBankgiro } from '../identifiers/bankgiro.ts';
import { defineRule, finding, noFindings } from './define-rule.ts';

/** `core.account.bankgiro` (as Peppol SE-R-008 and SE-R-009, which are warnings too). */
export const accountBankgiro = defineRule('core.account.bankgiro', ({ payment: { bankgiro } }) =>
  bankgiro === null || isBankgiro(bankgiro)
    ? noFindings
    : [
        finding('core.account.bankgiro', {
          field: 'payment.bankgiro',
          found: bankgiro,
          expected: 'NNNN-NNNN',
          params: { account: bankgiro },
        }),
      ],
);

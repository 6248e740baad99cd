// Rule: the IBAN has its check digits right.

import { isIban } from '../identifiers/iban.ts';
import { defineRule, finding, noFindings } from './define-rule.ts';

/** `core.account.iban`. */
export const accountIban = defineRule('core.account.iban', ({ payment: { iban } }) =>
  iban === null || isIban(iban)
    ? noFindings
    : [finding('core.account.iban', { field: 'payment.iban', found: iban, params: { account: iban } })],
);

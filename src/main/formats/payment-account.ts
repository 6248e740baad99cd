// Tells what an account of the payment means is: bankgiro, plusgiro, IBAN or a domestic account. Form only; check digits are rules.

import type { Payment } from '../../shared/schema/invoice.ts';

/** Which of the payment's fields an account number belongs in, by the institution beside it and its form. */
export function accountField(
  account: string,
  institution: string | null,
): keyof Pick<Payment, 'bankgiro' | 'plusgiro' | 'iban' | 'account'> {
  switch (institution?.toUpperCase()) {
    case 'SE:BANKGIRO':
    case 'BGABSESS':
      return 'bankgiro';
    case 'SE:PLUSGIRO':
    case 'PGSISESS':
      return 'plusgiro';
    default:
      return /^[A-Z]{2}\d{2}[A-Z0-9 ]{8,40}$/i.test(account) ? 'iban' : 'account';
  }
}

/** Whether an institution's id has the form of a BIC (ISO 9362: 8 or 11 characters). */
export function isBic(institution: string): boolean {
  return /^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(institution);
}

// Where and with what reference to pay, as printed. No drawing and no check digits: those are rules, checked at import.

import type { Payment } from '../../shared/schema/invoice.ts';
import { formatAccount, formatBankgiro, formatIban, formatPlusgiro } from './format-values.ts';
import type { LabelledText, ViewTools } from './view-tools.ts';

/** Payment details in words. */
export interface PaymentView {
  readonly reference: LabelledText | null;
  /** Every way to pay, the one most used in the country first. */
  readonly accounts: readonly LabelledText[];
  /** BIC, which goes with an IBAN but is no account. */
  readonly bic: LabelledText | null;
}

/** Builds the payment details. */
export function paymentView(payment: Payment, tools: ViewTools): PaymentView {
  const { words, fact, clean } = tools;
  const show = (label: string, text: string | null, format: (text: string) => string): LabelledText[] =>
    fact(label, text === null ? null : format(clean(text, 40)));
  const label = /^\d+-?$/u.test(payment.reference ?? '') ? numberLabel(payment, tools) : words.paymentReference;
  return {
    reference: show(label, payment.reference, (text) => text)[0] ?? null,
    accounts: [
      ...show(words.bankgiro, payment.bankgiro, formatBankgiro),
      ...show(words.plusgiro, payment.plusgiro, formatPlusgiro),
      ...show(words.account, payment.account, formatAccount),
      ...show(words.iban, payment.iban, formatIban),
    ],
    bic: fact(words.bic, payment.bic)[0] ?? null,
  };
}

/** A reference of digits is a KID with a Norwegian account, an OCR number with a Swedish giro, and otherwise what the language expects. */
function numberLabel(payment: Payment, { words, language }: ViewTools): string {
  if (payment.account !== null || language === 'nb') return words.kid;
  const isSwedish = payment.bankgiro !== null || payment.plusgiro !== null || language === 'sv';
  return isSwedish ? words.ocr : words.paymentReference;
}

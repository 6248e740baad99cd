// Every rule id with its severity and who can mend the cause. Ids are stable for ever; the words are in the catalogues beside this file.

import type { Mender, Severity } from '../schema/problem.ts';
import { channelRuleFacts } from './channel-rule-facts.ts';
import { standardFacts } from './standard-rule-facts.ts';

/** What is fixed about a rule. */
export interface RuleFacts {
  /** Usual severity; some rules report a milder case as a warning or information, and the finding says so. */
  readonly severity: Severity;
  readonly mender: Mender;
}

/** The product's own rules, on the file and its values (`core.xml`, `core.type`, …; the reader reports them) and on the invoice. */
const ownFacts = {
  // The file as a whole
  'core.xml.wellformed': { severity: 'error', mender: 'vendor' },
  'core.xml.doctype': { severity: 'error', mender: 'vendor' },
  'core.xml.limit': { severity: 'error', mender: 'vendor' },
  'core.encoding': { severity: 'error', mender: 'vendor' },
  'core.csv.columns': { severity: 'error', mender: 'vendor' },
  'core.csv.quote': { severity: 'error', mender: 'vendor' },
  'core.file.size': { severity: 'error', mender: 'operator' },
  'core.format.unsupported': { severity: 'error', mender: 'operator' },
  'core.format.incomplete': { severity: 'error', mender: 'operator' },
  'core.batch.count': { severity: 'error', mender: 'vendor' },
  'core.batch.total': { severity: 'error', mender: 'vendor' },
  'core.problems.capped': { severity: 'info', mender: 'operator' },
  // Values
  'core.required': { severity: 'error', mender: 'vendor' },
  'core.type.date': { severity: 'error', mender: 'vendor' },
  'core.type.decimal': { severity: 'error', mender: 'vendor' },
  'core.type.integer': { severity: 'error', mender: 'vendor' },
  'core.type.currency': { severity: 'error', mender: 'vendor' },
  'core.type.value': { severity: 'error', mender: 'vendor' },
  // Known before
  'core.duplicate.batch': { severity: 'error', mender: 'vendor' },
  'core.duplicate.store': { severity: 'error', mender: 'operator' },
  'core.duplicate.conflict': { severity: 'error', mender: 'vendor' },
  'core.batch.idReused': { severity: 'warning', mender: 'operator' },
  // Sums
  'core.lines.missing': { severity: 'error', mender: 'vendor' },
  'core.row.amount': { severity: 'warning', mender: 'vendor' },
  'core.total.rows': { severity: 'error', mender: 'vendor' },
  'core.total.adjustments': { severity: 'error', mender: 'vendor' },
  'core.total.net': { severity: 'error', mender: 'vendor' },
  'core.vat.amount': { severity: 'error', mender: 'vendor' },
  'core.vat.sum': { severity: 'error', mender: 'vendor' },
  'core.vat.base': { severity: 'warning', mender: 'vendor' },
  'core.vat.rate': { severity: 'warning', mender: 'vendor' },
  'core.total.gross': { severity: 'error', mender: 'vendor' },
  'core.total.payable': { severity: 'error', mender: 'vendor' },
  'core.rounding.size': { severity: 'error', mender: 'vendor' },
  'core.rounding.payable': { severity: 'warning', mender: 'vendor' },
  'core.payable.negative': { severity: 'warning', mender: 'vendor' },
  'core.currency.unknown': { severity: 'error', mender: 'vendor' },
  // Dates
  'core.duedate.missing': { severity: 'error', mender: 'vendor' },
  'core.duedate.beforeInvoice': { severity: 'error', mender: 'vendor' },
  'core.duedate.past': { severity: 'warning', mender: 'operator' },
  'core.duedate.far': { severity: 'warning', mender: 'vendor' },
  'core.period.order': { severity: 'warning', mender: 'vendor' },
  // Recipient
  'core.email.syntax': { severity: 'error', mender: 'customerData' },
  'core.email.missing': { severity: 'warning', mender: 'customerData' },
  'core.name.tooLong': { severity: 'warning', mender: 'customerData' },
  'core.text.control': { severity: 'error', mender: 'vendor' },
  'core.text.encoding': { severity: 'warning', mender: 'vendor' },
  'core.address.incomplete': { severity: 'warning', mender: 'customerData' },
  'core.address.postalCode': { severity: 'warning', mender: 'customerData' },
  // Numbers with check digits
  'core.reference.ocr': { severity: 'warning', mender: 'vendor' },
  'core.reference.kid': { severity: 'warning', mender: 'vendor' },
  'core.account.bankgiro': { severity: 'warning', mender: 'vendor' },
  'core.account.plusgiro': { severity: 'warning', mender: 'vendor' },
  'core.account.iban': { severity: 'warning', mender: 'vendor' },
  'core.account.norwegian': { severity: 'warning', mender: 'vendor' },
  'core.number.meteringPoint': { severity: 'warning', mender: 'vendor' },
  'core.number.personal': { severity: 'warning', mender: 'customerData' },
  'core.number.organisation': { severity: 'warning', mender: 'customerData' },
  'core.number.vat': { severity: 'warning', mender: 'vendor' },
  'core.number.phone': { severity: 'warning', mender: 'customerData' },
  // Held against the customer's earlier invoices
  'core.history.amount': { severity: 'warning', mender: 'vendor' },
  'core.history.vat': { severity: 'warning', mender: 'vendor' },
  'core.history.account': { severity: 'warning', mender: 'vendor' },
  // What a channel asks already at import
  ...channelRuleFacts,
  // What a vendor's energy formats must hold beside the sums
  'vendor.metering.missing': { severity: 'warning', mender: 'vendor' },
  'vendor.metering.area': { severity: 'warning', mender: 'vendor' },
  'vendor.metering.readings': { severity: 'warning', mender: 'vendor' },
} as const satisfies Readonly<Record<string, RuleFacts>>;

/** One of the product's own rules. */
export type OwnRuleId = keyof typeof ownFacts;

/** Every rule: the product's own, and those of the public standards. */
export const ruleFacts = { ...ownFacts, ...standardFacts } as const satisfies Readonly<Record<string, RuleFacts>>;

/** One of the ids of {@link ruleFacts}. */
export type RuleId = keyof typeof ruleFacts;

/** Whether a text is a rule id that this version knows. */
export function isRuleId(id: string): id is RuleId {
  return Object.hasOwn(ruleFacts, id);
}

// The rules on an invoice in their sets, in the order their findings are shown, and the list of every rule id. A channel's rules are with its adapter.

import { ruleFacts } from '../../../shared/words/rule-facts.ts';
import type { RuleFacts, RuleId } from '../../../shared/words/rule-facts.ts';
import { accountBankgiro } from './account-bankgiro.ts';
import { accountIban } from './account-iban.ts';
import { accountNorwegian } from './account-norwegian.ts';
import { accountPlusgiro } from './account-plusgiro.ts';
import { addressIncomplete } from './address-incomplete.ts';
import { addressPostalCode } from './address-postal-code.ts';
import { currencyUnknown } from './currency-unknown.ts';
import { dueDateBeforeInvoice } from './due-date-before-invoice.ts';
import { dueDateFar } from './due-date-far.ts';
import { dueDateMissing } from './due-date-missing.ts';
import { dueDatePast } from './due-date-past.ts';
import { emailMissing } from './email-missing.ts';
import { emailSyntax } from './email-syntax.ts';
import { historySet } from './history/set.ts';
import { linesMissing } from './lines-missing.ts';
import { meteringPoint } from './metering-point.ts';
import { nameTooLong } from './name-too-long.ts';
import { sumRules } from './en16931/sums.ts';
import { vatCategories } from './en16931/vat-categories.ts';
import { en16931Set } from './en16931/set.ts';
import { norwegianSet } from './no/set.ts';
import { numberOrganisation } from './number-organisation.ts';
import { numberPersonal } from './number-personal.ts';
import { numberPhone } from './number-phone.ts';
import { numberVat } from './number-vat.ts';
import { payableNegative } from './payable-negative.ts';
import { periodOrder } from './period-order.ts';
import { referenceKid } from './reference-kid.ts';
import { referenceOcr } from './reference-ocr.ts';
import { roundingPayable } from './rounding-payable.ts';
import { roundingSize } from './rounding-size.ts';
import { rowAmount } from './row-amount.ts';
import type { Rule } from './rule.ts';
import type { RuleSet } from './rule-set.ts';
import { swedishSet } from './se/set.ts';
import { textControl } from './text-control.ts';
import { textEncoding } from './text-encoding.ts';
import { totalAdjustments } from './total-adjustments.ts';
import { totalGross } from './total-gross.ts';
import { totalNet } from './total-net.ts';
import { totalPayable } from './total-payable.ts';
import { totalRows } from './total-rows.ts';
import { vendorSet } from './vendor/set.ts';
import { vatAmount } from './vat-amount.ts';
import { vatBase } from './vat-base.ts';
import { vatRate } from './vat-rate.ts';
import { vatSum } from './vat-sum.ts';

/** The product's own rules on every invoice. */
export const coreRules: readonly Rule[] = [
  linesMissing,
  rowAmount,
  totalRows,
  totalAdjustments,
  totalNet,
  vatAmount,
  vatSum,
  vatBase,
  vatRate,
  totalGross,
  totalPayable,
  roundingSize,
  roundingPayable,
  payableNegative,
  currencyUnknown,
  dueDateMissing,
  dueDateBeforeInvoice,
  dueDatePast,
  dueDateFar,
  periodOrder,
  emailSyntax,
  emailMissing,
  nameTooLong,
  textControl,
  textEncoding,
  addressIncomplete,
  addressPostalCode,
  referenceOcr,
  referenceKid,
  accountBankgiro,
  accountPlusgiro,
  accountIban,
  accountNorwegian,
  meteringPoint,
  numberPersonal,
  numberOrganisation,
  numberVat,
  numberPhone,
];

/** The rules on every invoice as a set. */
const coreSet: RuleSet = {
  id: 'core',
  version: '2026-11-21',
  scope: 'all',
  applies: () => true,
  rules: coreRules,
};

/** Every set but the channels', in the order their findings are shown. */
export const ruleSets: readonly RuleSet[] = [coreSet, historySet, vendorSet, en16931Set, swedishSet, norwegianSet];

/** Severity and mender of every rule id, also of those the reader reports (`core.xml…`, `core.type…`, `core.duplicate…`). */
export const ruleCatalogue: Readonly<Record<string, RuleFacts>> = ruleFacts;

/** Rules that compute with amounts: their findings say nothing when an amount of the invoice could not be read. */
export const sumRuleIds: ReadonlySet<string> = new Set<string>([
  ...([
    'core.row.amount',
    'core.total.rows',
    'core.total.adjustments',
    'core.total.net',
    'core.vat.amount',
    'core.vat.sum',
    'core.vat.base',
    'core.total.gross',
    'core.total.payable',
    'core.rounding.payable',
    'channel.svea.not-positive',
    'channel.svea.total-differs',
    'channel.sendregning.total',
  ] satisfies RuleId[]),
  ...sumRules.map(({ id }) => id),
  ...vatCategories.flatMap((category) => [`BR-${category}-08`, `BR-${category}-09`]),
]);

// Rules that hold an invoice against the customer's earlier ones. They look at few facts, so that they run over stored rows too. Warnings only: each may be as it should.

import type { Invoice } from '../../../../shared/schema/invoice.ts';
import type { RuleId } from '../../../../shared/words/rule-facts.ts';
import { defineRule, finding, noFindings } from '../define-rule.ts';
import { formatAmount } from '../../money.ts';
import type { Finding, Rule } from '../rule.ts';
import type { RuleSet } from '../rule-set.ts';
import { unusualFactor, usualAmountMinor } from './customer-history.ts';
import type { CustomerHistory } from './customer-history.ts';
import { invoiceTerms, mainVatRate, readAccounts, shownAccount } from './invoice-terms.ts';
import type { InvoiceTerms } from './invoice-terms.ts';

/** What the rules see of an invoice. */
export interface ComparedInvoice extends InvoiceTerms {
  /** What is to be paid, minor units. */
  readonly payableMinor: number | null;
  readonly currency: string;
  /** Canonical field of the VAT rate; `vat` when it is not known which. */
  readonly vatField: string;
}

type Judge = (invoice: ComparedInvoice, history: CustomerHistory) => Finding | null;

/** `core.history.amount`: ten times the customer's usual amount or more, often a meter reading or a price with a misplaced point. */
const judgeAmount: Judge = ({ payableMinor, currency }, history) => {
  const usualMinor = usualAmountMinor(history);
  if (usualMinor === null || payableMinor === null || payableMinor < usualMinor * unusualFactor) return null;
  return finding('core.history.amount', {
    field: 'totals.payableMinor',
    found: formatAmount(payableMinor, currency),
    expected: `${formatAmount(usualMinor, currency)} ${currency}`,
    params: {
      payableMinor,
      usualMinor,
      currency,
      times: Math.floor(payableMinor / usualMinor),
      invoices: history.amountsMinor.length,
    },
  });
};

/** `core.history.vat`: most of the amount has another VAT rate than on the last invoice. */
const judgeVat: Judge = ({ vatRate, vatField }, history) => {
  if (vatRate === null || history.vatRate === null || vatRate === history.vatRate) return null;
  return finding('core.history.vat', {
    field: vatField,
    found: vatRate,
    expected: history.vatRate,
    params: { rate: vatRate, earlierRate: history.vatRate },
  });
};

/** `core.history.account`: an account to pay to that the last invoice did not have. One that is left out is no fault. */
const judgeAccount: Judge = ({ payeeAccounts }, history) => {
  if (payeeAccounts === history.payeeAccounts || history.payeeAccounts === '') return null;
  const known = readAccounts(history.payeeAccounts);
  const unknown = readAccounts(payeeAccounts).find(
    (each) => !known.some(({ kind, number }) => kind === each.kind && number === each.number),
  );
  if (unknown === undefined) return null;
  const ofKind = known.filter(({ kind }) => kind === unknown.kind);
  return finding('core.history.account', {
    field: `payment.${unknown.kind}`,
    found: shownAccount(unknown),
    // A seller's accounts are kept in the sets they stood in, where one account can be in several.
    expected: [...new Set((ofKind.length === 0 ? known : ofKind).map(shownAccount))].join(', '),
    params: { kind: unknown.kind, comparedWith: history.accountsAreOf },
  });
};

const judges = {
  'core.history.amount': judgeAmount,
  'core.history.vat': judgeVat,
  'core.history.account': judgeAccount,
} as const satisfies Partial<Record<RuleId, Judge>>;

/** Everything the rules find about one invoice. */
export function judgeByHistory(invoice: ComparedInvoice, history: CustomerHistory): readonly Finding[] {
  const found = Object.values(judges).map((judge) => judge(invoice, history));
  return found.filter((each) => each !== null);
}

/** What the rules see of a whole invoice. */
export function comparedInvoice(invoice: Invoice): ComparedInvoice {
  return {
    ...invoiceTerms(invoice),
    payableMinor: invoice.totals.payableMinor,
    currency: invoice.currency ?? '',
    vatField: mainVatRate(invoice)?.field ?? 'vat',
  };
}

const rules: readonly Rule[] = (Object.keys(judges) as (keyof typeof judges)[]).map((id) =>
  defineRule(id, (invoice, { history }) => {
    if (history === undefined || invoice.kind !== 'invoice') return noFindings;
    const found = judges[id](comparedInvoice(invoice), history);
    return found === null ? noFindings : [found];
  }),
);

/** The rules as a set. They speak only where the earlier invoices are at hand: at the end of an import, not when a file is checked alone. */
export const historySet: RuleSet = {
  id: 'history',
  version: '2026-11-21',
  scope: 'all',
  applies: (_invoice, { history }) => history !== undefined,
  rules,
};

/** Ids of the rules of the set. */
export const historyRuleIds: ReadonlySet<string> = new Set(rules.map(({ id }) => id));

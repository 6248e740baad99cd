// The rules that hold an invoice against the customer's earlier ones, and what of an invoice they compare.

import { describe, expect, it } from 'vitest';
import { usualAmountMinor } from '../../../src/main/domain/rules/history/customer-history.ts';
import type { CustomerHistory } from '../../../src/main/domain/rules/history/customer-history.ts';
import { historySet, judgeByHistory } from '../../../src/main/domain/rules/history/set.ts';
import type { ComparedInvoice } from '../../../src/main/domain/rules/history/set.ts';
import { readAccounts, shownAccount } from '../../../src/main/domain/rules/history/invoice-terms.ts';
import { batchText, invoiceText } from '../formats/gasel-text.ts';
import { readContent } from '../formats/read-text.ts';

const history: CustomerHistory = {
  amountsMinor: [50_000, 45_000, 52_000],
  vatRate: '25',
  payeeAccounts: 'bankgiro:54029681',
  accountsAreOf: 'customer',
};
const usual: ComparedInvoice = {
  customerRef: 'K-1',
  vatRate: '25',
  payeeAccounts: 'bankgiro:54029681',
  payableMinor: 50_000,
  currency: 'SEK',
  vatField: 'vat[0].rate',
};
const idsOf = (change: Partial<ComparedInvoice>, known: Partial<CustomerHistory> = {}): string[] =>
  judgeByHistory({ ...usual, ...change }, { ...history, ...known }).map(({ ruleId }) => ruleId);

describe('an invoice like the earlier ones', () => {
  it('gives no finding', () => {
    expect(idsOf({})).toEqual([]);
  });
});

describe('the amount', () => {
  it('is told of from exactly ten times the median on, with both figures', () => {
    expect(idsOf({ payableMinor: 499_999 })).toEqual([]);
    const [found] = judgeByHistory({ ...usual, payableMinor: 500_000 }, history);
    expect(found).toMatchObject({
      ruleId: 'core.history.amount',
      severity: 'warning',
      field: 'totals.payableMinor',
      found: '5000.00',
      expected: '500.00 SEK',
      params: { times: 10, invoices: 3, usualMinor: 50_000 },
    });
  });

  it('is held against the median, so that one odd invoice before does not move what is usual', () => {
    expect(usualAmountMinor({ amountsMinor: [900_000, 50_000, 40_000] })).toBe(50_000);
    expect(usualAmountMinor({ amountsMinor: [40_001, 50_000] })).toBe(45_001);
    expect(usualAmountMinor({ amountsMinor: [] })).toBeNull();
    expect(idsOf({ payableMinor: 900_000 }, { amountsMinor: [] })).toEqual([]);
  });
});

describe('the VAT rate', () => {
  it('is told of when most of the amount has another one, and only when both are known', () => {
    expect(idsOf({ vatRate: '12' })).toEqual(['core.history.vat']);
    expect(idsOf({ vatRate: null })).toEqual([]);
    expect(idsOf({ vatRate: '12' }, { vatRate: null })).toEqual([]);
  });
});

describe('the account', () => {
  it('is told of when it is new, with the one of the same kind that was there before', () => {
    const [found] = judgeByHistory(
      { ...usual, payeeAccounts: 'bankgiro:1234566' },
      { ...history, payeeAccounts: 'bankgiro:54029681 iban:SE3550000000054910000003' },
    );
    expect(found).toMatchObject({
      ruleId: 'core.history.account',
      field: 'payment.bankgiro',
      found: '123-4566',
      expected: '5402-9681',
    });
  });

  it('is told of when another kind takes the place of the one that was there', () => {
    expect(judgeByHistory({ ...usual, payeeAccounts: 'iban:SE3550000000054910000003' }, history)).toMatchObject([
      { field: 'payment.iban', expected: '5402-9681' },
    ]);
  });

  it('names each of the seller’s accounts once, in however many sets it stood', () => {
    const sets = 'bankgiro:54029681 bankgiro:54029681 iban:SE3550000000054910000003 bankgiro:9912346';
    const [found] = judgeByHistory(
      { ...usual, payeeAccounts: 'bankgiro:1234566' },
      { ...history, payeeAccounts: sets, accountsAreOf: 'seller' },
    );
    expect(found?.expected).toBe('5402-9681, 991-2346');
  });

  it('is no matter when one is left out, or when nothing was known', () => {
    const both = 'bankgiro:54029681 iban:SE3550000000054910000003';
    expect(idsOf({}, { payeeAccounts: both })).toEqual([]);
    expect(idsOf({ payeeAccounts: '' })).toEqual([]);
    expect(idsOf({}, { payeeAccounts: '' })).toEqual([]);
  });

  it('is written as people write it', () => {
    expect(readAccounts('bankgiro:9912346 plusgiro:4135 account:97104133219').map(shownAccount)).toEqual([
      '991-2346',
      '413-5',
      '97104133219',
    ]);
  });
});

describe('what is compared of an invoice', () => {
  it('is its customer number, the rate on most of the amount, and the accounts without their punctuation', async () => {
    const { rows } = await readContent(batchText([invoiceText()]));
    expect(rows[0]).toMatchObject({ customerRef: 'K-1', vatRate: '25', payeeAccounts: 'bankgiro:54029681' });
    const small =
      '<TaxSubtotal><TaxableAmount>10.00</TaxableAmount><TaxAmount>0.00</TaxAmount><Percent>0</Percent></TaxSubtotal>';
    const fee = await readContent(
      batchText([invoiceText().replace('<TaxTotal>', `<TaxTotal>${small}`).replace('<Percent>25<', '<Percent>25.00<')]),
    );
    expect(fee.rows[0]?.vatRate).toBe('25');
  });

  it('is the customer’s name with street and town where there is no number, and nothing for a bare name', async () => {
    const unnumbered = invoiceText().replace('<CustomerID>K-1</CustomerID>', '');
    const { rows } = await readContent(batchText([unnumbered, unnumbered.replaceAll('652 24', '')]));
    expect(rows.map(({ customerRef }) => customerRef)).toEqual(['åsa öberg|652 24|provgatan 1', '']);
  });
});

describe('the set', () => {
  it('has nothing to say where the earlier invoices are not at hand', async () => {
    expect((await readContent(batchText([invoiceText()]))).problems).toEqual([]);
    expect(historySet.rules.map(({ id }) => id)).toEqual([
      'core.history.amount',
      'core.history.vat',
      'core.history.account',
    ]);
  });
});

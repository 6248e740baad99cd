// An invoice's values by group, and the sentences of its history.

import { describe, expect, it } from 'vitest';
import { fieldsOf } from '../../../../src/renderer/features/invoice/invoice-fields.ts';
import { lookOf, receiptOf } from '../../../../src/renderer/features/invoice/timeline-words.ts';
import type { Invoice, Party } from '../../../../src/shared/schema/invoice.ts';
import { attemptOutcomes } from '../../../../src/shared/schema/delivery.ts';
import type { TimelineEntry } from '../../../../src/shared/schema/delivery.ts';
import { sentenceKey, wordsForEntry } from '../../../../src/shared/words/timeline-words.ts';

const party: Party = {
  name: null,
  registrationNumber: null,
  vatNumber: null,
  address: { street: null, street2: null, postalCode: null, city: null, country: null },
  email: null,
  phone: null,
  contactName: null,
};
const totals = {
  lineNetMinor: null,
  allowanceMinor: null,
  chargeMinor: null,
  netMinor: null,
  vatMinor: null,
  grossMinor: null,
  roundingMinor: null,
  prepaidMinor: null,
  payableMinor: null,
};
const payment = { reference: null, bankgiro: null, plusgiro: null, iban: null, bic: null, account: null, terms: null };
const empty: Invoice = {
  kind: 'invoice',
  invoiceNumber: null,
  invoiceDate: null,
  dueDate: null,
  periodStart: null,
  periodEnd: null,
  currency: null,
  seller: party,
  buyer: party,
  customerId: null,
  preferredChannel: null,
  orderReference: null,
  buyerReference: null,
  lines: [],
  adjustments: [],
  vat: [],
  totals,
  payment,
  metering: null,
  notes: [],
};
const entry = (kind: TimelineEntry['kind'], facts: TimelineEntry['facts']): TimelineEntry => ({
  atMs: 0,
  kind,
  actor: 'anna',
  facts,
});

describe('values of an invoice', () => {
  it('leave out groups and fields that the source does not have', () => {
    expect(fieldsOf(empty)).toEqual([]);
  });

  it('keep a zero amount: nothing to pay is a value', () => {
    const [group] = fieldsOf({ ...empty, totals: { ...totals, payableMinor: 0 } });
    expect(group?.fields).toEqual([
      {
        key: 'payable',
        name: 'payable',
        detail: null,
        value: { kind: 'money', amountMinor: 0 },
        fields: ['totals.payableMinor'],
      },
    ]);
  });

  it('show an address line by line and find its place by whichever part is there', () => {
    const address = { street: 'Storgatan 1', street2: '', postalCode: '901 01', city: 'Umeå', country: null };
    const [group] = fieldsOf({ ...empty, buyer: { ...party, address } });
    expect(group?.fields[0]).toMatchObject({
      value: { text: 'Storgatan 1\n901 01 Umeå' },
      fields: ['buyer.address.street', 'buyer.address.postalCode', 'buyer.address.city'],
    });
  });
});

describe('the history', () => {
  it.each(attemptOutcomes)('has a sentence and a look for an attempt that ended as %s', (outcome) => {
    const attempt = entry('attempt', { outcome, number: 2, connection: 'E-post' });
    for (const language of ['sv', 'nb', 'en'] as const)
      expect(wordsForEntry(attempt, language)).toMatch(/^\p{L}+ 2.*E-post/u);
    expect(lookOf(attempt).icon).not.toBe('');
  });

  it('tells the operator’s word from an answer of the peer', () => {
    expect(sentenceKey(entry('resolved', { by: 'operator', toState: 'accepted' }))).toBe('event.resolvedArrived');
    expect(sentenceKey(entry('resolved', { by: 'operator', toState: 'queued' }))).toBe('event.resolvedAgain');
    expect(sentenceKey(entry('resolved', { by: 'lookUp', toState: 'queued' }))).toBe('event.lookedUpAgain');
  });

  it('keeps the provider’s own facts as the receipt and nothing else', () => {
    expect(
      receiptOf(
        entry('attempt', {
          outcome: 'accepted',
          number: 1,
          connection: 'E-post',
          phase: 'replySeen',
          code: null,
          detail: '250 ok',
          queueId: '4F1B2C',
          size: 812,
        }),
      ),
    ).toEqual([
      ['queueId', '4F1B2C'],
      ['size', '812'],
    ]);
    expect(receiptOf(entry('released', { connection: 'E-post', target: 'a@example.org' }))).toEqual([]);
  });
});

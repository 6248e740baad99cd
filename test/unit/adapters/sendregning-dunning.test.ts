// The vendor's rules for dunnings before anything is sent, and the hours in which nothing is started.

import { describe, expect, it } from 'vitest';
import { checkDunning } from '../../../src/main/adapters/sendregning/check-dunning.ts';
import { createMaintenanceCheck } from '../../../src/main/adapters/sendregning/maintenance.ts';
import type { ReplyDunning, ReplyStatus } from '../../../src/main/adapters/sendregning/read-invoices.ts';
import { readInvoices } from '../../../src/main/adapters/sendregning/read-invoices.ts';
import { readXml } from '../../../src/main/adapters/sendregning/reply-tree.ts';
import type { SwsDunning } from '../../../src/main/adapters/sendregning/requests.ts';

const plain: SwsDunning = {
  invoiceNo: '100',
  dunningFee: false,
  interest: false,
  dunningType: null,
  dunningText: null,
  dunningDays: null,
};
const sent = (dunningType: string, dunningFeeMinor = 0): ReplyDunning => ({
  dunningNo: '1',
  dunningDate: null,
  dunningType,
  dunningText: null,
  dunningFeeMinor,
  interestRate: null,
  dunningDays: null,
});

function found(
  dunning: Partial<SwsDunning>,
  dunnings: readonly ReplyDunning[] = [],
  { state = 'dueDecide', due = '01.11.26' } = {},
): readonly string[] {
  const status: ReplyStatus = { invoiceNo: '100', state, payments: [], history: [], dunnings };
  const root = readXml(`<invoices><invoice><optional><dueDate>${due}</dueDate></optional></invoice></invoices>`);
  const invoice = (root.ok ? readInvoices(root.value)?.invoices[0] : null) ?? null;
  return checkDunning({ ...plain, ...dunning }, { status, invoice, today: '2026-11-21' }).map(({ code, isInTheWay }) =>
    isInTheWay ? `${code}!` : code,
  );
}

describe('a dunning', () => {
  it('goes where state, sequence and days are right', () => {
    expect(found({})).toEqual([]);
    expect(found({ dunningType: '2Dunning' }, [sent('1Dunning')])).toEqual([]);
    expect(found({ dunningType: 'deptCollectionNotice' })).toEqual([]);
    expect(found({ dunningDays: 14 })).toEqual([]);
  });

  it('is stopped by what the service would refuse', () => {
    expect(found({}, [], { state: 'paid' })).toEqual(['state!']);
    expect(found({ dunningType: '2Dunning' })).toEqual(['sequence!']);
    expect(found({}, [sent('1Dunning'), sent('deptCollectionNotice')])).toEqual(['afterNotice!']);
    expect(found({ dunningDays: 13, dunningText: 'x'.repeat(106) })).toEqual(['days!', 'text!']);
  });

  it('says what the service leaves out without a word', () => {
    expect(found({ dunningFee: true })).toEqual(['infoNotKnown']);
    expect(found({ dunningFee: true, interest: true }, [], { due: '10.11.26' })).toEqual([
      'feeTooEarly',
      'interestTooEarly',
      'infoNotKnown',
    ]);
    expect(found({ dunningFee: true }, [sent('1Dunning', 6_200), sent('2Dunning', 6_200)])).toEqual([
      'feeTwice',
      'infoNotKnown',
    ]);
  });
});

describe('the night', () => {
  const isClosed = createMaintenanceCheck();
  const at = (utc: string): boolean => isClosed(Date.parse(utc));

  it('is closed from 01:45 to 03:00 in Oslo', () => {
    expect(
      ['2026-11-21T00:44:59Z', '2026-11-21T00:45:00Z', '2026-11-21T01:59:59Z', '2026-11-21T02:00:00Z'].map(at),
    ).toEqual([false, true, true, false]);
    expect(
      ['2026-07-01T23:44:59Z', '2026-07-01T23:45:00Z', '2026-07-02T00:59:59Z', '2026-07-02T01:00:00Z'].map(at),
    ).toEqual([false, true, true, false]);
  });

  it('is a quarter of an hour when the clocks go forward, and both hours when they go back', () => {
    // 29 March 2026: 02:00 becomes 03:00 at 01:00 UTC.
    expect(
      ['2026-03-29T00:44:59Z', '2026-03-29T00:45:00Z', '2026-03-29T00:59:59Z', '2026-03-29T01:00:00Z'].map(at),
    ).toEqual([false, true, true, false]);
    // 25 October 2026: 03:00 becomes 02:00 at 01:00 UTC.
    expect(
      [
        '2026-10-24T23:44:59Z',
        '2026-10-24T23:45:00Z',
        '2026-10-25T00:30:00Z',
        '2026-10-25T01:30:00Z',
        '2026-10-25T02:00:00Z',
      ].map(at),
    ).toEqual([false, true, true, true, false]);
  });
});

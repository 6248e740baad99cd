// Rules that hold a file against what came in before it: an earlier file, one that passes beside it and one that fails, and where. Data for store-rules.test.ts.

import type { RuleId } from '../../../src/shared/words/rule-facts.ts';
import { batchText, invoiceText } from '../formats/gasel-text.ts';
import { placeOf } from '../formats/read-text.ts';

/** A rule with the files that come in one after the other: `earlier`, `good`, `bad`. */
export interface StoreFailure {
  readonly id: RuleId;
  readonly earlier: string;
  readonly good: string;
  readonly bad: string;
  readonly place: { readonly line: number; readonly column: number };
}

/** Due dates lie ahead whatever day the tests run on. */
function invoice(id: string, customer: string): string {
  return invoiceText({ id, dueDate: '2027-10-06', issueDate: '2027-09-06' }).replace('K-1', customer);
}

function batch(id: string, ...invoices: readonly string[]): string {
  return batchText(invoices)
    .replace('BATCH2026112100001', id)
    .replace(/<TotalAmount.*\n/u, '');
}

/** Numbers, customer and batch ids of its own for each case, so that none is the other's past. */
function against(
  id: RuleId,
  name: string,
  { change, at }: { readonly change: (text: string) => string; readonly at: readonly [string, number?] },
): StoreFailure {
  const customer = `K-${name}`;
  const bad = batch(`${name}-3`, change(invoice(`${name}3`, customer)));
  const [needle, skip = 0] = at;
  return {
    id,
    earlier: batch(`${name}-1`, invoice(`${name}1`, customer)),
    good: batch(`${name}-2`, invoice(`${name}2`, customer)),
    bad,
    place: placeOf(bad, needle, skip),
  };
}

const tenTimes = (text: string): string =>
  text.replace(/>(\d+)\.00</gu, (_all, whole: string) => `>${String(Number(whole) * 10)}.00<`);

/** Every rule that needs the store. */
export const storeFailures: readonly StoreFailure[] = [
  against('core.duplicate.store', 'same', {
    change: (text) => text.replace('same3', 'same1'),
    at: ['  <Invoice>', 2],
  }),
  against('core.duplicate.conflict', 'other', {
    change: (text) => text.replace('other3', 'other1').replace('Åsa Öberg', 'Bo Ek'),
    at: ['  <Invoice>', 2],
  }),
  (() => {
    const reused = against('core.batch.idReused', 'again', { change: (text) => text, at: ['again-3'] });
    return { ...reused, bad: reused.bad.replace('again-3', 'again-1') };
  })(),
  against('core.history.amount', 'large', { change: tenTimes, at: ['<PayableAmount>5000.00', 15] }),
  against('core.history.vat', 'rate', {
    change: (text) =>
      text.replace('<TaxAmount>100.00</TaxAmount><Percent>25', '<TaxAmount>48.00</TaxAmount><Percent>12'),
    at: ['<Percent>12', 9],
  }),
  against('core.history.account', 'account', {
    change: (text) => text.replace('5402-9681', '991-2346'),
    at: ['991-2346'],
  }),
];

// Tables over the store: orders, filters, search, pages, neighbours; holding; and what another process changes.

import { afterEach, beforeEach, expect, test } from 'vitest';
import type { InvoiceQuery, InvoiceSort, Store } from '../../../src/main/ports/store.ts';
import { act, importBatch, invoiceRow, openOrFail, temporaryFolder } from '../../support/store-workspace.ts';

const batchId = 'batch-0001';
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let store: Store;

beforeEach(async () => {
  folder = await temporaryFolder();
  store = await openOrFail(`${folder.path}/utskick.db`);
  importBatch(store, batchId, {
    rows: [
      invoiceRow(0, {
        invoiceNumber: '99',
        customerName: 'Östen Ö',
        city: 'Ålesund',
        payableMinor: 300,
        dueDate: null,
        channel: 'sftp',
        email: null,
      }),
      invoiceRow(1, {
        invoiceNumber: '100',
        customerName: 'åsa Å',
        city: 'Örebro',
        payableMinor: -100,
        dueDate: '2026-12-02',
      }),
      invoiceRow(2, {
        invoiceNumber: '101',
        customerName: 'Ärla Ä',
        city: 'Bodø',
        payableMinor: 200,
        dueDate: '2026-12-01',
        warningCount: 1,
      }),
      invoiceRow(3, { invoiceNumber: '9', customerName: 'Zara', city: 'Ängelholm', payableMinor: null, errorCount: 1 }),
      invoiceRow(4, {
        invoiceNumber: '102',
        customerName: 'André 50%_off',
        city: 'bergen',
        payableMinor: 100,
        currency: 'NOK',
      }),
    ],
  });
});

afterEach(async () => {
  store.close();
  await folder.dispose();
});

function page(change: Partial<InvoiceQuery> = {}, offset = 0, limit = 100) {
  return store.reads.invoicePage({ ...everything(), ...change }, offset, limit);
}

function everything(): InvoiceQuery {
  return { batchId, filter: noFilter, sort: 'ordinal', isDescending: false };
}

const noFilter = { states: [], channels: [], withProblems: false, search: '' };
const numbers = (change: Partial<InvoiceQuery>) => page(change).rows.map(({ invoiceNumber }) => invoiceNumber);

test.each([
  ['ordinal', ['99', '100', '101', '9', '102']],
  ['invoiceNumber', ['9', '99', '100', '101', '102']],
  ['customerName', ['102', '9', '100', '101', '99']],
  ['city', ['102', '101', '99', '9', '100']],
  ['dueDate', ['101', '9', '102', '100', '99']],
  ['payableMinor', ['100', '102', '101', '99', '9']],
  ['channel', ['100', '101', '9', '102', '99']],
  ['state', ['9', '99', '100', '101', '102']],
  ['problems', ['9', '101', '99', '100', '102']],
] as const satisfies readonly (readonly [InvoiceSort, readonly string[]])[])(
  'sorted by %s, numbers by size and names in Swedish order',
  (sort, expected) => {
    expect(numbers({ sort })).toEqual(expected);
    const keyOf = new Map(
      page({ sort }).rows.map((row) => [row.invoiceNumber, row[sort === 'problems' ? 'errorCount' : sort]]),
    );
    const descending = numbers({ sort, isDescending: true });
    expect(new Set(descending)).toEqual(new Set(expected));
    expect(keyOf.get(descending[0] ?? '')).toEqual(keyOf.get(expected.at(-1) ?? ''));
  },
);

test('filters and search narrow rows, total and sums together', () => {
  expect(page().sums).toEqual([
    { currency: 'NOK', amountMinor: 100 },
    { currency: 'SEK', amountMinor: 400 },
  ]);
  expect(page({ filter: { ...noFilter, states: ['ready'] } })).toMatchObject({ total: 4 });
  expect(page({ filter: { ...noFilter, channels: ['sftp'] } })).toMatchObject({
    total: 1,
    sums: [{ currency: 'SEK', amountMinor: 300 }],
  });
  expect(numbers({ filter: { ...noFilter, withProblems: true } })).toEqual(['101', '9']);
  expect(numbers({ filter: { ...noFilter, search: 'ÖREB' } })).toEqual(['100']);
  expect(numbers({ filter: { ...noFilter, search: '50%_' } })).toEqual(['102']);
  expect(numbers({ filter: { ...noFilter, search: '%' } })).toEqual(['102']);
  expect(numbers({ filter: { ...noFilter, search: "'; DROP TABLE invoices; --" } })).toEqual([]);
  expect(numbers({ filter: { ...noFilter, search: 'kund2@example' } })).toEqual(['101']);
});

test('pages are windows on one order, also past its end', () => {
  expect(page({}, 1, 2).rows.map(({ ordinal }) => ordinal)).toEqual([1, 2]);
  expect(page({}, 4, 10).rows.map(({ ordinal }) => ordinal)).toEqual([4]);
  expect(page({}, 50, 10)).toMatchObject({ total: 5, rows: [] });
});

test('neighbours follow the order and filter of the table', () => {
  const order = { ...everything(), sort: 'customerName' } as const;
  const [first, second, third] = page({ sort: 'customerName' }).rows.map(({ id }) => id);
  expect(store.reads.neighbours(second ?? 0, order)).toEqual({ previousId: first, nextId: third });
  expect(store.reads.neighbours(first ?? 0, order)).toMatchObject({ previousId: null });
  expect(store.reads.neighbours(first ?? 0, { ...order, filter: { ...noFilter, search: 'zara' } })).toEqual({
    previousId: null,
    nextId: null,
  });
});

test('holding changes only ready invoices, and tables by state follow at once', () => {
  const [first, , , bad] = page().rows.map(({ id }) => id);
  expect(page({ filter: { ...noFilter, states: ['held'] } }).total).toBe(0);
  expect(store.invoices.setHeld(batchId, { ids: [first ?? 0, bad ?? 0] }, { isHeld: true }, act())).toBe(1);
  expect(page({ filter: { ...noFilter, states: ['held'] } }).rows.map(({ id }) => id)).toEqual([first]);
  expect(store.invoices.setHeld(batchId, { filter: { ...noFilter, search: 'bergen' } }, { isHeld: true }, act())).toBe(
    1,
  );
  expect(store.invoices.setHeld(batchId, { filter: noFilter }, { isHeld: false }, act())).toBe(2);
  expect(store.reads.timeline(first ?? 0).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['held', 'unheld']));
  expect(store.reads.batch(batchId)?.counts.map(({ state, count }) => [state, count])).toEqual([
    ['ready', 4],
    ['quarantined', 1],
  ]);
});

test('what another process writes is seen in the next page', async () => {
  expect(page({ filter: { ...noFilter, states: ['held'] } }).total).toBe(0);
  const other = await openOrFail(`${folder.path}/utskick.db`);
  other.invoices.setHeld(batchId, { filter: noFilter }, { isHeld: true }, act());
  other.close();
  expect(page({ filter: { ...noFilter, states: ['held'] } }).total).toBe(4);
});

// Imports into a real file: all or nothing, duplicates, quarantine, counts that add up, problems with their cap.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { UnusedSource } from '../../../src/main/ports/source-store.ts';
import type { InvoiceQuery, Store } from '../../../src/main/ports/store.ts';
import {
  act,
  importBatch,
  importFile,
  invoiceRow,
  openOrFail,
  parsedFile,
  problem,
  rows,
  temporaryFolder,
} from '../../support/store-workspace.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let store: Store;

beforeEach(async () => {
  folder = await temporaryFolder();
  store = await openOrFail(`${folder.path}/utskick.db`);
});

afterEach(async () => {
  store.close();
  await folder.dispose();
});

const everything: Omit<InvoiceQuery, 'batchId'> = {
  filter: { states: [], channels: [], withProblems: false, search: '' },
  sort: 'ordinal',
  isDescending: false,
};

function countsOf(batchId: string): Record<string, number> {
  return Object.fromEntries(store.reads.batch(batchId)?.counts.map(({ state, count }) => [state, count]) ?? []);
}

describe('a batch', () => {
  test('is invisible until its last transaction', () => {
    store.imports.beginBatch(
      { id: 'batch-0001', mode: 'lenient', files: [importFile('batch-0001')], ownerPid: process.pid },
      act(),
    );
    store.imports.addChunk('batch-0001', 0, { rows: rows(5), problems: [], doneBytes: 10 });
    store.imports.finishFile('batch-0001', 0, parsedFile(5));
    expect(store.reads.batchPage(0, 10)).toEqual({ total: 0, batches: [] });
    expect(store.reads.invoiceByNumber('1000')).toBe(null);
    expect(store.reads.invoicePage({ batchId: 'batch-0001', ...everything }, 0, 10).total).toBe(0);
    expect(store.imports.findImportsOf([importFile('batch-0001').sha256]).size).toBe(0);
    expect(store.imports.finishBatch('batch-0001', act(5))).toMatchObject({ read: 5, imported: 5, importedAtMs: 5 });
    const { sha256 } = importFile('batch-0001');
    expect(store.imports.findImportsOf(['0'.repeat(64), sha256])).toEqual(
      new Map([[sha256, { batchId: 'batch-0001', fileName: 'batch-0001.xml', importedAtMs: 5, importedBy: 'test' }]]),
    );
  });

  test('is not taken for a file whose hash only begins as that of one of its own', () => {
    const { sha256 } = importFile('batch-0001');
    importBatch(store, 'batch-0001', { rows: rows(1) });
    const alike = `${sha256.slice(0, 60)}${sha256.endsWith('0000') ? '1111' : '0000'}`;
    expect(store.imports.findImportsOf([alike]).size).toBe(0);
    expect(store.imports.findImportsOf([alike, sha256]).size).toBe(1);
    const removed: unknown[] = [];
    store.imports.beginBatch(
      { id: 'other', mode: 'lenient', files: [{ ...importFile('other'), sha256: alike }], ownerPid: process.pid },
      act(),
    );
    store.imports.dropBatch('other', (unused) => void removed.push(unused));
    expect(removed).toContainEqual({ kind: 'file', sha256: alike });
  });

  test('of several files names what their sellers and formats are, a few of them, and one name where they agree', () => {
    const sellers = ['Elbolaget AB', 'Nätbolaget AB', 'Elbolaget AB', 'Kraft AS', 'Nett AS', 'Fjärrvärme AB'];
    const files = sellers.map((_seller, ordinal) => ({ ...importFile(`file-${ordinal}`), ordinal }));
    store.imports.beginBatch({ id: 'batch-0001', mode: 'lenient', files, ownerPid: process.pid }, act());
    for (const [ordinal, sellerName] of sellers.entries()) {
      const other = ordinal === 1 ? ({ format: 'OIOUBL', formatVersion: '2.01' } as const) : {};
      store.imports.finishFile('batch-0001', ordinal, parsedFile(0, { sellerName, ...other }));
    }
    store.imports.finishBatch('batch-0001', act(5));
    expect(store.reads.batch('batch-0001')).toMatchObject({
      format: 'GASEL',
      formatVersion: '1.0, OIOUBL 2.01',
      sellerName: 'Elbolaget AB, Nätbolaget AB, Kraft AS, …',
    });
  });

  test('that is dropped leaves nothing, and its numbers are free again', () => {
    store.imports.beginBatch(
      { id: 'batch-0001', mode: 'lenient', files: [importFile('batch-0001')], ownerPid: process.pid },
      act(),
    );
    store.imports.addChunk('batch-0001', 0, { rows: rows(5), problems: [problem()], doneBytes: 10 });
    store.imports.dropBatch('batch-0001', () => undefined);
    expect(importBatch(store, 'batch-0002', { rows: rows(5) })).toMatchObject({
      imported: 5,
      quarantined: 0,
      errorCount: 0,
    });
  });

  test('gives up its source files when it is dropped, but none that another batch has', () => {
    const shared = importFile('shared');
    const own = { ...importFile('own'), ordinal: 1 };
    const begin = (id: string, files: (typeof shared)[]): void => {
      store.imports.beginBatch({ id, mode: 'lenient', files, ownerPid: 111 }, act());
    };
    const removed: UnusedSource[] = [];
    const remove = (unused: UnusedSource): void => void removed.push(unused);
    begin('first', [shared, own]);
    begin('second', [shared]);
    store.imports.dropBatch('first', remove);
    expect(removed.splice(0)).toEqual([
      { kind: 'file', sha256: own.sha256 },
      { kind: 'pack', id: 'first' },
    ]);
    expect(store.imports.dropAbandoned(() => false, remove)).toBe(1);
    expect(removed).toEqual([
      { kind: 'file', sha256: shared.sha256 },
      { kind: 'pack', id: 'second' },
    ]);
  });

  test('knows which of its files lie in its pack, and gives up the same bytes elsewhere only when no file of its own has them', () => {
    const file = { ...importFile('a'), rows: rows(1), problems: [], file: parsedFile(1), packOffset: 70 };
    store.imports.beginBatch({ id: 'packed', mode: 'lenient', files: [], ownerPid: 111 }, act());
    store.imports.addFiles('packed', [file]);
    const summary = store.imports.finishBatch('packed', act());
    expect(summary).toMatchObject({ imported: 1, fileCount: 1, sizeBytes: 1000 });
    expect(store.reads.batchFileSource('packed', 0)).toMatchObject({ pack: { id: 'packed', byteOffset: 70 } });
    store.imports.beginBatch({ id: 'loose', mode: 'lenient', files: [importFile('a')], ownerPid: 111 }, act());
    const removed: UnusedSource[] = [];
    store.imports.dropBatch('loose', (unused) => void removed.push(unused));
    expect(removed).toEqual([
      { kind: 'file', sha256: file.sha256 },
      { kind: 'pack', id: 'loose' },
    ]);
  });

  test('of a process that is gone is removed at the next start; one of a living process stays', () => {
    store.imports.beginBatch({ id: 'gone', mode: 'lenient', files: [importFile('gone')], ownerPid: 111 }, act());
    store.imports.addChunk('gone', 0, { rows: rows(5), problems: [problem()], doneBytes: 10 });
    store.imports.beginBatch({ id: 'alive', mode: 'lenient', files: [importFile('alive')], ownerPid: 222 }, act());
    expect(
      store.imports.dropAbandoned(
        (pid) => pid === 222,
        () => undefined,
      ),
    ).toBe(1);
    expect(
      store.imports.dropAbandoned(
        (pid) => pid === 222,
        () => undefined,
      ),
    ).toBe(0);
    store.imports.addChunk('alive', 0, { rows: rows(1), problems: [], doneBytes: 1 });
    store.imports.finishFile('alive', 0, parsedFile(1));
    expect(store.imports.finishBatch('alive', act())).toMatchObject({ imported: 1 });
  });

  test('cannot become visible while one of its files is unfinished', () => {
    store.imports.beginBatch(
      { id: 'batch-0001', mode: 'lenient', files: [importFile('batch-0001')], ownerPid: 1 },
      act(),
    );
    expect(() => store.imports.finishBatch('batch-0001', act())).toThrow();
    expect(store.reads.batchPage(0, 1).total).toBe(0);
  });

  test('always adds up: read = imported + quarantined + skipped, in number and in money', () => {
    const bad = (ordinal: number) => (ordinal % 3 === 0 ? { errorCount: 1 } : {});
    const summary = importBatch(store, 'batch-0001', { rows: rows(10, bad), file: { invoiceCount: 12 } });
    expect(summary).toMatchObject({ read: 12, imported: 6, quarantined: 4, skipped: 2 });
    const counted = summary.counts.reduce((sum, { count }) => sum + count, 0);
    expect(counted).toBe(summary.imported + summary.quarantined);
    const money = summary.counts.flatMap(({ sums }) => sums).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    expect(money).toBe(rows(10).reduce((sum, { payableMinor }) => sum + (payableMinor ?? 0), 0));
    const quarantined = rows(10).reduce(
      (sum, { payableMinor, ordinal }) => sum + (ordinal % 3 === 0 ? (payableMinor ?? 0) : 0),
      0,
    );
    expect(summary.sums).toEqual([{ currency: 'SEK', amountMinor: money - quarantined }]);
  });

  test('is found by its id, by a unique part of it, or by the batch id inside the file', () => {
    importBatch(store, 'abcdef-1', { rows: rows(1), file: { sourceBatchId: 'B2026' } });
    importBatch(store, 'abcdef-2', { rows: rows(1, () => ({ invoiceNumber: 'x' })), file: { sourceBatchId: 'TWICE' } });
    importBatch(store, 'zzzzzz-3', { rows: rows(1, () => ({ invoiceNumber: 'y' })), file: { sourceBatchId: 'TWICE' } });
    expect(store.reads.batch('abcdef-1')?.id).toBe('abcdef-1');
    expect(store.reads.batch('zzzzzz')?.id).toBe('zzzzzz-3');
    expect(store.reads.batch('abcdef')).toBe(null);
    expect(store.reads.batch('zzzzz')).toBe(null);
    expect(store.reads.batch('B2026')?.id).toBe('abcdef-1');
    expect(store.reads.batch('TWICE')).toBe(null);
    expect(store.reads.batch("' OR 1=1 --")).toBe(null);
  });
});

describe('strict mode', () => {
  test('keeps the whole batch back for one error, and lets the good ones in when the operator says so', () => {
    const summary = importBatch(store, 'batch-0001', {
      mode: 'strict',
      rows: rows(4, (at) => (at === 1 ? { errorCount: 1 } : {})),
      problems: [problem({ invoiceOrdinal: 1 })],
    });
    expect(summary).toMatchObject({ state: 'keptBack', imported: 0, quarantined: 4 });
    store.imports.acceptGood('batch-0001', act());
    expect(store.reads.batch('batch-0001')?.state).toBe('imported');
    expect(countsOf('batch-0001')).toEqual({ ready: 3, quarantined: 1 });
  });

  test('counts an error of the file as a whole', () => {
    const fileError = problem({ ruleId: 'core.batch.count', invoiceOrdinal: null, invoiceNumber: null });
    expect(
      importBatch(store, 'batch-0001', { mode: 'strict', rows: rows(2), file: { problems: [fileError] } }),
    ).toMatchObject({ state: 'keptBack', errorCount: 1 });
  });

  test('does not let in what another batch brought meanwhile', () => {
    importBatch(store, 'batch-0001', {
      mode: 'strict',
      rows: rows(3, (at) => (at === 0 ? { errorCount: 1 } : {})),
      problems: [problem()],
    });
    importBatch(store, 'batch-0002', { rows: [invoiceRow(0, { invoiceNumber: '1001' })] });
    store.imports.acceptGood('batch-0001', act());
    expect(countsOf('batch-0001')).toEqual({ ready: 1, quarantined: 2 });
    expect(store.reads.problemGroups('batch-0001', []).map(({ ruleId }) => ruleId)).toContain(
      'core.duplicate.conflict',
    );
  });
});

describe('a number that is already there', () => {
  test('in another batch goes to quarantine with the place of the first', () => {
    importBatch(store, 'batch-0001', { rows: rows(2) });
    const summary = importBatch(store, 'batch-0002', { rows: rows(3) });
    expect(summary).toMatchObject({ imported: 1, quarantined: 2, errorCount: 2 });
    const [group] = store.reads.problemGroups('batch-0002', ['error']);
    expect(group).toMatchObject({ ruleId: 'core.duplicate.store', count: 2, invoiceCount: 2 });
    expect(group?.sample.params).toEqual({
      number: '1000',
      otherBatch: 'batch-0001',
      otherFile: 'batch-0001.xml',
      otherLine: 10,
    });
  });

  test('in the same batch goes to quarantine, the first stays', () => {
    const summary = importBatch(store, 'batch-0001', {
      rows: [invoiceRow(0), invoiceRow(1, { invoiceNumber: '1000' })],
    });
    expect(summary).toMatchObject({ imported: 1, quarantined: 1 });
    expect(store.reads.problemGroups('batch-0001', [])[0]).toMatchObject({ ruleId: 'core.duplicate.batch' });
  });

  test('is no duplicate under another seller, or when the first is in quarantine', () => {
    importBatch(store, 'batch-0001', { rows: [invoiceRow(0), invoiceRow(1, { errorCount: 1 })] });
    const summary = importBatch(store, 'batch-0002', {
      rows: [invoiceRow(0, { sellerKey: '5569999999' }), invoiceRow(1)],
    });
    expect(summary).toMatchObject({ imported: 2, quarantined: 0 });
  });

  test('of an invoice that was excluded is free for a corrected one, not for the same again, and is not given to both', () => {
    importBatch(store, 'batch-0001', { rows: rows(2) });
    const first = store.reads.invoiceAt('batch-0001', 0)?.id ?? 0;
    const setExcluded = (isExcluded: boolean): number =>
      store.invoices.setExcluded('batch-0001', { ids: [first] }, { isExcluded, reason: 'wrong amount' }, act());
    expect(setExcluded(true)).toBe(1);
    expect(importBatch(store, 'batch-0002', { rows: rows(1) })).toMatchObject({ imported: 0, quarantined: 1 });
    const corrected = invoiceRow(0, { contentSha256: 'c'.repeat(64) });
    expect(importBatch(store, 'batch-0003', { rows: [corrected] })).toMatchObject({ imported: 1, quarantined: 0 });
    expect(setExcluded(false)).toBe(0);
    expect(countsOf('batch-0001')).toEqual({ ready: 1, excluded: 1 });
  });

  test('in two imports at the same time comes in once, from the one that was visible first', () => {
    for (const id of ['first', 'second']) {
      store.imports.beginBatch({ id, mode: 'lenient', files: [importFile(id)], ownerPid: process.pid }, act());
      store.imports.addChunk(id, 0, { rows: rows(2), problems: [], doneBytes: 1 });
      store.imports.finishFile(id, 0, parsedFile(2));
    }
    expect(store.imports.finishBatch('second', act())).toMatchObject({ imported: 2, quarantined: 0 });
    expect(store.imports.finishBatch('first', act())).toMatchObject({ imported: 0, quarantined: 2, errorCount: 2 });
  });

  test('in two imports at the same time is free once the one that was visible first has been excluded, not for the same again', () => {
    for (const [id, corrected] of [
      ['first', 'c'],
      ['second', null],
    ] as const) {
      store.imports.beginBatch({ id, mode: 'lenient', files: [importFile(id)], ownerPid: process.pid }, act());
      const own = rows(3, (at) => (at === 0 && corrected !== null ? { contentSha256: corrected.repeat(64) } : {}));
      store.imports.addChunk(id, 0, { rows: own, problems: [], doneBytes: 1 });
      store.imports.finishFile(id, 0, parsedFile(3));
    }
    expect(store.imports.finishBatch('second', act())).toMatchObject({ imported: 3, quarantined: 0 });
    const ids = [0, 1].map((at) => store.reads.invoiceAt('second', at)?.id ?? 0);
    expect(store.invoices.setExcluded('second', { ids }, { isExcluded: true, reason: 'wrong' }, act())).toBe(2);
    expect(store.imports.finishBatch('first', act())).toMatchObject({ imported: 1, quarantined: 2 });
    expect(store.reads.invoiceAt('first', 0)).toMatchObject({ state: 'ready' });
  });

  test('in an import that was then dropped does not matter', () => {
    store.imports.beginBatch(
      { id: 'dropped', mode: 'lenient', files: [importFile('dropped')], ownerPid: process.pid },
      act(),
    );
    store.imports.addChunk('dropped', 0, { rows: rows(2), problems: [], doneBytes: 1 });
    const summary = importBatch(store, 'batch-0001', { rows: rows(2) });
    store.imports.dropBatch('dropped', () => undefined);
    expect(summary).toMatchObject({ imported: 2 });
  });
});

describe('problems', () => {
  test('are grouped with exact counts, paged by rule and in the order of the file', () => {
    const found = [
      problem({ ruleId: 'b', severity: 'warning', invoiceOrdinal: 1, params: { limit: 3, name: 'x' } }),
      problem({ ruleId: 'a', invoiceOrdinal: 2 }),
      problem({ ruleId: 'a', invoiceOrdinal: 2 }),
      problem({ ruleId: 'a', invoiceOrdinal: 0 }),
    ];
    importBatch(store, 'batch-0001', { rows: rows(3), problems: found });
    expect(
      store.reads
        .problemGroups('batch-0001', [])
        .map(({ ruleId, count, invoiceCount }) => [ruleId, count, invoiceCount]),
    ).toEqual([
      ['a', 3, 2],
      ['b', 1, 1],
    ]);
    expect(store.reads.problemGroups('batch-0001', ['warning'])[0]?.sample.params).toEqual({ limit: 3, name: 'x' });
    expect(store.reads.problemPage('batch-0001', null, 1, 2)).toMatchObject({
      total: 4,
      problems: [{ invoiceOrdinal: 1 }, { invoiceOrdinal: 2 }],
    });
    expect(store.reads.problemPage('batch-0001', 'a', 0, 10)).toMatchObject({ total: 3 });
    const second = store.reads.invoicePage({ batchId: 'batch-0001', ...everything }, 2, 1).rows[0];
    expect(store.reads.invoiceProblems(second?.id ?? 0)).toHaveLength(2);
  });

  test('beyond the cap are counted and not stored, each rule keeps its sample, and it is said', () => {
    store.imports.beginBatch(
      { id: 'batch-0001', mode: 'lenient', files: [importFile('batch-0001')], ownerPid: process.pid },
      act(),
    );
    const many = Array.from({ length: 50_000 }, () => problem({ ruleId: 'often' }));
    for (let round = 0; round < 5; round += 1)
      store.imports.addChunk('batch-0001', 0, { rows: [], problems: many, doneBytes: 1 });
    store.imports.addChunk('batch-0001', 0, {
      rows: [],
      problems: [problem({ ruleId: 'late' }), problem({ ruleId: 'late' })],
      doneBytes: 1,
    });
    store.imports.finishFile('batch-0001', 0, parsedFile(0));
    expect(store.imports.finishBatch('batch-0001', act()).errorCount).toBe(250_002);
    const groups = store.reads.problemGroups('batch-0001', []);
    expect(groups.map(({ ruleId, count }) => [ruleId, count])).toEqual([
      ['often', 250_000],
      ['late', 2],
      ['core.problems.capped', 1],
    ]);
    expect(store.reads.problemPage('batch-0001', 'often', 199_999, 10)).toMatchObject({
      total: 200_000,
      problems: [{ ruleId: 'often' }],
    });
    expect(groups[2]?.sample.params).toEqual({ total: 250_002, stored: 200_001, limit: 200_000 });
  });

  test('found later change the totals and nothing else', () => {
    importBatch(store, 'batch-0001', { rows: rows(1) });
    store.addProblems('batch-0001', 0, [problem({ ruleId: 'core.later', severity: 'warning', invoiceOrdinal: null })]);
    expect(store.reads.batch('batch-0001')).toMatchObject({ warningCount: 1, imported: 1 });
  });
});

test('the place of an invoice and of its file come back as they were given', () => {
  const namespaces = { '': 'urn:a', cbc: 'urn:b' };
  importBatch(store, 'batch-0001', {
    rows: rows(2),
    file: { context: { encoding: 'iso-8859-1', profileId: 'p', namespaces }, lineIndex: [0, 4000, 9000] },
  });
  const [row] = store.reads.invoicePage({ batchId: 'batch-0001', ...everything }, 1, 1).rows;
  expect(store.reads.invoiceSource(row?.id ?? 0)).toEqual({
    corrections: [],
    batchId: 'batch-0001',
    sha256: importFile('batch-0001').sha256,
    pack: null,
    place: { ordinal: 1, fileOrdinal: 0, byteOffset: 2100, byteLength: 1990, line: 50, column: 3 },
    context: { encoding: 'iso-8859-1', profileId: 'p', namespaces },
    contentSha256: invoiceRow(1).contentSha256,
  });
  expect(store.reads.batchFileSource('batch-0001', 0)).toMatchObject({
    pack: null,
    lineIndex: [0, 4000, 9000],
    lineCount: 90,
  });
  expect(store.reads.batchFileSource('batch-0001', 1)).toBe(null);
});

test('the place of an invoice in a batch of several files counts from its own file’s first', () => {
  const files = [0, 1, 2].map((ordinal) => ({ ...importFile(`file ${ordinal}`), ordinal }));
  store.imports.beginBatch({ id: 'batch-0001', mode: 'lenient', files, ownerPid: process.pid }, act());
  for (const [fileOrdinal, ordinals] of [[0], [1, 2, 3], [4]].entries()) {
    const found = ordinals.map((ordinal) => invoiceRow(ordinal, { fileOrdinal }));
    store.imports.addChunk('batch-0001', fileOrdinal, { rows: found, problems: [], doneBytes: 0 });
    store.imports.finishFile('batch-0001', fileOrdinal, parsedFile(found.length));
  }
  store.imports.finishBatch('batch-0001', act());
  const { rows: read } = store.reads.invoicePage({ batchId: 'batch-0001', ...everything }, 0, 10);
  expect(read.map(({ id }) => store.reads.invoiceSource(id)?.place.ordinal)).toEqual([0, 0, 1, 2, 0]);
});

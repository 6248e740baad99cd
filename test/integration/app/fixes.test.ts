// Mechanical corrections over an open workspace with real parts: every reader sees the corrected values, the source stays, undo restores exactly.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyFix, undoFix } from '../../../src/main/app/fix-problems.ts';
import { importBatch } from '../../../src/main/app/import-batch.ts';
import { invoiceDetail } from '../../../src/main/app/invoice-detail.ts';
import { previewDocument } from '../../../src/main/app/preview-document.ts';
import { previewFix } from '../../../src/main/app/preview-fix.ts';
import { readInvoice } from '../../../src/main/app/read-invoice.ts';
import { releaseToConnection } from '../../../src/main/app/release-to-connection.ts';
import type { Workspace } from '../../../src/main/engine/open-workspace.ts';
import type { ImportMode } from '../../../src/shared/schema/batch.ts';
import type { InvoiceQuery } from '../../../src/main/ports/store.ts';
import { act, connection } from '../../support/store-workspace.ts';
import { batchText, invoiceText } from '../../unit/formats/gasel-text.ts';
import { openTestWorkspace } from '../../support/test-workspace.ts';

const control = { signal: new AbortController().signal, onProgress: () => undefined };
const order: Omit<InvoiceQuery, 'batchId'> = {
  filter: { states: [], channels: [], withProblems: false, search: '' },
  sort: 'ordinal',
  isDescending: false,
};

let folder: string;
let workspace: Workspace;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'utskick-fixes-'));
  workspace = await openTestWorkspace(join(folder, 'data'));
  workspace.context.store.config.saveConnection(connection('print', 'sftp'), act());
});

afterEach(async () => {
  await workspace.close();
  await rm(folder, { recursive: true, force: true });
});

async function importText(invoices: readonly string[], mode: ImportMode = 'lenient'): Promise<string> {
  return importFile(batchText(invoices), mode);
}

async function importFile(text: string, mode: ImportMode = 'lenient'): Promise<string> {
  const path = join(folder, 'batch.xml');
  await writeFile(path, text);
  const { batches, refused } = await importBatch(workspace.context, {
    files: [{ path, name: 'batch.xml' }],
    mode,
    ownerPid: process.pid,
    ...control,
  });
  expect(refused).toEqual([]);
  return batches[0]?.id ?? '';
}

/** Everything the database says about a batch, without ids and times. */
function picture(batchId: string): unknown {
  const db = new Database(join(folder, 'data', 'utskick.db'), { readonly: true });
  try {
    const all = (sql: string): unknown[] => db.prepare(sql).all(batchId);
    const no = '(SELECT no FROM batches WHERE id = ?)';
    return {
      batch: all('SELECT state, error_count, warning_count, due_date_min, due_date_max FROM batches WHERE id = ?'),
      invoices: all(
        `SELECT ordinal, invoice_number, seller_key, customer_name, city, email, invoice_date, due_date, currency, payable_minor, state, error_count, warning_count, customer_key, search_text
         FROM invoices WHERE batch_no = ${no} ORDER BY ordinal`,
      ),
      counts: all(
        `SELECT state, currency, invoice_count, amount_minor FROM invoice_counts WHERE batch_no = ${no} AND invoice_count > 0 ORDER BY state, currency`,
      ),
      problems: all(
        `SELECT rule_id, severity, source_line, source_column, end_line, end_column, path, found, expected, params_json, invoice_ordinal, invoice_number
         FROM problems WHERE batch_no = ${no} ORDER BY invoice_ordinal, rule_id, source_line, source_column`,
      ),
      problemCounts: all(
        `SELECT rule_id, severity, problem_count, stored_count, invoice_count FROM problem_counts WHERE batch_no = ${no} ORDER BY rule_id, severity`,
      ),
    };
  } finally {
    db.close();
  }
}

function invoiceIds(batchId: string): readonly number[] {
  return workspace.context.store.reads.invoicePage({ batchId, ...order }, 0, 100).rows.map(({ id }) => id);
}

async function detailOf(invoiceId: number) {
  const detail = await invoiceDetail(workspace.context, invoiceId, order);
  if (!detail.ok) throw new Error(detail.error.message);
  return detail.value;
}

const apply = (batchId: string, ruleId: string) =>
  applyFix(workspace.context, { batchId, ruleId, reason: 'the vendor said so' }, control);
const undo = (batchId: string, ruleId: string) => undoFix(workspace.context, { batchId, ruleId }, control);

test('a date in another form is corrected: the invoice leaves quarantine, and undoing restores everything exactly', async () => {
  const batchId = await importText([
    invoiceText({ id: '1', dueDate: '06.12.2026' }),
    invoiceText({ id: '2', dueDate: '2026/12/06' }),
    invoiceText({ id: '3', dueDate: '06/12/2026' }),
    invoiceText({ id: '4' }),
  ]);
  const before = picture(batchId);
  const preview = await previewFix(workspace.context, { batchId, ruleId: 'core.type.date' }, control);
  expect(preview).toMatchObject({
    ok: true,
    value: { kind: 'date', values: 2, invoices: 2, notMechanical: 1, delivered: 0, examined: 3, affected: 3 },
  });
  if (preview.ok)
    expect(preview.value.samples).toMatchObject([
      { field: 'dueDate', before: '06.12.2026', after: '2026-12-06', invoiceNumber: '1' },
      { field: 'dueDate', before: '2026/12/06', after: '2026-12-06', invoiceNumber: '2' },
    ]);
  expect(picture(batchId)).toEqual(before);

  const applied = await apply(batchId, 'core.type.date');
  expect(applied).toMatchObject({ ok: true, value: { values: 2, invoices: 2, notMechanical: 1, becameReady: 2 } });
  const [first = 0, , third = 0] = invoiceIds(batchId);
  const { reads } = workspace.context.store;
  expect(reads.invoice(first)).toMatchObject({ state: 'ready', dueDate: '2026-12-06', errorCount: 0 });
  expect(reads.invoice(third)).toMatchObject({ state: 'quarantined', dueDate: null });
  expect(reads.batch(batchId)).toMatchObject({ imported: 3, quarantined: 1, errorCount: 1, dueDateMin: '2026-12-06' });
  expect(reads.problemGroups(batchId, [])).toMatchObject([{ ruleId: 'core.type.date', count: 1, invoiceCount: 1 }]);

  const undone = await undo(batchId, 'core.type.date');
  // What comes back is stored last, and listed where it stands.
  const lines = reads.problemPage(batchId, 'core.type.date', 0, 10).problems.map(({ line }) => line ?? 0);
  expect(lines).toHaveLength(3);
  expect(lines).toEqual(lines.toSorted((one, other) => one - other));
  // A group shows the first of those that are listed.
  const dueDates = { severities: [], ruleIds: [], fields: ['DueDate'], search: '', wordedRuleIds: [] };
  for (const wanted of [[], dueDates])
    expect(reads.problemGroups(batchId, wanted).map(({ sample }) => sample.line)).toEqual([lines[0]]);
  expect(undone).toMatchObject({ ok: true, value: { isUndo: true, values: 2, invoices: 2, becameReady: 2 } });
  expect(picture(batchId)).toEqual(before);
  expect(await undo(batchId, 'core.type.date')).toMatchObject({ ok: true, value: { values: 0 } });
});

test('the screen, the document and the release read the corrected values, and the kept source is the file as it came', async () => {
  const batchId = await importText([invoiceText({ id: '1', name: 'Ã…sa Ã–berg', payable: '500,00' })]);
  const [invoiceId = 0] = invoiceIds(batchId);
  expect(workspace.context.store.reads.problemGroups(batchId, ['warning'])).toMatchObject([
    { ruleId: 'core.text.encoding', sample: { found: 'Ã…sa Ã–berg', expected: 'Åsa Öberg' } },
  ]);
  expect(await apply(batchId, 'core.type.decimal')).toMatchObject({ ok: true, value: { values: 1, becameReady: 1 } });
  expect(await apply(batchId, 'core.text.encoding')).toMatchObject({ ok: true, value: { values: 1, becameReady: 0 } });

  const detail = await detailOf(invoiceId);
  expect(detail.invoice.buyer.name).toBe('Åsa Öberg');
  expect(detail.invoice.totals.payableMinor).toBe(50_000);
  expect(detail.problems).toEqual([]);
  expect(detail.row).toMatchObject({ customerName: 'Åsa Öberg', payableMinor: 50_000, state: 'ready' });
  expect(detail.places.find(({ field }) => field === 'buyer.name')).toMatchObject({
    text: 'Ã…sa Ã–berg',
    usedText: 'Åsa Öberg',
  });
  expect(detail.places.find(({ field }) => field === 'invoiceNumber')).not.toHaveProperty('usedText');
  expect(detail.corrections).toMatchObject([
    { fields: ['totals.payableMinor'], before: '500,00', after: '500.00', kind: 'decimal' },
    { fields: ['buyer.name'], before: 'Ã…sa Ã–berg', after: 'Åsa Öberg', kind: 'encoding' },
  ]);
  const found = workspace.context.store.reads.invoicePage(
    { batchId, ...order, filter: { ...order.filter, search: 'åsa' } },
    0,
    10,
  );
  expect(found).toMatchObject({ total: 1, sums: [{ currency: 'SEK', amountMinor: 50_000 }] });

  const previewed = await previewDocument(workspace.context, invoiceId, control.signal);
  const released = await releaseToConnection(
    workspace.context,
    { batchId, connection: 'print', isReadyOnly: false },
    control,
  );
  expect(released).toMatchObject({ ok: true, value: { released: 1 } });
  const [delivery] = workspace.context.store.reads.invoiceDeliveries(invoiceId);
  expect(previewed.ok && previewed.value.sha256).toBe(delivery?.documentSha256);
  const { timeline } = await detailOf(invoiceId);
  expect(timeline.map(({ kind }) => kind)).toEqual(['imported', 'checked', 'corrected', 'corrected', 'released']);
  expect(timeline[1]).toMatchObject({ facts: { errors: 1, warnings: 1 } });
  expect(timeline[3]).toMatchObject({
    actor: 'test',
    facts: { field: 'buyer.name', before: 'Ã…sa Ã–berg', after: 'Åsa Öberg', reason: 'the vendor said so' },
  });
  const db = new Database(join(folder, 'data', 'utskick.db'), { readonly: true });
  const facts = db.prepare("SELECT facts_json FROM audit WHERE action = 'release'").pluck().get();
  db.close();
  expect(JSON.parse(String(facts))).toMatchObject({ written: 1, corrected: 1 });

  const sha256 = workspace.context.store.reads.batchFiles(batchId)[0]?.sha256 ?? '';
  expect(await readFile(workspace.context.sources.locate({ sha256, pack: null }).path, 'utf8')).toContain(
    '<Name>Ã…sa Ã–berg</Name>',
  );
});

test('once a delivery exists nothing is corrected and nothing is undone', async () => {
  const batchId = await importText([invoiceText({ id: '1', name: 'Ã…sa' }), invoiceText({ id: '2', name: 'Ã–rjan' })]);
  const before = picture(batchId);
  await apply(batchId, 'core.text.encoding');
  expect(
    await releaseToConnection(workspace.context, { batchId, connection: 'print', isReadyOnly: false }, control),
  ).toMatchObject({
    ok: true,
    value: { released: 2 },
  });
  const released = picture(batchId);
  expect(await undo(batchId, 'core.text.encoding')).toMatchObject({ ok: true, value: { values: 0, delivered: 2 } });
  expect(picture(batchId)).toEqual(released);
  expect(workspace.context.store.corrections.list(batchId)).toMatchObject([{ values: 2, invoices: 2, delivered: 2 }]);
  // A delivery that was taken back was certainly not sent: the invoice is the operator's again.
  workspace.context.store.deliveries.cancel({ batchId, connectionId: null, states: [], search: '' }, act());
  expect(await undo(batchId, 'core.text.encoding')).toMatchObject({ ok: true, value: { values: 2, delivered: 0 } });
  expect(picture(batchId)).toEqual(before);
});

test('a document that was made before a correction is not released after it', async () => {
  const batchId = await importText([invoiceText({ id: '1', name: 'Ã…sa' }), invoiceText({ id: '2' })]);
  const { context } = workspace;
  let isCorrected = false;
  const renderer: typeof context.renderer = {
    ...context.renderer,
    render: async (input, signal) => {
      const document = await context.renderer.render(input, signal);
      if (!isCorrected) {
        isCorrected = true;
        await apply(batchId, 'core.text.encoding');
      }
      return document;
    },
  };
  const released = await releaseToConnection(
    { ...context, renderer },
    { batchId, connection: 'print', isReadyOnly: false },
    control,
  );
  expect(released).toMatchObject({ ok: true, value: { released: 1 } });
  const [first = 0, second = 0] = invoiceIds(batchId);
  expect(context.store.reads.invoice(first)).toMatchObject({ state: 'ready', customerName: 'Åsa' });
  expect(context.store.reads.invoice(second)?.state).not.toBe('ready');
});

test('a batch that strict mode kept back is let in when no error is left, and kept back again by undoing', async () => {
  const batchId = await importText(
    [
      invoiceText({ id: '1', dueDate: '20261206' }),
      invoiceText({ id: '2', payable: '500,00' }),
      invoiceText({ id: '3' }),
    ],
    'strict',
  );
  const before = picture(batchId);
  const { reads } = workspace.context.store;
  expect(await apply(batchId, 'core.type.date')).toMatchObject({ ok: true, value: { values: 1, becameReady: 0 } });
  expect(reads.batch(batchId)).toMatchObject({ state: 'keptBack', imported: 0, errorCount: 1 });
  expect(await apply(batchId, 'core.type.decimal')).toMatchObject({ ok: true, value: { values: 1, becameReady: 3 } });
  expect(reads.batch(batchId)).toMatchObject({ state: 'imported', imported: 3, quarantined: 0, errorCount: 0 });
  expect(await undo(batchId, 'core.type.decimal')).toMatchObject({ ok: true, value: { values: 1, becameReady: 3 } });
  expect(reads.batch(batchId)).toMatchObject({ state: 'keptBack', imported: 0, quarantined: 3 });
  await undo(batchId, 'core.type.date');
  expect(picture(batchId)).toEqual(before);
});

test('an invoice that becomes whole is still a duplicate of one that came in before', async () => {
  await importText([invoiceText({ id: '7' })]);
  const batchId = await importText([invoiceText({ id: '7', dueDate: '06.12.2026' }), invoiceText({ id: '8' })]);
  const before = picture(batchId);
  expect(await apply(batchId, 'core.type.date')).toMatchObject({ ok: true, value: { values: 1, becameReady: 0 } });
  const [first = 0] = invoiceIds(batchId);
  expect(workspace.context.store.reads.invoice(first)).toMatchObject({ state: 'quarantined', errorCount: 1 });
  expect(workspace.context.store.reads.invoiceProblems(first)).toMatchObject([{ ruleId: 'core.duplicate.conflict' }]);
  await undo(batchId, 'core.type.date');
  expect(picture(batchId)).toEqual(before);
});

test('of two excluded invoices with one number only the first is included again, also when both are asked for at once', async () => {
  const batchId = await importText([invoiceText({ id: '1' }), invoiceText({ id: '1\u200B' })]);
  const [first = 0, second = 0] = invoiceIds(batchId);
  const { invoices, reads } = workspace.context.store;
  const setExcluded = (ids: readonly number[], isExcluded: boolean): number =>
    invoices.setExcluded(batchId, { ids: [...ids] }, { isExcluded, reason: 'twice in the file' }, act());
  const states = () => [first, second].map((id) => reads.invoice(id)?.state);
  expect(setExcluded([first], true)).toBe(1);
  // The number is free now: the other one, which had an invisible character in its own, comes in with it, and is excluded too.
  expect(await apply(batchId, 'core.text.control')).toMatchObject({ ok: true, value: { becameReady: 1 } });
  expect(setExcluded([second], true)).toBe(1);
  expect(setExcluded([second, first], false)).toBe(1);
  expect(states()).toEqual(['ready', 'excluded']);
  expect(setExcluded([second, first], false)).toBe(0);
  expect(setExcluded([first], true)).toBe(1);
  expect(setExcluded([second], false)).toBe(1);
  expect(states()).toEqual(['excluded', 'ready']);
});

test('what the operator holds stays held when it is corrected', async () => {
  const batchId = await importText([invoiceText({ id: '1', name: 'Ã…sa' })]);
  const [invoiceId = 0] = invoiceIds(batchId);
  workspace.context.store.invoices.setHeld(batchId, { ids: [invoiceId] }, { isHeld: true }, act());
  await apply(batchId, 'core.text.encoding');
  expect(workspace.context.store.reads.invoice(invoiceId)).toMatchObject({ state: 'held', customerName: 'Åsa' });
});

test('a lost letter is shown, and nothing is made up for it', async () => {
  const batchId = await importText([invoiceText({ id: '1', name: 'G\uFFFDran' })]);
  const preview = await previewFix(workspace.context, { batchId, ruleId: 'core.text.encoding' }, control);
  expect(preview).toMatchObject({ ok: true, value: { values: 0, notMechanical: 1, affected: 1 } });
});

test('a correction that no longer fits what is read stops every reader instead of showing another value', async () => {
  const batchId = await importText([invoiceText({ id: '1', name: 'Ã…sa' })]);
  await apply(batchId, 'core.text.encoding');
  const [invoiceId = 0] = invoiceIds(batchId);
  const { context } = workspace;
  const readSlice: typeof context.readSlice = (bytes, place, slice) =>
    context.readSlice(bytes, place, {
      ...slice,
      corrections: (slice.corrections ?? []).map((each) => ({ ...each, before: 'another' })),
    });
  expect(await readInvoice({ ...context, readSlice }, invoiceId)).toMatchObject({
    ok: false,
    error: { code: 'CONFLICT' },
  });
});

test('stopped half-way, whole chunks stand, the rest is untouched, and the next word finishes it', async () => {
  const invoices = Array.from({ length: 450 }, (_, index) =>
    invoiceText({ id: String(1_000 + index), name: `Ã…sa ${String(index)}` }),
  );
  const batchId = await importText(invoices);
  const before = picture(batchId);
  const stop = new AbortController();
  const progress: number[] = [];
  const stopped = await applyFix(
    workspace.context,
    { batchId, ruleId: 'core.text.encoding', reason: '' },
    {
      signal: stop.signal,
      onProgress: ({ done }) => {
        progress.push(done);
        stop.abort();
      },
    },
  );
  expect(stopped).toMatchObject({ ok: false, error: { code: 'CANCELLED', details: { invoices: 200 } } });
  expect(progress).toEqual([200]);
  expect(workspace.context.store.corrections.list(batchId)).toMatchObject([{ values: 200, invoices: 200 }]);
  expect(await apply(batchId, 'core.text.encoding')).toMatchObject({ ok: true, value: { values: 250 } });
  expect(workspace.context.store.reads.problemGroups(batchId, [])).toEqual([]);
  expect(await undo(batchId, 'core.text.encoding')).toMatchObject({ ok: true, value: { values: 450 } });
  expect(picture(batchId)).toEqual(before);
});

test('two corrections of one value are undone in their order only', async () => {
  const batchId = await importText([invoiceText({ id: '1', name: 'Ã…sa\u200B Ã–berg' })]);
  await apply(batchId, 'core.text.control');
  await apply(batchId, 'core.text.encoding');
  const [invoiceId = 0] = invoiceIds(batchId);
  expect(workspace.context.store.reads.invoice(invoiceId)?.customerName).toBe('Åsa Öberg');
  expect((await detailOf(invoiceId)).places.find(({ field }) => field === 'buyer.name')).toMatchObject({
    text: 'Ã…sa\u200B Ã–berg',
    usedText: 'Åsa Öberg',
  });
  expect(await undo(batchId, 'core.text.control')).toMatchObject({
    ok: true,
    value: { values: 0, changedMeanwhile: 1 },
  });
  expect(await undo(batchId, 'core.text.encoding')).toMatchObject({ ok: true, value: { values: 1 } });
  expect(await undo(batchId, 'core.text.control')).toMatchObject({ ok: true, value: { values: 1 } });
});

test('a rule whose cause needs a person has no fix', async () => {
  const batchId = await importText([invoiceText({ id: '1', payable: '501.00' })]);
  expect(await apply(batchId, 'core.total.payable')).toMatchObject({ ok: false, error: { code: 'NOT_ALLOWED' } });
  expect(await previewFix(workspace.context, { batchId, ruleId: 'core.total.payable' }, control)).toMatchObject({
    ok: true,
    value: { kind: null, values: 0 },
  });
});

test('a value is corrected to what its format writes, not to what the product writes', async () => {
  const batchId = await importFile(`<?xml version="1.0" encoding="UTF-8"?>
<invoices batchId="B1">
<!-- ${'A file is at least 1 KB. '.repeat(40)}-->
<invoice clientId="5001">
  <name>Kari Nordmann</name><zip>0010</zip><city>Oslo</city>
  <lines><line><itemNo>1</itemNo><qty>1</qty><desc>StrÃ¸m</desc><unitPrice>100,00</unitPrice><tax>25</tax></line></lines>
  <optional><invoiceDate>06.11.26</invoiceDate><dueDate>2026-12-06</dueDate></optional>
  <shipment>PAPER</shipment>
</invoice>
</invoices>
`);
  const [invoiceId = 0] = invoiceIds(batchId);
  expect(await apply(batchId, 'core.type.date')).toMatchObject({ ok: true, value: { values: 1 } });
  expect(await apply(batchId, 'core.text.encoding')).toMatchObject({ ok: true, value: { values: 1 } });
  const { invoice, corrections } = await detailOf(invoiceId);
  expect(invoice.dueDate).toBe('2026-12-06');
  expect(invoice.lines[0]?.description).toBe('Strøm');
  expect(corrections).toMatchObject([
    { fields: ['dueDate'], before: '2026-12-06', after: '06.12.26' },
    { fields: ['lines[0].description'], after: 'Strøm' },
  ]);
});

// Invoices held against the customer's earlier ones, through a real import: who is told of, where, and what is remembered of whom.

import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyFix, undoFix } from '../../../src/main/app/fix-problems.ts';
import { importBatch } from '../../../src/main/app/import-batch.ts';
import { setRuleSeverity } from '../../../src/main/app/rule-settings.ts';
import { previewRelease } from '../../../src/main/app/plan-release.ts';
import { openWorkspace } from '../../../src/main/engine/open-workspace.ts';
import type { Workspace } from '../../../src/main/engine/open-workspace.ts';
import { entryPoints, resourcesFolder } from '../../../src/main/platform/entry-points.ts';
import { createKeychain } from '../../../src/main/platform/keychain.ts';
import { createSystemClock } from '../../../src/main/platform/system-clock.ts';
import { wordsForProblem } from '../../../src/shared/words/problem-words.ts';
import type { ImportMode } from '../../../src/shared/schema/batch.ts';
import { act, connection, silentLog } from '../../support/store-workspace.ts';
import { batchText, invoiceText } from '../../unit/formats/gasel-text.ts';
import { placeOf } from '../../unit/formats/read-text.ts';
import { ublText } from '../../support/ubl-text.ts';

let folder: string;
let workspace: Workspace;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'utskick-history-'));
  const opened = await openWorkspace({
    dataDir: folder,
    isPractice: false,
    isDelivering: false,
    resourcesDir: resourcesFolder(),
    entryPoints: entryPoints(),
    clock: createSystemClock(),
    log: silentLog,
    secrets: createKeychain({ env: {} }),
    actor: 'kari',
    publish: () => undefined,
  });
  if (!opened.ok) throw new Error(opened.error.message);
  workspace = opened.value;
});

afterEach(async () => {
  await workspace.close();
});

/** Due dates lie ahead whatever day the tests run on. */
function invoice(number: string, customer = 'K-1'): string {
  return invoiceText({ id: number, dueDate: '2027-10-06', issueDate: '2027-09-06' }).replace('K-1', customer);
}

/** The same invoice with every amount this many times as large; 25 % VAT as before. */
function times(text: string, factor: number): string {
  return text.replace(/>(\d+)\.00</gu, (_all, whole: string) => `>${String(Number(whole) * factor)}.00<`);
}

async function bringIn(texts: readonly string[], mode: ImportMode = 'lenient'): Promise<string> {
  const files = texts.map((text, index) => {
    const name = `${randomUUID()}-${String(index)}.xml`;
    const path = join(folder, name);
    writeFileSync(path, text);
    return { path, name };
  });
  const report = await importBatch(workspace.context, {
    files,
    mode,
    ownerPid: process.pid,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  const [batch] = report.batches;
  if (batch === undefined) throw new Error(JSON.stringify(report.refused));
  return batch.id;
}

/** A file of its own id, so that no id is used twice. */
function batch(...invoices: string[]): string {
  return batchText(invoices)
    .replace('BATCH2026112100001', `BATCH${randomUUID()}`)
    .replace(/<TotalAmount.*\n/u, '');
}

const found = (batchId: string) =>
  workspace.context.store.reads
    .problemPage(batchId, null, 0, 100)
    .problems.filter(({ ruleId }) => ruleId.startsWith('core.history.'));
const ids = (batchId: string): string[] => found(batchId).map(({ ruleId }) => ruleId);

describe('the next invoice of a customer', () => {
  it('passes when it is like the earlier ones', async () => {
    await bringIn([batch(invoice('1'))]);
    const second = await bringIn([batch(invoice('2'))]);
    expect(found(second)).toEqual([]);
    expect(workspace.context.store.reads.batch(second)).toMatchObject({ warningCount: 0 });
  });

  it('gets a warning at its amount when that is ten times the usual, and counts it on the row and in the batch', async () => {
    expect(ids(await bringIn([batch(times(invoice('1'), 100))]))).toEqual([]);
    await bringIn([batch(invoice('2'))]);
    await bringIn([batch(invoice('3'))]);
    const text = batch(invoice('4', 'K-2'), times(invoice('5'), 10));
    const batchId = await bringIn([text]);
    const [problem, ...more] = found(batchId);
    expect(more).toEqual([]);
    expect(problem).toMatchObject({
      ruleId: 'core.history.amount',
      severity: 'warning',
      ...placeOf(text, '<PayableAmount>5000.00', '<PayableAmount>'.length),
      path: 'Invoice[1]/MonetaryTotal/PayableAmount',
      found: '5000.00',
      expected: '500.00 SEK',
      invoiceOrdinal: 1,
      invoiceNumber: '5',
    });
    if (problem === undefined) throw new Error('no problem');
    expect(wordsForProblem(problem, 'sv').message).toBe(
      'Att betala är 5\u00A0000,00\u00A0kr, 10 gånger det vanliga för kunden: 500,00\u00A0kr (medianen av de senaste 3 fakturorna).',
    );
    expect(workspace.context.store.reads.batch(batchId)).toMatchObject({ warningCount: 1, quarantined: 0 });
    expect(workspace.context.store.reads.invoiceAt(batchId, 1)).toMatchObject({ warningCount: 1, state: 'ready' });
  });

  it('gets warnings at its VAT rate and at its account when they are others', async () => {
    await bringIn([batch(invoice('1'))]);
    const changed = times(invoice('2'), 1)
      .replace('<TaxAmount>100.00</TaxAmount><Percent>25', '<TaxAmount>48.00</TaxAmount><Percent>12')
      .replace('5402-9681', '991-2346');
    const text = batch(changed);
    const batchId = await bringIn([text]);
    expect(found(batchId)).toMatchObject([
      { ruleId: 'core.history.vat', ...placeOf(text, '<Percent>12', 9), found: '12', expected: '25' },
      { ruleId: 'core.history.account', ...placeOf(text, '991-2346'), found: '991-2346', expected: '5402-9681' },
    ]);
  });

  it('has its account held against the seller’s when the customer is new', async () => {
    await bringIn([batch(invoice('1'))]);
    expect(ids(await bringIn([batch(invoice('2', 'K-new'))]))).toEqual([]);
    const batchId = await bringIn([batch(invoice('3', 'K-newer').replace('5402-9681', '991-2346'))]);
    expect(found(batchId)).toMatchObject([{ ruleId: 'core.history.account', params: { comparedWith: 'seller' } }]);
  });

  it('is compared with nobody else’s, and not with another seller’s', async () => {
    await bringIn([batch(invoice('1'))]);
    const other = times(invoice('2'), 20).replaceAll('5566778899', '5590009995');
    expect(ids(await bringIn([batch(times(invoice('3', 'K-2'), 20), other)]))).toEqual([]);
  });

  it('is found in a drop of single documents too', async () => {
    const usual = 'NO9386011117947';
    const other = 'NO8330001234567';
    const ubl = (number: string, account: string) =>
      ublText({ kind: 'Invoice', number, customer: 'Kari', email: 'kari@example.com', net: 400 }).replace(
        usual,
        account,
      );
    await bringIn([ubl('U1', usual), ubl('U2', usual)]);
    const texts = [ubl('U3', usual), ubl('U4', other)];
    const batchId = await bringIn(texts);
    expect(found(batchId)).toMatchObject([
      { ruleId: 'core.history.account', fileOrdinal: 1, ...placeOf(texts[1] ?? '', other) },
    ]);
  });
});

describe('what is remembered', () => {
  const broken = (number: string): string => invoice(number).replace('<DueDate>2027-10-06', '<DueDate>2027-19-06');

  it('leaves out what is in quarantine, and what a kept-back batch holds until it is let in', async () => {
    await bringIn([batch(broken('1'))]);
    const kept = await bringIn([batch(invoice('2'), broken('3'))], 'strict');
    expect(ids(await bringIn([batch(times(invoice('4', 'K-2'), 10))]))).toEqual([]);
    workspace.context.store.imports.acceptGood(kept, act());
    const next = await bringIn([batch(times(invoice('5'), 10))]);
    expect(found(next)).toMatchObject([{ ruleId: 'core.history.amount', params: { invoices: 1 } }]);
  });

  it('has its order from the imports: a batch that is let in late does not stand as the newest', async () => {
    const kept = await bringIn([batch(invoice('1'), broken('2'))], 'strict');
    await bringIn([batch(times(invoice('3'), 10))]);
    await bringIn([batch(invoice('x', 'K-9'))]);
    workspace.context.store.imports.acceptGood(kept, act());
    const next = await bringIn([batch(times(invoice('4'), 100))]);
    expect(found(next)).toMatchObject([{ params: { usualMinor: 500_000, invoices: 1 } }]);
  });

  it('is the six newest amounts', async () => {
    for (let index = 0; index < 3; index++) await bringIn([batch(times(invoice(`a${String(index)}`), 100))]);
    for (let index = 0; index < 6; index++) await bringIn([batch(invoice(`b${String(index)}`))]);
    const batchId = await bringIn([batch(times(invoice('c'), 10))]);
    expect(found(batchId)).toMatchObject([{ params: { usualMinor: 50_000, invoices: 6 } }]);
  });
});

describe('the organisation’s severity', () => {
  it('counts: off says nothing, an error keeps the invoice back', async () => {
    await bringIn([batch(invoice('1'))]);
    setRuleSeverity(workspace.context, 'core.history.amount', 'off');
    expect(ids(await bringIn([batch(times(invoice('2'), 10))]))).toEqual([]);
    setRuleSeverity(workspace.context, 'core.history.amount', 'error');
    const batchId = await bringIn([batch(times(invoice('3'), 1000))]);
    expect(workspace.context.store.reads.batch(batchId)).toMatchObject({ errorCount: 1, quarantined: 1, imported: 0 });
  });
});

describe('a correction', () => {
  const fix = (batchId: string, ruleId: string) =>
    applyFix(workspace.context, { batchId, ruleId, reason: 'the vendor said so' }, still);
  const still = { signal: new AbortController().signal, onProgress: () => undefined };

  it('of an amount is held against the earlier ones like an import, and undoing it takes the finding back', async () => {
    await bringIn([batch(invoice('1'))]);
    const text = batch(times(invoice('2'), 10).replace('<PayableAmount>5000.00', '<PayableAmount>5000,00'));
    const batchId = await bringIn([text]);
    expect(ids(batchId)).toEqual([]);
    expect(workspace.context.store.reads.invoiceAt(batchId, 0)).toMatchObject({ state: 'quarantined' });
    expect(await fix(batchId, 'core.type.decimal')).toMatchObject({ ok: true, value: { values: 1, becameReady: 1 } });
    const [problem, ...more] = found(batchId);
    expect(more).toEqual([]);
    expect(problem).toMatchObject({
      ruleId: 'core.history.amount',
      ...placeOf(text, '5000,00'),
      found: '5000.00',
      expected: '500.00 SEK',
    });
    expect(workspace.context.store.reads.invoiceAt(batchId, 0)).toMatchObject({ state: 'ready', warningCount: 1 });
    expect(workspace.context.store.reads.batch(batchId)).toMatchObject({ warningCount: 1, errorCount: 0 });
    await undoFix(workspace.context, { batchId, ruleId: 'core.type.decimal' }, still);
    expect(ids(batchId)).toEqual([]);
    expect(workspace.context.store.reads.batch(batchId)).toMatchObject({ warningCount: 0, errorCount: 1 });
  });

  it('of a name that leads to another customer is held against that customer’s', async () => {
    const unnumbered = (number: string, name: string) =>
      invoice(number).replace('<CustomerID>K-1</CustomerID>', '').replace('Åsa Öberg', name);
    await bringIn([batch(unnumbered('1', 'Åsa Öberg').replace('5402-9681', '991-2346'))]);
    await bringIn([batch(invoice('2', 'K-2'))]);
    await bringIn([batch(invoice('3', 'K-3'))]);
    const batchId = await bringIn([batch(unnumbered('4', 'Ã…sa Ã–berg'))]);
    expect(ids(batchId)).toEqual([]);
    await fix(batchId, 'core.text.encoding');
    expect(found(batchId)).toMatchObject([
      {
        ruleId: 'core.history.account',
        found: '5402-9681',
        expected: '991-2346',
        params: { comparedWith: 'customer' },
      },
    ]);
    await undoFix(workspace.context, { batchId, ruleId: 'core.text.encoding' }, still);
    expect(ids(batchId)).toEqual([]);
  });

  /** 300.00 at 25 %, the rate written with a comma, and 100.00 at 12 %: as it stands, most of what can be read has 12 %. */
  const commaRate = (number: string): string =>
    invoice(number)
      .replace('<LineExtensionAmount>400.00', '<LineExtensionAmount>300.00')
      .replace('<InvoicedQuantity unitCode="KWH">400', '<InvoicedQuantity unitCode="KWH">300')
      .replace(
        '    <TaxTotal>',
        `    <InvoiceLine><ID>2</ID><LineType>ENERGY</LineType><Description>Ved</Description><InvoicedQuantity unitCode="KWH">100</InvoicedQuantity><PriceAmount>1.00</PriceAmount><LineExtensionAmount>100.00</LineExtensionAmount><TaxPercent>12</TaxPercent><TaxCategory>S</TaxCategory></InvoiceLine>
    <TaxTotal><TaxSubtotal><TaxableAmount>100.00</TaxableAmount><TaxAmount>12.00</TaxAmount><Percent>12</Percent><TaxCategory>S</TaxCategory></TaxSubtotal></TaxTotal>
    <TaxTotal>`,
      )
      .replace(
        '<TaxableAmount>400.00</TaxableAmount><TaxAmount>100.00</TaxAmount><Percent>25',
        '<TaxableAmount>300.00</TaxableAmount><TaxAmount>75.00</TaxAmount><Percent>25,0',
      )
      .replace('<TaxAmount>100.00</TaxAmount>\n', '<TaxAmount>87.00</TaxAmount>\n')
      .replace('<TaxInclusiveAmount>500.00', '<TaxInclusiveAmount>487.00')
      .replace('<PayableAmount>500.00', '<PayableAmount>487.00');

  it.each([
    ['at once', 0],
    ['when later invoices of the customer have come in', 1],
  ])('that answers a finding takes it away, and undoing the correction %s brings it back', async (_when, later) => {
    await bringIn([batch(invoice('1'))]);
    const text = batch(commaRate('2'));
    const batchId = await bringIn([text]);
    const atImport = found(batchId);
    expect(atImport).toMatchObject([{ ruleId: 'core.history.vat', found: '12', expected: '25' }]);
    const before = workspace.context.store.reads.batch(batchId);
    expect(await fix(batchId, 'core.type.decimal')).toMatchObject({ ok: true, value: { becameReady: 1 } });
    expect(ids(batchId)).toEqual([]);
    for (let index = 0; index < later; index++) {
      await bringIn([batch(invoice(`3${String(index)}`).replace('5402-9681', '991-2346'))]);
      await bringIn([batch(invoice(`4${String(index)}`, 'K-2'))]);
    }
    await undoFix(workspace.context, { batchId, ruleId: 'core.type.decimal' }, still);
    expect(found(batchId)).toEqual(atImport.map((problem) => ({ ...problem, id: expect.any(Number) as number })));
    const { warningCount, errorCount } = before ?? {};
    expect(workspace.context.store.reads.batch(batchId)).toMatchObject({ warningCount, errorCount });
    // What went back to quarantine is no longer what is usual, unless others have come after it.
    const next = await bringIn([batch(times(invoice('9'), 10))]);
    const [unusual] = found(next).filter(({ ruleId }) => ruleId === 'core.history.amount');
    expect(unusual?.params.invoices).toBe(later === 0 ? 1 : 3);
    // The second round is judged like the first.
    expect(await fix(batchId, 'core.type.decimal')).toMatchObject({ ok: true, value: { becameReady: 1 } });
    expect(ids(batchId)).toEqual([]);
  });

  const comma = (number: string, customer?: string): string =>
    invoice(number, customer).replace('<PayableAmount>500.00', '<PayableAmount>500,00');
  const undo = (batchId: string) => undoFix(workspace.context, { batchId, ruleId: 'core.type.decimal' }, still);
  /** How many invoices of each customer are remembered, as the finding on an unusual amount tells it. */
  const rememberedOf = async (...customers: string[]): Promise<unknown[]> => {
    const next = await bringIn([batch(...customers.map((each) => times(invoice(randomUUID(), each), 100)))]);
    return found(next)
      .filter(({ ruleId }) => ruleId === 'core.history.amount')
      .map(({ params }) => params.invoices);
  };

  it('leaves the customer’s sound invoices of the same batch remembered, undone or not', async () => {
    await bringIn([batch(invoice('1'))]);
    const text = batch(invoice('2'), comma('3'), invoice('4', 'K-2'), comma('5', 'K-2'), invoice('6', 'K-3'));
    const batchId = await bringIn([text]);
    expect(await fix(batchId, 'core.type.decimal')).toMatchObject({ ok: true, value: { becameReady: 2 } });
    await bringIn([batch(invoice('7', 'K-9'))]);
    expect(await undo(batchId)).toMatchObject({ ok: true, value: { values: 2 } });
    expect(await rememberedOf('K-1', 'K-2', 'K-3')).toEqual([2, 1, 1]);
  });

  it('for a new customer is judged by the accounts the seller had used before this import, and so is undoing it', async () => {
    const otherAccount = (text: string): string => text.replace('5402-9681', '991-2346');
    await bringIn([batch(invoice('1'))]);
    const text = batch(otherAccount(invoice('2', 'K-2')), otherAccount(comma('3', 'K-3')));
    const batchId = await bringIn([text]);
    const atImport = found(batchId).map(({ invoiceNumber }) => invoiceNumber);
    expect(atImport).toEqual(['2', '3']);
    await bringIn([batch(invoice('4', 'K-4'))]);
    for (const change of [() => fix(batchId, 'core.type.decimal'), () => undo(batchId)]) {
      expect(await change()).toMatchObject({ ok: true, value: { values: 1 } });
      expect(found(batchId).map(({ invoiceNumber }) => invoiceNumber)).toEqual(atImport);
    }
  });

  it('of the name of a sound invoice leaves it remembered as the other customer’s', async () => {
    const named = (number: string, name: string) =>
      invoice(number).replace('<CustomerID>K-1</CustomerID>', '').replace('Åsa Öberg', name);
    const batchId = await bringIn([batch(named('1', 'Ã…sa Ã–berg'))]);
    expect(workspace.context.store.reads.invoiceAt(batchId, 0)).toMatchObject({ state: 'ready' });
    expect(await fix(batchId, 'core.text.encoding')).toMatchObject({ ok: true, value: { becameReady: 0 } });
    const next = await bringIn([batch(times(named('2', 'Åsa Öberg'), 10))]);
    expect(found(next)).toMatchObject([{ ruleId: 'core.history.amount', params: { invoices: 1 } }]);
  });

  it('of two invoices of one customer is forgotten with both', async () => {
    await bringIn([batch(invoice('1'))]);
    const batchId = await bringIn([batch(comma('2'), comma('3'))]);
    expect(await fix(batchId, 'core.type.decimal')).toMatchObject({ ok: true, value: { becameReady: 2 } });
    expect(await undo(batchId)).toMatchObject({ ok: true, value: { values: 2 } });
    expect(await rememberedOf('K-1')).toEqual([1]);
  });
});

describe('the release', () => {
  it('says how many of the invoices to be sent are unusual', async () => {
    await bringIn([batch(invoice('1'), invoice('2', 'K-2'))]);
    const batchId = await bringIn([batch(times(invoice('3'), 10), invoice('4', 'K-2'))]);
    const email = connection('c1', 'email');
    workspace.context.store.config.saveConnection(email, act());
    const plan = { batchId, connections: { email: email.id, sftp: null }, limit: null };
    expect(previewRelease(workspace.context, plan)).toMatchObject({ ok: true, value: { total: 2, unusualAmounts: 1 } });
    const none = { ...plan, connections: { email: null, sftp: null } };
    expect(previewRelease(workspace.context, none)).toMatchObject({ ok: true, value: { total: 0, unusualAmounts: 0 } });
  });
});

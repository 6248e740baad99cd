// Files dropped on the window: good ones, bad ones, the same one again, several at once. What is said names what, where and what to do.

import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import type { RunningApp } from '../../support/app.ts';
import {
  chooseLanguage,
  countsOf,
  followProblem,
  openImported,
  openTab,
  previewInvoice,
  releaseAll,
  waitForCounts,
} from '../../support/app-flow.ts';
import { dropFiles, droppedFile, openBrowser, openPage, pictureFailure } from '../../support/browser.ts';
import type { DroppedFile, WatchedPage } from '../../support/browser.ts';
import { ublText } from '../../support/ubl-text.ts';
import { batchText, invoiceText } from '../../unit/formats/gasel-text.ts';

/** Documents of real senders. They are not part of the project and lie beside it on some machines. */
const realSamples = resolve(import.meta.dirname, '../../../../shared/samples');

let app: RunningApp;
let browser: Browser;
let window: WatchedPage;
let page: Page;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  window = await openPage(browser, app.url);
  ({ page } = window);
  await chooseLanguage(page, 'en');
});

afterEach(({ task }) => pictureFailure(page, task));

afterAll(async () => {
  await browser.close();
  await app.stop();
});

test('a file held over the window says what will happen, and dropped on it is imported with its problems', async () => {
  const text = batchText([
    invoiceText(),
    invoiceText({ id: '1002', dueDate: '2026-02-30' }),
    invoiceText({ id: '1003', name: '<![CDATA[<script>alert(1)</script>]]>' }),
  ]);
  await openBatches();
  await dropFiles(page, [{ name: 'gasel.xml', bytes: text }], () =>
    page.getByText('Drop to import', { exact: true }).waitFor(),
  );
  expect(await openImported(page, 'gasel.xml')).toEqual({ read: 3, imported: 2, quarantined: 1, skipped: 0 });
  await page.getByRole('gridcell', { name: '<script>alert(1)</script>' }).waitFor();
  await openTab(page, 'Problems');
  const problem = await followProblem(page);
  const lines = text.split('\n');
  expect(problem).toMatchObject({
    found: '2026-02-30',
    line: lines.findIndex((line) => line.includes('2026-02-30')) + 1,
  });
  expect(lines[problem.line - 1]?.slice(problem.column - 1)).toContain('2026-02-30');
});

test('the same file again is refused, and its message leads to the earlier batch', async () => {
  const file: DroppedFile = { name: 'twice.xml', bytes: batchText([invoiceText({ id: '2001' })]) };
  await openBatches();
  await dropFiles(page, [file]);
  await openImported(page, 'twice.xml');
  await openBatches();
  await dropFiles(page, [{ ...file, name: 'renamed.xml' }]);
  const refusal = refusalOf('renamed.xml');
  await refusal.getByText(/imported before, as twice\.xml\. Nothing was imported again/u).waitFor();
  await refusal.getByText('ALREADY_IMPORTED').waitFor();
  await refusal.getByRole('button', { name: 'Show the earlier batch' }).click();
  await page.getByRole('heading', { level: 1, name: 'twice.xml' }).waitFor();
  await openBatches();
  await dismiss(refusalOf('renamed.xml'));
});

describe('a file that cannot be read says what, where and what to do:', () => {
  const good = batchText([invoiceText({ id: '3001' })]);
  const wrong: readonly { readonly name: string; readonly bytes: string; readonly says: readonly RegExp[] }[] = [
    { name: 'no xml', bytes: 'Fakturanummer;Belopp\n1001;500,00\n'.repeat(40), says: [/Line 1, column 1/u] },
    {
      name: 'doctype',
      bytes: good.replace('?>\n', '?>\n<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>\n'),
      says: [/Line 2, column \d/u, /DOCTYPE/u, /without DOCTYPE/u],
    },
    {
      name: 'unknown namespace',
      bytes: good.replace('urn:ediel:se:electricity:invoice:1.0', 'urn:example:other'),
      says: [/root element InvoiceBatch/u, /urn:example:other/u, /Ask the vendor for that version/u],
    },
    {
      name: 'cut off',
      bytes: good.slice(0, good.indexOf('<TaxTotal>') + 40),
      says: [/Line \d+, column \d+/u, /Make the export in the billing system again/u],
    },
    { name: 'empty', bytes: '', says: [/The file is empty/u, /Make the export in the billing system again/u] },
  ];
  test.each(wrong)('$name', async ({ name, bytes, says }) => {
    await openBatches();
    await dropFiles(page, [{ name: `${name}.xml`, bytes }]);
    const refusal = refusalOf(`${name}.xml`);
    await refusal.waitFor();
    const said = await refusal.innerText();
    for (const words of says) expect(said).toMatch(words);
    await dismiss(refusal);
  });
});

test('a wrong file among good ones is refused alone, and both are said', async () => {
  await openBatches();
  await dropFiles(page, [
    { name: 'good.xml', bytes: batchText([invoiceText({ id: '4001' })]) },
    { name: 'bad.xml', bytes: `<Wrong>${' '.repeat(600)}</Wrong>` },
  ]);
  await page.getByRole('list', { name: 'Batches, newest first' }).getByText('good.xml').waitFor();
  const refusal = refusalOf('bad.xml');
  await refusal.waitFor();
  await dismiss(refusal);
});

test('UBL documents dropped together become one batch that is looked at and delivered', async () => {
  const documents = [
    { kind: 'Invoice', number: 'F-501', customer: 'Kari Prøve', email: 'kari@example.com', net: 400 },
    { kind: 'Invoice', number: 'F-502', customer: 'Åse Ødegård', email: 'ase@example.com', net: 80 },
    { kind: 'CreditNote', number: 'K-503', customer: 'Kari Prøve', email: 'kari@example.com', net: 40 },
  ] as const;
  await openBatches();
  await dropFiles(
    page,
    documents.map((parts) => ({ name: `${parts.number}.xml`, bytes: ublText(parts) })),
  );
  expect(await openImported(page, /^[FK]-50\d\.xml/u)).toMatchObject({ read: 3, imported: 3 });
  await page.getByText('EHF 3.0').waitFor();
  await releaseAll(page, 3);
  await waitForCounts(page, { sent: 3 });
  const delivered = await app.data.delivered();
  for (const { number, email } of documents) {
    expect(delivered.filter(({ invoiceNumber }) => invoiceNumber === number)).toMatchObject([
      { event: 'accepted', recipient: email },
    ]);
  }
});

test.skipIf(!existsSync(realSamples))(
  'documents of real senders, dropped together, become a batch and are delivered',
  async () => {
    const names = (await readdir(realSamples)).filter((name) => name.endsWith('.xml'));
    const files = await Promise.all(names.map((name) => droppedFile(join(realSamples, name))));
    // Other formats lie beside them.
    const ubl = files.filter(({ bytes }) => bytes.toString().includes('urn:oasis:names:specification:ubl:schema:xsd:'));
    await openBatches();
    await dropFiles(page, ubl);
    const receipt = await openImported(page, /\.xml$/u);
    const before = (await app.data.delivered()).length;
    expect(receipt.read).toBe(ubl.length);
    await previewInvoice(page, 1);
    const { ready = 0 } = await countsOf(page);
    expect(ready).toBeGreaterThan(0);
    await releaseAll(page, ready);
    await waitForCounts(page, {
      sent: ready,
      ...(receipt.quarantined > 0 ? { 'in quarantine': receipt.quarantined } : {}),
    });
    expect((await app.data.delivered()).length - before).toBe(ready);
  },
);

test('the browser has complained about nothing meanwhile', () => {
  expect(window.complaints).toEqual([]);
});

if (!existsSync(realSamples)) console.log('not run: documents of real senders: they are not beside this project');

async function openBatches(): Promise<void> {
  await page.getByRole('link', { name: 'Batches', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Batches' }).waitFor();
}

function refusalOf(name: string): Locator {
  return page.getByRole('alert').filter({ hasText: `${name} was not imported` });
}

async function dismiss(refusal: Locator): Promise<void> {
  await refusal.getByRole('button', { name: 'Dismiss', exact: true }).click();
  await refusal.waitFor({ state: 'detached' });
}

// A batch of 500 through the practice Svea, from the window: most are delivered, one is credited, one closed, one waits. Svea's own ledger is the witness.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import type { RunningApp } from '../../support/app.ts';
import { chooseLanguage, openImported, openRelease, saying, waitForCounts } from '../../support/app-flow.ts';
import { dropFiles, openBrowser, openPage, pictureFailure } from '../../support/browser.ts';
import { pendingPersons, personsBatch } from '../../support/persons-batch.ts';

const invoices = 500;

let app: RunningApp;
let browser: Browser;
let page: Page;
let complaints: readonly string[];

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  ({ page, complaints } = await openPage(browser, app.url));
  await chooseLanguage(page, 'en');
  await page.getByRole('link', { name: 'Batches' }).click();
  const bytes = personsBatch({ invoices, seed: 7, first: pendingPersons });
  await dropFiles(page, [{ name: 'svea.xml', bytes }]);
  await openImported(page, 'svea.xml');
}, 60_000);

afterEach(({ task }) => pictureFailure(page, task));

afterAll(async () => {
  await browser.close();
  await app.stop();
});

interface LedgerLine {
  readonly event: string;
  readonly sveaOrderId: string;
}
async function ledger(): Promise<readonly LedgerLine[]> {
  const text = await readFile(join(app.data.folder, 'practice', 'providers', 'svea-ledger.jsonl'), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LedgerLine);
}

function svea(): Locator {
  return page.getByRole('region', { name: 'Svea', exact: true });
}

/** The next invoice of the table, in the order of the file. */
async function nextInvoice(): Promise<void> {
  const heading = page.getByRole('heading', { level: 1 });
  const before = await heading.innerText();
  await page.getByRole('button', { name: /^Next invoice/u }).click();
  await expect.poll(() => heading.innerText()).not.toBe(before);
  await svea().waitFor();
}

async function chooseConnection(dialog: Locator, label: RegExp): Promise<void> {
  await dialog.getByRole('button', { name: label }).click();
  await page.getByRole('option', { name: /^Svea \(övning\)/u }).click();
}

async function confirm(verb: RegExp): Promise<void> {
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Asked for by the customer');
  await dialog.getByRole('button', { name: verb }).click();
  await dialog.waitFor({ state: 'detached' });
}

test('500 invoices go to Svea from the window; one is credited, one closed, one waits', async () => {
  const { dialog } = await openRelease(page);
  await chooseConnection(dialog, /e-mail/iu);
  await chooseConnection(dialog, /print/iu);
  await dialog.getByText(`${String(invoices)} to Svea through Svea (övning)`).waitFor();
  await dialog.getByRole('button', { name: `Send ${String(invoices)}`, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await waitForCounts(page, { sent: invoices - 2, waiting: 2 }, 150_000);

  // Pending: the reasons in words.
  await page.getByRole('grid').locator('[role="row"][aria-rowindex="2"]').dblclick();
  await svea().getByText('Svea is looking at the order').waitFor();
  await svea().getByText('The amount is high').waitFor();
  // Closed: the order ends, and its delivery with it.
  await nextInvoice();
  await svea().getByRole('button', { name: 'Close the order …' }).click();
  await confirm(/^Close the order$/u);
  await saying(page, /Svea has done it/u).waitFor();
  await page.getByRole('region', { name: 'Svea', exact: true }).getByText('done', { exact: true }).waitFor();
  // Credited in full.
  await nextInvoice();
  await svea().getByText('Delivered at Svea').waitFor();
  await svea().getByRole('button', { name: 'Credit …' }).click();
  await confirm(/^Credit /u);
  await svea().getByText('The invoice is credited').waitFor();

  const lines = await ledger();
  const ordersOf = (event: string): readonly string[] =>
    lines.filter((line) => line.event === event).map(({ sveaOrderId }) => sveaOrderId);
  expect(['created', 'delivered', 'credited', 'closed'].map((event) => ordersOf(event).length)).toEqual([
    invoices,
    invoices - 2,
    1,
    1,
  ]);
  expect(new Set(ordersOf('delivered')).size).toBe(invoices - 2);
  expect(complaints).toEqual([]);
}, 270_000);

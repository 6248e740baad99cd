// Problems of a batch: filtered, gone through by key, exported as shown; the same invoices a second time, side by side.

import { readFile } from 'node:fs/promises';
import type { Browser, Download, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import type { RunningApp } from '../../support/app.ts';
import { chooseLanguage, openImported, openTab } from '../../support/app-flow.ts';
import { accessibilityFaults } from '../../support/browser-axe.ts';
import { dropFiles, openBrowser, openPage, pictureFailure } from '../../support/browser.ts';
import type { WatchedPage } from '../../support/browser.ts';
import { batchText, invoiceText } from '../../unit/formats/gasel-text.ts';

let app: RunningApp;
let browser: Browser;
let window: WatchedPage;
let page: Page;

const first = batchText([
  invoiceText({ id: '1001' }),
  invoiceText({ id: '1002', dueDate: '2026-02-30' }),
  invoiceText({ id: '1003', email: 'åsa@@example.com' }),
  invoiceText({ id: '1004', dueDate: '2026-13-01' }),
]);

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  window = await openPage(browser, app.url);
  ({ page } = window);
  await chooseLanguage(page, 'en');
  await page.getByRole('link', { name: 'Batches', exact: true }).click();
  await dropFiles(page, [{ name: 'first.xml', bytes: first }]);
  await openImported(page, 'first.xml');
  await openTab(page, 'Problems');
});

afterEach(({ task }) => pictureFailure(page, task));

afterAll(async () => {
  await browser.close();
  await app.stop();
});

const lineOf = (text: string): number => first.split('\n').findIndex((line) => line.includes(text)) + 1;

test('a filter leaves what it finds, the keys go through it in the source, and the export holds just that', async () => {
  const search = page.getByRole('searchbox', { name: /^Search the problems/u });
  await search.fill('2026-');
  await page.getByText('1 cause, 2 places').waitFor();
  await page.locator('body').click({ position: { x: 5, y: 5 } });
  const source = page.getByRole('region', { name: 'Source', exact: true });
  await source.getByText(`Line ${lineOf('2026-02-30')}, column 14`, { exact: true }).waitFor();
  await page.keyboard.press('n');
  await source.getByText(`Line ${lineOf('2026-13-01')}, column 14`, { exact: true }).waitFor();
  expect(await source.locator('.source-mark-main').first().innerText()).toBe('2026-13-01');
  await page.keyboard.press('Shift+F8');
  await source.getByText(`Line ${lineOf('2026-02-30')}, column 14`, { exact: true }).waitFor();

  const csv = await exported('CSV');
  expect(csv.name).toBe('first-problems.csv');
  expect(csv.bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  expect(csv.text.trimEnd().split('\r\n')).toHaveLength(3);
  expect(csv.text).not.toContain('@@');
  const html = await exported('HTML page');
  expect(html.text).toContain('2026-13-01');
  expect(html.text).not.toContain('@@');

  await page.getByRole('button', { name: 'Show all' }).click();
  await page.getByText(/^[2-9] causes, /u).waitFor();
  expect((await exported('JSON')).text).toContain('@@');
});

test('next and previous stand in the list of keys', async () => {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Search and commands' });
  await palette.waitFor();
  await page.keyboard.type('next problem');
  const item = page.getByRole('menuitem', { name: /Next problem/u });
  await item.waitFor();
  expect(await item.innerText()).toContain('F8');
  // The first empties the field.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await palette.waitFor({ state: 'detached' });
});

test('the e-mail to the vendor is shown, and saved as it is shown', async () => {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: /^E-mail to the vendor/u }).click();
  const dialog = page.getByRole('dialog', { name: 'E-mail to the billing system’s vendor' });
  await dialog.getByText('<DueDate>2026-02-30</DueDate>').waitFor();
  await dialog.getByText(/problems? (?:is|are) not in the text/u).waitFor();
  await dialog.getByRole('textbox', { name: 'The vendor’s e-mail address' }).fill('vendor@example.org');
  const saving = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save as .eml' }).click();
  const { text, name } = await contentOf(await saving);
  expect(name).toBe('first-problems.eml');
  expect(text).toContain('To: vendor@example.org\r\n');
  await page.keyboard.press('Escape');
});

test('the source is searched backwards, and goes on from the end', async () => {
  await openTab(page, 'Source');
  const find = page.getByRole('searchbox', { name: 'Find in the file' });
  await find.fill('<payableamount>');
  const source = page.getByRole('region', { name: /^Source file/u });
  const lines = first.split('\n').flatMap((line, index) => (line.includes('<PayableAmount>') ? [index + 1] : []));
  await find.press('Shift+Enter');
  await source.getByText(`Line ${lines.at(-1) ?? 0}, column 7`, { exact: true }).waitFor();
  await source.getByText('The search went on from the end of the file.').waitFor();
  await page.getByRole('button', { name: 'Previous hit' }).click();
  await source.getByText(`Line ${lines.at(-2) ?? 0}, column 7`, { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Next hit' }).click();
  await source.getByText(`Line ${lines.at(-1) ?? 0}, column 7`, { exact: true }).waitFor();
});

test('the same invoices again: the batch says what was here before, and two with one number stand side by side', async () => {
  const second = batchText([invoiceText({ id: '1001', dueDate: '2026-12-24' }), invoiceText({ id: '1005' })]);
  await page.getByRole('link', { name: 'Batches', exact: true }).click();
  await dropFiles(page, [{ name: 'second.xml', bytes: second }]);
  await page.getByRole('list', { name: 'Batches, newest first' }).getByText('second.xml').click();
  const main = page.getByRole('main');
  await main.getByText('The batch id was used before').waitFor();
  await main.getByText(/4 invoices over .+ then, 2 invoices over .+ now/u).waitFor();
  await main.getByRole('link', { name: 'Show the earlier batch' }).waitFor();
  await main.getByText('1 with other content: compare before anything is sent.').waitFor();
  await main.getByRole('button', { name: 'Compare' }).click();
  const table = page.getByRole('region', { name: 'The invoices side by side' });
  const row = table.getByRole('row', { name: /Due date/u });
  await row.waitFor();
  expect(await row.innerText()).toMatch(/2026-12-24.*2026-12-06/su);
  expect(await table.getByRole('row').count()).toBe(2);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByText('Show only what differs').click();
  await table.getByRole('row', { name: /Amount to pay/u }).waitFor();
  // The earlier invoice is one click away, at its own place.
  await table.getByRole('link', { name: 'first.xml' }).click();
  await page.getByRole('heading', { level: 1, name: 'Invoice 1001' }).waitFor();
});

test('the browser has complained about nothing', () => {
  expect(window.complaints).toEqual([]);
});

async function exported(form: string): Promise<Awaited<ReturnType<typeof contentOf>>> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const saving = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: new RegExp(`^${form}`, 'u') }).click();
  return contentOf(await saving);
}

async function contentOf(download: Download): Promise<{ name: string; bytes: Buffer; text: string }> {
  const bytes = await readFile(await download.path());
  return { name: download.suggestedFilename(), bytes, text: bytes.toString('utf8') };
}

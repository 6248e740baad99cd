// A folder and a zip dropped on the window: what is in them comes in, what is not an invoice file is listed with its reason.

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import type { RunningApp } from '../../support/app.ts';
import { chooseLanguage, openImported, saying } from '../../support/app-flow.ts';
import { dropFiles, dropPaths, openBrowser, openPage, pictureFailure } from '../../support/browser.ts';
import { ublText } from '../../support/ubl-text.ts';
import { zipBytes } from '../../support/zip-file.ts';
import { batchText, invoiceText } from '../../unit/formats/gasel-text.ts';

let app: RunningApp;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  ({ page } = await openPage(browser, app.url));
  await chooseLanguage(page, 'en');
});

afterEach(({ task }) => pictureFailure(page, task));

afterAll(async () => {
  await browser.close();
  await app.stop();
});

/** A sound UBL invoice with this number. */
function document(number: string): string {
  return ublText({ kind: 'Invoice', number, customer: 'Kari Nordmann', email: 'kari@example.com', net: 400 });
}

async function openBatches(): Promise<void> {
  await page.getByRole('link', { name: 'Batches', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Batches' }).waitFor();
}

test('a dropped folder gives the invoices in it, and lists what was left out until it is closed', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'utskick-drop-')), 'november');
  mkdirSync(join(folder, 'deep'), { recursive: true });
  writeFileSync(join(folder, 'deep', 'a.xml'), document('D-1'));
  writeFileSync(join(folder, 'b.xml'), document('D-2'));
  writeFileSync(join(folder, 'readme.txt'), 'The invoices of November.');
  writeFileSync(join(folder, 'logo.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47]));
  await openBatches();
  await dropPaths(page, [folder]);
  const note = page.locator('.note', { hasText: '2 files were left out of the import' });
  await note.getByText('november/readme.txt is no invoice file').waitFor();
  await note.getByText('november/logo.png is no invoice file').waitFor();
  const receipt = await openImported(page, /november\/(?:b|deep\/a)\.xml/u);
  expect(receipt).toEqual({ read: 2, imported: 2, quarantined: 0, skipped: 0 });
  await openBatches();
  await note.getByRole('button', { name: 'Dismiss' }).click();
  await note.waitFor({ state: 'detached' });
});

test('a dropped zip comes in, and one that points outside itself is refused with the entry’s name', async () => {
  const gasel = batchText([invoiceText({ id: 'Z-1' }), invoiceText({ id: 'Z-2' })]);
  await openBatches();
  await dropFiles(page, [{ name: 'december.zip', bytes: zipBytes([{ name: 'gasel.xml', data: gasel }]) }]);
  expect(await openImported(page, 'december.zip/gasel.xml')).toMatchObject({ read: 2, imported: 2 });
  await openBatches();
  await dropFiles(page, [{ name: 'bad.zip', bytes: zipBytes([{ name: '../escape.xml', data: gasel }]) }]);
  const refusal = page.getByRole('alert').filter({ hasText: 'bad.zip was not imported' });
  await refusal.getByText('The entry ../escape.xml points outside the zip. Nothing of it was read.').waitFor();
  await refusal.getByText('INTAKE_REFUSED').waitFor();
  expect(await saying(page, /bad\.zip/u).count()).toBe(0);
});

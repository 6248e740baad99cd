// Settings, Formats: a profile of one's own is checked, added, used at once, and removed again.

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import type { RunningApp } from '../../support/app.ts';
import { chooseLanguage, openImported, openSection } from '../../support/app-flow.ts';
import { dropFiles, openBrowser, openPage, pictureFailure } from '../../support/browser.ts';
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

/** GASEL's shape in a namespace of a supplier's own. */
function ownProfile(changes: object): string {
  const gasel = JSON.parse(
    readFileSync(new URL('../../../resources/profiles/gasel-1.0.json', import.meta.url), 'utf8'),
  ) as object;
  const own = { id: 'nordkraft-2', format: 'Nordkraft', version: '2', namespaces: { '': 'urn:nordkraft:2' } };
  const path = join(mkdtempSync(join(tmpdir(), 'utskick-profile-')), 'nordkraft.json');
  writeFileSync(path, JSON.stringify({ ...gasel, ...own, ...changes }, null, 2));
  return path;
}

async function addProfile(path: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Add a profile …' }).click(),
  ]);
  await chooser.setFiles(path);
}

test('an own profile is checked, added, reads files at once, and is removed', async () => {
  await openSection(page, 'formats');
  await addProfile(ownProfile({ kind: 'receipt' }));
  const refusal = page.locator('.note', { hasText: 'nordkraft.json can’t be used' });
  await refusal.getByText(/kind, line \d+, column \d+/u).waitFor();
  const row = page.getByRole('row', { name: /Nordkraft/u });
  expect(await row.count()).toBe(0);

  await addProfile(ownProfile({}));
  await page.getByText('Nordkraft 2 is added.').waitFor();
  await row.getByText('urn:nordkraft:2').waitFor();
  await row.getByText('Own', { exact: true }).waitFor();

  const text = batchText([invoiceText()]).replace(/urn:ediel:[^"]*/u, 'urn:nordkraft:2');
  await page.getByRole('link', { name: 'Batches', exact: true }).click();
  await dropFiles(page, [{ name: 'nordkraft.xml', bytes: Buffer.from(text) }]);
  expect(await openImported(page, 'nordkraft.xml')).toMatchObject({ read: 1, imported: 1 });

  await openSection(page, 'formats');
  await row.getByRole('button', { name: 'Remove' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Remove the profile Nordkraft 2?' });
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await row.waitFor({ state: 'detached' });
});

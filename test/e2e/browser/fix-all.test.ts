// "Fix all" in the window: look, correct, see it beside the source, undo.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import type { RunningApp } from '../../support/app.ts';
import { chooseLanguage, openImported, openTab, saying, waitForCounts } from '../../support/app-flow.ts';
import { droppedFile, dropFiles, openBrowser, openPage } from '../../support/browser.ts';
import { batchText, invoiceText } from '../../unit/formats/gasel-text.ts';

let app: RunningApp;
let browser: Browser;
let folder: string;

beforeAll(async () => {
  [app, browser, folder] = await Promise.all([startApp(), openBrowser(), mkdtemp(join(tmpdir(), 'utskick-e2e-'))]);
});

afterAll(async () => {
  await browser.close();
  await app.stop();
  await rm(folder, { recursive: true, force: true });
});

test('all dates of a cause are corrected after a look, stand beside what the source says, and come back by undoing', async () => {
  const file = join(folder, 'november.xml');
  await writeFile(
    file,
    batchText([
      invoiceText({ id: '2001', dueDate: '06.12.2026' }),
      invoiceText({ id: '2002', dueDate: '2026/12/06' }),
      invoiceText({ id: '2003', dueDate: '06/12/2026' }),
      invoiceText({ id: '2004' }),
    ]),
  );
  const { page, complaints } = await openPage(browser, app.url);
  await chooseLanguage(page, 'en');
  await page.getByRole('link', { name: 'Batches' }).click();
  await dropFiles(page, [await droppedFile(file)]);
  expect(await openImported(page, 'november.xml')).toMatchObject({ read: 4, imported: 1, quarantined: 3 });

  await openTab(page, 'Problems');
  const bar = page.getByRole('region', { name: 'Corrections' });
  await page.getByRole('button', { name: 'Fix all …' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('2 values in 2 invoices are corrected.').waitFor();
  await dialog.getByText('1 invoice left: what was meant can’t be told for certain.').waitFor();
  const samples = dialog.getByRole('table', { name: 'Samples' }).getByRole('row');
  expect(await samples.allInnerTexts()).toEqual([
    expect.stringMatching(/Invoice\s+Value\s+In the file\s+Read as/u),
    expect.stringMatching(/2001\s+Due date\s+06\.12\.2026\s+2026-12-06/u),
    expect.stringMatching(/2002\s+Due date\s+2026\/12\/06\s+2026-12-06/u),
  ]);
  await dialog.getByRole('button', { name: 'Fix 2 values' }).click();
  await dialog.waitFor({ state: 'detached' });
  await saying(page, /^2 values are corrected, 2 invoices can be sent now\./u).waitFor();
  await waitForCounts(page, { ready: 3, 'in quarantine': 1 });

  await openTab(page, 'Invoices');
  await page.getByRole('row').filter({ hasText: '2001' }).dblclick();
  await page.getByText('In the source: 06.12.2026').waitFor();
  await page.getByText('Corrected: due date, “06.12.2026” is read as “2026-12-06”').waitFor();
  await page.goBack();

  await openTab(page, 'Problems');
  await bar.getByText(/2 values corrected in 2 invoices$/u).waitFor();
  await bar.getByRole('button', { name: 'Undo' }).click();
  await saying(page, /^2 corrections are undone\./u).waitFor();
  await waitForCounts(page, { ready: 1, 'in quarantine': 3 });
  await bar.getByText(/values corrected in/u).waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
});

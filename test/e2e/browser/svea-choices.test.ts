// Before an order is made, in the window: one of the customer's addresses at Svea is chosen, and what the invoice costs as a payment plan stands in a table. Svea's own ledger is the witness.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import type { RunningApp } from '../../support/app.ts';
import { chooseLanguage, openImported, openRelease, waitForCounts } from '../../support/app-flow.ts';
import { dropFiles, openBrowser, openPage, pictureFailure } from '../../support/browser.ts';
import { personsBatch } from '../../support/persons-batch.ts';

let app: RunningApp;
let browser: Browser;
let page: Page;
let complaints: readonly string[];

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  ({ page, complaints } = await openPage(browser, app.url));
  await chooseLanguage(page, 'en');
  await page.getByRole('link', { name: 'Batches' }).click();
  await dropFiles(page, [{ name: 'choices.xml', bytes: personsBatch({ invoices: 3, seed: 7 }) }]);
  await openImported(page, 'choices.xml');
}, 60_000);

afterEach(({ task }) => pictureFailure(page, task));

afterAll(async () => {
  await browser.close();
  await app.stop();
});

function svea(): Locator {
  return page.getByRole('region', { name: 'Svea', exact: true });
}

async function openFirst(): Promise<void> {
  await page.getByRole('grid').locator('[role="row"][aria-rowindex="2"]').dblclick();
  await svea().waitFor();
}

const numberIn = (text: string): number => Number(text.replace(/[^\d.]/gu, ''));

test('an address is chosen for the order, plans are computed as the specification does, and the order has the address', async () => {
  await openFirst();
  await svea().getByRole('button', { name: 'Look up addresses' }).click();
  const address = svea().getByRole('list', { name: 'The customer’s addresses at Svea' }).getByRole('listitem');
  await address.getByRole('button', { name: 'Use this address' }).click();
  await address.getByText('Chosen for the order').waitFor();
  const [name = '', street = ''] = (await address.innerText()).split('\n');

  // Another client number has other campaigns.
  await svea().getByText('The campaigns have not been fetched.').waitFor();
  await svea()
    .getByRole('button', { name: /Connection/u })
    .click();
  await page.getByRole('option', { name: /delbetalning/u }).click();
  await svea().getByRole('button', { name: 'Fetch campaigns' }).click();
  const row = svea().getByRole('row', { name: /999999/u });
  await row.waitFor();
  const payable = numberIn(/To be paid: ([\d,.]+)/u.exec(await svea().innerText())?.[1] ?? '');
  const [, monthly = '', total = ''] = await row.getByRole('cell').allInnerTexts();
  // The specification's campaign: factor 0.050020791054524637 and 29 a month for 24 months, rounded up.
  const expected = Math.ceil(payable * 0.050020791054524637 + 29);
  expect([numberIn(monthly), numberIn(total)]).toEqual([expected, expected * 24]);
  expect(await row.innerText()).toMatch(/effective interest [\d.]+%/u);

  await page.getByRole('link', { name: 'To the batch’s invoices' }).click();
  const { dialog } = await openRelease(page);
  for (const label of [/e-mail/iu, /print/iu]) {
    const choice = dialog.getByRole('button', { name: label });
    if (!(await choice.isVisible())) continue;
    await choice.click();
    await page.getByRole('option', { name: /^Svea \(övning\)/u }).click();
  }
  await dialog.getByText('3 to Svea through Svea (övning)').waitFor();
  await dialog.getByRole('button', { name: 'Send 3', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await waitForCounts(page, { sent: 3 });
  await openFirst();
  await svea().getByText('Delivered at Svea').waitFor();
  await page.getByText(`Address chosen for the order: ${name}, ${street}`).waitFor();
  const ledger = await readFile(join(app.data.folder, 'practice', 'providers', 'svea-ledger.jsonl'), 'utf8');
  const created = ledger.split('\n').filter((line) => line.includes('"created"'));
  expect(created.filter((line) => line.includes(street))).toHaveLength(1);
  expect(complaints).toEqual([]);
}, 90_000);

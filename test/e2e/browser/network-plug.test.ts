// The plug of the practice network, pulled while a release is on its way: nothing is lost, and nothing goes twice.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import type { RunningApp } from '../../support/app.ts';
import { chooseLanguage, countsOf, openImported, releaseAll } from '../../support/app-flow.ts';
import { droppedFile, dropFiles, openBrowser, openPage } from '../../support/browser.ts';
import { utskick } from '../../support/cli.ts';

/** Enough that a release lasts longer than a click. */
const invoices = 300;

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

test('a release that loses its network half-way waits, goes on when it is back, and accounts for every invoice', async () => {
  const file = join(folder, 'november.xml');
  expect((await utskick(['sample', '--invoices', String(invoices), '--seed', '7', '--out', file])).code).toBe(0);
  const { page, complaints } = await openPage(browser, app.url);
  await chooseLanguage(page, 'en');
  await page.getByRole('link', { name: 'Batches' }).click();
  await dropFiles(page, [await droppedFile(file)]);
  expect(await openImported(page, 'november.xml')).toMatchObject({ read: invoices, imported: invoices });

  const settings = await page.context().newPage();
  await settings.goto(page.url().replace(/#.*$/u, '#/settings/practice'));
  await settings.getByRole('button', { name: 'Pull the plug' }).waitFor();

  await releaseAll(page, invoices);
  await page.getByRole('button', { name: /^[\d,]+ sent$/u }).waitFor();
  await settings.getByRole('button', { name: 'Pull the plug' }).click();
  await settings.getByRole('button', { name: 'Plug in again' }).waitFor();
  const unplugged = await settledCounts(page);
  expect(unplugged.waiting).toBeGreaterThan(0);
  expect(total(unplugged)).toBe(invoices);
  await page.getByText('The practice network is unplugged.').waitFor();
  await page
    .getByRole('button', { name: /: No contact$/u })
    .first()
    .waitFor();

  await settings.getByRole('button', { name: 'Plug in again' }).click();
  await page.getByRole('button', { name: /^[\d,]+ waiting$/u }).waitFor({ state: 'detached', timeout: 60_000 });
  const { sent = 0, 'may have been sent': unknown = 0 } = await countsOf(page);
  expect(sent + unknown).toBe(invoices);

  const numbers = (await app.data.delivered()).map(({ invoiceNumber }) => invoiceNumber);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers.length).toBeGreaterThanOrEqual(sent);
  expect(numbers.length).toBeLessThanOrEqual(sent + unknown);
  expect(complaints).toEqual([]);
});

/** Counts after the deliveries that were under way have ended: two looks alike, a second apart as the page sees it. */
async function settledCounts(page: Page): Promise<Awaited<ReturnType<typeof countsOf>>> {
  let before = '';
  await expect
    .poll(
      async () => {
        const now = JSON.stringify(await countsOf(page));
        const isSame = now === before;
        before = now;
        return isSame;
      },
      { timeout: 20_000, interval: 1_000 },
    )
    .toBe(true);
  return countsOf(page);
}

function total(counts: Awaited<ReturnType<typeof countsOf>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

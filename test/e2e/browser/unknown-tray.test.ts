// Deliveries in doubt, settled in the window both ways, with practice providers that were told to misbehave. Their ledgers are the witness.

import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { entryPoints } from '../../../src/main/platform/entry-points.ts';
import { startPracticeProcess } from '../../../src/main/platform/practice-process.ts';
import type { PracticeProcess } from '../../../src/main/platform/practice-process.ts';
import { newDataFolder, startApp } from '../../support/app.ts';
import type { RunningApp } from '../../support/app.ts';
import { chooseLanguage, openImported, openTab, releaseAll, saying, waitForCounts } from '../../support/app-flow.ts';
import { droppedFile, dropFiles, openBrowser, openPage, pictureFailure, until } from '../../support/browser.ts';
import { utskick } from '../../support/cli.ts';
import type { LedgerLine } from '../../support/cli.ts';

const invoices = 24;
let practice: PracticeProcess;
let app: RunningApp;
let browser: Browser;
let page: Page;
let complaints: readonly string[];
/** The invoice that went twice, on the operator's word: its second attempt has a receipt. */
let again = '';

/** Real work, so that the providers are the test's own and can be told to misbehave. */
beforeAll(async () => {
  const folder = await newDataFolder();
  practice = await startPracticeProcess({ entry: entryPoints().practice, dir: join(folder, 'providers') });
  const { smtp, sftp } = practice.endpoints;
  const env = { PRACTICE_PASSWORD: sftp.password };
  const data = join(folder, 'work');
  await mkdir(data);
  const add = async (channel: string, peer: { host: string; port: number; user: string }, more: string[]) => {
    const address = ['--name', channel, '--host', peer.host, '--port', String(peer.port), '--user', peer.user];
    const login = ['--password-env', 'PRACTICE_PASSWORD', '--data', data];
    const added = await utskick(['connection', 'add', channel, ...address, ...more, ...login], env);
    expect(added.code, added.stderr).toBe(0);
  };
  await add('email', smtp, ['--tls', 'none', '--from', 'faktura@example.com']);
  await add('sftp', sftp, ['--path', '/', '--host-key', sftp.hostKey]);
  const file = join(folder, 'december.xml');
  expect((await utskick(['sample', '--invoices', String(invoices), '--seed', '11', '--out', file])).code).toBe(0);
  [app, browser] = await Promise.all([startApp({ folder, mode: '--work', env }), openBrowser()]);
  ({ page, complaints } = await openPage(browser, app.url));
  await chooseLanguage(page, 'en');
  await page.getByRole('link', { name: 'Batches' }).click();
  await dropFiles(page, [await droppedFile(file)]);
  await openImported(page, 'december.xml');
});

afterEach(async ({ task }) => {
  await pictureFailure(page, task);
});

afterAll(async () => {
  await browser.close();
  await practice.stop();
  await app.stop();
});

/** How often the providers took an invoice, by their own ledgers. */
async function takenOf(number: string): Promise<number> {
  const texts = await Promise.all(Object.values(practice.endpoints.ledgers).map((path) => readFile(path, 'utf8')));
  return texts
    .flatMap((text) => text.split('\n').filter((line) => line !== ''))
    .map((line) => JSON.parse(line) as LedgerLine)
    .filter(({ event, invoiceNumber }) => invoiceNumber === number && (event === 'accepted' || event === 'stored'))
    .length;
}

function tray(): Locator {
  return page.getByRole('region', { name: /may have been sent$/u });
}

async function numberOf(item: Locator): Promise<string> {
  return (await item.locator('strong').first().innerText()).replace(/^\D+ /u, '');
}

test('an e-mail whose answer was lost is settled by the operator’s word, both ways, each with a reason', async () => {
  await practice.misbehave({ provider: 'smtp', mode: 'cut', phase: 'after-dot-before-reply', count: 3 });
  await releaseAll(page, invoices);
  await waitForCounts(page, { sent: invoices - 3, 'may have been sent': 3 });
  await openTab(page, 'Deliveries');
  await page.getByRole('button', { name: 'Decide' }).click();
  const items = tray().getByRole('listitem');
  await until('three are shown', async () => (await items.count()) === 3);
  const first = items.first();
  await first.getByText('The recipient may have taken it, the answer is missing').waitFor();
  await first.getByText(/^E-mail cannot be looked up/u).waitFor();
  expect(await first.getByRole('button', { name: 'Look it up at the recipient' }).count()).toBe(0);
  const arrived = await numberOf(first);

  // A reason is asked for, and nothing happens without one.
  await first.getByRole('button', { name: 'It arrived' }).click();
  const dialog = page.getByRole('alertdialog', { name: `Did invoice ${arrived} arrive?` });
  await dialog.getByRole('button', { name: 'Count as sent' }).click();
  await dialog.getByText('Write how you know.').waitFor();
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('The customer has it');
  await dialog.getByRole('button', { name: 'Count as sent' }).click();
  await saying(page, new RegExp(`Invoice ${arrived} counts as sent`, 'u')).waitFor();
  await until('two are left', async () => (await items.count()) === 2);

  // The other way: it goes again, once, and the ledger has it twice.
  again = await numberOf(items.first());
  const before = await takenOf(again);
  await items.first().getByRole('button', { name: 'It did not arrive, send' }).click();
  const second = page.getByRole('alertdialog', { name: `Did invoice ${again} arrive?` });
  await second.getByRole('textbox', { name: 'Reason' }).fill('Not in the mail server’s log');
  await second.getByRole('button', { name: 'Send once more' }).click();
  await waitForCounts(page, { sent: invoices - 1, 'may have been sent': 1 });
  await until('it was sent once more', async () => (await takenOf(again)) === before + 1);
  expect(await takenOf(arrived)).toBe(1);

  // Many chosen: the last one, by the bar over the list.
  await tray().getByText('Select all 1').click();
  await tray().getByRole('button', { name: 'They arrived …' }).click();
  const many = page.getByRole('alertdialog', { name: 'Did 1 delivery arrive?' });
  await many.getByRole('textbox', { name: 'Reason' }).fill('Asked the customer');
  await many.getByRole('button', { name: 'Count as sent' }).click();
  await waitForCounts(page, { sent: invoices });
});

test('the reason, the receipt and its file are in the timeline, in local time with the zone', async () => {
  await openTab(page, 'Deliveries');
  await page.getByRole('searchbox', { name: 'Find number, customer, recipient' }).fill(again);
  const row = page.getByRole('grid').getByRole('row').filter({ hasText: again });
  await until('the list shows the one delivery', async () => (await row.count()) === 1);
  await row.dblclick();
  const history = page.getByRole('region', { name: 'History' });
  await history.getByText('Reason: Not in the mail server’s log').waitFor();
  await history.getByText(/^Local time, /u).waitFor();
  await history.getByText('Receipt', { exact: true }).first().click();
  await history.getByRole('button', { name: 'Open the receipt' }).first().click();
  const dialog = page.getByRole('dialog', { name: /^Receipt for invoice / });
  await dialog.getByText('The receipt’s file is unchanged.').waitFor();
  await dialog.getByText(/"idempotencyKey"/u).waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
});

test('the proof adds up, and says who settled what', async () => {
  await page.goto(page.url().replace(/#.*$/u, '#/batches'));
  await page.getByText('december.xml').first().click();
  await openTab(page, 'Proof');
  await page.getByText(/^Adds up: every invoice that was read/u).waitFor();
  const acts = page.getByRole('table', { name: 'Who and when' });
  await acts.getByRole('row', { name: /^Said they arrived/u }).waitFor();
  await acts.getByRole('row', { name: /^Said they did not arrive/u }).waitFor();
  const sums = page.getByRole('table', { name: 'Where every invoice that was read is' });
  expect(await sums.getByRole('row', { name: /^Sent/u }).innerText()).toMatch(/^Sent\s+24\s/u);
  expect(complaints).toEqual([]);
});

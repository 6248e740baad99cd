// Steering deliveries in the window: the first few, a refused one among them, its corrected address, the decision, and another copy.
// The providers' ledgers are the witness that nothing goes twice by itself.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { entryPoints } from '../../../src/main/platform/entry-points.ts';
import { startPracticeProcess } from '../../../src/main/platform/practice-process.ts';
import type { PracticeProcess } from '../../../src/main/platform/practice-process.ts';
import { startApp } from '../../support/app.ts';
import type { RunningApp } from '../../support/app.ts';
import { chooseLanguage, openTab, saying } from '../../support/app-flow.ts';
import { openBrowser, openPage } from '../../support/browser.ts';
import { temporaryFolder, utskick } from '../../support/cli.ts';
import type { LedgerLine } from '../../support/cli.ts';

const invoices = 60;
/** Where pictures of the steps go; unset in the tests. */
const picturesTo = process.env.UTSKICK_PICTURES ?? null;
const patience = { timeout: 120_000 };

let app: RunningApp;
let browser: Browser;
let practice: PracticeProcess;

beforeAll(async () => {
  const folder = temporaryFolder();
  practice = await startPracticeProcess({ entry: entryPoints().practice, dir: join(folder, 'providers') });
  const { smtp, sftp } = practice.endpoints;
  const env = { PRACTICE_PASSWORD: sftp.password };
  const data = ['--data', join(folder, 'root', 'work')];
  const file = join(folder, 'november.xml');
  await utskick(['sample', '--invoices', String(invoices), '--errors', '0', '--seed', '11', '--out', file]);
  await utskick(['import', file, ...data]);
  const login = (peer: { readonly host: string; readonly port: number; readonly user: string }): string[] => [
    ...['--host', peer.host, '--port', String(peer.port), '--user', peer.user],
    ...['--password-env', 'PRACTICE_PASSWORD', ...data],
  ];
  await utskick(
    ['connection', 'add', 'email', '--name', 'E-post', '--tls', 'none', '--from', 'f@example.com', ...login(smtp)],
    env,
  );
  await utskick(
    ['connection', 'add', 'sftp', '--name', 'Tryckeri', '--host-key', sftp.hostKey, '--path', '/', ...login(sftp)],
    env,
  );
  [app, browser] = await Promise.all([startApp({ folder: join(folder, 'root'), mode: '--work', env }), openBrowser()]);
}, 240_000);

afterAll(async () => {
  await browser.close();
  await app.stop();
  await practice.stop();
});

test('the first 20 go, the rest waits, a refused address is corrected, and a copy is one', async () => {
  const { page, complaints } = await openPage(browser, app.url);
  await chooseLanguage(page, 'en');
  await page.getByRole('link', { name: 'Batches', exact: true }).click();
  await page.getByText('november.xml').first().click();
  await practice.misbehave({ provider: 'smtp', mode: 'refuse', phase: 'before-data', count: 2 });

  await page.getByRole('button', { name: /^Send \d+/u }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByText('Not before a time').click();
  await picture(page, 'release');
  await dialog.getByText('As soon as possible').click();
  await dialog.getByRole('button', { name: 'Send the first 20' }).click();
  const note = page.getByRole('main').locator('.note', { hasText: 'The first 20 of november.xml' });
  await note.getByText(/^40 more, /u).waitFor(patience);
  await note.getByText('Not all arrived: 2 were refused').waitFor(patience);
  expect(accepted()).toHaveLength(18);
  await picture(page, 'trial');

  await openTab(page, 'Deliveries');
  await page.getByRole('button', { name: /^Not sent/u }).click();
  await openMenu(page.locator('.delivery-verbs'), 'Correct e-mail addresses…');
  const addresses = page.getByRole('dialog');
  await addresses.getByRole('textbox').first().fill('corrected@example.com');
  await addresses.getByRole('textbox', { name: 'Reason' }).fill('typed wrongly');
  await picture(page, 'addresses');
  await addresses.getByRole('button', { name: /^Send to 1 new address/u }).click();
  await saying(page, /goes to a new address/u).waitFor();
  await page.getByRole('button', { name: 'Try all 1 again' }).click();
  await picture(page, 'retry');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Try 1 again' }).click();
  await note.getByText('All 20 arrived.').waitFor(patience);
  expect(accepted()).toHaveLength(20);
  expect(mails().some(({ recipient }) => recipient === 'corrected@example.com')).toBe(true);

  await page.getByRole('button', { name: /^Not sent/u }).click();
  await page.getByRole('button', { name: /^Held/u }).click();
  await page.getByRole('row').nth(3).click();
  await picture(page, 'held');
  await openMenu(page.locator('.delivery-verbs'), 'Send another way…');
  await picture(page, 'reroute');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
  await note.getByRole('button', { name: 'Send 40 more' }).click();
  await note.waitFor({ state: 'detached', ...patience });
  await expect.poll(() => accepted().length, { timeout: 120_000 }).toBe(invoices);

  await page.getByRole('button', { name: /^Held/u }).click();
  await page.getByRole('button', { name: /^Delivered|^Sent/u }).click();
  await page.getByRole('row').nth(2).dblclick();
  await openMenu(page.locator('.invoice-delivery').first(), 'Send another copy…');
  const copy = page.getByRole('alertdialog');
  await copy.getByRole('button', { name: 'Send another copy' }).click();
  await copy.getByText('Give the reason in a few words.').waitFor();
  await picture(page, 'copy');
  await copy.getByRole('textbox', { name: 'Reason' }).fill('lost in the post');
  await copy.getByRole('button', { name: 'Send another copy' }).dblclick();
  await page.getByText('Another copy ordered').waitFor(patience);
  await picture(page, 'invoice');
  await expect.poll(() => accepted().length, { timeout: 120_000 }).toBe(invoices + 1);

  const numbers = accepted().map(({ invoiceNumber }) => invoiceNumber);
  expect(new Set(numbers).size).toBe(invoices);
  expect(complaints).toEqual([]);
}, 400_000);

async function openMenu(place: Locator, choice: string): Promise<void> {
  await place.getByRole('button', { name: 'More actions' }).click();
  await place.page().getByRole('menuitem', { name: choice }).click();
}

async function picture(page: Page, name: string): Promise<void> {
  if (picturesTo !== null) await page.screenshot({ path: join(picturesTo, `${name}.png`) });
}

function ledger(path: string): LedgerLine[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LedgerLine)
    .filter(({ event, invoiceNumber }) => invoiceNumber !== null && (event === 'accepted' || event === 'stored'));
}

function mails(): LedgerLine[] {
  return ledger(practice.endpoints.ledgers.smtp);
}

function accepted(): LedgerLine[] {
  return [...mails(), ...ledger(practice.endpoints.ledgers.sftp)];
}

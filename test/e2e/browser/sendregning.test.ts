// A month's invoices delivered through the practice SendRegning from the window: a credit note, a file of over 2 MB, and what became of them.

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import type { RunningApp } from '../../support/app.ts';
import {
  chooseLanguage,
  openImported,
  openRelease,
  openSection,
  openTab,
  saying,
  waitForCounts,
} from '../../support/app-flow.ts';
import { dropFiles, openBrowser, openPage, pictureFailure } from '../../support/browser.ts';
import { ublText } from '../../support/ubl-text.ts';
import type { UblParts } from '../../support/ubl-text.ts';
import { zipBytes } from '../../support/zip-file.ts';

const invoices = 1_000;
/** The service takes 500 in a request, and this file alone is larger than a whole request may be. */
const attachmentBytes = 1_700_000;

let app: RunningApp;
let browser: Browser;
let page: Page;
let complaints: readonly string[];

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  ({ page, complaints } = await openPage(browser, app.url));
  await chooseLanguage(page, 'en');
});

afterEach(({ task }) => pictureFailure(page, task));

afterAll(async () => {
  await browser.close();
  await app.stop();
});

function ubl(number: string, parts: Partial<UblParts> = {}): { readonly name: string; readonly data: string } {
  const document = {
    kind: 'Invoice',
    number,
    customer: `Kunde ${number}`,
    email: 'kunde@example.com',
    net: 400,
  } as const;
  return { name: `${number}.xml`, data: ublText({ ...document, ...parts }) };
}

async function dropZip(name: string, entries: ReturnType<typeof ubl>[]): Promise<void> {
  await page.getByRole('link', { name: 'Batches', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Batches' }).waitFor();
  await dropFiles(page, [{ name, bytes: zipBytes(entries) }]);
}

async function chooseSendRegning(dialog: Locator, label: RegExp): Promise<void> {
  await dialog.getByRole('button', { name: label }).click();
  await page.getByRole('option', { name: /SendRegning/u }).click();
}

async function openSendAll(count: string): Promise<Locator> {
  const { dialog } = await openRelease(page);
  await chooseSendRegning(dialog, /e-mail/iu);
  await chooseSendRegning(dialog, /print/iu);
  await dialog.getByText(new RegExp(`^${count} to SendRegning through `, 'u')).waitFor();
  return dialog;
}

async function sendAll(count: string, opened: Locator | null = null): Promise<void> {
  const dialog = opened ?? (await openSendAll(count));
  await dialog.getByRole('button', { name: `Send ${count}`, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

interface LedgerLine {
  readonly event: string;
  readonly invoiceNo?: string;
  readonly invoice?: {
    readonly name: string;
    readonly invoiceNo: string;
    readonly orderNo: string;
    readonly invoiceType: string;
    readonly creditedId: string | null;
  };
}

/** What the service has, from its own ledger. */
function ledger(): readonly LedgerLine[] {
  const text = readFileSync(join(app.data.folder, 'practice/providers/sendregning-ledger.jsonl'), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LedgerLine);
}

const sent = () =>
  ledger().flatMap(({ event, invoice }) => (event === 'sent' && invoice !== undefined ? [invoice] : []));

/** A number of the second batch that this happened to. */
function numberWith(event: string): string {
  const happened = new Set(ledger().flatMap((line) => (line.event === event ? [line.invoiceNo] : [])));
  const names = sent().flatMap(({ invoiceNo, name }) => (happened.has(invoiceNo) ? [name.replace('Kunde ', '')] : []));
  return names.find((name) => name.startsWith('N-')) ?? '';
}

test('the invoice that will be credited is sent first, after a rehearsal; one with a rate the service does not list stays', async () => {
  await dropZip('october.zip', [ubl('C-1'), ubl('C-2'), ubl('C-3', { vatPercent: 24 })]);
  await openImported(page, /C-1\.xml/u);
  const dialog = await openSendAll('3');
  await dialog.getByRole('button', { name: 'Rehearse with SendRegning' }).click();
  await dialog.getByText(/^2 invoices were found without fault\. SendRegning answered with sample data/u).waitFor();
  await dialog.getByText(/^C-3: SendRegning: the VAT rate is not taken \(24; fits: 0, 12, 15, 25\)/u).waitFor();
  await sendAll('3', dialog);
  await waitForCounts(page, { sent: 2, ready: 1 });
});

test('a thousand invoices with a credit note and a file of over 2 MB are sent, each once, and the credit names the service’s own number', async () => {
  const many = Array.from({ length: invoices - 2 }, (_, at) =>
    ubl(`N-${String(at)}`, { email: at % 3 === 0 ? '' : 'kunde@example.com' }),
  );
  await dropZip('november.zip', [
    ...many,
    ubl('K-1', { kind: 'CreditNote', credits: 'C-1' }),
    ubl('L-1', { attachment: randomBytes(attachmentBytes).toString('base64') }),
  ]);
  expect(await openImported(page, /\.xml/u)).toMatchObject({ read: invoices, imported: invoices, quarantined: 0 });
  await sendAll('1,000');
  await waitForCounts(page, { sent: invoices });
  const all = sent();
  expect(all).toHaveLength(invoices + 2);
  expect(new Set(all.map(({ orderNo }) => orderNo)).size).toBe(invoices + 2);
  const credited = all.find(({ name }) => name === 'Kunde C-1');
  expect(all.filter(({ invoiceType }) => invoiceType === 'credit')).toMatchObject([
    { name: 'Kunde K-1', creditedId: credited?.invoiceNo },
  ]);
  // 500 in a request at most.
  expect(ledger().filter(({ event }) => event === 'batch').length).toBeGreaterThanOrEqual(3);
});

test('a month later most are paid and each fifth is reminded of, and the invoices’ history says so', async () => {
  await openSection(page, 'practice');
  await page.getByRole('button', { name: 'Let a month go by' }).click();
  await saying(page, /^Paid: \d+\. Reminded: \d+\.$/u).waitFor();
  await page.getByRole('link', { name: 'Batches', exact: true }).click();
  await page
    .getByRole('link', { name: /november\.zip/u })
    .first()
    .click();
  await openTab(page, 'Invoices');
  expect(await historyOf(numberWith('paid'))).toMatch(/state paid[^]*payment of 500\.00 NOK/u);
  expect(await historyOf(numberWith('dunned'))).toMatch(/1Dunning/iu);
});

test('what is to be decided about is dunned by hand, with the recipient’s ledger beside it', async () => {
  const number = numberWith('dunned');
  const dunnings = () => ledger().filter(({ event }) => event === 'dunned').length;
  const before = dunnings();
  await openSection(page, 'practice');
  await page.getByRole('button', { name: 'Let a month go by' }).click();
  await saying(page, /^Paid: \d+\. Reminded: 0\.$/u).waitFor();
  await page.getByRole('link', { name: 'Batches', exact: true }).click();
  await page
    .getByRole('link', { name: /november\.zip/u })
    .first()
    .click();
  await openTab(page, 'Invoices');
  await openInvoice(number);
  const part = page.getByRole('region', { name: 'SendRegning', exact: true });
  await part.getByRole('button', { name: 'Fetch state and ledger' }).click();
  await part.getByText('Due, to be decided').waitFor();
  await part.getByText('The customer owes 535.00 NOK.').waitFor();
  await part.getByRole('button', { name: /^Send a dunning/u }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('button', { name: 'Check the rules' }).click();
  await dialog.getByText(/^SendRegning sends on paper: second dunning, .*, without fee and interest\./u).waitFor();
  expect(dunnings()).toBe(before);
  await dialog.getByRole('button', { name: 'Send the dunning' }).click();
  await dialog.waitFor({ state: 'detached' });
  await part.getByText('Second dunning').waitFor();
  expect(dunnings()).toBe(before + 1);
  await part.getByRole('button', { name: 'Show SendRegning’s PDF' }).click();
  await page.getByRole('dialog').locator('canvas').first().waitFor();
  expect(complaints).toEqual([]);
});

async function openInvoice(number: string): Promise<void> {
  await page.getByPlaceholder(/^Search number/u).fill(number);
  await page.getByRole('gridcell', { name: number, exact: true }).click();
  await page.getByRole('region', { name: `Preview of invoice ${number}`, exact: true }).waitFor();
  await page.getByRole('button', { name: 'Open the invoice' }).click();
  await page.getByRole('heading', { level: 1, name: new RegExp(number, 'u') }).waitFor();
}

/** The history of an invoice of the open batch, as text. */
async function historyOf(number: string): Promise<string> {
  await openInvoice(number);
  const text = await page.getByRole('region', { name: 'History', exact: true }).innerText();
  await page.goBack();
  return text;
}

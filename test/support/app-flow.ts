// What an operator does in the window, step by step, by roles and names in English. The same steps run in the browser and in Electron.

import type { Locator, Page } from 'playwright-core';
import { inkOf, until } from './browser.ts';

/** A release of a few hundred invoices on a busy machine. */
const deliveryPatienceMs = 60_000;
const languageNames = { sv: 'Svenska', nb: 'Norsk bokmål', en: 'English' } as const;
const settingsNames = { sv: 'Inställningar', nb: 'Innstillinger', en: 'Settings' } as const;

/** Languages of the window. */
export type WindowLanguage = keyof typeof languageNames;

/** Sections of the settings, as in the address. */
export type SettingsPlace =
  'connections' | 'organisation' | 'formats' | 'intake' | 'rules' | 'look' | 'storage' | 'practice' | 'about';

/** Opens a section of the settings, in any language. */
export async function openSection(page: Page, section: SettingsPlace): Promise<void> {
  await page.getByRole('link', { name: /^(?:Inställningar|Innstillinger|Settings)$/u }).click();
  await page.locator(`a[href="#/settings/${section}"]`).last().click();
}

/** Sets the language in the settings, whatever it was before. */
export async function chooseLanguage(page: Page, language: WindowLanguage): Promise<void> {
  await openSection(page, 'look');
  await page.getByText(languageNames[language], { exact: true }).click();
  await page.getByRole('heading', { level: 1, name: settingsNames[language], exact: true }).waitFor();
}

/** What an import says it did. `read` is the sum of the others. */
export interface ImportReceipt {
  readonly read: number;
  readonly imported: number;
  readonly quarantined: number;
  readonly skipped: number;
}

/** Imports the sample batch from the list of batches and opens it by the message that says so. */
export async function trySampleBatch(page: Page): Promise<ImportReceipt> {
  await page.getByRole('link', { name: 'Batches', exact: true }).click();
  await page.getByRole('button', { name: 'Try the sample batch' }).click();
  return openImported(page, /^exempelenergi-\d+\.xml$/u);
}

/** Waits until an import is done, opens its batch, and reads its receipt. */
export async function openImported(page: Page, fileName: string | RegExp): Promise<ImportReceipt> {
  await saying(page, /has been read:/u)
    .getByRole('button', { name: 'Show' })
    .click();
  await page.getByRole('heading', { level: 1, name: fileName }).waitFor();
  return receiptOf(page);
}

/** The message of the window that holds these words. */
export function saying(page: Page, words: RegExp): Locator {
  return page.getByRole('region', { name: 'Messages' }).locator('.message', { hasText: words });
}

/** The open batch's receipt: "Read 200 = imported 194 + quarantined 6 + skipped 0". */
export async function receiptOf(page: Page): Promise<ImportReceipt> {
  const text = await page.getByText(/^Read [\d,]+ = imported/u).innerText();
  const [read = NaN, imported = NaN, quarantined = NaN, skipped = NaN] = [...text.matchAll(/[\d,]+/gu)].map(
    ([number]) => countOf(number),
  );
  return { read, imported, quarantined, skipped };
}

/** Words of the states in the batch's bar. */
export type StateWord = 'ready' | 'held' | 'in quarantine' | 'waiting' | 'sent' | 'not sent' | 'may have been sent';

/** How many invoices the open batch says it has in each state. */
export async function countsOf(page: Page): Promise<Readonly<Partial<Record<StateWord, number>>>> {
  const names = await page
    .getByRole('main')
    .getByRole('button', { name: /^[\d,]+ (?:ready|held|in quarantine|waiting|sent|not sent|may have been sent)$/u })
    .allInnerTexts();
  return Object.fromEntries(names.map((name) => [name.replace(/^[\d,]+ /u, ''), countOf(name)]));
}

/** Waits until the open batch has exactly these counts; with more patience where a batch takes a thousand calls. */
export async function waitForCounts(
  page: Page,
  counts: Readonly<Partial<Record<StateWord, number>>>,
  patienceMs = deliveryPatienceMs,
): Promise<void> {
  const wanted = inOrder(counts);
  let last = '';
  const isSo = async (): Promise<boolean> => (last = inOrder(await countsOf(page))) === wanted;
  await until(`the batch's counts are ${wanted}`, isSo, patienceMs).catch((error: unknown) => {
    throw new Error(`The batch's counts stay at ${last} and do not become ${wanted}.`, { cause: error });
  });
}

function inOrder(counts: Readonly<Partial<Record<StateWord, number>>>): string {
  return JSON.stringify(Object.entries(counts).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The number at the beginning of a text; thousands are set apart by commas in English. */
export function countOf(text: string): number {
  return Number(/^[\d,]+/u.exec(text.trim())?.[0].replaceAll(',', ''));
}

/** Opens a tab of the open batch. */
export async function openTab(
  page: Page,
  name: 'Invoices' | 'Problems' | 'Source' | 'Deliveries' | 'Proof',
): Promise<void> {
  const tab = page.getByRole('tab', { name: new RegExp(`^${name}`, 'u') });
  await tab.click();
  await until(`the tab ${name} is open`, async () => (await tab.getAttribute('aria-selected')) === 'true');
}

/** A problem as its list, its detail and the source view show it. */
export interface FollowedProblem {
  readonly line: number;
  readonly column: number;
  /** What stood in the file, from the detail. */
  readonly found: string;
  /** What is marked in the source. */
  readonly marked: string;
}

/** Opens causes in the open problem list until one is about a value that stands in the file, clicks its place, and follows it into the source. */
export async function followProblem(page: Page): Promise<FollowedProblem> {
  const tree = page.getByRole('tree', { name: 'Problems by cause' });
  const causes = tree.getByRole('treeitem').filter({ has: page.getByText(/^\d+ invoices?$/u) });
  await causes.first().waitFor();
  const titles: string[] = [];
  for (let index = 0; index < (await causes.count()); index += 1) {
    const cause = causes.nth(index);
    const title = await cause.locator('strong').first().innerText();
    titles.push(title);
    // A click on the open one would close it.
    if ((await cause.getAttribute('aria-expanded')) !== 'true') await cause.click();
    const detail = page.getByRole('region', { name: title, exact: true });
    await detail.waitFor();
    if (await detail.getByText('In the file', { exact: true }).isVisible()) return followPlace(page, detail);
  }
  throw new Error(`None of these causes names a value in the file: ${titles.join(', ')}`);
}

async function followPlace(page: Page, detail: Locator): Promise<FollowedProblem> {
  const place = page.getByRole('treeitem', { selected: true }).filter({ hasText: /\d+:\d+/u });
  await place.click();
  // Two invoices with one number stand side by side first; the sample's faults are drawn anew each time, and this can be one.
  const inSource = page.getByRole('button', { name: 'In the source', exact: true });
  if (await inSource.isVisible()) await inSource.click();
  const [, line = '', column = ''] = /([\d,]+):(\d+)/u.exec(await place.innerText()) ?? [];
  const source = page.getByRole('region', { name: 'Source', exact: true });
  await source.getByText(`Line ${line}, column ${column}`, { exact: true }).waitFor();
  const mark = source.locator('.source-mark-main').first();
  await mark.waitFor();
  const activeLines = source.locator('.cm-activeLineGutter');
  await until(`line ${line} is the active one`, async () =>
    (await activeLines.allInnerTexts()).includes(String(countOf(line))),
  );
  const found = await detail.locator('dd code').first().innerText();
  return { line: countOf(line), column: Number(column), found, marked: await mark.innerText() };
}

/** The rows of the open invoice table that have a document: those in quarantine have none, and the sample has them anywhere. */
export function documentRows(page: Page): Locator {
  return page
    .getByRole('grid')
    .getByRole('row')
    .filter({ has: page.getByText(/^(?:Ready|Sent)$/u) });
}

/** Chooses the nth of these rows and waits until its PDF is drawn; resolves to the invoice's number. */
export async function previewInvoice(page: Page, position: number): Promise<string> {
  const row = documentRows(page).nth(position);
  // The first cell is the tick; a number may hold letters (A00095678).
  const number = (await row.getByRole('gridcell').nth(1).innerText()).trim();
  await row.click();
  await expectDrawn(page.getByRole('region', { name: `Preview of invoice ${number}` }));
  return number;
}

/** Waits until the first page of a PDF in this part of the window has ink on it. */
export async function expectDrawn(part: Locator): Promise<void> {
  const canvas = part.getByRole('img', { name: /^Page 1 of/u }).locator('canvas');
  await canvas.waitFor();
  // Letters and lines of an A4 page; an empty one has none.
  await until('the page has ink', async () => (await inkOf(canvas)) > 1_000);
}

/** Opens the release dialog of the open batch and reads what it says. */
export async function openRelease(
  page: Page,
): Promise<{ readonly dialog: Locator; readonly sentence: string; readonly lanes: readonly string[] }> {
  await page.getByRole('button', { name: /^Send [\d,]+ invoices …$/u }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Send invoices' });
  const sentence = dialog.getByText(/^Send [\d,]+ invoices, .+:$/u);
  return { dialog, sentence: await sentence.innerText(), lanes: await dialog.getByRole('listitem').allInnerTexts() };
}

/** Sends everything that the open batch has ready; resolves when the deliveries are written. */
export async function releaseAll(page: Page, count: number): Promise<void> {
  const { dialog } = await openRelease(page);
  await dialog.getByRole('button', { name: `Send ${count.toLocaleString('en')}`, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

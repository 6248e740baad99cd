// `npm run pictures`: drives the built product through its main way and takes the README's pictures; `-- --all DIR` every screen
// in every look, size and language instead. Needs a Chromium (UTSKICK_CHROMIUM names one) and `npm run build` before.

import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startApp } from '../test/support/app.ts';
import { chooseLanguage, openImported } from '../test/support/app-flow.ts';
import { dropFiles, openBrowser, openPage, until } from '../test/support/browser.ts';
import { ublText } from '../test/support/ubl-text.ts';
import { settingsSections } from '../src/renderer/state/route.ts';
import { generateSampleBatch } from '../src/main/domain/sample/generate-sample-batch.ts';

const readmeFolder = resolve(import.meta.dirname, '../docs/pictures');
const readmeSize = { width: 1280, height: 800 };
const sizes = [readmeSize, { width: 1920, height: 1080 }];

const { values } = parseArgs({ options: { all: { type: 'string' } } });
const app = await startApp();
const browser = await openBrowser();
try {
  await (values.all === undefined ? takeReadme() : takeAll(resolve(values.all)));
} finally {
  await browser.close();
  await app.stop();
}

async function takeReadme() {
  const { page } = await openPage(browser, app.url, readmeSize);
  await chooseLanguage(page, 'en');
  const batches = await fillWorkspace(page);
  await mkdir(readmeFolder, { recursive: true });
  for (const [name, open] of Object.entries(screensOf(page, batches))) {
    if (['batches', 'batch', 'problems', 'invoice', 'release', 'deliveries', 'settings-connections'].includes(name)) {
      await open();
      await take(page, join(readmeFolder, `${name.replace('settings-connections', 'settings')}.png`));
    }
  }
}

async function takeAll(folder) {
  const { page } = await openPage(browser, app.url, readmeSize);
  await mkdir(folder, { recursive: true });
  for (const language of ['sv', 'nb', 'en']) {
    await chooseLanguage(page, language);
    await page.getByRole('link', { name: /^(?:Körningar|Kjøringer|Batches)$/u }).click();
    await take(page, join(folder, `empty-${language}.png`));
  }
  const batches = await fillWorkspace(page);
  for (const language of ['sv', 'en', 'nb']) {
    await goTo(page, '#/batches');
    await chooseLanguage(page, language);
    for (const [name, open] of Object.entries(screensOf(page, batches))) {
      await open();
      for (const size of language === 'nb' ? [readmeSize] : sizes) {
        await page.setViewportSize(size);
        for (const theme of language === 'nb' ? ['light'] : ['light', 'dark']) {
          await page.emulateMedia({ colorScheme: theme });
          await page.locator(`html[data-theme="${theme}"]`).waitFor();
          await take(page, join(folder, `${name}-${language}-${theme}-${size.width}.png`));
        }
      }
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize(readmeSize);
    }
  }
}

/** Three batches in different states: one sent, one half-way, one of UBL documents that wait. English words. Resolves to the second one's address. */
async function fillWorkspace(page) {
  await openBatches(page);
  await dropFiles(page, [sampleFile('exempelenergi-oktober.xml', { invoices: 160, errors: 0, seed: 11 })]);
  await openImported(page, 'exempelenergi-oktober.xml');
  await release(page, /^Send 160$/u);
  await page.getByRole('button', { name: /^160 sent$/u }).waitFor({ timeout: 60_000 });
  await openBatches(page);
  const documents = ['Kari Nordmann', 'Ola Fjell', 'Åse Ødegård'].map((customer, index) => ({
    name: `faktura-50${index + 1}.xml`,
    bytes: ublText({
      kind: 'Invoice',
      number: `F-50${index + 1}`,
      customer,
      email: `kunde${index + 1}@example.com`,
      net: 400 + index * 120,
    }),
  }));
  await dropFiles(page, documents);
  await openImported(page, /^faktura-501\.xml/u);
  await openBatches(page);
  await dropFiles(page, [sampleFile('exempelenergi-november.xml', { invoices: 1200, errors: 7, seed: 7 })]);
  await openImported(page, 'exempelenergi-november.xml');
  await release(page, /^Send the first 20$/u);
  await page.getByRole('button', { name: /^20 sent$/u }).waitFor({ timeout: 60_000 });
  // The rest is to be released again, so that the release can be shown.
  await page.getByRole('main').getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Take back' }).click();
  await page.getByRole('button', { name: /ready$/u }).waitFor();
  return { hash: new URL(page.url()).hash.replace(/\/[a-z]+$/u, '') };
}

/** Every screen by name, in an order in which each can be reached from the one before. Works in all languages. */
function screensOf(page, { hash }) {
  const main = page.getByRole('main');
  const openBatch = async () => {
    await goTo(page, `${hash}/invoices`);
    const row = main.getByRole('row').nth(1);
    await row.getByText(/\d\s(?:kr|SEK)$/u).waitFor();
    await row.click();
    await main.locator('canvas').first().waitFor();
  };
  return {
    batches: () => goTo(page, '#/batches'),
    batch: openBatch,
    problems: async () => {
      await goTo(page, `${hash}/problems`);
      await main.getByRole('treeitem').nth(3).click();
      await main.locator('.source-mark-main').first().waitFor();
    },
    source: async () => {
      await goTo(page, `${hash}/source?file=0&line=27&column=1`);
      await main.locator('.cm-activeLineGutter').first().waitFor();
    },
    'batch-deliveries': () => goTo(page, `${hash}/deliveries`),
    proof: () => goTo(page, `${hash}/proof`),
    invoice: async () => {
      await openBatch();
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/invoice\/\d+$/u);
      await main.locator('canvas').first().waitFor();
    },
    release: async () => {
      await goTo(page, `${hash}/invoices`);
      await main.getByRole('grid').waitFor();
      await page.keyboard.press('Control+Enter');
      await page.getByRole('alertdialog').getByRole('listitem').first().waitFor();
    },
    palette: async () => {
      await page.keyboard.press('Escape');
      await page.getByRole('alertdialog').waitFor({ state: 'detached' });
      await page.keyboard.press('Control+k');
      await page.getByRole('menuitem').first().waitFor();
    },
    deliveries: async () => {
      await page.keyboard.press('Escape');
      await goTo(page, '#/deliveries');
      await main.getByRole('row').nth(2).waitFor();
    },
    attention: () => goTo(page, '#/attention'),
    ...Object.fromEntries(
      settingsSections.map((section) => [`settings-${section}`, () => goTo(page, `#/settings/${section}`)]),
    ),
  };
}

async function release(page, button) {
  await page.keyboard.press('Control+Enter');
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('button', { name: button }).click();
  await dialog.waitFor({ state: 'detached' });
}

function sampleFile(name, options) {
  const baseDate = new Date().toISOString().slice(0, 10);
  return { name, bytes: [...generateSampleBatch({ ...options, baseDate })].join('') };
}

async function openBatches(page) {
  await page.getByRole('link', { name: 'Batches', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Batches' }).waitFor();
}

async function goTo(page, hash) {
  await page.evaluate((wanted) => {
    location.hash = wanted;
  }, hash);
}

/** Waits until nothing moves or loads any more, then takes the picture; the messages in the corner are put away first. */
async function take(page, path) {
  const messages = page.locator('.messages .icon-button');
  while ((await messages.count()) > 0) await messages.first().click();
  await page.mouse.move(2, 2);
  let before = '';
  await until('the window is still', async () => {
    const now = (await page.screenshot()).toString('base64');
    const isSame = now === before;
    before = now;
    return isSame;
  });
  await page.screenshot({ path });
  process.stdout.write(`${path}\n`);
}

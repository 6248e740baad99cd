// Every screen for everyone: axe in light and dark, the main way by keyboard alone, all languages, and no complaint of the content policy anywhere.

import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import type { RunningApp } from '../../support/app.ts';
import {
  chooseLanguage,
  documentRows,
  expectDrawn,
  followProblem,
  openRelease,
  openSection,
  openTab,
  previewInvoice,
  waitForCounts,
} from '../../support/app-flow.ts';
import type { SettingsPlace, WindowLanguage } from '../../support/app-flow.ts';
import { accessibilityFaults } from '../../support/browser-axe.ts';
import { dropFiles, isFocused, openBrowser, openPage, pictureFailure, tabTo } from '../../support/browser.ts';
import type { WatchedPage } from '../../support/browser.ts';

let app: RunningApp;
let browser: Browser;
let window: WatchedPage;
let page: Page;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
  window = await openPage(browser, app.url);
  ({ page } = window);
});

afterEach(({ task }) => pictureFailure(page, task));

afterAll(async () => {
  await browser.close();
  await app.stop();
});

test('the way from an empty window to delivered invoices can be gone by keyboard alone', async () => {
  const { keyboard } = page;
  await page.getByRole('button', { name: 'Prova med exempelkörningen' }).waitFor();
  await tabTo(page, page.getByRole('link', { name: 'Inställningar' }));
  await keyboard.press('Enter');
  await tabTo(page, page.getByRole('link', { name: 'Språk och utseende' }));
  await keyboard.press('Enter');
  await tabTo(page, page.getByRole('radio', { name: 'Svenska' }));
  await keyboard.press('ArrowUp');
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();

  await keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Search and commands' }).waitFor();
  await keyboard.type('sample batch');
  await page.getByRole('menuitem', { name: /Import the sample batch/u }).waitFor();
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  const show = page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Show' });
  await show.waitFor();
  await keyboard.press('Control+1');
  const batch = page.getByRole('list', { name: 'Batches, newest first' }).getByRole('link').first();
  await batch.waitFor();
  await tabTo(page, batch);
  await keyboard.press('Enter');

  const grid = page.getByRole('grid', { name: 'Invoices of the batch' });
  await grid.waitFor();
  await tabTo(page, grid);
  await keyboard.press('j');
  await keyboard.press('ArrowDown');
  const preview = page.getByRole('region', { name: /^Preview of invoice \d+$/u });
  const quarantine = page.getByRole('heading', { name: 'The invoice is in quarantine' });
  await preview.or(quarantine).waitFor();
  // The sample has invoices without a document anywhere, hardly ever three in a row.
  for (let step = 0; step < 3 && (await quarantine.isVisible()); step += 1) {
    await keyboard.press('ArrowDown');
    await preview.or(quarantine).waitFor();
  }
  await expectDrawn(preview);

  await keyboard.press('Control+Enter');
  const dialog = page.getByRole('alertdialog', { name: 'Send invoices' });
  await expect.poll(() => isFocused(dialog.getByRole('button', { name: 'Cancel' }))).toBe(true);
  await tabTo(page, dialog.getByRole('button', { name: 'Send the first 20' }), 'Shift+Tab');
  await keyboard.press('Enter');
  await waitForCounts(page, { waiting: 174, sent: 20, 'in quarantine': 6 });
  await tabTo(page, page.getByRole('main').getByRole('button', { name: 'Stop', exact: true }), 'Shift+Tab');
  await keyboard.press('Enter');
  const decision = page.getByRole('alertdialog');
  await expect.poll(() => isFocused(decision.getByRole('button', { name: 'Cancel' }))).toBe(true);
  await tabTo(page, decision.getByRole('button', { name: 'Take back' }), 'Shift+Tab');
  await keyboard.press('Enter');
  await waitForCounts(page, { ready: 174, sent: 20, 'in quarantine': 6 });
});

describe('axe finds nothing, light or dark:', () => {
  const settings: readonly SettingsPlace[] = [
    'connections',
    'organisation',
    'formats',
    'intake',
    'rules',
    'look',
    'storage',
    'practice',
    'about',
  ];
  const screens: Readonly<Record<string, () => Promise<void>>> = {
    'the list of batches with a refused file': async () => {
      await openBatches();
      await dropFiles(page, [{ name: 'wrong.xml', bytes: `<Wrong>${'<a/>'.repeat(400)}</Wrong>` }]);
      await page.getByRole('alert').filter({ hasText: 'wrong.xml' }).waitFor();
    },
    'a batch with its invoices, one of them in view and some ticked': async () => {
      await openBatch();
      await previewInvoice(page, 2);
      await page.keyboard.press('Space');
      await page.getByRole('toolbar', { name: '1 selected' }).waitFor();
    },
    'an invoice in quarantine': async () => {
      await page
        .getByRole('group', { name: 'Filter by state' })
        .getByRole('button', { name: /^In quarantine/u })
        .click();
      await page.getByRole('grid').getByRole('row').nth(1).click();
      await page.getByRole('heading', { name: 'The invoice is in quarantine' }).waitFor();
      await page
        .getByRole('group', { name: 'Filter by state' })
        .getByRole('button', { name: /^In quarantine/u })
        .click();
    },
    problems: async () => {
      await openTab(page, 'Problems');
      await followProblem(page);
    },
    'the e-mail to the vendor': async () => {
      await page.getByRole('button', { name: 'Export', exact: true }).click();
      await page.getByRole('menuitem', { name: /^E-mail to the vendor/u }).click();
      await page.getByRole('region', { name: /^Subject:/u }).waitFor();
    },
    'the import receipt': async () => {
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Import receipt' }).click();
      await page.getByRole('dialog', { name: 'Import receipt' }).getByText('SHA-256').waitFor();
    },
    'the source': async () => {
      await page.keyboard.press('Escape');
      await openTab(page, 'Source');
    },
    'the deliveries of a batch': () => openTab(page, 'Deliveries'),
    'the proof of a batch': () => openTab(page, 'Proof'),
    'the release dialog': async () => {
      await openRelease(page);
    },
    'an invoice': async () => {
      await page.keyboard.press('Escape');
      await openTab(page, 'Invoices');
      await documentRows(page).nth(1).dblclick();
      await expectDrawn(page.getByRole('main'));
    },
    'all commands': async () => {
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog', { name: 'Search and commands' }).waitFor();
    },
    'what needs attention': async () => {
      await page.keyboard.press('Escape');
      await page.getByRole('link', { name: /^Attention/u }).click();
    },
    deliveries: () => page.getByRole('link', { name: 'Deliveries', exact: true }).click(),
    ...Object.fromEntries(settings.map((section) => [`settings, ${section}`, () => openSection(page, section)])),
    'the form of a connection with faults': async () => {
      await openSection(page, 'connections');
      await page.getByRole('button', { name: 'Add e-mail' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
      await page.getByText('Must be filled in.').first().waitFor();
    },
  };
  test.each(Object.keys(screens))('%s', async (name) => {
    await screens[name]?.();
    await page.getByRole('status', { name: 'Loading …' }).waitFor({ state: 'detached' });
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('html[data-theme="dark"]').waitFor();
    expect(await accessibilityFaults(page, 'colours')).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.locator('html[data-theme="light"]').waitFor();
  });
});

test('the whole window changes its language, and says which one it is', async () => {
  await page.keyboard.press('Escape');
  const batches: Readonly<Record<WindowLanguage, string>> = { sv: 'Körningar', nb: 'Kjøringer', en: 'Batches' };
  for (const language of ['sv', 'nb', 'en'] as const) {
    await chooseLanguage(page, language);
    await page.getByRole('link', { name: batches[language], exact: true }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
  }
});

test('the browser has complained about nothing on any screen: no refused script, style or connection, no error', () => {
  expect(window.complaints).toEqual([]);
});

async function openBatches(): Promise<void> {
  await page.getByRole('link', { name: 'Batches', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Batches' }).waitFor();
}

async function openBatch(): Promise<void> {
  await openBatches();
  await page.getByRole('list', { name: 'Batches, newest first' }).getByRole('link').first().click();
  await page.getByRole('grid', { name: 'Invoices of the batch' }).waitFor();
}

// A first-time user's way from an empty window to a delivered sample batch, checked at every step. Runs in any window of the product.

import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { PracticeData } from './app.ts';
import {
  chooseLanguage,
  countsOf,
  followProblem,
  openRelease,
  openTab,
  previewInvoice,
  trySampleBatch,
  waitForCounts,
} from './app-flow.ts';

/** Drives an empty practice workspace to the end. The window may be in any language at the start. */
export async function runFirstTime(page: Page, data: PracticeData): Promise<void> {
  await page.getByText('Övningsläge: ingenting lämnar den här datorn.').waitFor();
  await page.getByRole('button', { name: 'Prova med exempelkörningen' }).waitFor();
  await chooseLanguage(page, 'en');

  const receipt = await trySampleBatch(page);
  expect(receipt).toEqual({ read: 200, imported: 194, quarantined: 6, skipped: 0 });
  expect(await countsOf(page)).toEqual({ ready: receipt.imported, 'in quarantine': receipt.quarantined });

  await openTab(page, 'Problems');
  const problem = await followProblem(page);
  // One of the sample's planted values goes over two lines, and so does its mark: the first word is enough.
  expect(problem.marked).toContain(problem.found.split(/\s/u)[0]);

  await openTab(page, 'Invoices');
  const previewed = await previewInvoice(page, 3);

  const { dialog, sentence, lanes } = await openRelease(page);
  expect(sentence).toMatch(new RegExp(`^Send ${receipt.imported} invoices, [\\d,.]+\\sSEK:$`, 'u'));
  expect(lanes.join('\n')).toMatch(/\d+ by e-mail to \d+ addresses through /u);
  expect(lanes.join('\n')).toMatch(/\d+ to the print vendor through /u);
  expect(lanes.reduce((sum, lane) => sum + Number(/^\d+/u.exec(lane)?.[0]), 0)).toBe(receipt.imported);
  await dialog.getByText(`${receipt.quarantined} are in quarantine.`).waitFor();
  await dialog.getByRole('button', { name: `Send ${receipt.imported}`, exact: true }).click();

  await waitForCounts(page, { sent: receipt.imported, 'in quarantine': receipt.quarantined });
  await expectDeliveredOnce(data, receipt.imported, previewed);
}

/** The providers' own ledgers: `count` invoices, each once, all from the file, each one a document that was frozen at the release. */
async function expectDeliveredOnce(data: PracticeData, count: number, previewed: string): Promise<void> {
  const delivered = await data.delivered();
  const numbers = delivered.map(({ invoiceNumber }) => invoiceNumber ?? '');
  expect(numbers).toHaveLength(count);
  expect(new Set(numbers).size).toBe(count);
  expect(numbers).toContain(previewed);
  const source = new Set(await data.sourceNumbers());
  expect(numbers.filter((number) => !source.has(number))).toEqual([]);
  const documents = await data.documents();
  expect(delivered.filter(({ sha256 }) => !documents.has(sha256))).toEqual([]);
}

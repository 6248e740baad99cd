// The product as a first-time user meets it, in a real browser: nothing is set up, and a few minutes later a batch is delivered.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import type { RunningApp } from '../../support/app.ts';
import { openBrowser, openPage } from '../../support/browser.ts';
import { runFirstTime } from '../../support/first-run.ts';

let app: RunningApp;
let browser: Browser;

beforeAll(async () => {
  [app, browser] = await Promise.all([startApp(), openBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await app.stop();
});

test('a first-time user imports, looks at and delivers the sample batch, and every invoice has left exactly once', async () => {
  const { page, complaints } = await openPage(browser, app.url);
  await runFirstTime(page, app.data);
  expect(complaints).toEqual([]);
});

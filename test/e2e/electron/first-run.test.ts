// The product as a first-time user meets it, in the desktop window: the same way as in the browser, over the desktop's own transport.

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { practiceData } from '../../support/app.ts';
import { pictureFailure, watchPage } from '../../support/browser.ts';
import type { WatchedPage } from '../../support/browser.ts';
import { launchDesktop } from '../../support/electron-app.ts';
import type { DesktopApp } from '../../support/electron-app.ts';
import { runFirstTime } from '../../support/first-run.ts';

let desktop: DesktopApp;
let window: WatchedPage;

beforeAll(async () => {
  desktop = await launchDesktop();
  window = watchPage(desktop.page);
});

afterEach(({ task }) => pictureFailure(window.page, task));

afterAll(() => desktop.close());

test('a first-time user of the desktop program imports, looks at and delivers the sample batch, and every invoice has left exactly once', async () => {
  await runFirstTime(window.page, practiceData(desktop.dataDir));
  expect(window.complaints).toEqual([]);
});

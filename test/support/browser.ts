// A real Chromium for the tests of the page, and what a test hands to the page or reads from it. Knows no screen.

import { mkdir, readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import type { Browser, Locator, Page } from 'playwright-core';
import type { RunnerTestCase } from 'vitest';

/** Long enough for a busy machine, short enough that a stuck test says so before the runner does. */
const patienceMs = 20_000;
/** No sandbox: the tests may run as root. The rest keeps the browser from talking to anyone. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the browser that `npm test` found. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env.UTSKICK_CHROMIUM ?? '/usr/bin/chromium', args: flags });
}

/** A page, and everything the browser complained about in it: errors of the content policy, of scripts, and of the console. */
export interface WatchedPage {
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** Opens an address in a window of its own: no cookie or storage is shared with another one. */
export async function openPage(
  browser: Browser,
  url: string,
  size = { width: 1280, height: 800 },
): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: size, colorScheme: 'light', reducedMotion: 'reduce' });
  const page = await context.newPage();
  const watched = watchPage(page);
  await page.goto(url);
  return watched;
}

/** Listens to a page's complaints from now on. */
export function watchPage(page: Page): WatchedPage {
  page.setDefaultTimeout(patienceMs);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { page, complaints };
}

/** A file as it is dropped. */
export interface DroppedFile {
  readonly name: string;
  readonly bytes: Uint8Array | string;
}

/** A file on disk as it is dropped. */
export async function droppedFile(path: string): Promise<DroppedFile> {
  return { name: basename(path), bytes: await readFile(path) };
}

/** Drags files over the window and lets go: the page's own handlers see what a browser would send them. `onHover` runs in between. */
export async function dropFiles(
  page: Page,
  files: readonly DroppedFile[],
  onHover?: () => Promise<void>,
): Promise<void> {
  const given = files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') }));
  const dataTransfer = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const { name, base64 } of all) {
      transfer.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0)], name));
    }
    return transfer;
  }, given);
  const window = page.locator('body');
  await window.dispatchEvent('dragenter', { dataTransfer });
  await window.dispatchEvent('dragover', { dataTransfer });
  await onHover?.();
  await window.dispatchEvent('drop', { dataTransfer });
  await dataTransfer.dispose();
}

/** Drops files and folders of the disk as the system does: the browser itself looks into them. */
export async function dropPaths(page: Page, paths: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
  await session.detach();
}

/** Asks again and again until it is so; throws with `what` when it does not become so in time. */
export async function until(what: string, isSo: () => Promise<boolean>, patience = patienceMs): Promise<void> {
  const endsAt = performance.now() + patience;
  while (!(await isSo())) {
    if (performance.now() > endsAt) throw new Error(`This did not come true within ${patience} ms: ${what}`);
    await setTimeout(25);
  }
}

/** How many pixels of a canvas are not white: 0 means that nothing was drawn. */
export function inkOf(canvas: Locator): Promise<number> {
  return canvas.evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) throw new Error('not a canvas');
    const { data } = element.getContext('2d')?.getImageData(0, 0, element.width, element.height) ?? { data: [] };
    let ink = 0;
    for (let at = 0; at < data.length; at += 4) {
      if ((data[at + 3] ?? 0) > 0 && (data[at] ?? 255) + (data[at + 1] ?? 255) + (data[at + 2] ?? 255) < 600) ink += 1;
    }
    return ink;
  });
}

/** Presses Tab until the focus is on `target`. Throws when it does not come there. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let step = 0; step < 80; step += 1) {
    if (await isFocused(target)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`The keyboard does not reach ${target.toString()}.`);
}

/** True when exactly this element has the focus. */
export async function isFocused(target: Locator): Promise<boolean> {
  if ((await target.count()) !== 1) return false;
  return target.evaluate((element) => {
    const root = element.getRootNode();
    return (root instanceof ShadowRoot || root instanceof Document) && root.activeElement === element;
  });
}

/** Keeps a picture of the window of a test that failed, in test-results/. To be called in afterEach. */
export async function pictureFailure(page: Page, task: Pick<RunnerTestCase, 'name' | 'result'>): Promise<void> {
  if (task.result?.state !== 'fail') return;
  const folder = resolve(import.meta.dirname, '../../test-results');
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: resolve(folder, `${task.name.replace(/[^a-z0-9]+/giu, '-').slice(0, 60)}.png`) });
}

// What the desktop window may not do, in the real Electron. The engine behind it is a small one without a store.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentPolicy } from '../../../src/main/platform/page-files.ts';
import { launchDesktop } from '../../support/electron-app.ts';
import type { DesktopApp } from '../../support/electron-app.ts';

interface UtskickWindow {
  readonly utskick: {
    call(
      frame: unknown,
    ): Promise<{ readonly ok: boolean; readonly value?: unknown; readonly error?: { readonly code: string } }>;
    chooseFiles(): Promise<unknown>;
    takeDroppedFiles(files: readonly File[]): Promise<unknown>;
  };
  blocked: string[];
}

const preload = fileURLToPath(new URL('../../../out/preload/index.cjs', import.meta.url));
let desktop: DesktopApp;
let page: Page;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'utskick-e2e-'));
  desktop = await launchDesktop({ engineEntry: new URL('../../support/electron-engine-entry.ts', import.meta.url) });
  page = desktop.page;
  await page.evaluate(() => {
    const seen: string[] = [];
    (window as unknown as UtskickWindow).blocked = seen;
    document.addEventListener('securitypolicyviolation', (event) =>
      seen.push(`${event.effectiveDirective} ${event.blockedURI}`),
    );
  });
});
afterAll(async () => {
  await desktop.close();
  await rm(folder, { recursive: true, force: true });
});

/** Policy violations that the page reported since the last time this was asked. */
function takeBlocked(): Promise<string[]> {
  return page.evaluate(() => {
    const { blocked } = window as unknown as UtskickWindow;
    return blocked.splice(0);
  });
}

describe('the window', () => {
  it('is isolated, sandboxed and without Node', async () => {
    const preferences = await desktop.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      return (contents as unknown as { getLastWebPreferences(): Record<string, unknown> }).getLastWebPreferences();
    });
    expect(preferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      nodeIntegrationInSubFrames: false,
    });
  });

  it('shows the page under its own origin, with the content policy', async () => {
    expect(page.url()).toMatch(/^app:\/\/utskick\//u);
    expect(await page.evaluate(() => location.origin)).toBe('app://utskick');
    const policy = await page.evaluate(() => fetch('/').then((reply) => reply.headers.get('content-security-policy')));
    expect(policy).toBe(contentPolicy);
  });

  it('loads without violating its own policy', async () => {
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || /content security policy/iu.test(message.text()))
        complaints.push(message.text());
    });
    await page.reload();
    await page.waitForSelector('#root > *');
    expect(complaints).toEqual([]);
    await page.evaluate(() => {
      const seen: string[] = [];
      (window as unknown as UtskickWindow).blocked = seen;
      document.addEventListener('securitypolicyviolation', (event) =>
        seen.push(`${event.effectiveDirective} ${event.blockedURI}`),
      );
    });
  });
});

// Before the navigations below: Playwright waits for a denied one to end before it touches a file field again.
describe('files', () => {
  it('chosen in the system’s dialog come as tokens without a path', async () => {
    const path = join(folder, 'chosen.xml');
    await writeFile(path, '<a/>');
    await desktop.app.evaluate(({ dialog }, filePath) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
    }, path);
    const chosen = await page.evaluate(() => (window as unknown as UtskickWindow).utskick.chooseFiles());
    expect(chosen).toMatchObject({ ok: true, value: [{ name: 'chosen.xml', sizeBytes: 4 }] });
    expect(JSON.stringify(chosen)).not.toContain(folder);
  });

  it('dropped come as tokens; one that a script made has no path and is nothing', async () => {
    const path = join(folder, 'dropped.xml');
    await writeFile(path, '<ab/>');
    await page.evaluate(() => {
      const field = document.createElement('input');
      field.type = 'file';
      field.id = 'drop';
      document.body.append(field);
    });
    await page.setInputFiles('#drop', path);
    const taken = await page.evaluate(() => {
      const { utskick } = window as unknown as UtskickWindow;
      const field = document.querySelector<HTMLInputElement>('#drop');
      return Promise.all([
        utskick.takeDroppedFiles([...(field?.files ?? [])]),
        utskick.takeDroppedFiles([new File(['x'], '/etc/passwd')]),
      ]);
    });
    expect(taken[0]).toMatchObject({ ok: true, value: [{ name: 'dropped.xml', sizeBytes: 5 }] });
    expect(taken[1]).toEqual({ ok: true, value: [] });
  });
});

describe('the page', () => {
  it('knows nothing of Node and Electron', async () => {
    const found = await page.evaluate(() =>
      ['require', 'process', 'module', 'exports', 'Buffer', 'global', 'electron', 'ipcRenderer', '__dirname'].filter(
        (name) => name in window,
      ),
    );
    expect(found).toEqual([]);
  });

  it('gets exactly five things from the preload, and cannot replace them', async () => {
    const bridge = await page.evaluate(() => {
      const { utskick } = window as unknown as { utskick: Record<string, unknown> };
      const before = utskick.call;
      try {
        utskick.call = () => 'mine';
      } catch {
        // A frozen object throws in strict code; what counts is that nothing changed.
      }
      return { names: Object.keys(utskick).sort(), isSame: utskick.call === before, platform: utskick.platform };
    });
    expect(bridge).toEqual({
      names: ['call', 'chooseFiles', 'platform', 'subscribe', 'takeDroppedFiles'],
      isSame: true,
      platform: process.platform,
    });
  });

  it('cannot run inline script', async () => {
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.ranInline = true';
      document.body.append(script);
      const holder = document.createElement('div');
      holder.innerHTML = '<img src="data:," onerror="window.ranInline = true">';
      document.body.append(holder);
      return new Promise((resolve) => {
        setTimeout(() => {
          resolve('ranInline' in window);
        }, 100);
      });
    });
    expect(ran).toBe(false);
    expect(await takeBlocked()).toEqual(
      expect.arrayContaining([expect.stringMatching(/^script-src-(?:elem|attr) inline$/u)]),
    );
  });

  it('cannot evaluate text', async () => {
    // From a timer: what the debugger runs itself is allowed more.
    const outcomes = await page.evaluate(
      () =>
        new Promise<string[]>((resolve) => {
          setTimeout(() => {
            const attempts = [
              () => Reflect.apply(globalThis.eval, null, ['1 + 1']) as unknown,
              () => Reflect.construct(Function, ['return 2']) as unknown,
            ];
            resolve(
              attempts.map((attempt) => {
                try {
                  return String(attempt());
                } catch (error) {
                  return (error as Error).name;
                }
              }),
            );
          });
        }),
    );
    expect(outcomes).toEqual(['EvalError', 'EvalError']);
    expect(await takeBlocked()).toEqual(['script-src eval', 'script-src eval']);
  });

  it('cannot use inline styles', async () => {
    const colour = await page.evaluate(() => {
      const style = document.createElement('style');
      style.textContent = 'body { outline: 7px solid red }';
      document.head.append(style);
      return getComputedStyle(document.body).outlineWidth;
    });
    expect(colour).not.toBe('7px');
    expect(await takeBlocked()).toEqual(['style-src-elem inline']);
  });

  it('cannot reach another origin by script, image, style, frame, request, socket or worker', async () => {
    const outcomes = await page.evaluate(async () => {
      const load = (name: 'script' | 'img' | 'iframe' | 'link', set: (element: HTMLElement) => void): Promise<string> =>
        new Promise((resolve) => {
          const element = document.createElement(name);
          element.addEventListener('error', () => {
            resolve('error');
          });
          element.addEventListener('load', () => {
            resolve(name === 'iframe' ? 'error' : 'loaded');
          });
          set(element);
          document.body.append(element);
        });
      const failing = (work: () => unknown): Promise<string> =>
        Promise.resolve()
          .then(work)
          .then(
            () => 'loaded',
            () => 'error',
          );
      return Promise.all([
        load('script', (element) => ((element as HTMLScriptElement).src = 'https://example.com/x.js')),
        load('img', (element) => ((element as HTMLImageElement).src = 'https://example.com/x.png')),
        load('iframe', (element) => ((element as HTMLIFrameElement).src = 'https://example.com/')),
        load('link', (element) => Object.assign(element, { rel: 'stylesheet', href: 'https://example.com/x.css' })),
        failing(() => fetch('https://example.com/')),
        failing(() => fetch('http://127.0.0.1:1/')),
        failing(() => fetch('file:///etc/passwd')),
        failing(() => {
          new WebSocket('wss://example.com/');
          throw new Error('a socket fails later; the violation below is what counts');
        }),
        failing(() => new Worker('data:text/javascript,0')),
      ]);
    });
    expect(outcomes).toEqual(Array.from(outcomes, () => 'error'));
    const directives = (await takeBlocked()).map((entry) => entry.split(' ')[0]);
    for (const directive of ['script-src-elem', 'img-src', 'frame-src', 'style-src-elem', 'connect-src', 'worker-src'])
      expect(directives).toContain(directive);
  });

  it('cannot go elsewhere', async () => {
    const before = page.url();
    for (const url of [
      'https://example.com/',
      'file:///etc/passwd',
      'data:text/html,hello',
      'app://utskick/assets/',
      'app://other/',
    ]) {
      await page.evaluate((target) => {
        location.href = target;
      }, url);
    }
    await page.evaluate(() => {
      const form = document.createElement('form');
      form.action = 'https://example.com/';
      document.body.append(form);
      form.submit();
    });
    // The page still answers, at the same place, with what was put into it.
    expect(await page.evaluate(() => location.href)).toBe(before);
    expect(await page.locator('#drop').count()).toBe(1);
    await takeBlocked();
  });

  it('cannot open windows or embed a webview', async () => {
    const opened = await page.evaluate(() =>
      [window.open('https://example.com/'), window.open('about:blank'), window.open('app://utskick/')].map(String),
    );
    expect(opened).toEqual(['null', 'null', 'null']);
    const webview = await page.evaluate(() => {
      const element = document.createElement('webview');
      element.setAttribute('src', 'https://example.com/');
      document.body.append(element);
      return 'loadURL' in element;
    });
    expect(webview).toBe(false);
    const windows = await desktop.app.evaluate(({ webContents }) => webContents.getAllWebContents().length);
    expect(windows).toBe(1);
  });

  it('opens outside only what is on the list', async () => {
    await desktop.app.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      shell.openExternal = (url) => {
        opened.push(url);
        return Promise.resolve();
      };
    });
    await page.evaluate(() => {
      for (const url of [
        'https://docs.peppol.eu/poacc/billing/3.0/',
        'https://docs.peppol.eu/poacc/billing/3.0/?x',
        'https://example.com/',
        'mailto:anna@example.com',
        'file:///etc/passwd',
        'ms-settings:',
      ])
        window.open(url);
    });
    const opened = await desktop.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
    expect(opened).toEqual(['https://docs.peppol.eu/poacc/billing/3.0/']);
  });

  it('is denied every permission but writing text to the clipboard', async () => {
    const states = await page.evaluate(async () => {
      const names = [
        'geolocation',
        'notifications',
        'camera',
        'microphone',
        'midi',
        'clipboard-read',
        'persistent-storage',
      ];
      const asked = await Promise.all(
        names.map((name) => navigator.permissions.query({ name: name as PermissionName }).then(({ state }) => state)),
      );
      const media = await navigator.mediaDevices.getUserMedia({ audio: true, video: true }).then(
        () => 'granted',
        (error: unknown) => (error as Error).name,
      );
      const screen = await navigator.mediaDevices.getDisplayMedia().then(
        () => 'granted',
        () => 'denied',
      );
      return { asked, notification: await Notification.requestPermission(), media, screen };
    });
    expect(new Set(states.asked)).toEqual(new Set(['denied']));
    expect(states).toMatchObject({ notification: 'denied', screen: 'denied' });
    expect(['NotAllowedError', 'NotFoundError']).toContain(states.media);
  });
});

describe('the app:// scheme', () => {
  it.each([
    '/package.json',
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/assets/..%5c..%5cpackage.json',
    '/main/index.js',
    '//etc/passwd',
    '/index.html%00',
  ])('gives nothing beyond the page: %s', async (path) => {
    const status = await desktop.app.evaluate(
      ({ net }, url) => net.fetch(url).then((reply) => reply.status),
      `app://utskick${path}`,
    );
    expect(status).toBe(404);
  });

  it('knows one host and reads only', async () => {
    const statuses = await desktop.app.evaluate(async ({ net }) => {
      const foreign = await net.fetch('app://other/');
      const writing = await net.fetch('app://utskick/', { method: 'POST', body: 'x' });
      return [foreign.status, writing.status];
    });
    expect(statuses).toEqual([404, 405]);
  });
});

describe('a message', () => {
  it.each([
    ['another document with our preload', 'data:text/html,<title>foreign</title>'],
    ['our own page in another window', 'app://utskick/'],
  ])('from %s is refused', async (_name, url) => {
    const refused = await desktop.app.evaluate(
      async ({ BrowserWindow, dialog }, argument) => {
        let dialogs = 0;
        const original = dialog.showOpenDialog;
        dialog.showOpenDialog = () => {
          dialogs += 1;
          return Promise.resolve({ canceled: true, filePaths: [] });
        };
        const foreign = new BrowserWindow({
          show: false,
          webPreferences: { preload: argument.preload, sandbox: true },
        });
        await foreign.loadURL(argument.url);
        const frame = { type: 'request', requestId: 'foreign-request', method: 'job.list', input: {} };
        const answers = (await foreign.webContents.executeJavaScript(
          `Promise.all([utskick.call(${JSON.stringify(frame)}), utskick.chooseFiles(), utskick.takeDroppedFiles([])])`,
        )) as unknown;
        foreign.destroy();
        dialog.showOpenDialog = original;
        return { answers, dialogs };
      },
      { preload, url },
    );
    expect(refused.dialogs).toBe(0);
    for (const answer of refused.answers as unknown[])
      expect(answer).toMatchObject({ ok: false, error: { code: 'NOT_ALLOWED' } });
  });

  it('from the page is answered, whatever it is', async () => {
    const answers = await page.evaluate(() => {
      const { utskick } = window as unknown as UtskickWindow;
      return Promise.all([
        utskick.call({ type: 'request', requestId: 'page-request', method: 'job.list', input: {} }),
        utskick.call(null),
        utskick.call({ type: 'request', requestId: 'page-request-2', method: 'no.such', input: {} }),
      ]);
    });
    expect(answers[0]).toMatchObject({ ok: true, value: { jobs: [] } });
    expect(answers.slice(1)).toMatchObject([{ error: { code: 'BAD_REQUEST' } }, { error: { code: 'BAD_REQUEST' } }]);
  });
});

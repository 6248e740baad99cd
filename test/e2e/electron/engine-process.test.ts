// The desktop program around its engine's process: started, killed, refused and ended, in the real Electron.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { desktopArguments, electronExecutable, launchDesktop } from '../../support/electron-app.ts';
import type { DesktopApp } from '../../support/electron-app.ts';

const engineEntry = new URL('../../support/electron-engine-entry.ts', import.meta.url);
let desktop: DesktopApp | null = null;

afterEach(async () => {
  await desktop?.close();
  desktop = null;
});

async function launch(options: Parameters<typeof launchDesktop>[0]): Promise<Page> {
  desktop = await launchDesktop(options);
  return desktop.page;
}

/** Calls a method from the page. */
function call(
  page: Page,
  method: string,
  input: object = {},
): Promise<{ readonly ok: boolean; readonly value?: unknown; readonly error?: { readonly code: string } }> {
  return page.evaluate(
    (frame) =>
      (window as unknown as { utskick: { call(frame: unknown): Promise<{ ok: boolean }> } }).utskick.call({
        type: 'request',
        requestId: crypto.randomUUID(),
        ...frame,
      }),
    { method, input },
  );
}

/** Starts to collect what is pushed to the page; gives the texts so far. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const pushed: string[] = [];
    Object.assign(window, { pushed });
    (
      window as unknown as {
        utskick: { subscribe(listener: (frame: { type: string; state?: string; command?: string }) => void): void };
      }
    ).utskick.subscribe((frame) => {
      pushed.push([frame.type, frame.state ?? frame.command ?? ''].join(' ').trim());
    });
  });
  return () => page.evaluate(() => (window as unknown as { pushed: string[] }).pushed);
}

/** Process id of the engine: the child of the desktop program whose command line names the entry. */
async function enginePid(parentPid: number, entryName: string): Promise<number> {
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/u.test(name)) continue;
    const [stat, command] = await Promise.all([
      readFile(`/proc/${name}/stat`, 'utf8'),
      readFile(`/proc/${name}/cmdline`, 'utf8'),
    ]).catch(() => ['', '']);
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    if (parent === parentPid && command.includes(entryName)) return Number(name);
  }
  throw new Error('the engine does not run');
}

describe('an engine that ends by itself', () => {
  it('rejects the calls under way, is started again, and the window is told', async () => {
    const page = await launch({ engineEntry });
    await call(page, 'job.list');
    const pushed = await listen(page);
    const pending = call(page, 'job.result', { jobId: 'a' });
    await call(page, 'app.setPractice', { isPractice: false });
    expect(await pending).toMatchObject({ ok: false, error: { code: 'ENGINE_GONE' } });
    expect(await call(page, 'job.list')).toMatchObject({ ok: true });
    await vi.waitFor(async () => {
      expect(await pushed()).toEqual(['link lost', 'link connected']);
    });
  });

  it.runIf(process.platform === 'linux')('also when it is killed', async () => {
    const page = await launch({ engineEntry });
    await call(page, 'job.list');
    const pending = call(page, 'job.result', { jobId: 'a' });
    await call(page, 'job.list');
    process.kill(await enginePid(desktop?.app.process().pid ?? 0, 'electron-engine-entry'), 'SIGKILL');
    expect(await pending).toMatchObject({ ok: false, error: { code: 'ENGINE_GONE' } });
    expect(await call(page, 'job.list')).toMatchObject({ ok: true });
  });
});

describe('the real engine', () => {
  it('opens a practice workspace for a first-time user and answers the page', async () => {
    const page = await launch({});
    expect(await call(page, 'app.state')).toMatchObject({ ok: true, value: { host: 'electron', isPractice: true } });
    await page.waitForSelector('#root > *');
  });

  it.runIf(process.platform === 'linux')('ends with the window', async () => {
    const page = await launch({});
    await call(page, 'app.state');
    const pid = await enginePid(desktop?.app.process().pid ?? 0, 'engine-process');
    await desktop?.close();
    desktop = null;
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });
});

describe('Electron’s own utility process', () => {
  let folder = '';
  let builtEntry = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'utskick-engine-'));
    builtEntry = join(folder, 'entry.mjs');
    await build({
      configFile: false,
      logLevel: 'error',
      root: fileURLToPath(new URL('../../../', import.meta.url)),
      ssr: { noExternal: true },
      build: {
        ssr: fileURLToPath(engineEntry),
        outDir: folder,
        minify: false,
        copyPublicDir: false,
        rolldownOptions: { output: { entryFileNames: 'entry.mjs' } },
      },
    });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('runs an engine, restarts it, and passes events on', async () => {
    const page = await launch({ engineEntry: pathToFileURL(builtEntry), isUtilityProcess: true });
    expect(await call(page, 'job.list')).toMatchObject({ ok: true, value: { jobs: [] } });
    const pushed = await listen(page);
    await call(page, 'app.pauseOutbox', { isPaused: true });
    expect(await call(page, 'app.setPractice', { isPractice: false })).toMatchObject({
      ok: false,
      error: { code: 'ENGINE_GONE' },
    });
    expect(await call(page, 'job.list')).toMatchObject({ ok: true });
    await vi.waitFor(async () => {
      expect(await pushed()).toEqual(['event', 'link lost', 'link connected']);
    });
  });

  it('with a runtime that is too old for the store refuses the real engine with words, not with a crash', async () => {
    const page = await launch({ isUtilityProcess: true });
    const nodeApi = await desktop?.app.evaluate(() => Number(process.versions.napi));
    const reply = await call(page, 'app.state');
    if (nodeApi !== undefined && nodeApi >= 10) expect(reply).toMatchObject({ ok: true });
    else expect(reply).toMatchObject({ ok: false, error: { code: 'SERVICE_UNAVAILABLE', details: { needed: 10 } } });
  });
});

describe('the program', () => {
  it('has a menu in the settings’ language, with keys, whose items reach the page', async () => {
    const page = await launch({ engineEntry });
    const pushed = await listen(page);
    const labels = (): Promise<string[]> | undefined =>
      desktop?.app.evaluate(
        ({ Menu }) =>
          Menu.getApplicationMenu()?.items.flatMap(
            (item) =>
              item.submenu?.items.map(
                (entry) => `${item.label}: ${entry.label} ${entry.accelerator ?? ''} ${entry.role ?? ''}`,
              ) ?? [],
          ) ?? [],
      );
    await vi.waitFor(async () => {
      expect(await labels()).toEqual(
        expect.arrayContaining([
          'Arkiv: Importera filer … CmdOrCtrl+O ',
          'Redigera: Kopiera  copy',
          'Redigera: Sök och kommandon CmdOrCtrl+K ',
          'Visa: Körningar CmdOrCtrl+1 ',
        ]),
      );
    });
    await desktop?.app.evaluate(({ Menu }) => {
      for (const item of Menu.getApplicationMenu()?.items ?? [])
        item.submenu?.items.find((entry) => entry.accelerator === 'CmdOrCtrl+O')?.click();
    });
    await vi.waitFor(async () => {
      expect(await pushed()).toEqual(['menu import']);
    });
  });

  it('remembers where its window was', async () => {
    await launch({ engineEntry });
    await desktop?.app.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      window?.setBounds({ x: 40, y: 50, width: 1_000, height: 700 });
      window?.close();
    });
    const file = join(desktop?.dataDir ?? '', 'window/window.json');
    await vi.waitFor(async () => {
      expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ bounds: { width: 1_000, height: 700 } });
    }, 5_000);
  });

  it('is one for a data root: a second one ends and the first shows itself', async () => {
    await launch({ engineEntry });
    const second = spawn(electronExecutable(), desktopArguments(desktop?.dataDir ?? ''), {
      stdio: 'ignore',
      env: { ...process.env, UTSKICK_ENGINE_NODE: process.execPath },
    });
    const [code] = await once(second, 'exit', { signal: AbortSignal.timeout(20_000) });
    expect(code).toBe(0);
    expect(await desktop?.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });
});

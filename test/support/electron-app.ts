// Starts the built desktop program under Playwright, with its engine under this very Node: test runtimes of Electron may be too old for it.

import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { _electron } from 'playwright-core';
import type { ElectronApplication, Page } from 'playwright-core';

const root = fileURLToPath(new URL('../../', import.meta.url));
const early = fileURLToPath(new URL('../../scripts/lib/electron-early.cjs', import.meta.url));

/** A started desktop program. */
export interface DesktopApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly dataDir: string;
  /** Ends it and removes its data. */
  close(): Promise<void>;
}

/** Electron's executable for tests: UTSKICK_ELECTRON, as scripts/test.mjs sets it. */
export function electronExecutable(): string {
  const executable = process.env.UTSKICK_ELECTRON;
  if (executable === undefined || !existsSync(executable))
    throw new Error('UTSKICK_ELECTRON must name an Electron executable; npm test sets it.');
  return executable;
}

/** Arguments for a data root. As root, Chromium has no sandbox to offer. */
export function desktopArguments(dataDir: string): string[] {
  return ['-r', early, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root, '--data', dataDir];
}

/** Starts it over a new data root and waits for the page. `engineEntry` replaces the engine's script; `isUtilityProcess` runs it as in production. */
export async function launchDesktop({
  engineEntry,
  isUtilityProcess = false,
}: { readonly engineEntry?: URL; readonly isUtilityProcess?: boolean } = {}): Promise<DesktopApp> {
  const dataDir = await mkdtemp(join(tmpdir(), 'utskick-desktop-'));
  const app = await _electron.launch({
    executablePath: electronExecutable(),
    args: desktopArguments(dataDir),
    env: {
      ...definedOnly(process.env),
      ...(isUtilityProcess ? {} : { UTSKICK_ENGINE_NODE: process.execPath }),
      ...(engineEntry === undefined ? {} : { UTSKICK_ENGINE_ENTRY: fileURLToPath(engineEntry) }),
    },
  });
  try {
    const page = await app.firstWindow();
    await page.waitForLoadState('domcontentloaded');
    return {
      app,
      page,
      dataDir,
      async close() {
        await end(app);
        await rm(dataDir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await end(app);
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
}

/** How long a program may take to end when it is asked to. */
const endPatienceMs = 20_000;

/** Asks it to quit. One that is quitting by itself at the same moment may leave the question without an answer for ever; so its end counts too, and the wait is bounded. */
async function end(app: ElectronApplication): Promise<void> {
  const child = app.process();
  if (child.exitCode !== null || child.signalCode !== null) return;
  const late = new AbortController();
  await Promise.race([
    app.close(),
    once(child, 'exit', { signal: late.signal }),
    setTimeout(endPatienceMs, null, { signal: late.signal }),
  ]);
  late.abort();
  child.kill('SIGKILL');
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

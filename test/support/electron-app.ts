// Starts the built desktop program under Playwright, with its engine under this very Node: test runtimes of Electron may be too old for it.

import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
        await app.close();
        await rm(dataDir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await app.close();
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

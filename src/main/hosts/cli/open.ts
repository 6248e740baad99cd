// Opens the engine over one data folder for one command, and closes it afterwards.

import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import type { LocalEngine } from '../../engine/local-engine.ts';
import { checkDataFolder, defaultDataFolder } from '../../platform/data-folder.ts';
import { entryPoints, resourcesFolder } from '../../platform/entry-points.ts';
import { createKeychain } from '../../platform/keychain.ts';
import { createJsonLog } from '../../platform/json-log.ts';
import { createSystemClock } from '../../platform/system-clock.ts';
import { exitCodes } from './exit-codes.ts';
import type { ExitCode } from './exit-codes.ts';
import { sayError } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** The folder a command works in: `--data`, else UTSKICK_DATA, else the desktop application's own (real work, not practice). */
export function dataFolder(option: string | null): string {
  const chosen = option ?? process.env.UTSKICK_DATA ?? null;
  return chosen === null ? resolve(defaultDataFolder(process.env), 'work') : resolve(chosen);
}

/** Runs `work` with an open engine. Opening failures are said and end with `busy`. */
export async function withEngine(
  terminal: Terminal,
  { dataOption, isJson }: { readonly dataOption: string | null; readonly isJson: boolean },
  work: (engine: LocalEngine) => Promise<ExitCode>,
): Promise<ExitCode> {
  const dataDir = dataFolder(dataOption);
  const fit = await checkDataFolder(dataDir, process.env);
  if (!fit.ok) {
    sayError(terminal, fit.error, isJson);
    return exitCodes.busy;
  }
  const isNew = !existsSync(dataDir);
  // Loaded here: commands that open no folder start in half the time without it.
  const { openLocalEngine } = await import('../../engine/local-engine.ts');
  const opened = await openLocalEngine({
    dataDir,
    resourcesDir: resourcesFolder(),
    entryPoints: entryPoints(),
    clock: createSystemClock(),
    log: createJsonLog({ folder: dataDir }),
    secrets: createKeychain({ env: process.env }),
    actor: userInfo().username,
  });
  if (!opened.ok) {
    sayError(terminal, opened.error, isJson);
    return exitCodes.busy;
  }
  // A mistyped --data would otherwise look like a folder where nothing was imported.
  if (isNew) terminal.note(`Made the new data folder ${dataDir}.`);
  try {
    return await work(opened.value);
  } finally {
    await opened.value.close();
  }
}

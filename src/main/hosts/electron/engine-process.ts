// Entry of the engine's own process: the real engine behind a port to the window's process. Runs in Electron's utility process and
// under plain Node alike, so it imports nothing of Electron.

import { userInfo } from 'node:os';
import { fail } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import { entryPoints, resourcesFolder } from '../../platform/entry-points.ts';
import { createJsonLog } from '../../platform/json-log.ts';
import { createKeychain } from '../../platform/keychain.ts';
import { productVersion } from '../../platform/product-version.ts';
import { createSystemClock } from '../../platform/system-clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Engine } from '../../rpc/engine-api.ts';
import type { OpenOptions } from './engine-messages.ts';
import { serveEngine } from './engine-server.ts';
import { parentPort } from './parent-port.ts';

/** What better-sqlite3's binary is built against. */
const neededNodeApi = 10;

/** Until the data folder is known, words go to standard error. */
const earlyLog: Log = createJsonLog({ folder: null, name: 'engine' });

serveEngine({
  port: parentPort(),
  log: earlyLog,
  exit: (code) => {
    process.exit(code);
  },
  open: async (options) => tooOld() ?? openDesktopEngine(options),
});

/** Native modules and libraries end an older runtime without a word; so it is refused with words before any of them is loaded. */
function tooOld(): Result<Engine> | null {
  const nodeApi = Number(process.versions.napi);
  if (nodeApi >= neededNodeApi) return null;
  return fail(
    'SERVICE_UNAVAILABLE',
    `This runtime is too old for the engine (Node-API ${String(nodeApi)}, needed ${String(neededNodeApi)}). Update Electron.`,
    { nodeApi, needed: neededNodeApi },
  );
}

async function openDesktopEngine({ rootDir, startInPractice }: OpenOptions): Promise<Result<Engine>> {
  const { openEngine } = await import('../../engine.ts');
  return openEngine({
    rootDir,
    host: 'electron',
    version: productVersion(),
    resourcesDir: resourcesFolder(),
    entryPoints: entryPoints(),
    startInPractice,
    clock: createSystemClock(),
    log: createJsonLog({ folder: rootDir, name: 'engine' }),
    secrets: createKeychain({ env: process.env }),
    actor: userInfo().username,
    env: process.env,
  });
}

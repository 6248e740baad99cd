// The web host as a program (`utskick serve`): opens the engine, prints the address, ends on a signal. No routes here.

import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { openEngine } from '../../engine.ts';
import { checkDataFolder, defaultDataFolder } from '../../platform/data-folder.ts';
import { entryPoints, rendererFolder, resourcesFolder } from '../../platform/entry-points.ts';
import { hostUsage, readHostArguments } from '../../platform/host-arguments.ts';
import type { HostArguments } from '../../platform/host-arguments.ts';
import { lockInstance } from '../../platform/instance-lock.ts';
import { createJsonLog } from '../../platform/json-log.ts';
import { createKeychain } from '../../platform/keychain.ts';
import { productVersion } from '../../platform/product-version.ts';
import { createSystemClock } from '../../platform/system-clock.ts';
import { startWebHost } from './server.ts';

/** As in the command line's documented exit codes. */
const exitUsage = 2;
const exitBusy = 3;

async function serve(args: HostArguments): Promise<number> {
  const rootDir = resolve(args.root ?? defaultDataFolder(process.env));
  const rendererDir = rendererFolder();
  if (!existsSync(join(rendererDir, 'index.html')))
    return complain('The page is not built. Run "npm run build" first.', exitUsage);
  const fit = await checkDataFolder(rootDir, process.env);
  if (!fit.ok) return complain(fit.error.message, exitBusy);
  const lock = await lockInstance(rootDir, 'in the browser');
  if (!lock.ok) return complain(lock.error.message, exitBusy);
  const log = createJsonLog({ folder: rootDir, name: 'web' });
  const opened = await openEngine({
    rootDir,
    host: 'web',
    version: productVersion(),
    resourcesDir: resourcesFolder(),
    entryPoints: entryPoints(),
    startInPractice: args.startInPractice,
    clock: createSystemClock(),
    log,
    secrets: createKeychain({ env: process.env }),
    actor: userInfo().username,
    env: process.env,
  });
  if (!opened.ok) return complain(opened.error.message, exitBusy);
  const host = await startWebHost({ engine: opened.value, rendererDir, port: args.port, log }).catch(
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
  if (host instanceof Error) {
    await opened.value.close();
    return complain(
      `Port ${String(args.port)} cannot be used (${host.message}). Choose another with --port.`,
      exitBusy,
    );
  }
  process.stdout.write(`Utskick is open at ${host.url}\nEnd it with Ctrl+C.\n`);
  await untilSignal();
  await host.close();
  await opened.value.close();
  await lock.value.release();
  return 0;
}

function complain(message: string, exitCode: number): number {
  process.stderr.write(`${message}\n`);
  return exitCode;
}

function untilSignal(): Promise<void> {
  return new Promise((resolve_) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        resolve_();
      });
    }
  });
}

const args = readHostArguments(process.argv.slice(2), { isTolerant: false });
process.exitCode = args.ok
  ? await serve(args.value)
  : complain(`${args.error.message}\nUsage: utskick serve ${hostUsage}`, exitUsage);

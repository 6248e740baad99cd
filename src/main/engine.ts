// The engine: one open workspace behind the router, events and file tokens. Takes all environment as arguments; knows no host.

import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { localDay } from '../shared/local-day.ts';
import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';
import type { AppState } from '../shared/schema/settings.ts';
import { actNow } from './app/context.ts';
import { readSettings } from './app/workspace-settings.ts';
import { openWorkspace } from './engine/open-workspace.ts';
import type { Workspace, WorkspaceOptions } from './engine/open-workspace.ts';
import { writeSampleFile } from './engine/sample-file.ts';
import { outboxPausedKey } from './delivery/runner.ts';
import { checkWatchedFolder } from './platform/watched-folder.ts';
import { isProcessAlive } from './platform/processes.ts';
import type { CommandMemory } from './rpc/command-memory.ts';
import type { Engine, EngineEnvironment } from './rpc/engine-api.ts';
import { createEventHub } from './rpc/event-hub.ts';
import { createFileTokens } from './rpc/file-tokens.ts';
import { batchHandlers } from './rpc/handlers/batch-handlers.ts';
import { deliveryHandlers } from './rpc/handlers/delivery-handlers.ts';
import { formatHandlers } from './rpc/handlers/format-handlers.ts';
import { invoiceHandlers } from './rpc/handlers/invoice-handlers.ts';
import type { Shell } from './rpc/handlers/shell.ts';
import { createRouter } from './rpc/router.ts';
import type { Handlers, Router } from './rpc/router.ts';

const modeFileName = 'mode.json';

/** Opens the workspace that was open last (practice on the very first start). Errors as openWorkspace. */
export async function openEngine(environment: EngineEnvironment): Promise<Result<Engine>> {
  const hub = createEventHub({ clock: environment.clock });
  const tokens = createFileTokens();
  const open = (isPractice: boolean): Promise<Result<Workspace>> =>
    openWorkspace(
      workspaceOptions(environment, isPractice, (event) => {
        hub.publish(event);
      }),
    );
  const isPracticeFirst = environment.startInPractice ?? (await readMode(environment.rootDir));
  const first = await open(isPracticeFirst);
  if (!first.ok) return first;
  let workspace = first.value;
  let router: Router;
  /** Workspaces that were left, on their way out. */
  let closing = Promise.resolve();
  /** Changes between practice and real work, one after the other. */
  let switching: Promise<unknown> = Promise.resolve();
  const memory: CommandMemory = {
    recall: (requestId) => workspace.context.store.config.recallReply(requestId),
    remember: (requestId, method, text) => {
      workspace.context.store.config.rememberReply(requestId, method, text, environment.clock.nowMs());
    },
  };
  const routerOver = ({ context }: Workspace): Router => {
    context.store.config.forgetReplies(environment.clock.nowMs());
    const handlers: Handlers = {
      ...batchHandlers(context, shell),
      ...invoiceHandlers(context),
      ...deliveryHandlers(context),
      ...formatHandlers(context, shell),
    };
    return createRouter({ handlers, log: environment.log, memory });
  };

  async function switchWorkspace(isPractice: boolean): Promise<Result<null>> {
    if (isPractice === workspace.isPractice) return ok(null);
    // It may be the one that was left a moment ago: two runners of one process over one data folder would take the lease from each other.
    await closing;
    const previous = workspace;
    const next = await open(isPractice);
    if (!next.ok) return next;
    workspace = next.value;
    router = routerOver(workspace);
    await writeMode(environment.rootDir, isPractice);
    // The call that asked for this still runs in the old router: its answer is remembered in the new workspace.
    closing = previous.close().catch((error: unknown) => {
      environment.log.error('a workspace that was left did not close cleanly', { error });
    });
    hub.publish({ topic: 'app' });
    return ok(null);
  }

  const shell: Shell = {
    pid: process.pid,
    state: () => appState(environment, workspace),
    checkWatchedFolder: (path) => checkWatchedFolder(path, [environment.rootDir]),
    applyWatch: () => workspace.watch.apply(),
    setOutboxPaused(isPaused) {
      pauseOutbox(workspace, isPaused);
      hub.publish({ topic: 'app' });
    },
    fileOf: (token) => tokens.resolve(token),
    writeSample: (options) => writeTemporarySample({ ...options, baseDate: localDay(environment.clock.nowMs()) }),
    setPractice(isPractice) {
      const switched = switching.then(() => switchWorkspace(isPractice));
      switching = switched.catch(() => undefined);
      return switched;
    },
  };
  router = routerOver(workspace);
  return ok({
    handle: (frame) => router.handle(frame),
    subscribe: (listener) => hub.subscribe(listener),
    registerFile: (path, name) => registerFile(tokens, path, name ?? basename(path)),
    wake: () => {
      workspace.context.runner.wake();
    },
    async close() {
      await router.close();
      await switching;
      await closing;
      await workspace.close();
    },
  });
}

function pauseOutbox({ context, runner }: Workspace, isPaused: boolean): void {
  context.store.config.saveSetting(outboxPausedKey, isPaused, actNow(context));
  runner.wake();
}

function workspaceOptions(
  environment: EngineEnvironment,
  isPractice: boolean,
  publish: WorkspaceOptions['publish'],
): WorkspaceOptions {
  return {
    dataDir: join(environment.rootDir, isPractice ? 'practice' : 'work'),
    isPractice,
    isDelivering: true,
    resourcesDir: environment.resourcesDir,
    entryPoints: environment.entryPoints,
    clock: environment.clock,
    log: environment.log,
    secrets: environment.secrets,
    actor: environment.actor,
    publish,
  };
}

async function appState(environment: EngineEnvironment, workspace: Workspace): Promise<AppState> {
  const { store } = workspace.context;
  return {
    version: environment.version,
    isPractice: workspace.isPractice,
    host: environment.host,
    dataFolder: workspace.dataDir,
    settings: readSettings(workspace.context),
    isRunnerElsewhere: store.deliveries.isRunnerElsewhere(process.pid, environment.clock.nowMs(), isProcessAlive),
    watch: workspace.watch.state,
    isOutboxPaused: store.config.setting(outboxPausedKey) === true,
    hasKeychain: await environment.secrets.isKeychainAvailable(),
    lastSavedAtMs: store.lastWriteAtMs(),
  };
}

async function registerFile(
  tokens: ReturnType<typeof createFileTokens>,
  path: string,
  name: string,
): Promise<Result<{ token: string; name: string; sizeBytes: number }>> {
  try {
    const found = await stat(path);
    if (!found.isFile() && !found.isDirectory())
      return fail('UNREADABLE', `${path} is neither a file nor a folder. Drop the files themselves.`, { path });
    return ok(tokens.register(path, name, found.isFile() ? found.size : 0));
  } catch (error) {
    return fail('UNREADABLE', `The file ${path} cannot be opened. Check that it exists and that you may read it.`, {
      path,
      cause: String(error),
    });
  }
}

async function writeTemporarySample(options: {
  readonly invoices: number;
  readonly errors: number;
  readonly baseDate: string;
}): ReturnType<Shell['writeSample']> {
  const folder = await mkdtemp(join(tmpdir(), 'utskick-sample-'));
  const name = `exempelenergi-${String(options.invoices)}.xml`;
  const path = join(folder, name);
  // A new seed each time: the same sample twice would rightly be refused as already imported.
  const written = await writeSampleFile(path, { ...options, seed: Math.floor(Math.random() * 2 ** 31) });
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  if (written.ok) return ok({ file: { path, name }, remove });
  await remove();
  return written;
}

/** Practice until the operator has once left it. An unreadable file means practice: nothing leaves the computer by mistake. */
async function readMode(rootDir: string): Promise<boolean> {
  try {
    const mode: unknown = JSON.parse(await readFile(join(rootDir, modeFileName), 'utf8'));
    return !(typeof mode === 'object' && mode !== null && 'isPractice' in mode && mode.isPractice === false);
  } catch {
    return true;
  }
}

async function writeMode(rootDir: string, isPractice: boolean): Promise<void> {
  await writeFile(join(rootDir, modeFileName), `${JSON.stringify({ isPractice })}\n`);
}

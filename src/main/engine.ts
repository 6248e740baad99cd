// The engine: one open workspace behind the router, events and file tokens. Takes all environment as arguments; knows no host.

import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { localDay } from '../shared/local-day.ts';
import { fail, ok } from '../shared/result.ts';
import type { AppError, Result } from '../shared/result.ts';
import { appStateSchema } from '../shared/schema/settings.ts';
import type { AppState } from '../shared/schema/settings.ts';
import { actNow } from './app/context.ts';
import { readSettings } from './app/workspace-settings.ts';
import { databaseIn, openWorkspace } from './engine/open-workspace.ts';
import type { Workspace, WorkspaceOptions } from './engine/open-workspace.ts';
import { betweenStores, createRescueRouter } from './engine/rescue.ts';
import { writeSampleFile } from './engine/sample-file.ts';
import { createStorageDesk } from './engine/storage-desk.ts';
import type { StorageDesk } from './engine/storage-desk.ts';
import { outboxPausedKey } from './delivery/runner.ts';
import { checkWatchedFolder } from './platform/watched-folder.ts';
import { restoredSetting } from './ports/restore-note.ts';
import { isProcessAlive } from './platform/processes.ts';
import type { CommandMemory } from './rpc/command-memory.ts';
import type { Engine, EngineEnvironment } from './rpc/engine-api.ts';
import { createEventHub } from './rpc/event-hub.ts';
import { createFileTokens } from './rpc/file-tokens.ts';
import { batchHandlers } from './rpc/handlers/batch-handlers.ts';
import { deliveryHandlers } from './rpc/handlers/delivery-handlers.ts';
import { formatHandlers } from './rpc/handlers/format-handlers.ts';
import { invoiceHandlers } from './rpc/handlers/invoice-handlers.ts';
import { accountHandlers } from './rpc/handlers/account-handlers.ts';
import { orderHandlers } from './rpc/handlers/order-handlers.ts';
import type { Shell } from './rpc/handlers/shell.ts';
import { storageHandlers } from './rpc/handlers/storage-handlers.ts';
import { createRouter } from './rpc/router.ts';
import type { Handlers, Router } from './rpc/router.ts';
import { copiesFolder } from './store/copies.ts';
import { restoreCopy } from './store/restore-copy.ts';
import { createStoreTasks } from './workers/store-tasks.ts';

const modeFileName = 'mode.json';
/** Failures to open under which a window can still say what is the matter, and restore a copy. */
const rescued: readonly AppError['code'][] = ['STORE_DAMAGED', 'STORE_NEWER'];

/**
 * Opens the workspace that was open last (practice on the very first start). One whose database is damaged, gone or of a newer version gives an engine all the same, which
 * offers its copies and answers everything else with that error. Other errors as openWorkspace.
 */
export async function openEngine(environment: EngineEnvironment): Promise<Result<Engine>> {
  const isPractice = environment.startInPractice ?? (await readMode(environment.rootDir));
  const engine = new OpenEngine(environment, isPractice);
  const opened = await engine.open(null);
  return opened.ok || rescued.includes(opened.error.code) ? ok(engine.host()) : opened;
}

class OpenEngine {
  readonly #environment: EngineEnvironment;
  readonly #hub: ReturnType<typeof createEventHub>;
  readonly #tokens = createFileTokens();
  readonly #desk: StorageDesk;
  readonly #shell: Shell;
  #isPractice: boolean;
  /** Null while its database cannot be opened, or another is put in its place. */
  #workspace: Workspace | null = null;
  #router: Router;
  /** Workspaces that were left, on their way out. */
  #closing = Promise.resolve();
  /** Changes between practice and real work, and restores, one after the other. */
  #switching: Promise<unknown> = Promise.resolve();

  constructor(environment: EngineEnvironment, isPractice: boolean) {
    this.#environment = environment;
    this.#isPractice = isPractice;
    this.#hub = createEventHub({ clock: environment.clock });
    this.#desk = this.#makeDesk();
    this.#shell = this.#makeShell();
    this.#router = this.#rescue(betweenStores());
  }

  /** Opens the workspace of the present mode; without one the engine stays in rescue. */
  async open(restoredFrom: string | null): Promise<Result<null>> {
    const next = await openWorkspace({ ...this.#optionsFor(this.#isPractice), restoredFrom });
    if (!next.ok) {
      this.#router = this.#rescue(next.error);
      return next;
    }
    this.#use(next.value);
    return ok(null);
  }

  host(): Engine {
    return {
      handle: (frame) => this.#router.handle(frame),
      subscribe: (listener) => this.#hub.subscribe(listener),
      registerFile: (path, name) => registerFile(this.#tokens, path, name ?? basename(path)),
      wake: () => {
        this.#workspace?.context.runner.wake();
      },
      close: async () => {
        await this.#router.close();
        await this.#desk.close();
        await this.#switching;
        await this.#closing;
        await this.#workspace?.close();
      },
    };
  }

  #use(workspace: Workspace): void {
    this.#workspace = workspace;
    this.#isPractice = workspace.isPractice;
    const { context } = workspace;
    const { log, clock } = this.#environment;
    context.store.config.forgetReplies(clock.nowMs());
    const handlers: Handlers = {
      ...batchHandlers(context, this.#shell),
      ...invoiceHandlers(context),
      ...deliveryHandlers(context),
      ...accountHandlers(context),
      ...orderHandlers(context),
      ...formatHandlers(context, this.#shell),
      ...storageHandlers(context, this.#shell),
    };
    this.#router = createRouter({ handlers, log, memory: this.#memory() });
  }

  /** The call that changed the workspace is remembered in the one that is open when it ends. */
  #memory(): CommandMemory {
    const config = () => this.#workspace?.context.store.config;
    return {
      recall: (requestId) => config()?.recallReply(requestId) ?? null,
      remember: (requestId, method, text) => {
        config()?.rememberReply(requestId, method, text, this.#environment.clock.nowMs());
      },
    };
  }

  #rescue(error: AppError): Router {
    return createRescueRouter({ error, shell: this.#shell, log: this.#environment.log });
  }

  #live(): Workspace {
    if (this.#workspace === null) throw new Error('no workspace is open');
    return this.#workspace;
  }

  #optionsFor(isPractice: boolean): WorkspaceOptions {
    return workspaceOptions(this.#environment, isPractice, (event) => {
      this.#hub.publish(event);
    });
  }

  async #switchTo(isPractice: boolean): Promise<Result<null>> {
    if (isPractice === this.#isPractice && this.#workspace !== null) return ok(null);
    // It may be the one that was left a moment ago: two runners of one process over one data folder would take the lease from each other.
    await this.#closing;
    const next = await openWorkspace(this.#optionsFor(isPractice));
    if (!next.ok) return next;
    const previous = this.#workspace;
    this.#use(next.value);
    await writeMode(this.#environment.rootDir, isPractice);
    // The call that asked for this still runs in the old router: its answer is remembered in the new workspace.
    if (previous !== null)
      this.#closing = previous.close().catch((error: unknown) => {
        this.#environment.log.error('a workspace that was left did not close cleanly', { error });
      });
    this.#hub.publish({ topic: 'app' });
    return ok(null);
  }

  async #restore(name: string): Promise<Result<unknown>> {
    const { entryPoints, clock } = this.#environment;
    const databasePath = databaseIn(this.#dataDir());
    const copyPath = join(copiesFolder(databasePath), name);
    const previous = this.#workspace;
    this.#router = this.#rescue(betweenStores());
    this.#workspace = null;
    await this.#closing;
    await previous?.close();
    const tasks = createStoreTasks(entryPoints.storeWorker);
    const check = (path: string): Promise<string> => tasks.check(path);
    const restored = await restoreCopy({ databasePath, copyPath, nowMs: clock.nowMs(), check });
    // Also after a failure: the database that was there is there still.
    const opened = await this.open(restored.ok ? name : null);
    for (const topic of ['batches', 'deliveries'] as const) this.#hub.publish({ topic, batchId: null });
    for (const topic of ['connections', 'app'] as const) this.#hub.publish({ topic });
    return restored.ok && !opened.ok ? opened : restored;
  }

  /** One change of the workspace after the other. */
  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const changed = this.#switching.then(change);
    this.#switching = changed.catch(() => undefined);
    return changed;
  }

  #dataDir(): string {
    return this.#optionsFor(this.#isPractice).dataDir;
  }

  #makeDesk(): StorageDesk {
    const { clock, log, entryPoints } = this.#environment;
    return createStorageDesk({
      databasePath: () => databaseIn(this.#dataDir()),
      copies: () => this.#workspace?.copies ?? null,
      verify: (follower) => createStoreTasks(entryPoints.storeWorker).verify(this.#dataDir(), follower),
      restore: (name) => this.#inTurn(() => this.#restore(name)),
      clock,
      log,
      onChange: () => {
        this.#hub.publish({ topic: 'app' });
      },
    });
  }

  #makeShell(): Shell {
    const { rootDir, clock } = this.#environment;
    return {
      pid: process.pid,
      state: () => appState(this.#environment, this.#live()),
      checkWatchedFolder: (path) => checkWatchedFolder(path, [rootDir]),
      applyWatch: () => this.#live().watch.apply(),
      setOutboxPaused: (isPaused) => {
        pauseOutbox(this.#live(), isPaused);
        this.#hub.publish({ topic: 'app' });
      },
      fileOf: (token) => this.#tokens.resolve(token),
      writeSample: (options) => writeTemporarySample({ ...options, baseDate: localDay(clock.nowMs()) }),
      setPractice: (isPractice) => this.#inTurn(() => this.#switchTo(isPractice)),
      storage: this.#desk,
    };
  }
}

function pauseOutbox({ context, runner }: Workspace, isPaused: boolean): void {
  context.store.config.saveSetting(outboxPausedKey, isPaused, actNow(context));
  // The operator has read why it was paused.
  if (!isPaused && context.store.config.setting(restoredSetting) !== null)
    context.store.config.saveSetting(restoredSetting, null, actNow(context));
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
    storeTrouble: store.trouble(),
    restored: restoredNote(store.config.setting(restoredSetting)),
    hasKeychain: await environment.secrets.isKeychainAvailable(),
    lastSavedAtMs: store.lastWriteAtMs(),
  };
}

function restoredNote(setting: unknown): AppState['restored'] {
  const read = appStateSchema.shape.restored.safeParse(setting ?? null);
  return read.success ? read.data : null;
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

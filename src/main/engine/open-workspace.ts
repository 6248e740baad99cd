// Opens one workspace: database, kept files, workers, adapters, runner, and in practice the local providers. Wiring only.

import { createHash, randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineEvent } from '../../shared/contract/frames.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { createEmailAdapter } from '../adapters/email/adapter.ts';
import { createSendRegningAdapter } from '../adapters/sendregning/adapter.ts';
import { createSftpAdapter } from '../adapters/sftp/adapter.ts';
import { createSveaAdapter } from '../adapters/svea/adapter.ts';
import type { AppContext } from '../app/context.ts';
import { composeForDelivery } from '../app/compose-for-delivery.ts';
import { createJobBook } from '../app/jobs.ts';
import { settleLeftRuns } from '../app/settle-run.ts';
import type { SettleContext } from '../app/settle-run.ts';
import { readRuleSeverities, withOwnRules } from '../app/rule-settings.ts';
import type { OwnRules } from '../app/rule-settings.ts';
import { checksWith } from '../app/rule-sets.ts';
import { createRunner } from '../delivery/runner.ts';
import type { Runner } from '../delivery/runner.ts';
import { composeMessage } from '../documents/compose-message.ts';
import { createFormatProfiles } from '../formats/own-profiles.ts';
import { createInvoiceDoctor } from '../formats/invoice-doctor.ts';
import { createReadInvoiceSlice } from '../formats/read-invoice-slice.ts';
import { mayHoldInvoices } from '../formats/may-hold-invoices.ts';
import { createSourceReader } from '../formats/source-window.ts';
import { createContentStore } from '../platform/content-store.ts';
import { createSourceStore } from '../platform/source-store.ts';
import { createDocumentStore } from '../platform/document-store.ts';
import { clearScratch, createIntake } from '../platform/open-intake.ts';
import { isProcessAlive } from '../platform/processes.ts';
import { startPracticeProcess } from '../platform/practice-process.ts';
import type { PracticeProcess } from '../platform/practice-process.ts';
import type { ChannelAdapter } from '../ports/channel-adapter.ts';
import type { Clock } from '../ports/clock.ts';
import type { ContentStore } from '../ports/content-store.ts';
import type { SourceStore } from '../ports/source-store.ts';
import type { Intake } from '../ports/intake.ts';
import type { Log } from '../ports/log.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { EntryPoints } from '../rpc/engine-api.ts';
import type { Store } from '../ports/store.ts';
import type { Channel } from '../../shared/schema/delivery.ts';
import { openStore } from '../store/open.ts';
import { createStoreTasks } from '../workers/store-tasks.ts';
import { createPdfPool } from '../workers/pdf-pool.ts';
import { createXmlPool } from '../workers/xml-pool.ts';
import { allRuleSets, channelRules } from './channel-rules.ts';
import { createCopyService } from './copy-service.ts';
import type { CopyService } from './copy-service.ts';
import { createReceiptKeeper } from './receipt-keeper.ts';
import { createReachService } from './reach-service.ts';
import type { ReachService } from './reach-service.ts';
import { createSelfLookUp } from './self-look-up.ts';
import { createStatusWatch, trackConnection } from './status-watch.ts';
import { createWatchService } from './watch-service.ts';
import type { WatchService } from './watch-service.ts';
import { practiceSecrets, savePracticeConnections } from './practice-connections.ts';

/** Where and with what a workspace is opened. */
export interface WorkspaceOptions {
  readonly dataDir: string;
  readonly isPractice: boolean;
  /** True: deliver by itself. The command line delivers only when told to. */
  readonly isDelivering: boolean;
  readonly resourcesDir: string;
  readonly entryPoints: EntryPoints;
  readonly clock: Clock;
  readonly log: Log;
  readonly secrets: Secrets;
  readonly actor: string;
  readonly publish: (event: EngineEvent) => void;
  /** The copy that was put in place a moment ago. */
  readonly restoredFrom?: string | null;
  /** Puts something around the ports before anything uses them. Left out by every host; the torture bench kills between their verbs. */
  readonly around?: (ports: OuterPorts) => OuterPorts;
}

/** Ports behind which the world begins: what is written and what is sent. */
export interface OuterPorts {
  readonly store: Store;
  readonly sources: SourceStore;
  readonly documents: ContentStore;
  readonly receipts: ContentStore;
  readonly adapters: Readonly<Record<Channel, ChannelAdapter>>;
}

/** An open workspace. */
export interface Workspace {
  /** The watched folder; it watches only where the workspace delivers by itself. */
  readonly watch: WatchService;
  readonly context: AppContext;
  readonly runner: Runner;
  readonly copies: CopyService;
  readonly dataDir: string;
  readonly isPractice: boolean;
  close(): Promise<void>;
}

/** The database of a data folder. */
export function databaseIn(dataDir: string): string {
  return join(dataDir, 'utskick.db');
}

/** Rendering keeps two cores busy; more would only take memory (about 100 MB a worker). */
const pdfWorkers = 2;

/** Errors: STORE_NEWER, STORE_DAMAGED, STORE_BUSY, STORAGE_FULL, UNREADABLE (folder), SERVICE_UNAVAILABLE (practice providers). */
export async function openWorkspace(options: WorkspaceOptions): Promise<Result<Workspace>> {
  const { clock, log, dataDir } = options;
  const opened = await openDatabase(options);
  if (!opened.ok) return opened;
  const { store, documents, sources, receipts, adapters } = makePorts(options, opened.value);
  await removeLeftovers({ store, sources, clock, actor: options.actor });
  const practice = options.isPractice ? await startPractice(options) : ok(null);
  if (!practice.ok) {
    store.close();
    return practice;
  }
  const secrets =
    practice.value === null ? options.secrets : practiceSecrets(options.secrets, practice.value.endpoints);
  const formats = { resourcesDir: options.resourcesDir, ownProfilesDir: join(dataDir, 'profiles') };
  const readSlice = createReadInvoiceSlice(formats);
  const followers = createFollowers();
  const runner = makeRunner(options, { store, sources, documents, adapters, secrets, readSlice, followers });
  const renderer = createPdfPool({
    workerUrl: options.entryPoints.pdfWorker,
    resourcesDir: options.resourcesDir,
    workers: pdfWorkers,
  });
  let reach: ReachService | null = null;
  const context: AppContext = {
    store,
    sources,
    documents,
    receipts,
    ...openChecks(options, { store, formats }),
    intake: await openIntake(dataDir),
    readSlice,
    profiles: createFormatProfiles(formats),
    sourceReader: createSourceReader(),
    renderer,
    compose: composeMessage,
    adapters,
    secrets,
    runner: withFollowers(runner, followers),
    reach: () => reach?.known() ?? [],
    track: (connectionId, signal) => trackConnection(context, connectionId, signal),
    practice: practice.value,
    clock,
    log,
    jobs: createJobBook({ clock, log, newId, publish: options.publish }),
    actor: options.actor,
    pid: process.pid,
    publish: options.publish,
    sha256: (content) => createHash('sha256').update(content).digest('hex'),
    newId,
  };
  if (practice.value !== null) savePracticeConnections(context, practice.value.endpoints);
  followers.add(createReceiptKeeper(context));
  const watch = createWatchService(context, dataDir);
  const copies = openCopies(options, store);
  if (options.isDelivering) {
    // Not waited for: a folder on a network drive may take its time.
    void watch.apply();
    runner.start();
    copies.start();
    followers.add(createSelfLookUp(context, () => runner.isRunning));
    reach = createReachService(context);
    followers.add(reach);
    followers.add(createStatusWatch(context, () => runner.isRunning));
    // A window will soon want its first preview, or be given a file.
    for (const each of [renderer, context.parser]) each.warm();
  }
  return ok({
    context,
    runner,
    watch,
    copies,
    dataDir,
    isPractice: options.isPractice,
    close: () => closeWorkspace({ context, runner, watch, copies, followers }, practice.value),
  });
}

async function openDatabase(options: WorkspaceOptions): Promise<Result<Store>> {
  const { dataDir, clock, log, actor, restoredFrom, publish } = options;
  const folder = await makeFolder(dataDir);
  if (!folder.ok) return folder;
  return openStore({
    path: databaseIn(dataDir),
    clock,
    log,
    actor,
    restoredFrom: restoredFrom ?? null,
    onTrouble: () => {
      publish({ topic: 'app' });
    },
  });
}

function openCopies({ dataDir, entryPoints, clock, log, publish }: WorkspaceOptions, store: Store): CopyService {
  const tasks = createStoreTasks(entryPoints.storeWorker);
  const onChange = (): void => {
    publish({ topic: 'app' });
  };
  const databasePath = databaseIn(dataDir);
  return createCopyService({ databasePath, store, tasks, clock, log, onChange });
}

function makePorts({ dataDir, around, resourcesDir }: WorkspaceOptions, store: Store): OuterPorts {
  const ports: OuterPorts = {
    store,
    documents: createDocumentStore(join(dataDir, 'documents')),
    sources: createSourceStore(join(dataDir, 'sources')),
    receipts: createContentStore(join(dataDir, 'receipts'), '.json'),
    adapters: {
      email: createEmailAdapter(),
      sftp: createSftpAdapter(),
      svea: createSveaAdapter({ resourcesDir }),
      sendregning: createSendRegningAdapter(),
    },
  };
  return around === undefined ? ports : around(ports);
}

/** The import and the doctor judge alike: by the same rules, with the workspace's severities and connections as they stand at the time. */
function openChecks(
  { entryPoints, log }: WorkspaceOptions,
  { store, formats }: { readonly store: Store; readonly formats: { resourcesDir: string; ownProfilesDir: string } },
): Pick<AppContext, 'parser' | 'doctor' | 'ruleSets'> {
  const own = (): OwnRules => ({ severities: readRuleSeverities({ store, log }), connected: connectedChannels(store) });
  return {
    parser: withOwnRules(createXmlPool({ workerUrl: entryPoints.xmlWorker, ...formats }), own),
    doctor: createInvoiceDoctor({
      ...formats,
      rules: () => checksWith(channelRules, own().connected),
      severities: () => new Map(Object.entries(own().severities)),
    }),
    ruleSets: allRuleSets,
  };
}

function connectedChannels(store: Store): readonly Channel[] {
  return [...new Set(store.config.connections().map(({ channel }) => channel))];
}

/** Zips are unpacked in the data folder; what a killed process left there is removed first. */
async function openIntake(dataDir: string): Promise<Intake> {
  const scratchDir = join(dataDir, 'unpacked');
  await clearScratch(scratchDir);
  return createIntake({ scratchDir, mayHoldInvoices });
}

function newId(): string {
  return randomUUID();
}

/** In an order that leaves nothing half-done: jobs end, deliveries under way end, then workers and the database. */
async function closeWorkspace(
  {
    context,
    runner,
    watch,
    copies,
    followers,
  }: Pick<Workspace, 'context' | 'runner' | 'watch' | 'copies'> & { readonly followers: Followers },
  practice: PracticeProcess | null,
): Promise<void> {
  // An import of the watched folder that runs is cancelled by the closing of the jobs.
  await Promise.all([watch.close(), context.jobs.close(), copies.close()]);
  await runner.stop();
  await followers.close();
  await Promise.all([context.parser.close(), context.renderer.close()]);
  context.store.close();
  await practice?.stop();
}

type RunnerParts = Pick<AppContext, 'store' | 'sources' | 'documents' | 'adapters' | 'secrets' | 'readSlice'> & {
  readonly followers: Followers;
};

/** A runner that tells the window, and what follows the deliveries, of every change. */
function makeRunner(
  { clock, log, publish }: WorkspaceOptions,
  { store, sources, documents, adapters, secrets, readSlice, followers }: RunnerParts,
): Runner {
  return createRunner({
    store,
    adapters,
    secrets,
    documents,
    compose: composeForDelivery({ store, sources, readSlice, log, compose: composeMessage }),
    clock,
    log,
    random: Math.random,
    ownerPid: process.pid,
    isProcessAlive,
    onChange: (batchId) => {
      followers.wake();
      publish({ topic: 'deliveries', batchId });
      publish({ topic: 'batches', batchId });
    },
  });
}

function withFollowers(runner: Runner, followers: Followers): AppContext['runner'] {
  return {
    wake: () => {
      runner.wake();
      followers.wake();
    },
    lookUp: (...asked) => runner.lookUp(...asked),
  };
}

/** What follows the deliveries: woken by their changes, ended after them. */
interface Followers {
  add(follower: { wake(): void; close(): Promise<void> }): void;
  wake(): void;
  close(): Promise<void>;
}

function createFollowers(): Followers {
  const all: Parameters<Followers['add']>[0][] = [];
  return {
    add: (follower) => {
      all.push(follower);
    },
    wake: () => {
      for (const follower of all) follower.wake();
    },
    close: async () => {
      await Promise.all(all.map((follower) => follower.close()));
    },
  };
}

/** Removes what imports left that were killed (rows, source files and copies half-way), and settles releases that were not finished. */
async function removeLeftovers({ sources, ...context }: Pick<AppContext, 'sources'> & SettleContext): Promise<void> {
  // What carries this process's own id is left by an earlier process that had the same one: this one has not imported anything yet.
  const isOwnerAlive = (pid: number): boolean => pid !== process.pid && isProcessAlive(pid);
  context.store.imports.dropAbandoned(isOwnerAlive, (unused) => sources.remove(unused));
  await settleLeftRuns(context, isOwnerAlive);
  context.store.orders.settleLeft(isOwnerAlive, context.clock.nowMs());
  await sources.discardLeftovers(isOwnerAlive);
}

async function makeFolder(dataDir: string): Promise<Result<null>> {
  try {
    await mkdir(dataDir, { recursive: true });
    return ok(null);
  } catch (error) {
    return fail(
      'UNREADABLE',
      `The data folder ${dataDir} cannot be made. Check its permissions, or choose another with --data.`,
      { dataDir, cause: String(error) },
    );
  }
}

async function startPractice(options: WorkspaceOptions): Promise<Result<PracticeProcess>> {
  try {
    return ok(
      await startPracticeProcess({ entry: options.entryPoints.practice, dir: join(options.dataDir, 'providers') }),
    );
  } catch (error) {
    options.log.error('the practice providers did not start', { error: String(error) });
    return fail(
      'SERVICE_UNAVAILABLE',
      'The practice providers did not start. Close other copies of the program and try again.',
    );
  }
}

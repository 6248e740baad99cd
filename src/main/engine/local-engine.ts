// The engine for one process's own use (the command line): one given data folder, nothing delivered unless told, no frames.

import { randomUUID } from 'node:crypto';
import { basename, resolve } from 'node:path';
import type { MethodInput, MethodName, MethodOutput } from '../../shared/contract/methods.ts';
import { methods } from '../../shared/contract/methods.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { deliveryStates } from '../../shared/schema/delivery.ts';
import type { DeliveryState, Lane } from '../../shared/schema/delivery.ts';
import type { Language } from '../../shared/schema/settings.ts';
import type { TimelineForm } from '../../shared/schema/timeline.ts';
import type { ImportMode } from '../../shared/schema/batch.ts';
import type { BatchProof } from '../../shared/schema/proof.ts';
import type { StoreCopyEntry } from '../../shared/schema/storage.ts';
import type { FixOutcome, FixPreview } from '../../shared/schema/fix.ts';
import { actNow } from '../app/context.ts';
import { applyFix, fixableBatch, undoFix } from '../app/fix-problems.ts';
import type { FixControl, FixRequest } from '../app/fix-problems.ts';
import { exportAudit } from '../app/export-audit.ts';
import { proofDocument } from '../app/batch-proof.ts';
import { exportTimeline, timelineLines } from '../app/export-timeline.ts';
import { importGiven } from '../app/import-given.ts';
import type { GivenReport } from '../app/import-given.ts';
import type { ImportProgress } from '../app/import-work.ts';
import { previewDocument } from '../app/preview-document.ts';
import { previewFix } from '../app/preview-fix.ts';
import type { PreviewedDocument } from '../app/preview-document.ts';
import { receiptDocument } from '../app/import-receipt.ts';
import { releaseToConnection } from '../app/release-to-connection.ts';
import type { ConnectionRelease, ReleaseTarget } from '../app/release-to-connection.ts';
import type { ReleaseControl } from '../app/release-batch.ts';
import { readSettings } from '../app/workspace-settings.ts';
import { openWatchedFolder } from '../platform/watched-folder.ts';
import type { RenderedDocument } from '../ports/documents.ts';
import { problemHandlers } from '../rpc/handlers/problem-handlers.ts';
import { deliveryHandlers } from '../rpc/handlers/delivery-handlers.ts';
import { accountHandlers } from '../rpc/handlers/account-handlers.ts';
import { orderHandlers } from '../rpc/handlers/order-handlers.ts';
import { proofHandlers } from '../rpc/handlers/proof-handlers.ts';
import { ruleHandlers } from '../rpc/handlers/rule-handlers.ts';
import type { Handlers } from '../rpc/router.ts';
import type { WatchReport } from '../app/watch-pass.ts';
import { openWorkspace } from './open-workspace.ts';
import { lookUpOnce } from './self-look-up.ts';
import { openSendRegningDesk } from './sendregning-desk.ts';
import type { SendRegningDesk } from './sendregning-desk.ts';
import type { AccountPlace } from '../app/account-desk.ts';
import { rehearseRelease } from '../app/rehearse-release.ts';
import { openSveaDesk } from './svea-desk.ts';
import type { SveaDesk } from './svea-desk.ts';
import { trackSent } from './sendregning-tracking.ts';
import type { TrackingRound } from './sendregning-tracking.ts';
import { watchFolder } from './watch-folder.ts';
import type { WatchOptions } from './watch-folder.ts';
import type { Workspace, WorkspaceOptions } from './open-workspace.ts';

export type { ConnectionRelease, GivenReport, WatchReport };

/** Methods a command may call by name. */
type LocalMethod = Extract<
  MethodName,
  | `connection.${string}`
  | `delivery.${string}`
  | 'rule.list'
  | 'rule.set'
  | 'batch.list'
  | 'batch.get'
  | 'batch.acceptGood'
  | 'batch.proof'
  | 'batch.documentList'
  | 'problem.groups'
  | 'problem.page'
  | 'problem.export'
  | 'audit.export'
  | `order.${string}`
  | `account.${string}`
>;

/** What `deliver` left behind. */
export interface DeliveryReport {
  /** Deliveries by state, over all connections. */
  readonly counts: Readonly<Record<DeliveryState, number>>;
  readonly lanes: readonly Lane[];
}

/** The engine in the same process. */
export interface LocalEngine {
  call<M extends LocalMethod>(method: M, input: MethodInput<M>): Promise<Result<MethodOutput<M>>>;
  /** A copy of the database now. Errors: STORAGE_FULL, STORE_READONLY, STORE_DAMAGED, STORE_BUSY. */
  makeCopy(): Promise<Result<StoreCopyEntry>>;
  /** Files, folders and zips. */
  importFiles(
    paths: readonly string[],
    mode: ImportMode,
    control: { readonly signal: AbortSignal; readonly onProgress: (progress: ImportProgress) => void },
  ): Promise<GivenReport>;
  /** Watches a folder. Errors: UNREADABLE, VALIDATION_ERROR, STORE_BUSY (watched by another). */
  watch(options: {
    readonly path: string;
    readonly mode: ImportMode;
    readonly settleMs: number;
    readonly isOnce: boolean;
    readonly signal: AbortSignal;
    readonly onRound: WatchOptions['onRound'];
  }): Promise<Result<null>>;
  releaseToConnection(
    target: ReleaseTarget,
    onProgress: ReleaseControl['onProgress'],
  ): Promise<Result<ConnectionRelease>>;
  /** To the last invoice, however long it takes. Errors as previewFix; NOT_ALLOWED for a rule whose cause needs a person. */
  previewFix(request: FixRequest): Promise<Result<FixPreview>>;
  /** Errors as applyFix. */
  applyFix(request: FixRequest & { readonly reason: string }, control: FixControl): Promise<Result<FixOutcome>>;
  /** Errors as undoFix. */
  undoFix(request: FixRequest, control: FixControl): Promise<Result<FixOutcome>>;
  /** Delivers until nothing is due, or one pass. Errors: STORE_BUSY (another process delivers from this folder). */
  deliver(options: { readonly isOnce: boolean; readonly signal: AbortSignal }): Promise<Result<DeliveryReport>>;
  /** The newest invoice with this number. Errors: NOT_FOUND and those of previewDocument. */
  documentOf(invoiceNumber: string): Promise<Result<PreviewedDocument>>;
  /** The receipt of an import as a PDF, in the workspace's language unless one is given. Errors: NOT_FOUND. */
  receiptOf(batchId: string, language: Language | null): Promise<Result<RenderedDocument>>;
  /** The proof of a batch as a PDF. Errors: NOT_FOUND. */
  proofOf(
    batchId: string,
    language: Language | null,
  ): Promise<Result<RenderedDocument & { readonly proof: BatchProof }>>;
  /** The history of the newest invoice with this number: lines, or in a form to save; in the workspace's language unless one is given. Errors: NOT_FOUND. */
  timelineOf(
    invoiceNumber: string,
    options: { readonly form: TimelineForm | null; readonly language: Language | null },
  ): Promise<Result<string>>;
  /** The desk of a connection to SendRegning. Errors as openSendRegningDesk. */
  sendRegning(connection: string, signal: AbortSignal): Promise<Result<SendRegningDesk>>;
  /** The invoice that SendRegning gave this number through a connection. Errors: NOT_FOUND. */
  sentInvoice(connection: string, invoiceNo: string): Result<AccountPlace>;
  /** Has a batch's ready invoices looked at by a connection's service in its test mode, however long it takes. Errors as rehearseRelease. */
  rehearse(batchId: string, connection: string): ReturnType<typeof rehearseRelease>;
  /** The desk of a connection to Svea. Errors as openDesk. */
  svea(connection: string): Promise<Result<SveaDesk>>;
  /** The newest invoice with this number. Errors: NOT_FOUND. */
  invoiceId(invoiceNumber: string): Result<number>;
  /** What became of everything sent through a connection to SendRegning; keeps what is new. Errors as sendRegning. */
  trackSendRegning(
    connection: string,
    options: { readonly withDocuments: boolean; readonly signal: AbortSignal },
  ): Promise<Result<TrackingRound>>;
  /** The workspace's language. */
  language(): Language;
  close(): Promise<void>;
}

/** Opens the engine over one data folder. Errors as openWorkspace. */
export async function openLocalEngine(
  options: Omit<WorkspaceOptions, 'isPractice' | 'isDelivering' | 'publish'>,
): Promise<Result<LocalEngine>> {
  const opened = await openWorkspace({ ...options, isPractice: false, isDelivering: false, publish: () => undefined });
  if (!opened.ok) return opened;
  const workspace = opened.value;
  const { context } = workspace;
  return ok({
    call: (method, input) => callMethod(workspace, method, input),
    makeCopy: () => workspace.copies.make('byHand'),
    importFiles: (paths, mode, control) =>
      importGiven(context, {
        files: paths.map((path) => ({ path, name: nameOf(path) })),
        mode,
        ownerPid: process.pid,
        ...control,
      }),
    watch: (watch) => watchHere(workspace, watch),
    releaseToConnection: (target, onProgress) =>
      releaseToConnection(context, target, { signal: new AbortController().signal, onProgress }),
    previewFix: async (request) => {
      const batch = fixableBatch(context, request);
      if (!batch.ok) return batch;
      return previewFix(context, request, { signal: new AbortController().signal, patienceMs: null });
    },
    applyFix: (request, control) => applyFix(context, request, control),
    undoFix: (request, control) => undoFix(context, request, control),
    deliver: (deliverOptions) => deliver(workspace, deliverOptions),
    documentOf: async (invoiceNumber) => {
      const found = findInvoice(workspace, invoiceNumber);
      return found.ok ? previewDocument(context, found.value, new AbortController().signal) : found;
    },
    timelineOf: (invoiceNumber, how) => Promise.resolve(timelineOf(workspace, invoiceNumber, how)),
    proofOf: (batchId, language) => proofDocument(context, batchId, { language, signal: new AbortController().signal }),
    receiptOf: (batchId, language) =>
      receiptDocument(context, batchId, { language, signal: new AbortController().signal }),
    sendRegning: (connection, signal) => openSendRegningDesk(context, connection, signal),
    sentInvoice: (connection, invoiceNo) => {
      const connectionId = context.store.config.connection(connection)?.id ?? '';
      const sent = context.store.accounts.byNumber(connectionId, invoiceNo);
      if (sent !== null) return ok({ invoiceId: sent.invoiceId, deliveryId: sent.deliveryId });
      return fail(
        'NOT_FOUND',
        `No invoice that was sent through ${connection} has the number ${invoiceNo} at SendRegning.`,
        { invoiceNumber: invoiceNo },
      );
    },
    rehearse: (batchId, connection) => {
      const id = context.store.config.connection(connection)?.id ?? connection;
      const plan = { batchId, connections: { email: id, sftp: id }, limit: null };
      return rehearseRelease(context, plan, { signal: new AbortController().signal, patienceMs: null });
    },
    svea: (connection) => openSveaDesk(context, connection),
    invoiceId: (invoiceNumber) => findInvoice(workspace, invoiceNumber),
    trackSendRegning: async (connection, { withDocuments, signal }) => {
      const desk = await openSendRegningDesk(context, connection, signal);
      const connectionId = context.store.config.connection(connection)?.id ?? '';
      return desk.ok ? trackSent(context, { desk: desk.value, connectionId, withDocuments }) : desk;
    },
    language: () => readSettings(context).language,
    close: () => workspace.close(),
  });
}

function findInvoice({ context }: Workspace, invoiceNumber: string): Result<number> {
  const row = context.store.reads.invoiceByNumber(invoiceNumber);
  return row === null
    ? fail('NOT_FOUND', `There is no invoice ${invoiceNumber} in this data folder. Check the number, and --data.`, {
        invoiceNumber,
      })
    : ok(row.id);
}

function timelineOf(
  workspace: Workspace,
  invoiceNumber: string,
  { form, language: wanted }: { readonly form: TimelineForm | null; readonly language: Language | null },
): Result<string> {
  const { context } = workspace;
  const found = findInvoice(workspace, invoiceNumber);
  if (!found.ok) return found;
  const language = wanted ?? readSettings(context).language;
  if (form === null) {
    const lines = timelineLines(context, found.value, language);
    return lines.ok ? ok(lines.value.join('\n')) : lines;
  }
  const saved = exportTimeline(context, found.value, { form, language });
  return saved.ok ? ok(saved.value.text) : saved;
}

async function watchHere(
  { context, dataDir }: Workspace,
  { path, mode, ...options }: Parameters<LocalEngine['watch']>[0],
): Promise<Result<null>> {
  const { clock } = context;
  const opened = await openWatchedFolder({ path, settleMs: options.settleMs, clock, apartFrom: [dataDir] });
  if (!opened.ok) return opened;
  try {
    return await watchFolder(context, {
      ...options,
      folder: opened.value,
      language: readSettings(context).language,
      importFiles: (files) =>
        importGiven(context, {
          files,
          mode,
          ownerPid: process.pid,
          signal: options.signal,
          onProgress: () => undefined,
        }),
    });
  } finally {
    await opened.value.close();
  }
}

/** The last part of a path; of `.` and `..` that of the folder they are. */
function nameOf(path: string): string {
  const name = basename(path);
  return name === '' || name === '.' || name === '..' ? basename(resolve(path)) : name;
}

async function callMethod<M extends LocalMethod>(
  workspace: Workspace,
  method: M,
  input: MethodInput<M>,
): Promise<Result<MethodOutput<M>>> {
  const parsed = methods[method].input.safeParse(input);
  if (!parsed.success)
    return fail('BAD_REQUEST', `The arguments of ${method} do not fit.`, { issues: parsed.error.issues });
  const call = { requestId: randomUUID(), signal: new AbortController().signal };
  const handler: LocalHandlers[M] = localHandlers(workspace)[method];
  // The table pairs each method with its own input and output; TypeScript cannot follow that through a generic index.
  return (handler as (value: unknown, context: typeof call) => Promise<Result<MethodOutput<M>>>)(parsed.data, call);
}

type LocalHandlers = Pick<Handlers, LocalMethod>;

function localHandlers(workspace: Workspace): LocalHandlers {
  const { context } = workspace;
  const { reads, imports } = context.store;
  const problems = problemHandlers(context);
  return {
    ...deliveryHandlers(context),
    ...ruleHandlers(context),
    ...proofHandlers(context),
    ...accountHandlers(context),
    ...orderHandlers(context),
    'batch.list': ({ offset, limit }) => Promise.resolve(ok(reads.batchPage(offset, limit))),
    'batch.get': ({ batchId }) => {
      const batch = reads.batch(batchId);
      return Promise.resolve(
        batch === null
          ? fail('NOT_FOUND', 'There is no such batch.', { batchId })
          : ok({ batch, files: reads.batchFiles(batch.id) }),
      );
    },
    'batch.acceptGood': ({ batchId }) => {
      imports.acceptGood(batchId, actNow(context));
      const batch = reads.batch(batchId);
      return Promise.resolve(batch === null ? fail('NOT_FOUND', 'There is no such batch.', { batchId }) : ok(batch));
    },
    'problem.groups': problems['problem.groups'],
    'problem.page': problems['problem.page'],
    'problem.export': problems['problem.export'],
    'audit.export': async (request) => ok(await exportAudit(context, request)),
  };
}

async function deliver(
  workspace: Workspace,
  options: { readonly isOnce: boolean; readonly signal: AbortSignal },
): Promise<Result<DeliveryReport>> {
  const { context, runner } = workspace;
  const nowMs = context.clock.nowMs();
  // Whoever starts a run by hand wants it tried now: a connection that was unreachable or had no password last time is tried again at once.
  // One that failed again and again or was asked to wait keeps its wait.
  for (const lane of context.store.reads.lanes(null, nowMs)) {
    if (lane.blockedBy === 'offline' || lane.blockedBy === 'secretMissing')
      context.store.deliveries.setLaneBlock(lane.connectionId, null, nowMs);
  }
  const run = () => (options.isOnce ? runner.runOnce(options.signal) : runner.runUntilIdle(options.signal));
  const ran = await run();
  if (!ran.ok) return ran;
  // What ended in doubt, now or in an earlier run, is looked up before a person is asked. What certainly is not there goes again, and what
  // is there may be the last that the vendor's index file waits for.
  const { counts: found } = await lookUpOnce(context, new Set(), options.signal);
  if (found.absent + found.found > 0 && !options.signal.aborted) {
    const again = await run();
    if (!again.ok) return again;
  }
  const lanes = context.store.reads.lanes(null, context.clock.nowMs());
  const counts = Object.fromEntries(
    deliveryStates.map((state) => [state, lanes.reduce((sum, lane) => sum + lane.counts[state], 0)]),
  ) as Record<DeliveryState, number>;
  return ok({ counts, lanes });
}

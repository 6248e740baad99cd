// The engine for one process's own use (the command line): one given data folder, nothing delivered unless told, no frames.

import { randomUUID } from 'node:crypto';
import { basename, join } from 'node:path';
import type { MethodInput, MethodName, MethodOutput } from '../../shared/contract/methods.ts';
import { methods } from '../../shared/contract/methods.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { deliveryStates } from '../../shared/schema/delivery.ts';
import type { DeliveryState, Lane } from '../../shared/schema/delivery.ts';
import type { Language } from '../../shared/schema/settings.ts';
import type { ImportMode } from '../../shared/schema/batch.ts';
import { actNow } from '../app/context.ts';
import { importBatch } from '../app/import-batch.ts';
import type { ImportProgress, ImportReport } from '../app/import-batch.ts';
import { previewDocument } from '../app/preview-document.ts';
import type { PreviewedDocument } from '../app/preview-document.ts';
import { receiptDocument } from '../app/import-receipt.ts';
import { releaseToConnection } from '../app/release-to-connection.ts';
import type { ConnectionRelease } from '../app/release-to-connection.ts';
import type { ReleaseControl } from '../app/release-batch.ts';
import { readSettings } from '../app/workspace-settings.ts';
import { reportOfCheck, validateFile } from '../app/validate-file.ts';
import type { FileReport } from '../app/validate-file.ts';
import { checkWellFormed } from '../formats/check-well-formed.ts';
import type { RenderedDocument } from '../ports/documents.ts';
import type { SourceParser } from '../ports/import-source.ts';
import type { EntryPoints } from '../rpc/engine-api.ts';
import { problemHandlers } from '../rpc/handlers/problem-handlers.ts';
import { deliveryHandlers } from '../rpc/handlers/delivery-handlers.ts';
import { ruleHandlers } from '../rpc/handlers/rule-handlers.ts';
import type { Handlers } from '../rpc/router.ts';
import { createXmlPool } from '../workers/xml-pool.ts';
import { openWorkspace } from './open-workspace.ts';
import type { Workspace, WorkspaceOptions } from './open-workspace.ts';

export type { FileReport, ImportReport };
export { listRules } from '../app/rule-settings.ts';

/** Methods a command may call by name. */
type LocalMethod = Extract<
  MethodName,
  | `connection.${string}`
  | 'delivery.lanes'
  | 'rule.list'
  | 'rule.set'
  | 'batch.list'
  | 'batch.get'
  | 'batch.acceptGood'
  | 'problem.groups'
  | 'problem.export'
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
  importFiles(
    paths: readonly string[],
    mode: ImportMode,
    control: { readonly signal: AbortSignal; readonly onProgress: (progress: ImportProgress) => void },
  ): Promise<ImportReport>;
  releaseToConnection(
    target: { readonly batchId: string; readonly connection: string; readonly isReadyOnly: boolean },
    onProgress: ReleaseControl['onProgress'],
  ): Promise<Result<ConnectionRelease>>;
  /** Delivers until nothing is due, or one pass. Errors: STORE_BUSY (another process delivers from this folder). */
  deliver(options: { readonly isOnce: boolean; readonly signal: AbortSignal }): Promise<Result<DeliveryReport>>;
  /** The newest invoice with this number. Errors: NOT_FOUND and those of previewDocument. */
  documentOf(invoiceNumber: string): Promise<Result<PreviewedDocument>>;
  /** The receipt of an import as a PDF, in the workspace's language unless one is given. Errors: NOT_FOUND. */
  receiptOf(batchId: string, language: Language | null): Promise<Result<RenderedDocument>>;
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
    importFiles: (paths, mode, control) =>
      importBatch(context, {
        files: paths.map((path) => ({ path, name: basename(path) })),
        mode,
        ownerPid: process.pid,
        ...control,
      }),
    releaseToConnection: (target, onProgress) =>
      releaseToConnection(context, target, { signal: new AbortController().signal, onProgress }),
    deliver: (deliverOptions) => deliver(workspace, deliverOptions),
    documentOf: (invoiceNumber) => {
      const row = context.store.reads.invoiceByNumber(invoiceNumber);
      return row === null
        ? Promise.resolve(
            fail(
              'NOT_FOUND',
              `There is no invoice ${invoiceNumber} in this data folder. Check the number, and --data.`,
              { invoiceNumber },
            ),
          )
        : previewDocument(context, row.id, new AbortController().signal);
    },
    receiptOf: (batchId, language) =>
      receiptDocument(context, batchId, { language, signal: new AbortController().signal }),
    language: () => readSettings(context).language,
    close: () => workspace.close(),
  });
}

/** A parser of its own, for checking files without opening a data folder; only the folder's own formats are read. */
export function openParser(options: {
  readonly entryPoints: EntryPoints;
  readonly resourcesDir: string;
  readonly dataDir: string;
}): SourceParser {
  return createXmlPool({
    workerUrl: options.entryPoints.xmlWorker,
    resourcesDir: options.resourcesDir,
    ownProfilesDir: join(options.dataDir, 'profiles'),
  });
}

/** Checks one file as of today. */
export function validateOne(parser: SourceParser, path: string, today: string): Promise<FileReport> {
  return validateFile(parser, path, { today, signal: new AbortController().signal });
}

/** Checks that one file of any size is well-formed XML, in this thread. */
export async function checkWellFormedOne(path: string): Promise<FileReport> {
  return reportOfCheck(await checkWellFormed(path, new AbortController().signal));
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
    'problem.export': problems['problem.export'],
  };
}

async function deliver(
  workspace: Workspace,
  options: { readonly isOnce: boolean; readonly signal: AbortSignal },
): Promise<Result<DeliveryReport>> {
  const { context, runner } = workspace;
  const nowMs = context.clock.nowMs();
  // Whoever starts a run by hand wants it tried now: a connection that was unreachable or had no password last time is tried again at once.
  for (const lane of context.store.reads.lanes(null, nowMs)) {
    if (lane.blockedBy === 'offline' || lane.blockedBy === 'secretMissing')
      context.store.deliveries.setLaneBlock(lane.connectionId, null, nowMs);
  }
  const ran = await (options.isOnce ? runner.runOnce(options.signal) : runner.runUntilIdle(options.signal));
  if (!ran.ok) return ran;
  const lanes = context.store.reads.lanes(null, context.clock.nowMs());
  const counts = Object.fromEntries(
    deliveryStates.map((state) => [state, lanes.reduce((sum, lane) => sum + lane.counts[state], 0)]),
  ) as Record<DeliveryState, number>;
  return ok({ counts, lanes });
}

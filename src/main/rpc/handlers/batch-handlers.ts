// Handlers of app.*, batch.* and job.*: frame input to use case. No logic beyond that.

import { fail, ok } from '../../../shared/result.ts';
import { saveSettings } from '../../app/workspace-settings.ts';
import { startImport } from '../../app/import-job.ts';
import { importReceipt, receiptDocument } from '../../app/import-receipt.ts';
import type { FileToImport } from '../../app/import-work.ts';
import { actNow } from '../../app/context.ts';
import type { AppContext } from '../../app/context.ts';
import type { Handlers } from '../router.ts';
import { proofHandlers } from './proof-handlers.ts';
import type { Shell } from './shell.ts';

type BatchMethods = Extract<keyof Handlers, `app.${string}` | `batch.${string}` | `job.${string}`>;

/** Handlers over one open workspace. */
export function batchHandlers(context: AppContext, shell: Shell): Pick<Handlers, BatchMethods> {
  const { reads, imports } = context.store;
  return {
    'app.state': async () => ok(await shell.state()),
    'app.saveSettings': async (change) => {
      const { watchedFolder } = change;
      if (watchedFolder?.isOn === true) {
        const fit = await shell.checkWatchedFolder(watchedFolder.folder);
        if (!fit.ok) return fit;
      }
      saveSettings(context, withoutUndefined(change));
      if (watchedFolder !== undefined) await shell.applyWatch();
      return ok(await shell.state());
    },
    'app.setPractice': async ({ isPractice }) => {
      const switched = await shell.setPractice(isPractice);
      return switched.ok ? ok(await shell.state()) : switched;
    },
    'app.pauseOutbox': async ({ isPaused }) => {
      shell.setOutboxPaused(isPaused);
      return ok(await shell.state());
    },
    'batch.list': ({ offset, limit }) => Promise.resolve(ok(reads.batchPage(offset, limit))),
    'batch.get': ({ batchId }) => {
      const batch = reads.batch(batchId);
      if (batch === null) return Promise.resolve(fail('NOT_FOUND', 'There is no such batch.', { batchId }));
      return Promise.resolve(ok({ batch, files: reads.batchFiles(batch.id) }));
    },
    'batch.import': ({ fileTokens, mode }) => {
      const files: FileToImport[] = [];
      for (const token of fileTokens) {
        const file = shell.fileOf(token);
        if (file === null)
          return Promise.resolve(fail('NOT_FOUND', 'The file is no longer at hand. Drop it again.', { token }));
        files.push({ ...file, isFromFolder: file.name.includes('/') });
      }
      return Promise.resolve(startImport(context, { files, mode, ownerPid: shell.pid }, {}));
    },
    'batch.importSample': async (options) => {
      const sample = await shell.writeSample(options);
      if (!sample.ok) return sample;
      return startImport(
        context,
        { files: [sample.value.file], mode: 'lenient', ownerPid: shell.pid },
        { cleanUp: sample.value.remove },
      );
    },
    'batch.acceptGood': ({ batchId }) => {
      imports.acceptGood(batchId, actNow(context));
      const batch = reads.batch(batchId);
      if (batch === null) return Promise.resolve(fail('NOT_FOUND', 'There is no such batch.', { batchId }));
      context.publish({ topic: 'batches', batchId: batch.id });
      return Promise.resolve(ok(batch));
    },
    'batch.receipt': ({ batchId }) => Promise.resolve(importReceipt(context, batchId)),
    'batch.receiptDocument': async ({ batchId, language }, { signal }) => {
      const document = await receiptDocument(context, batchId, { language, signal });
      if (!document.ok) return document;
      const { bytes, ...rest } = document.value;
      return ok({ ...rest, base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64') });
    },
    ...proofHandlers(context),
    'job.list': () => Promise.resolve(ok({ jobs: context.jobs.list() })),
    'job.result': ({ jobId }) => {
      const result = context.jobs.result(jobId);
      return Promise.resolve(result === null ? fail('NOT_FOUND', 'There is no such job.', { jobId }) : ok(result));
    },
    'job.cancel': ({ jobId }) => {
      context.jobs.cancel(jobId);
      return Promise.resolve(ok({}));
    },
  };
}

/** Zod's partial leaves absent keys out; only the type says they may be undefined. */
function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

// Checks of database files in a thread of their own: how they are asked for and answered. No checking here.

import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { verifyReportSchema } from '../../shared/schema/storage.ts';
import type { VerifyReport } from '../../shared/schema/storage.ts';

/** What the thread is asked. */
export const storeTaskSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('check'), path: z.string() }),
  z.object({ kind: z.literal('verify'), dataDir: z.string() }),
]);
type StoreTask = z.infer<typeof storeTaskSchema>;

/** What it answers, once. */
export type StoreTaskReply =
  { readonly ok: true; readonly value: string | VerifyReport } | { readonly ok: false; readonly message: string };

/** What it says before: how many of the kept files it has checked. */
export interface StoreTaskProgress {
  readonly done: number;
  readonly total: number;
}

/** Follows a check and may stop it. */
export interface CheckFollower {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: StoreTaskProgress) => void;
}

/** The checks, each in a thread that ends with it. */
export interface StoreTasks {
  /** `ok`, or the first complaint, of a database file that nobody uses. */
  check(path: string): Promise<string>;
  /** Rejects when the folder cannot be read, or when aborted. */
  verify(dataDir: string, follower?: CheckFollower): Promise<VerifyReport>;
}

/** `workerUrl`: the thread's entry, `.ts` under Node 24 or built `.js`. */
export function createStoreTasks(workerUrl: URL): StoreTasks {
  return {
    check: async (path) => {
      const reply = await run(workerUrl, { kind: 'check', path });
      // What SQLite cannot even read is a complaint like any other.
      return reply.ok ? z.string().parse(reply.value) : reply.message;
    },
    verify: async (dataDir, follower) => {
      const reply = await run(workerUrl, { kind: 'verify', dataDir }, follower);
      if (!reply.ok) throw new Error(reply.message);
      return verifyReportSchema.parse(reply.value);
    },
  };
}

async function run(
  workerUrl: URL,
  task: StoreTask,
  { signal, onProgress }: CheckFollower = {},
): Promise<StoreTaskReply> {
  const worker = new Worker(workerUrl, { workerData: task });
  const { promise, resolve, reject } = Promise.withResolvers<StoreTaskReply>();
  worker.on('message', (said: StoreTaskReply | StoreTaskProgress) => {
    if ('ok' in said) resolve(said);
    else onProgress?.(said);
  });
  worker.once('error', reject);
  worker.once('exit', () => {
    reject(new Error('the check ended without an answer'));
  });
  const onAbort = (): void => {
    reject(new Error('the check was stopped'));
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    return await promise;
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await worker.terminate();
  }
}

// Entry of a thread that checks a database file or a whole data folder, answers once and ends: a check of seconds must not hold up the engine.

import { parentPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { checkDatabaseFile } from '../store/check-file.ts';
import { verifyDataFolder } from '../store/verify-files.ts';
import { storeTaskSchema } from './store-tasks.ts';
import type { StoreTaskProgress, StoreTaskReply } from './store-tasks.ts';

const port = parentPort;
if (port === null) throw new Error('store-worker runs as a worker thread only.');
/** As often as a window asks. */
const sayEveryMs = 250;
port.postMessage(answer(port));

function answer(to: MessagePort): StoreTaskReply {
  try {
    const task = storeTaskSchema.parse(workerData);
    return task.kind === 'check'
      ? { ok: true, value: checkDatabaseFile(task.path) }
      : { ok: true, value: verifyDataFolder(task.dataDir, progressTo(to)) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

function progressTo(to: MessagePort): (done: number, total: number) => void {
  let saidAtMs = 0;
  return (done, total) => {
    const nowMs = performance.now();
    if (nowMs - saidAtMs < sayEveryMs) return;
    saidAtMs = nowMs;
    to.postMessage({ done, total } satisfies StoreTaskProgress);
  };
}

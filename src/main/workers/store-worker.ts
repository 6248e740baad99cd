// Entry of a thread that checks a database file or a whole data folder, answers once and ends: a check of seconds must not hold up the engine.

import { parentPort, workerData } from 'node:worker_threads';
import { checkDatabaseFile } from '../store/check-file.ts';
import { verifyDataFolder } from '../store/verify-files.ts';
import { storeTaskSchema } from './store-tasks.ts';
import type { StoreTaskReply } from './store-tasks.ts';

const port = parentPort;
if (port === null) throw new Error('store-worker runs as a worker thread only.');
port.postMessage(answer());

function answer(): StoreTaskReply {
  try {
    const task = storeTaskSchema.parse(workerData);
    return task.kind === 'check'
      ? { ok: true, value: checkDatabaseFile(task.path) }
      : { ok: true, value: verifyDataFolder(task.dataDir) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

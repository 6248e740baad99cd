// Preloaded into the program that a launcher starts: ends it when the launcher is killed without a chance to say so.

import { Socket } from 'node:net';
import { isMainThread } from 'node:worker_threads';

const pipe = process.env.UTSKICK_PARENT_PIPE;

if (isMainThread && pipe !== undefined) {
  delete process.env.UTSKICK_PARENT_PIPE; // not for the processes that this one starts
  const parent = new Socket({ fd: Number(pipe), readable: true, writable: false });
  const end = () => process.kill(process.pid, 'SIGKILL');
  parent.on('end', end);
  parent.on('error', end);
  parent.resume();
  parent.unref();
}

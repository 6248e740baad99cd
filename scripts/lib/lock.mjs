// One installer or builder at a time per checkout: a lock file that a dead owner cannot keep. Nothing else.

import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const heartbeatMs = 5_000;
const staleAfterMs = 30_000;
const pollMs = 200;

/**
 * Runs `work` while holding the lock file; waits, and says so once, while another process holds it.
 * A lock whose owner is dead, or whose heartbeat stopped 30 s ago, is taken over.
 */
export async function withLock(file, say, work) {
  mkdirSync(dirname(file), { recursive: true });
  let said = false;
  while (!take(file)) {
    if (isAbandoned(file)) {
      discard(file);
      continue;
    }
    if (!said) say('waiting for another start that is installing or building here');
    said = true;
    await wait(pollMs);
  }
  const heartbeat = setInterval(() => touch(file), heartbeatMs);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    rmSync(file, { force: true });
  }
}

function take(file) {
  try {
    writeFileSync(file, `${process.pid}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function isAbandoned(file) {
  try {
    if (Date.now() - statSync(file).mtimeMs > staleAfterMs) return true;
    const owner = Number(readFileSync(file, 'utf8'));
    return owner > 0 && !isAlive(owner);
  } catch (error) {
    if (error.code === 'ENOENT') return false; // given back in this moment: try again
    throw error;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Moves the abandoned lock away under a name of our own, so that of two finders only one removes it. */
function discard(file) {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    rmSync(aside, { force: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

function touch(file) {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

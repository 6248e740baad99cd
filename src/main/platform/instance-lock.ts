// One host at a time over one data root: a local socket that lives exactly as long as its process.

import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';

/** A held lock. */
export interface InstanceLock {
  release(): Promise<void>;
}

/** How long the other side may take to say who it is. */
const answerPatienceMs = 2_000;

/**
 * Takes the lock for a data root. `introduction` is what a later comer is told (host, address): nothing secret.
 * Error: STORE_BUSY with `details.holder`, the other one's introduction or null. Nothing is waited for.
 */
export async function lockInstance(rootDir: string, introduction: string): Promise<Result<InstanceLock>> {
  const path = socketPath(rootDir);
  // Twice: a place left by a killed process is cleared once, and then nobody else may have taken it.
  for (const mayClear of [true, false]) {
    const server = await listen(path, introduction);
    if (server !== null) return ok({ release: () => close(server) });
    const holder = await askHolder(path);
    if (holder.isThere || !mayClear) {
      return fail(
        'STORE_BUSY',
        `The data folder ${rootDir} is open in another Utskick${holder.words === null ? '' : ` (${holder.words})`}. Use that one, or close it first.`,
        { rootDir, holder: holder.words },
      );
    }
    if (isFile(path)) await rm(path, { force: true });
  }
  return fail('STORE_BUSY', `The data folder ${rootDir} is open in another Utskick.`, { rootDir, holder: null });
}

/**
 * Per user, so that users don't meet. On Linux a name outside the file system, on Windows a pipe: both go with their process. Elsewhere a file in
 * the temporary folder (socket paths may have no more than about 100 characters), which a killed process leaves behind; two that come at the same
 * moment could both clear it there, and the lease of the deliveries is what then still keeps one from sending beside the other.
 */
function socketPath(rootDir: string): string {
  const owner = process.getuid?.() ?? process.env.USERNAME ?? '';
  const name = `utskick-${createHash('sha256')
    .update(`${String(owner)}\n${resolve(rootDir)}`)
    .digest('hex')
    .slice(0, 24)}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  return process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`);
}

function isFile(path: string): boolean {
  return path.endsWith('.sock');
}

/** Null when the place is taken. */
function listen(path: string, introduction: string): Promise<Server | null> {
  const server = createServer((socket) => {
    // A caller that has gone again is of no interest.
    socket.on('error', () => socket.destroy());
    socket.end(introduction);
  });
  server.unref();
  return new Promise((resolve_, reject) => {
    server.once('error', (error) => {
      if ('code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')) resolve_(null);
      else reject(error);
    });
    server.listen(path, () => {
      resolve_(server);
    });
  });
}

async function askHolder(path: string): Promise<{ readonly isThere: boolean; readonly words: string | null }> {
  const socket = connect(path);
  socket.setTimeout(answerPatienceMs, () => socket.destroy());
  try {
    return { isThere: true, words: (await text(socket)).slice(0, 500) || null };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    return { isThere: code !== 'ECONNREFUSED' && code !== 'ENOENT', words: null };
  }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve_) => {
    server.close(() => {
      resolve_();
    });
  });
}

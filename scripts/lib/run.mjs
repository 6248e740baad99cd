// Starting child processes the same way everywhere: output, signals, exit code. No knowledge of what is started.

import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { whenAbandoned } from './abandoned.mjs';

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'].filter((name) => name in constants.signals);

/**
 * Starts a program, passes signals on to it and resolves to its exit code (128 + signal number when a signal ended it).
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions & { onChild?: (child: import('node:child_process').ChildProcess) => void }} options
 * @returns {Promise<number>}
 */
export function run(program, args, { onChild, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', windowsHide: true, ...options });
    // A terminal sends Ctrl+C to the whole group, a service manager only to us: handling it keeps this process alive
    // until the child has ended in its own way.
    const handlers = forwarded.map((signal) => [signal, () => child.kill(signal)]);
    for (const [signal, handler] of handlers) process.on(signal, handler);
    const unwatch = whenAbandoned(() => child.kill('SIGTERM'));
    const settle = () => {
      unwatch();
      for (const [signal, handler] of handlers) process.off(signal, handler);
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    // 'close' also waits for all output; without a pipe there is none to wait for, and a grandchild could hold it back.
    child.once(child.stdout ? 'close' : 'exit', (code, signal) => {
      settle();
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
    onChild?.(child);
  });
}

/** Like {@link run}, but keeps what the program printed (both streams, in order of arrival) instead of showing it. */
export async function capture(program, args, options = {}) {
  const chunks = [];
  const code = await run(program, args, {
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
    onChild: (child) => {
      child.stdout.on('data', (chunk) => chunks.push(chunk));
      child.stderr.on('data', (chunk) => chunks.push(chunk));
    },
  });
  return { code, output: Buffer.concat(chunks).toString('utf8') };
}

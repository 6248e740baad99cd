// Starts another program of the product, tied to this one: as a process, or as a thread where the packaged desktop application allows no
// second Node (its fuse `runAsNode` is off). What the program does is not known here.

import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/** A running program. */
export interface OwnProgram {
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly isRunning: boolean;
  /** Called once when it has ended; null when it was killed or could not be started. */
  onEnd(listener: (code: number | null) => void): void;
  /** Closes its standard input, which asks it to end. */
  closeInput(): void;
  kill(): void;
}

/** Starts `entry` with these arguments. A program that cannot be started ends at once. */
export function startOwnProgram(entry: URL, args: readonly string[], as: 'process' | 'thread'): OwnProgram {
  return as === 'process' ? startProcess(entry, args) : startThread(entry, args);
}

/** A thread inside Electron, a process everywhere else. */
export function ownProgramKind(): 'process' | 'thread' {
  return 'electron' in process.versions ? 'thread' : 'process';
}

function startProcess(entry: URL, args: readonly string[]): OwnProgram {
  const child = spawn(process.execPath, [fileURLToPath(entry), ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const ended = oneTime<number | null>();
  child.once('exit', ended.settle);
  child.once('error', () => {
    ended.settle(null);
  });
  return {
    stdout: child.stdout,
    stderr: child.stderr,
    get isRunning() {
      return !ended.isSettled;
    },
    onEnd: ended.tell,
    closeInput: () => {
      child.stdin.end();
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}

function startThread(entry: URL, args: readonly string[]): OwnProgram {
  const worker = new Worker(entry, { argv: [...args], stdin: true, stdout: true, stderr: true });
  const ended = oneTime<number | null>();
  worker.once('exit', ended.settle);
  worker.once('error', () => {
    ended.settle(null);
  });
  return {
    stdout: worker.stdout,
    stderr: worker.stderr,
    get isRunning() {
      return !ended.isSettled;
    },
    onEnd: ended.tell,
    closeInput: () => {
      worker.stdin?.end();
    },
    kill: () => {
      void worker.terminate();
    },
  };
}

/** A value that arrives once; later ones are ignored, late listeners still hear it. */
function oneTime<T>(): {
  readonly isSettled: boolean;
  settle(value: T): void;
  tell(listener: (value: T) => void): void;
} {
  let settled: { readonly value: T } | null = null;
  const listeners: ((value: T) => void)[] = [];
  return {
    get isSettled() {
      return settled !== null;
    },
    settle(value) {
      if (settled !== null) return;
      settled = { value };
      for (const listener of listeners) listener(value);
    },
    tell(listener) {
      if (settled === null) listeners.push(listener);
      else listener(settled.value);
    },
  };
}

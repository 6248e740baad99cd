// The two ways of starting the engine's process: as Electron's utility process, or under a given Node for runtimes that cannot load
// the engine's native modules. Nothing about what is said to it.

import { utilityProcess } from 'electron';
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { EngineChild } from './engine-link.ts';

/** How to start. `node` is the executable of a Node 24 or newer, null for Electron's own. */
export interface EngineStart {
  readonly entry: URL;
  readonly node: string | null;
}

/** Starts the process. */
export function startEngineChild({ entry, node }: EngineStart): EngineChild {
  return node === null ? startUtility(entry) : startNode(entry, node);
}

function startUtility(entry: URL): EngineChild {
  const child = utilityProcess.fork(fileURLToPath(entry), [], { serviceName: 'Utskick engine', stdio: 'inherit' });
  return {
    get pid() {
      return child.pid;
    },
    post: (message) => {
      child.postMessage(message);
    },
    onMessage: (listener) => {
      child.on('message', listener);
    },
    onExit: (listener) => {
      child.once('exit', listener);
    },
    kill: () => child.kill(),
  };
}

function startNode(entry: URL, node: string): EngineChild {
  const child = fork(fileURLToPath(entry), [], {
    execPath: node,
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return {
    pid: child.pid,
    post: (message) => {
      // One that is just ending is noticed by its exit, which answers the calls.
      if (child.connected) child.send(message, () => undefined);
    },
    onMessage: (listener) => {
      child.on('message', listener);
    },
    onExit: (listener) => {
      let isTold = false;
      const tell = (code: number | null): void => {
        if (isTold) return;
        isTold = true;
        listener(code);
      };
      child.once('exit', tell);
      // Emitted alone when the executable cannot be started at all.
      child.once('error', () => {
        tell(null);
      });
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
}

// The port from the engine's process to its parent: Electron's own in a utility process, Node's when forked. Types only from Electron.

import type { ParentPort } from './engine-server.ts';

/** What a utility process finds on `process`; declared here because this file must not import Electron. */
interface UtilityPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

/** Throws when there is no parent to speak to: then this was started by hand. */
export function parentPort(): ParentPort {
  const utility = (process as { readonly parentPort?: UtilityPort }).parentPort;
  if (utility !== undefined) {
    return {
      post: (message) => {
        utility.postMessage(message);
      },
      onMessage: (listener) => {
        utility.on('message', ({ data }) => {
          listener(data);
        });
      },
      // Electron ends its utility processes with itself.
      onGone: () => undefined,
    };
  }
  if (process.send === undefined) throw new Error('The engine process is started by the desktop program, not by hand.');
  return {
    post: (message) => {
      // A parent that has just gone is noticed by `disconnect`; what was to be said is of no use then.
      if (process.connected) process.send?.(message, undefined, {}, () => undefined);
    },
    onMessage: (listener) => {
      process.on('message', listener);
    },
    onGone: (listener) => {
      process.once('disconnect', listener);
    },
  };
}

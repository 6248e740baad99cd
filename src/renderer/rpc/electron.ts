// Transport over the desktop window's preload. Present only there.

import type { Bridge } from '../../shared/contract/bridge.ts';
import type { Transport } from './client.ts';

declare global {
  interface Window {
    /** Set by the preload of the desktop window; absent in a browser. */
    readonly utskick?: Bridge<File>;
  }
}

/** Frames through the preload. The main process answers every call, also while the engine is gone. */
export function createElectronTransport(bridge: Bridge<File>): Transport {
  return {
    send: (frame) => bridge.call(frame),
    open: ({ onPush }) => bridge.subscribe(onPush),
    // The system's files lead to their paths, a folder's too: the engine looks into it itself.
    takeDroppedFiles: ({ files }) => bridge.takeDroppedFiles(files),
    chooseFiles: () => bridge.chooseFiles(),
  };
}

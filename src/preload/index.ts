// The whole of what the page gets from Electron: one object with five members. Sandboxed; bundled to one CommonJS file.

import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { bridgeChannels } from '../shared/contract/bridge-channels.ts';
import type { Bridge } from '../shared/contract/bridge.ts';

const bridge: Bridge<File> = {
  platform: process.platform,
  call: (frame) => ipcRenderer.invoke(bridgeChannels.call, frame),
  subscribe(listener) {
    // The event object would give the page a sender: only the frame is passed on.
    const onPush = (_event: unknown, frame: unknown): void => {
      listener(frame);
    };
    ipcRenderer.on(bridgeChannels.push, onPush);
    return () => {
      ipcRenderer.off(bridgeChannels.push, onPush);
    };
  },
  // A file that a script made has no path and is left out; only the system's own files have one.
  takeDroppedFiles: (files) =>
    ipcRenderer.invoke(
      bridgeChannels.files,
      files.map((file) => webUtils.getPathForFile(file)).filter((path) => path !== ''),
    ),
  chooseFiles: () => ipcRenderer.invoke(bridgeChannels.choose),
};

contextBridge.exposeInMainWorld('utskick', bridge);

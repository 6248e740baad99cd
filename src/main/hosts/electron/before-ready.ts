// What can only be done before Electron is ready: folders, sandbox, scheme, single instance. Nothing else belongs here.

import { app, protocol } from 'electron';
import { join, resolve } from 'node:path';
import { defaultDataFolder } from '../../platform/data-folder.ts';
import { readHostArguments } from '../../platform/host-arguments.ts';

/** What the command line said. */
export interface DesktopStart {
  readonly rootDir: string;
  readonly startInPractice: boolean | null;
}

/** Null when another instance runs over the same data root: that one shows itself, this one ends. */
export function prepareDesktop(): DesktopStart | null {
  // Our own origin, as safe as https: the page needs one for workers and for the content policy's 'self'.
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
  // Tables, text and PDF pages gain nothing from a graphics processor, and where there is none (remote desktops, virtual machines) its process
  // ends while the page waits for it: about one start in fifty never showed the window.
  app.disableHardwareAcceleration();
  // Every process in the sandbox, unless whoever starts it says that this system has none (root on Linux).
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  // Chromium's and Electron's own arguments stand among ours; a wrong one of ours is as good as none.
  const args = readHostArguments(process.argv.slice(1), { isTolerant: true });
  const { root, startInPractice } = args.ok ? args.value : { root: null, startInPractice: null };
  const rootDir = resolve(root ?? defaultDataFolder(process.env));
  // Chromium's own files beside ours, so that one folder is the whole of it and a second data root is a second program.
  app.setPath('userData', join(rootDir, 'window'));
  if (app.requestSingleInstanceLock()) return { rootDir, startInPractice };
  app.quit();
  return null;
}

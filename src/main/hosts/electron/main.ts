// The desktop program's main process: single instance, window, menu, bridge and engine, put together. Waits for no SQL, XML or PDF.

import { app, dialog, ipcMain, nativeTheme, powerMonitor, protocol, session } from 'electron';
import type { BrowserWindow, Event } from 'electron';
import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { methods } from '../../../shared/contract/methods.ts';
import type { MethodName } from '../../../shared/contract/methods.ts';
import type { AppError, Result } from '../../../shared/result.ts';
import type { Settings } from '../../../shared/schema/settings.ts';
import { checkDataFolder } from '../../platform/data-folder.ts';
import { entryPoints, preloadFile, rendererFolder } from '../../platform/entry-points.ts';
import { lockInstance } from '../../platform/instance-lock.ts';
import type { InstanceLock } from '../../platform/instance-lock.ts';
import { createJsonLog } from '../../platform/json-log.ts';
import { createSystemClock } from '../../platform/system-clock.ts';
import type { Log } from '../../ports/log.ts';
import { serveAppScheme } from './app-protocol.ts';
import type { DesktopStart } from './before-ready.ts';
import { openBridge, push } from './bridge.ts';
import { desktopWords, languageOfLocale } from './desktop-words.ts';
import type { DesktopWords } from './desktop-words.ts';
import { startEngineChild } from './engine-child.ts';
import type { EngineStart } from './engine-child.ts';
import { createEngineLink } from './engine-link.ts';
import type { EngineLink } from './engine-link.ts';
import { lockDownContents, lockDownSession } from './lock-down.ts';
import { setMenu } from './menu.ts';
import { pageAddress } from './page-address.ts';
import type { PageAddress } from './page-address.ts';
import { createQuitGuard } from './quit-guard.ts';
import type { UnderWay } from './quit-guard.ts';
import { openWindow } from './window.ts';

/** What stays the same while the program runs. */
interface Desktop extends DesktopStart {
  readonly address: PageAddress;
  readonly log: Log;
}

/** Opens the window and starts the engine as soon as Electron is ready. */
export function startDesktop(start: DesktopStart): void {
  const desktop: Desktop = {
    ...start,
    address: pageAddress({ devServer: process.env.ELECTRON_RENDERER_URL, isPackaged: app.isPackaged }),
    log: createJsonLog({ folder: start.rootDir, name: 'desktop' }),
  };
  lockDownContents(app, desktop.address, desktop.log);
  app
    .whenReady()
    .then(() => openDesktop(desktop))
    .catch((error: unknown) => {
      desktop.log.error('the desktop program did not start', { error });
      app.exit(1);
    });
}

async function openDesktop(desktop: Desktop): Promise<void> {
  const words = desktopWords[languageOfLocale(app.getLocale())];
  const lock = await takeDataFolder(desktop.rootDir);
  if (!lock.ok) {
    dialog.showErrorBox(words.cannotStart, wordsFor(lock.error, desktop.rootDir, words));
    app.exit(1);
    return;
  }
  serveAppScheme(protocol, rendererFolder());
  lockDownSession(session.defaultSession, desktop.address);
  const start = engineStart();
  const link = createEngineLink({
    start: () => startEngineChild(start),
    open: { rootDir: desktop.rootDir, startInPractice: desktop.startInPractice },
    clock: createSystemClock(),
    log: desktop.log,
  });
  endWell(link, lock.value, runWindow(desktop, link, words));
  // A lane that failed while the computer slept need not wait for its next turn.
  powerMonitor.on('resume', () => {
    link.wake();
  });
}

/** The folder must be fit for a database, and no other host may have it open. */
async function takeDataFolder(rootDir: string): Promise<Result<InstanceLock>> {
  const fit = await checkDataFolder(rootDir, process.env);
  return fit.ok ? lockInstance(rootDir, 'desktop window') : fit;
}

/** Unpackaged programs may run the engine under another Node, or another entry: for runtimes that cannot load its native modules, and for tests. */
function engineStart(): EngineStart {
  const { UTSKICK_ENGINE_NODE: node, UTSKICK_ENGINE_ENTRY: entry } = app.isPackaged ? {} : process.env;
  return { entry: entry === undefined ? entryPoints().engineProcess : pathToFileURL(entry), node: node ?? null };
}

/** The window as the rest of the program sees it. */
interface Shown {
  window(): BrowserWindow | null;
  words(): DesktopWords;
  /** Also of windows that are opened later. */
  onClose(listener: (event: Event) => void): void;
}

function runWindow(desktop: Desktop, link: EngineLink, localWords: DesktopWords): Shown {
  let words = localWords;
  let window: BrowserWindow | null = null;
  let onClose: (event: Event) => void = () => undefined;

  function show(): void {
    if (window === null || window.isDestroyed()) {
      window = openWindow({ address: desktop.address, preload: preloadFile(), log: desktop.log });
      window.on('close', (event) => {
        onClose(event);
      });
      window.on('closed', () => {
        window = null;
      });
      return;
    }
    if (window.isMinimized()) window.restore();
    window.focus();
  }

  function showMenu(): void {
    setMenu({
      words,
      isMac: process.platform === 'darwin',
      isDevelopment: !app.isPackaged,
      onCommand: (command) => {
        show();
        push(window, { type: 'menu', command });
      },
    });
  }

  async function followSettings(): Promise<void> {
    const settings = await readSettings(link);
    if (settings === null) return;
    nativeTheme.themeSource = settings.theme;
    if (words === desktopWords[settings.language]) return;
    words = desktopWords[settings.language];
    showMenu();
  }

  openBridge(ipcMain, { link, address: desktop.address, window: () => window, words: () => words, log: desktop.log });
  link.subscribe((frame) => {
    if (frame.type === 'event' && frame.event.topic === 'app') void followSettings();
  });
  showMenu();
  show();
  void followSettings();
  app.on('second-instance', show);
  app.on('activate', show);
  return {
    window: () => window,
    words: () => words,
    onClose: (listener) => {
      onClose = listener;
    },
  };
}

/** Language and look from the engine; null while it cannot say. */
async function readSettings(link: EngineLink): Promise<Settings | null> {
  const reply = await link.handle({ type: 'request', requestId: randomUUID(), method: 'app.state', input: {} });
  const state = reply.ok ? methods['app.state'].output.safeParse(reply.value) : null;
  return state?.success === true ? state.data.settings : null;
}

/** The engine ends before the program does, so that a delivery under way is finished or written down; while something is sent, it asks first. */
function endWell(link: EngineLink, lock: InstanceLock, shown: Shown): void {
  const guard = createQuitGuard({
    underWay: () => readUnderWay(link),
    ask: (what) => askToQuit(shown, what),
    leave: () => shown.window()?.destroy(),
    end: async () => {
      await link.stop();
      await lock.release();
    },
    quit: () => {
      app.quit();
    },
  });
  app.on('before-quit', (event) => {
    if (!guard.mayQuit()) event.preventDefault();
  });
  // On a Mac a program goes on without its window, and so do its deliveries. Elsewhere closing the window is quitting, and may be thought better of.
  if (process.platform !== 'darwin')
    shown.onClose((event) => {
      if (guard.mayQuit()) return;
      event.preventDefault();
    });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const)
    process.on(signal, () => {
      guard.doNotAsk();
      app.quit();
    });
}

/** How long the engine may take to say what is under way. */
const answerPatienceMs = 2_000;

async function readUnderWay(link: EngineLink): Promise<UnderWay | null> {
  const ask = (method: MethodName) => link.handle({ type: 'request', requestId: randomUUID(), method, input: {} });
  const answers = Promise.all([ask('delivery.lanes'), ask('job.list')]);
  const late = new Promise<null>((resolve) => {
    setTimeout(() => {
      resolve(null);
    }, answerPatienceMs).unref();
  });
  const answered = await Promise.race([answers, late]);
  if (answered === null) return null;
  const [lanes, jobs] = answered;
  const known = lanes.ok ? methods['delivery.lanes'].output.safeParse(lanes.value) : null;
  const running = jobs.ok ? methods['job.list'].output.safeParse(jobs.value) : null;
  if (known?.success !== true || running?.success !== true) return null;
  const { lanes: all } = known.data;
  const sum = (count: (counts: (typeof all)[number]['counts']) => number): number =>
    all.reduce((total, { counts }) => total + count(counts), 0);
  return {
    sending: sum(({ claimed, sending }) => claimed + sending),
    waiting: sum(({ queued, waiting }) => queued + waiting),
    jobs: running.data.jobs.length,
  };
}

async function askToQuit({ window, words }: Shown, { sending, waiting, jobs }: UnderWay): Promise<boolean> {
  const { quitTitle, quitJobs, quitSending, quitNext, stay, quitAnyway } = words();
  const detail = [...(jobs > 0 ? [quitJobs] : []), ...(sending > 0 ? [quitSending(sending, waiting)] : []), quitNext];
  const options = {
    type: 'question' as const,
    message: quitTitle,
    detail: detail.join('\n\n'),
    buttons: [stay, quitAnyway],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  };
  const parent = window();
  const { response } = await (parent === null
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(parent, options));
  return response === 1;
}

function wordsFor(error: AppError, rootDir: string, words: DesktopWords): string {
  const service = error.details?.service;
  if (error.code === 'STORE_BUSY') return words.alreadyOpen(rootDir);
  if (error.code !== 'NOT_ALLOWED') return error.message;
  return typeof service === 'string' ? words.folderSynced(rootDir, service) : words.folderOnNetwork(rootDir);
}

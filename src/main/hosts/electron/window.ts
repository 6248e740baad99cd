// The application's one window: made, shown where it was last, remembered.

import { BrowserWindow, nativeTheme, screen } from 'electron';
import type { Rectangle } from 'electron';
import Store from 'electron-store';
import type { Log } from '../../ports/log.ts';
import type { PageAddress } from './page-address.ts';

interface WindowMemory {
  bounds?: Rectangle;
  isMaximised?: boolean;
}

/** What a window needs. */
export interface WindowOptions {
  readonly address: PageAddress;
  readonly preload: string;
  readonly log: Log;
}

const defaultSize = { width: 1360, height: 860 };
const smallest = { minWidth: 940, minHeight: 600 };
/** A page that dies again this soon after being loaded anew is left alone: the third time is no accident. */
const maxReloads = 2;

/** Opens the window; it shows itself when the page has something to show. */
export function openWindow({ address, preload, log }: WindowOptions): BrowserWindow {
  const memory = new Store<WindowMemory>({ name: 'window' });
  const window = new BrowserWindow({
    ...defaultSize,
    ...visiblePart(memory.get('bounds')),
    ...smallest,
    show: false,
    title: 'Utskick',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181c' : '#ffffff',
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  if (memory.get('isMaximised') === true) window.maximize();
  window.once('ready-to-show', () => {
    window.show();
  });
  window.on('close', () => {
    memory.set({ bounds: window.getNormalBounds(), isMaximised: window.isMaximized() });
  });
  reviveDeadPage(window, log);
  void window.loadURL(address.url);
  return window;
}

/** Remembered bounds, if any screen still shows a good part of them. */
function visiblePart(bounds: Rectangle | undefined): Partial<Rectangle> {
  if (bounds === undefined) return {};
  const { workArea } = screen.getDisplayMatching(bounds);
  const width = Math.min(bounds.x + bounds.width, workArea.x + workArea.width) - Math.max(bounds.x, workArea.x);
  const height = Math.min(bounds.y + bounds.height, workArea.y + workArea.height) - Math.max(bounds.y, workArea.y);
  return width > 200 && height > 100 ? bounds : {};
}

function reviveDeadPage(window: BrowserWindow, log: Log): void {
  let reloads = 0;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    log.error('the page ended', { reason });
    if (reason === 'clean-exit' || reloads >= maxReloads) return;
    reloads += 1;
    window.webContents.reload();
  });
}

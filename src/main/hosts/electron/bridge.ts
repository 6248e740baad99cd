// The main process's end of the preload: checks who speaks, then passes on. Nothing is decided here about what is said.

import { dialog } from 'electron';
import type { BrowserWindow, IpcMain, IpcMainInvokeEvent, OpenDialogOptions } from 'electron';
import { z } from 'zod';
import type { FileToken, PushFrame } from '../../../shared/contract/bridge.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { Log } from '../../ports/log.ts';
import { bridgeChannels } from '../../../shared/contract/bridge-channels.ts';
import type { DesktopWords } from './desktop-words.ts';
import type { EngineLink } from './engine-link.ts';
import { isPage } from './page-address.ts';
import type { PageAddress } from './page-address.ts';

/** What the bridge needs of the running program; the window may come and go. */
export interface BridgeOptions {
  readonly link: EngineLink;
  readonly address: PageAddress;
  readonly window: () => BrowserWindow | null;
  readonly words: () => DesktopWords;
  readonly log: Log;
}

const pathsSchema = z.array(z.string().min(1).max(32_768)).max(20_000);

/** Listens to the preload's channels; each message is refused unless it comes from our page in the top frame of our window. */
export function openBridge(ipc: IpcMain, options: BridgeOptions): void {
  const guarded =
    (answer: (argument: unknown) => Promise<unknown>) => (event: IpcMainInvokeEvent, argument: unknown) => {
      if (isOurPage(event, options)) return answer(argument);
      options.log.warn('a message from a foreign frame was refused');
      return Promise.resolve({
        type: 'reply',
        requestId: '',
        ...fail('NOT_ALLOWED', 'Only the page of this program may ask.'),
      });
    };
  ipc.handle(
    bridgeChannels.call,
    guarded((frame) => options.link.handle(frame)),
  );
  ipc.handle(
    bridgeChannels.files,
    guarded((paths) => registerDropped(options.link, paths)),
  );
  ipc.handle(
    bridgeChannels.choose,
    guarded(() => chooseFiles(options)),
  );
  options.link.subscribe((frame) => {
    push(options.window(), frame);
  });
}

/** Sends a push frame to the page, if there is one. */
export function push(window: BrowserWindow | null, frame: PushFrame): void {
  if (window !== null && !window.isDestroyed()) window.webContents.send(bridgeChannels.push, frame);
}

function isOurPage({ sender, senderFrame }: IpcMainInvokeEvent, { window, address }: BridgeOptions): boolean {
  const ours = window();
  if (sender !== ours?.webContents || senderFrame === null) return false;
  return senderFrame === sender.mainFrame && senderFrame.parent === null && isPage(senderFrame.url, address);
}

async function registerDropped(link: EngineLink, paths: unknown): Promise<Result<readonly FileToken[]>> {
  const parsed = pathsSchema.safeParse(paths);
  if (!parsed.success) return fail('BAD_REQUEST', 'These are not files.');
  return register(link, parsed.data);
}

async function chooseFiles({ link, window, words }: BridgeOptions): Promise<Result<readonly FileToken[]>> {
  const { invoiceFiles, allFiles } = words();
  const dialogOptions: OpenDialogOptions = {
    properties: ['openFile', 'multiSelections'],
    filters: [
      { name: invoiceFiles, extensions: ['xml', 'csv', 'zip'] },
      { name: 'JSON', extensions: ['json'] },
      { name: allFiles, extensions: ['*'] },
    ],
  };
  const parent = window();
  const chosen = await (parent === null
    ? dialog.showOpenDialog(dialogOptions)
    : dialog.showOpenDialog(parent, dialogOptions));
  return chosen.canceled ? ok([]) : register(link, chosen.filePaths);
}

/** All or none: a drop of which a part is silently missing would be worse than a message. */
async function register(link: EngineLink, paths: readonly string[]): Promise<Result<readonly FileToken[]>> {
  const tokens: FileToken[] = [];
  for (const path of paths) {
    const token = await link.registerFile(path);
    if (!token.ok) return token;
    tokens.push(token.value);
  }
  return ok(tokens);
}
